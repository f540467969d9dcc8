package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// maxPlaces is of how many collections the place is kept; those of the oldest go.
const maxPlaces = 100

// A Place is where the person was in a collection. It is a comfort: losing it costs nothing.
type Place struct {
	Environment string    // "" for none
	Entry       string    // path of the request that was open; "" for none
	At          time.Time // when the person left it
}

// Places is the file that keeps the places, by the absolute folder of the collection. The zero value keeps none.
type Places struct{ Path string }

// Of returns the place in a collection; the zero value when none is known.
func (p Places) Of(collection string) Place { return p.read()[collection] }

// read returns what the file says; what cannot be read says nothing.
func (p Places) read() map[string]Place {
	all := map[string]Place{}
	if b, err := os.ReadFile(p.Path); err != nil || json.Unmarshal(b, &all) != nil {
		return map[string]Place{}
	}
	return all
}

// Keep keeps the place in a collection. Of two programs that do so at once the last one wins.
func (p Places) Keep(collection string, at Place) error {
	if p.Path == "" {
		return nil
	}
	all := p.read()
	all[collection] = at
	for len(all) > maxPlaces {
		oldest := collection
		for c, other := range all {
			if other.At.Before(all[oldest].At) {
				oldest = c
			}
		}
		delete(all, oldest)
	}
	b, err := json.Marshal(all)
	if err == nil {
		err = replace(p.Path, b)
	}
	if err != nil {
		return fmt.Errorf("keep the place: %w", err)
	}
	return nil
}

// replace puts b into the file at path in one step, for the owner alone.
func replace(path string, b []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".places-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
