package workbench

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/request/jq"
	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// filter is a jq program over the body. While it is typed the body shows what the program prints; esc brings the
// whole body back.
type filter struct {
	field  *input.Field
	typing bool
	body   *jq.Filter // of the exchange that is shown; nil until a program runs
	fault  string     // why the last program printed nothing
	begun  bool       // the fault is that more of the program is wanted: none while one types
	past   []string   // programs that were kept, the latest last
	at     int        // which of them is in the field
	gen    int        // counts programs; what an older one says is dropped
}

func newFilter(looks *widget.Styles) filter {
	f := filter{field: input.New(looks)}
	f.field.SetPrompt(" jq ")
	f.field.SetPlaceholder(".items[] | {sku, price}")
	return f
}

// on reports whether the filter takes room below the body.
func (f *filter) on() bool { return f.typing || f.field.Value() != "" }

// height is how many lines the filter takes.
func (f *filter) height() int {
	switch {
	case !f.on():
		return 0
	case f.fault != "":
		return 2
	}
	return 1
}

// filtered is what a program printed.
type filtered struct {
	gen int
	out []byte
	err error
}

// ask opens the prompt.
func (r *reply) ask() {
	r.filter.typing = true
	r.filter.at = len(r.filter.past)
	r.filter.field.Focus()
	r.refresh()
}

// pressFilter takes a message for the prompt.
func (r *reply) pressFilter(msg tea.Msg) tui.Intent {
	f := &r.filter
	if k, ok := msg.(tea.KeyPressMsg); ok && (k.Code == tea.KeyUp || k.Code == tea.KeyDown) {
		return r.recall(map[rune]int{tea.KeyUp: -1, tea.KeyDown: 1}[k.Code])
	}
	intent, _ := f.field.Update(msg)
	switch i := intent.(type) {
	case input.Changed:
		return r.run()
	case input.Submitted:
		f.typing = false
		f.field.Blur()
		if strings.TrimSpace(i.Value) == "" {
			return r.whole()
		}
		if len(f.past) == 0 || f.past[len(f.past)-1] != i.Value {
			f.past = append(f.past, i.Value)
		}
		r.refresh()
		return nil
	case widget.Cancelled:
		return r.whole()
	}
	return intent
}

// recall puts an earlier program into the prompt.
func (r *reply) recall(by int) tui.Intent {
	f := &r.filter
	if to := f.at + by; to >= 0 && to <= len(f.past) {
		f.at = to
		text := ""
		if to < len(f.past) {
			text = f.past[to]
		}
		f.field.SetValue(text)
		return r.run()
	}
	return nil
}

// run returns the work of running the program; a newer one replaces it.
func (r *reply) run() tui.Intent {
	f := &r.filter
	f.gen++
	f.fault = ""
	program := f.field.Value()
	if strings.TrimSpace(program) == "" {
		program = "."
	}
	if f.body == nil {
		data, err := r.data()
		if err != nil {
			f.fault = err.Error()
			return nil
		}
		f.body = jq.New(data)
	}
	body, gen := f.body, f.gen
	return widget.Work{Name: "jq", Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		out, err := body.Run(ctx, program)
		return filtered{gen, out, err}
	}}
}

// heardFilter shows what a program printed. A fault is said below; what was seen before stays.
func (r *reply) heardFilter(m filtered) tui.Intent {
	if m.gen != r.filter.gen {
		return nil
	}
	if m.err != nil {
		r.filter.fault, r.filter.begun = m.err.Error(), errors.Is(m.err, jq.ErrUnfinished) || errors.Is(m.err, jq.ErrTooLarge)
	}
	var work tui.Intent
	if m.err == nil || len(m.out) > 0 {
		work = r.body.SetContent(m.out, "application/json")
	}
	r.refresh()
	return work
}

// whole takes the filter away and shows the whole body.
func (r *reply) whole() tui.Intent {
	f := &r.filter
	f.gen++
	f.typing, f.fault, f.body = false, "", nil
	f.field.SetValue("")
	f.field.Blur()
	work := r.fill(r.shown)
	r.refresh()
	return work
}

// filterLines draws the prompt, and below it what is wrong.
func (r *reply) filterLines() []string {
	f := &r.filter
	if !f.on() {
		return nil
	}
	f.field.Resize(r.w, 1)
	out := []string{f.field.View()}
	switch {
	case f.begun && f.typing && f.fault != "":
		out = append(out, " "+r.styles.Text.Muted.Render(r.styles.Glyphs.Ellipsis+" "+clean(f.fault)))
	case f.fault != "":
		out = append(out, " "+r.styles.State.Bad.Render(r.styles.Glyphs.Cross+" ")+clean(f.fault))
	}
	return out
}
