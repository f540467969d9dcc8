package shell

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
)

// Run shows the shell until the person quits, the terminal is gone, or ctx ends. It is the only place that
// knows what draws on the terminal. The caller has made sure that there is one: no pipe, not TERM=dumb.
//
// It returns nil when the person quit or HangUp was closed, and ctx's error when that ended it.
func Run(ctx context.Context, opt Options) error {
	inner, cancel := context.WithCancel(ctx)
	model := New(inner, opt)
	var shown tea.Model = model
	if opt.Screen != nil {
		shown = opt.Screen.Model(model)
	}
	p := tea.NewProgram(shown, opt.Terminal.program(inner)...)
	if opt.Attach != nil {
		opt.Attach(p.Send)
	}
	over := make(chan struct{})
	if opt.HangUp != nil {
		go func() {
			select {
			case <-opt.HangUp:
				p.Send(HangUp{})
			case <-over:
			}
		}()
	}
	err := opt.Terminal.run(p)
	close(over)
	cancel()
	model.Close()
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() == nil {
		return nil
	}
	return err
}

// run runs p with what draws it.
func (t Terminal) run(p *tea.Program) error {
	if t.Screen != nil {
		defer t.Screen.Close()
		if err := t.Screen.Open(func(m tea.Msg) { p.Send(m) }); err != nil {
			return err
		}
	}
	_, err := p.Run()
	return err
}

func (t Terminal) program(ctx context.Context) []tea.ProgramOption {
	out := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler()}
	if t.Input != nil {
		out = append(out, tea.WithInput(t.Input))
	}
	if t.Output != nil {
		out = append(out, tea.WithOutput(t.Output))
	}
	if t.Width > 0 && t.Height > 0 {
		out = append(out, tea.WithWindowSize(t.Width, t.Height))
	}
	if t.Environ != nil {
		out = append(out, tea.WithEnvironment(t.Environ))
	}
	if t.Profile != nil {
		out = append(out, tea.WithColorProfile(*t.Profile))
	}
	if t.FPS > 0 {
		out = append(out, tea.WithFPS(t.FPS))
	}
	if t.Screen != nil {
		out = append(out, t.Screen.Options()...)
	}
	return out
}
