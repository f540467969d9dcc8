package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// Signalled is why a context ended: the process was told to.
type Signalled struct{ Number int }

// Error names the signal.
func (s *Signalled) Error() string { return fmt.Sprintf("ended by signal %d", s.Number) }

// Notify returns a context that ends at the first SIGINT, SIGTERM or SIGHUP, with a *Signalled as its cause. A
// second signal ends the process at once. stop gives the signals back.
func Notify(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	came := make(chan os.Signal, 1)
	signal.Notify(came, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup asked for that
		signal.Notify(came, syscall.SIGHUP)
	}
	go func() {
		select {
		case s := <-came:
			signal.Stop(came)
			number := int(syscall.SIGINT)
			if n, ok := s.(syscall.Signal); ok {
				number = int(n)
			}
			cancel(&Signalled{number})
		case <-ctx.Done():
			signal.Stop(came)
		}
	}()
	return ctx, func() { cancel(nil) }
}
