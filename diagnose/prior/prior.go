// Package prior keeps the person's own findings on disk: how often which cause was proved, per host and symptom, and
// gives them to the next diagnosis as its priors.
//
// Host names, symptoms and causes are all it writes: no request, no value. What cannot be read is put aside and begun
// anew; a diagnosis never waits for it and never fails because of it.
package prior

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// schema is the version of the file.
const schema = "culprit.priors/1"

const (
	// maxHosts is how many hosts are remembered; those that taught nothing for longest are forgotten first.
	maxHosts = 200
	// maxCount is from where a finding changes nothing any more: 50 against a strength of 20 is all but certain.
	maxCount = 50
	// maxFile is the size of the largest file that is read: 200 hosts with all symptoms and causes have less.
	maxFile = 4 << 20
)

// A Store is the file in one folder; "" keeps nothing. It is opened for each call; methods block on the disk.
type Store struct{ Dir string }

// A record is the file.
type record struct {
	Schema string           `json:"schema"`
	All    diagnose.Counts  `json:"all"`
	Hosts  map[string]*host `json:"hosts"` // by host:port
}

type host struct {
	Learned time.Time       `json:"learned"` // the last time
	Counts  diagnose.Counts `json:"counts"`
}

func (s Store) file() string { return filepath.Join(s.Dir, "priors.json") }

// Load returns the priors for requests to url. The error says that the file could not be read and was put aside: the
// priors are then empty, and usable.
func (s Store) Load(url string) (diagnose.Priors, error) {
	if s.Dir == "" {
		return diagnose.Priors{}, nil
	}
	r, err := s.read()
	p := diagnose.Priors{All: r.All}
	if h := r.Hosts[hostOf(url)]; h != nil {
		p.Host = h.Counts
	}
	return p, err
}

// Learn adds what a report proved to the file. A finding that was only suspected, or whose repair was not seen to
// pass, teaches nothing.
func (s Store) Learn(r diagnose.Report, now time.Time) error {
	symptom, causes := lesson(r)
	if s.Dir == "" || len(causes) == 0 {
		return nil
	}
	all, warn := s.read()
	name := hostOf(r.Request.Request.URL)
	if all.Hosts[name] == nil {
		all.Hosts[name] = &host{Counts: diagnose.Counts{}}
	}
	all.Hosts[name].Learned = now.UTC()
	for _, cause := range causes {
		add(all.All, symptom, cause)
		add(all.Hosts[name].Counts, symptom, cause)
	}
	for len(all.Hosts) > maxHosts {
		delete(all.Hosts, slices.MinFunc(slices.Collect(maps.Keys(all.Hosts)), func(a, b string) int {
			return cmp.Or(all.Hosts[a].Learned.Compare(all.Hosts[b].Learned), cmp.Compare(a, b))
		}))
	}
	return errors.Join(warn, s.write(all))
}

// lesson is what a report proved: the symptom, and each cause once.
func lesson(r diagnose.Report) (symptom string, causes []diagnose.CauseID) {
	symptom = diagnose.Symptom(r.Failure.Status)
	if r.Verdict.Outcome != diagnose.OutcomeIsolated || r.Verdict.Repair == nil || !r.Verdict.Repair.Verified {
		return symptom, nil
	}
	for _, c := range r.Verdict.Culprits {
		if (c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated) && known(c.Cause) && !slices.Contains(causes, c.Cause) {
			causes = append(causes, c.Cause)
		}
	}
	return symptom, causes
}

func known(id diagnose.CauseID) bool { return id.Cause().Meaning != "" }

func add(c diagnose.Counts, symptom string, cause diagnose.CauseID) {
	if c[symptom] == nil {
		c[symptom] = map[diagnose.CauseID]int{}
	}
	c[symptom][cause] = min(c[symptom][cause]+1, maxCount)
}

// hostOf is the host and port of a URL, in lower case; no user, no path.
func hostOf(url string) string {
	u := element.SplitURL(url)
	return strings.ToLower(u.Host) + ":" + u.Reached()
}

// read returns what the file holds, an empty record when there is none, or, with an error, when it is damaged.
func (s Store) read() (record, error) {
	empty := record{Schema: schema, All: diagnose.Counts{}, Hosts: map[string]*host{}}
	at, err := os.Stat(s.file())
	if errors.Is(err, os.ErrNotExist) {
		return empty, nil
	}
	if err == nil && !at.Mode().IsRegular() { // a pipe would never end
		err = errors.New("no file")
	}
	if err != nil {
		return empty, fmt.Errorf("read earlier findings: %w", err)
	}
	f, err := os.Open(s.file())
	if err != nil {
		return empty, fmt.Errorf("read earlier findings: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return empty, fmt.Errorf("read earlier findings: %w", err)
	}
	r, err := parse(text)
	if err != nil {
		aside := s.file() + ".corrupt"
		if failed := os.Rename(s.file(), aside); failed != nil {
			return empty, fmt.Errorf("read earlier findings: %w", errors.Join(err, failed))
		}
		return empty, fmt.Errorf("read earlier findings: %w; the file is now %s", err, aside)
	}
	return r, nil
}

// parse reads a file. Counts out of bounds and causes that nobody knows are left out.
func parse(text []byte) (record, error) {
	r := record{All: diagnose.Counts{}, Hosts: map[string]*host{}}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, err
	}
	if r.Schema != schema {
		return r, fmt.Errorf("its schema is %.40q, not %s", r.Schema, schema)
	}
	r.All = sound(r.All)
	if r.Hosts == nil {
		r.Hosts = map[string]*host{}
	}
	for name, h := range r.Hosts {
		if h == nil {
			delete(r.Hosts, name)
			continue
		}
		h.Counts = sound(h.Counts)
	}
	return r, nil
}

func sound(c diagnose.Counts) diagnose.Counts {
	out := diagnose.Counts{}
	for symptom, causes := range c {
		for cause, n := range causes {
			if n > 0 && known(cause) && len(symptom) <= 4 {
				add(out, symptom, cause)
				out[symptom][cause] = min(n, maxCount)
			}
		}
	}
	return out
}

// write replaces the file; a reader sees the old one or the new one.
func (s Store) write(r record) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	f, err := os.CreateTemp(s.Dir, "priors-*.new") // 0600
	if err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), s.file())
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}
