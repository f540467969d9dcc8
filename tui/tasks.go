package tui

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// An ID names one running task. IDs are never used twice.
type ID uint64

// News brings what a task said since the last News, in order, at most backlog messages.
type News struct {
	From ID
	Msgs []tea.Msg
	Done bool // the task is over; Msgs ends with its result
}

// Tasks runs work outside the event loop and brings its messages back in order.
//
// The zero value is not usable; make one with NewTasks. Only the event loop may call the methods.
type Tasks struct {
	ctx  context.Context
	last ID
	live map[ID]live
	wg   sync.WaitGroup
}

type live struct {
	cancel context.CancelFunc
	msgs   <-chan tea.Msg
}

// backlog is how many messages a task may be ahead of the screen before it waits.
const backlog = 64

// NewTasks returns an empty set of tasks that all end when ctx ends.
func NewTasks(ctx context.Context) *Tasks {
	return &Tasks{ctx: ctx, live: map[ID]live{}}
}

// Start runs work and returns the command that waits for its first News.
// The value that work returns becomes its last message.
func (t *Tasks) Start(work func(ctx context.Context, emit func(tea.Msg)) tea.Msg) (ID, tea.Cmd) {
	ctx, cancel := context.WithCancel(t.ctx)
	msgs := make(chan tea.Msg, backlog)
	t.last++
	id := t.last
	t.live[id] = live{cancel, msgs}
	emit := func(m tea.Msg) {
		select {
		case msgs <- m:
		case <-ctx.Done():
		}
	}
	t.wg.Go(func() {
		defer close(msgs)
		defer cancel()
		last := work(ctx, emit)
		select {
		case msgs <- last:
		case <-t.ctx.Done(): // nobody hears it any more
		}
	})
	return id, t.wait(id)
}

// Next returns the command that waits for the news after n, or nil when n was the last.
func (t *Tasks) Next(n News) tea.Cmd {
	if n.Done {
		delete(t.live, n.From)
		return nil
	}
	return t.wait(n.From)
}

// Cancel asks task id to stop; its result still arrives. An unknown id is ignored.
func (t *Tasks) Cancel(id ID) {
	if l, ok := t.live[id]; ok {
		l.cancel()
	}
}

// Close waits for every task to return; cancel the context of NewTasks first.
func (t *Tasks) Close() { t.wg.Wait() }

func (t *Tasks) wait(id ID) tea.Cmd {
	msgs := t.live[id].msgs
	return func() tea.Msg {
		n := News{From: id}
		m, ok := <-msgs
		for ok {
			n.Msgs = append(n.Msgs, m)
			if len(n.Msgs) == backlog {
				return n // one that talks as fast as it is heard keeps nobody waiting
			}
			select {
			case m, ok = <-msgs:
			default:
				return n
			}
		}
		n.Done = true
		return n
	}
}
