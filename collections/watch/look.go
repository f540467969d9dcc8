package watch

import (
	"context"
	"io/fs"
	"maps"
	"time"
)

// Looking is rare by design: the files are looked at every few seconds, and never for more than a small part of the
// time, however many there are.
const (
	every = 5 * time.Second
	// share is how many times as long as a look the next one is waited for: 1.1 ms of work in 5 s is what an idle
	// workbench may cost (PERFORMANCE.md).
	share = 5000
)

// A trace is what tells one state of a file from another without reading it.
type trace struct {
	size int64
	at   time.Time
	mode fs.FileMode
}

// look compares what the folder holds with what it held, now and then.
func (w Watch) look(ctx context.Context, heard func(paths []string)) error {
	start := time.Now()
	before, err := w.traces()
	if err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(max(every, share*time.Since(start))):
		}
		start = time.Now()
		now, err := w.traces()
		if err != nil {
			continue // the folder is away: a mount that comes back
		}
		touched := map[string]bool{}
		for path := range before {
			if _, ok := now[path]; !ok {
				touched[path] = true
			}
		}
		for path, t := range now {
			if was, ok := before[path]; !ok || was != t {
				touched[path] = true
			}
		}
		maps.DeleteFunc(touched, func(path string, _ bool) bool { return now[path].mode.IsDir() && before[path].mode.IsDir() })
		before = now
		if len(touched) > 0 {
			tell(touched, heard)
		}
	}
}

func (w Watch) traces() (map[string]trace, error) {
	all := map[string]trace{}
	err := w.walk(w.Dir, func(path string, e fs.DirEntry) error {
		if info, err := e.Info(); err == nil {
			all[path] = trace{info.Size(), info.ModTime(), info.Mode()}
		}
		return nil
	})
	return all, err
}
