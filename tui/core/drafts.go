package core

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"time"

	"culprit/collections"
	"culprit/collections/journal"
	"culprit/tui/shell"
)

// drafts are what this run knows of the journal.
type drafts struct {
	sync.Mutex                     // held while the journal is written, which can take as long as the disk likes
	kept       map[string]kept     // of each entry what this run wrote into it; the zero value for what an earlier one did
	over       map[string][]string // of each entry the programs whose draft is this one's now

	chosen sync.Mutex
	rivals []shell.Rival // those that were chosen between since: the next that writes takes them over
}

// kept is a draft as the journal has it.
type kept struct{ saved, base *collections.Saved }

// draft writes the drafts that are there into the journal, and the end of those that are gone.
func (c *Core) draft(_ context.Context, now, bases map[string]collections.Saved) error {
	c.drafts.Lock()
	defer c.drafts.Unlock()
	j, err := c.parts.Journal()
	if err != nil {
		return err
	}
	c.drafts.overtake()
	at := time.Now()
	for path, s := range now {
		d := journal.Draft{Collection: c.parts.Store.Dir(), Entry: path, Saved: s, Over: c.drafts.over[path], Time: at}
		if base, ok := bases[path]; ok {
			d.Base = &base
		}
		if now := (kept{&d.Saved, d.Base}); !reflect.DeepEqual(c.drafts.kept[path], now) { // of many drafts one is typed in
			if err := j.Append(d); err != nil {
				return err
			}
			c.drafts.kept[path] = now
		}
	}
	for path := range c.drafts.kept {
		if _, still := now[path]; !still {
			if err := j.Drop(c.parts.Store.Dir(), path, c.drafts.over[path], at); err != nil {
				return err
			}
			delete(c.drafts.kept, path)
		}
	}
	return nil
}

// settle makes another window's draft of an entry this one's: the next that is kept, or its end, takes its place. It waits
// for no disk.
func (c *Core) settle(r shell.Rival) {
	c.drafts.chosen.Lock()
	defer c.drafts.chosen.Unlock()
	c.drafts.rivals = append(c.drafts.rivals, r)
}

// overtake notes what was chosen between. The drafts are locked.
func (d *drafts) overtake() {
	d.chosen.Lock()
	defer d.chosen.Unlock()
	for _, r := range d.rivals {
		d.over[r.Path] = append(d.over[r.Path], r.ID)
		d.kept[r.Path] = kept{} // to be written once more, with that
	}
	d.rivals = nil
}

// Drafts returns what earlier runs left unsaved in this collection, and what the files said when each was begun: of each
// entry the newest. rivals are those of other windows of the same entries, newest first; until they are settled they
// stay in the journal.
func (c *Core) Drafts() (found, bases map[string]collections.Saved, rivals []shell.Rival, err error) {
	if c.parts.Journal == nil {
		return nil, nil, nil, nil
	}
	c.drafts.Lock()
	defer c.drafts.Unlock()
	j, err := c.parts.Journal()
	if err != nil {
		return nil, nil, nil, err
	}
	all, err := j.Read()
	found, bases = map[string]collections.Saved{}, map[string]collections.Saved{}
	for _, d := range slices.Backward(all) {
		if d.Collection != c.parts.Store.Dir() {
			continue
		}
		newest, rival := found[d.Entry]
		if rival && !reflect.DeepEqual(newest, d.Saved) {
			rivals = append(rivals, shell.Rival{Path: d.Entry, ID: d.Writer, Saved: d.Saved, Base: d.Base, At: d.Time})
			continue
		}
		c.drafts.over[d.Entry] = append(c.drafts.over[d.Entry], d.Writer)
		if rival {
			continue // it says the same
		}
		found[d.Entry] = d.Saved
		if d.Base != nil {
			bases[d.Entry] = *d.Base
		}
		c.drafts.kept[d.Entry] = kept{}
	}
	return found, bases, rivals, err
}
