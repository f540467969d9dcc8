package wizard

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/screentest"
	"culprit/tui/theme"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/widgettest"
)

// A yes is given to all that goes out: the rest of a long body is one key away, and the type that the body brings with it
// stands among the headers.
func TestConsentShowsAllThatIsSent(t *testing.T) {
	var values []string
	for i := range 60 {
		values = append(values, fmt.Sprintf(`"field_%d": %d`, i, i))
	}
	q := screentest.OrderConsent()
	q.Edits = nil
	q.Request = &request.Request{Method: "POST", URL: "https://api.shop.example/orders",
		Body: request.Body{Kind: request.RawBody, Text: "{" + strings.Join(values, ", ") + "}", Type: "application/json"}}
	o := ask(begin(140, 120, theme.Choice{}), q, 140, 120)
	seen := func(want ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(ansi.Strip(o.View()), w) {
				t.Errorf("not seen: %q\n%s", w, trim(o.View()))
			}
		}
	}
	seen("Content-Type: application/json", "more", "f whole body")
	widgettest.Press(o, "f")
	seen("What is sent", "f fold the body")
	if w, h := o.Want(layout.Rect{W: 140, H: 120}); o.View() != strings.Join(frame.Fit(strings.Split(o.View(), "\n"), w-2, h-2), "\n") {
		t.Error("the box changed its size")
	}
	for range 60 {
		widgettest.Press(o, "j")
	}
	seen(`"field_59": 59`)
}

// What was refused was not sent, and is not said to have taken any time.
func TestWhatWasRefusedWasNotSent(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	q := screentest.OrderConsent()
	z.openProbe(diagnose.ProbeRecord{N: 3, Kind: diagnose.Confirm, Outcome: diagnose.Refused, Question: &q})
	view := ansi.Strip(z.View())
	for _, want := range []string{"not sent", "What would have been sent"} {
		if !strings.Contains(view, want) {
			t.Errorf("not seen: %q\n%s", want, view)
		}
	}
	box, _, _ := strings.Cut(view[strings.Index(view, "Probe 3"):], "What would")
	if strings.Contains(box, " ms ") {
		t.Errorf("it took time:\n%s", box)
	}
}

// A deletion that hides behind another method is asked for as what it does.
func TestAHiddenDeletionIsNamed(t *testing.T) {
	q := screentest.OrderConsent()
	q.Edits, q.Request = nil, &request.Request{Method: "POST", URL: "https://api.shop.example/orders/7",
		Body: request.Body{Kind: request.FormBody, Fields: []request.Field{{Name: "_method", Value: "delete"}}}}
	view := ansi.Strip(ask(begin(140, 40, theme.Choice{}), q, 140, 40).View())
	for _, want := range []string{"Deletes data: _method in the body asks for it.", "delete typed, sends it"} {
		if !strings.Contains(view, want) {
			t.Errorf("not said: %q\n%s", want, trim(view))
		}
	}
}

// A DELETE is sent when the word was typed, whatever else was pressed before, and not for a y.
func TestADeletionIsTyped(t *testing.T) {
	q := screentest.OrderConsent()
	q.Edits, q.Request = nil, &request.Request{Method: "DELETE", URL: "https://api.shop.example/orders/7"}
	for _, c := range []struct {
		keys string
		yes  bool
		open bool
	}{{"y", false, true}, {"yyy", false, true}, {"delet", false, true}, {"delxete", false, true}, {"n", false, false}, {"delete", true, false}, {"yDdelete", true, false}} {
		o := ask(begin(140, 40, theme.Choice{}), q, 140, 40)
		if !strings.Contains(ansi.Strip(o.View()), "delete typed, sends it") {
			t.Fatalf("not said:\n%s", trim(o.View()))
		}
		var got tui.Intent
		for _, k := range strings.Split(c.keys, "") {
			if got = widgettest.Press(o, k); got != nil {
				break
			}
		}
		if a, decided := got.(screen.Answer); a.Yes != c.yes || decided == c.open {
			t.Errorf("%q: %+v", c.keys, got)
		}
	}
}

// What came back is laid out as what went out is, and of a long body that went out the rest is one key away.
func TestAProbeIsReadAtAGlance(t *testing.T) {
	var values []string
	for i := range 60 {
		values = append(values, fmt.Sprintf(`"field_%d": %d`, i, i))
	}
	q := screentest.OrderConsent()
	q.Request = &request.Request{Method: "POST", URL: "https://api.shop.example/orders",
		Body: request.Body{Kind: request.RawBody, Text: "{" + strings.Join(values, ", ") + "}", Type: "application/json"}}
	z := begin(80, 100, theme.Choice{})
	z.openProbe(diagnose.ProbeRecord{N: 3, Outcome: diagnose.Same, Question: &q, Answer: &diagnose.Answer{Exchange: screentest.Answer("POST", q.Request.URL, 400, "Bad Request", `{"error":"no","at":["a"]}`)}})
	view := func() string { return ansi.Strip(z.View()) }
	back, sent := strings.Index(view(), "Came back"), strings.Index(view(), "Sent")
	if back < 0 || sent < back || !strings.Contains(view(), `"error": "no",`) || strings.Contains(view(), "field_59") {
		t.Errorf("the answer is not seen first, laid out:\n%s", view())
	}
	widgettest.Press(z, "f")
	if !strings.Contains(view(), "field_59") {
		t.Errorf("the body is not unfolded:\n%s", view())
	}
}

// From one probe the next is one key away, and what is opened is what the ladder's cursor is on.
func TestOneReadsFromProbeToProbe(t *testing.T) {
	z := begin(80, 22, theme.Choice{})
	isolated(z)
	widgettest.Press(z, "3", "g", "enter")
	for _, step := range []struct{ key, title string }{{"tab", "Probe 2 of"}, {"tab", "Probe 3 of"}, {"shift+tab", "Probe 2 of"}, {"shift+tab", "Probe 1 of"}, {"shift+tab", "Probe 7 of 7"}} {
		widgettest.Press(z, step.key)
		if view := ansi.Strip(z.View()); !strings.Contains(view, step.title) {
			t.Fatalf("after %s not %q:\n%s", step.key, step.title, view)
		}
	}
	widgettest.Press(z, "esc")
	if n := z.probes[z.lists[probePage].at].N; n != 7 {
		t.Errorf("the cursor is on probe %d", n)
	}
}

// What went out and was not waited for is not said to be unsent, nor to have taken any time.
func TestWhatNobodyWaitedForWasSent(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	q := screentest.OrderConsent()
	p := diagnose.ProbeRecord{N: 1, Kind: diagnose.Repair, Outcome: diagnose.Unresolved, Safety: diagnose.S5.String(), Question: &q, Answer: &diagnose.Answer{Left: true},
		Error: "it was sent, and nobody waited for its answer"}
	z.keep(p)
	if rung := ansi.Strip(z.rung(p, 80)); !strings.Contains(rung, "? no reply") || strings.Contains(rung, " ms") {
		t.Error(rung)
	}
	z.openProbe(p)
	if view := ansi.Strip(z.View()); !strings.Contains(view, p.Error) || strings.Contains(view, "would have been") || !strings.Contains(view, "? no reply  repair") {
		t.Error(trim(z.View()))
	}
}
