package file

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"culprit/collections"
)

const (
	// gitTime bounds all that git is asked for one request; a log of 100,000 commits takes about a second.
	gitTime = 2 * time.Second
	// gitVersions is how many commits are looked at.
	gitVersions = 10
	// gitSize is how large a version is read, in bytes: no saved request is larger.
	gitSize = 1 << 20
)

// A Version is a saved request as a commit has it.
type Version struct {
	Commit string // abbreviated
	At     time.Time
	Saved  collections.Saved
}

// Versions returns earlier versions of the file of e from the person's git, newest first, at most ten. Those that
// cannot be read are left out. Without git, outside a repository or after two seconds there are none, or fewer:
// that is no error. It blocks on the process.
func (s *Store) Versions(ctx context.Context, e *collections.Entry) []Version {
	if e.File == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, gitTime)
	defer cancel()
	dir, name := filepath.Split(e.File)
	log := git(ctx, dir, "log", "--follow", "-z", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--name-only", "--diff-filter=AMR",
		"-n", "10", "--format=%x01%h%x02%cI%x02", "--", name)
	var out []Version
	for record := range strings.SplitSeq(log, "\x01") {
		commit, rest, _ := strings.Cut(record, "\x02")
		when, path, ok := strings.Cut(rest, "\x02")
		path = strings.Trim(path, "\x00\n")
		at, err := time.Parse(time.RFC3339, when)
		if !ok || err != nil || path == "" || len(out) == gitVersions {
			continue
		}
		src := git(ctx, dir, "cat-file", "blob", commit+":"+path)
		if src == "" || len(src) >= gitSize {
			continue
		}
		if saved, err := Read([]byte(src), e.Kind == collections.Folder); err == nil {
			out = append(out, Version{commit, at, saved})
		}
	}
	return out
}

// git runs a command that only reads and returns what it prints, "" when it fails. A repository is as foreign as
// the collection in it: nothing that its configuration names is run, nothing is fetched, nothing asked.
func git(ctx context.Context, dir string, args ...string) string {
	c := exec.CommandContext(ctx, "git", append([]string{"--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
		"-c", "log.showSignature=false", "-c", "diff.external=", "-c", "protocol.allow=never"}, args...)...)
	c.Dir = dir
	c.WaitDelay = gitTime / 4 // a child of it that holds the pipe open
	for _, v := range os.Environ() {
		// What a hook or a rebase leaves in the environment names another repository.
		if name, _, _ := strings.Cut(v, "="); !strings.HasPrefix(name, "GIT_") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(c.Env, "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C")
	out := &limited{left: gitSize}
	c.Stdout = out
	if err := c.Run(); err != nil {
		return ""
	}
	return out.kept.String()
}

// limited keeps what fits and drops the rest.
type limited struct {
	kept bytes.Buffer
	left int
}

func (l *limited) Write(b []byte) (int, error) {
	n := min(len(b), l.left)
	l.left -= n
	l.kept.Write(b[:n])
	return len(b), nil
}
