package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// Signalled is why a context ended: the process was told to.
type Signalled struct{ Number int }

// Error names the signal.
func (s *Signalled) Error() string { return fmt.Sprintf("ended by signal %d", s.Number) }

// Interrupts lets a part of the program take ctrl+c for itself while it runs. The zero value has nobody who does.
type Interrupts struct {
	mu   sync.Mutex
	stop func()
}

// Take makes the next ctrl+c call stop instead of ending the program; the one after it ends the program again.
// release gives it back. A nil Interrupts takes nothing.
func (i *Interrupts) Take(stop func()) (release func()) {
	if i == nil {
		return func() {}
	}
	set := func(f func()) {
		i.mu.Lock()
		defer i.mu.Unlock()
		i.stop = f
	}
	set(stop)
	return func() { set(nil) }
}

// Interrupt is what ctrl+c does: it reports whether somebody took it.
func (i *Interrupts) Interrupt() bool {
	i.mu.Lock()
	stop := i.stop
	i.stop = nil
	i.mu.Unlock()
	if stop == nil {
		return false
	}
	stop()
	return true
}

// Notify returns a context that ends at the first SIGINT that nobody takes, SIGTERM or SIGHUP, with a *Signalled as its
// cause. A second signal ends the process at once. stop gives the signals back.
func Notify(parent context.Context) (ctx context.Context, taken *Interrupts, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	came := make(chan os.Signal, 1)
	signal.Notify(came, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup asked for that
		signal.Notify(came, syscall.SIGHUP)
	}
	taken = &Interrupts{}
	go func() {
		defer signal.Stop(came)
		for {
			select {
			case s := <-came:
				if s == os.Interrupt && taken.Interrupt() {
					continue
				}
				number := int(syscall.SIGINT)
				if n, ok := s.(syscall.Signal); ok {
					number = int(n)
				}
				cancel(&Signalled{number})
			case <-ctx.Done():
			}
			return
		}
	}()
	return ctx, taken, func() { cancel(nil) }
}
