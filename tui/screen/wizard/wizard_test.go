package wizard

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"culprit/diagnose"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/screentest"
	"culprit/tui/theme"
	"culprit/tui/widget/widgettest"
)

// begin returns a wizard on the canned order, at a size.
func begin(w, h int, c theme.Choice) *Wizard {
	z := New(theme.New(c), keys.Default())
	z.Resize(w, h)
	z.Begin("Create order", screentest.OrderCase())
	return z
}

func tell(z *Wizard, events []diagnose.Event) {
	for _, e := range events {
		z.Update(e)
	}
}

// stories bring a wizard to the moments that have goldens.
var stories = []struct {
	name string
	tell func(z *Wizard)
}{
	{"start", func(*Wizard) {}},
	{"half", func(z *Wizard) { tell(z, screentest.OrderHalf()) }},
	{"probes", func(z *Wizard) { tell(z, screentest.OrderHalf()); widgettest.Press(z, "3") }},
	{"isolated", isolated},
	{"map", func(z *Wizard) { isolated(z); widgettest.Press(z, "2") }},
	{"probe", func(z *Wizard) { isolated(z); widgettest.Press(z, "3", "enter") }},
	{"step", func(z *Wizard) { isolated(z); widgettest.Press(z, "1", "j", "j", "j", "enter") }},
	{"explained", func(z *Wizard) { isolated(z); widgettest.Press(z, "e") }},
	{"inconclusive", func(z *Wizard) {
		tell(z, screentest.OrderHalf())
		z.Update(screen.Diagnosed{Report: screentest.OrderInconclusive()})
	}},
	{"stopped", func(z *Wizard) {
		tell(z, screentest.OrderHalf())
		z.Update(screen.Diagnosed{Report: screentest.OrderInconclusive(), Err: context.Canceled})
	}},
	{"passing", func(z *Wizard) { z.Update(screen.Diagnosed{Report: screentest.OrderPassing()}) }},
	{"flaky", func(z *Wizard) { z.Update(screen.Diagnosed{Report: screentest.OrderFlaky()}) }},
	{"steps", func(z *Wizard) { isolated(z); widgettest.Press(z, "1") }},
}

func isolated(z *Wizard) {
	tell(z, screentest.OrderHalf())
	tell(z, screentest.OrderEnd())
	z.Update(screen.Diagnosed{Report: screentest.OrderIsolated()})
}

func TestPages(t *testing.T) {
	for _, s := range stories {
		for _, size := range [][2]int{{80, 22}, {140, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", s.name, size[0], size[1]), func(t *testing.T) {
				z := begin(size[0], size[1], theme.Choice{})
				s.tell(z)
				widgettest.Framed(t, z, size[0], size[1])
				golden.RequireEqual(t, trim(z.View()))
			})
		}
	}
}

// trim takes colours and the spaces at the ends of lines away.
func trim(view string) string {
	lines := strings.Split(ansi.Strip(view), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestColours(t *testing.T) {
	for name, choice := range map[string]theme.Choice{"dark": {}, "light": {Light: true}, "none": {Depth: theme.Colourless}} {
		t.Run(name, func(t *testing.T) {
			z := begin(140, 40, choice)
			isolated(z)
			golden.RequireEqual(t, z.View())
		})
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			z := begin(80, 22, theme.Choice{})
			s.tell(z)
			golden.RequireEqual(t, z.View())
		})
	}
}

func TestQuestions(t *testing.T) {
	for name, q := range map[string]diagnose.Question{"consent": screentest.OrderConsent(), "prompt": screentest.OrderPrompt(), "choice": screentest.OrderChoice()} {
		for _, size := range [][2]int{{80, 24}, {140, 42}} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(t *testing.T) {
				o := ask(begin(size[0], size[1], theme.Choice{}), q, size[0], size[1])
				golden.RequireEqual(t, trim(o.View()))
			})
		}
		for shade, choice := range map[string]theme.Choice{"dark": {}, "light": {Light: true}, "none": {Depth: theme.Colourless}} {
			t.Run(name+"-"+shade, func(t *testing.T) {
				golden.RequireEqual(t, ask(begin(80, 24, choice), q, 80, 24).View())
			})
		}
	}
}

// What passes leaves nothing under suspicion, whatever the checks said before.
func TestAPassClearsTheMap(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	tell(z, screentest.OrderHalf())
	if !strings.Contains(ansi.Strip(z.View()), "suspect") && !strings.Contains(ansi.Strip(z.View()), "likely") {
		t.Fatal("nothing is suspected before")
	}
	z.Update(screen.Diagnosed{Report: screentest.OrderPassing()})
	if view := ansi.Strip(z.View()); strings.Contains(view, "suspect ") || strings.Contains(view, "likely") {
		t.Errorf("still suspected:\n%s", view)
	}
}

// A credential of another saved request, which a probe tried, is hidden like the request's own.
func TestACredentialOfAProbeIsHidden(t *testing.T) {
	const other = "zq81kd02mx77" // short: it stays on one line
	z := begin(140, 40, theme.Choice{})
	r := z.c.Request.Clone()
	r.Auth = request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: other}}}
	z.Update(diagnose.Event{Probe: &diagnose.ProbeRecord{N: 1, Outcome: diagnose.Pass, Question: &diagnose.Question{N: 1, Request: &r}}})
	z.Update(diagnose.Event{Step: &diagnose.StepResult{Step: "isolation", Result: "finding", Text: "with " + other + " it passes"}})
	if view := ansi.Strip(z.View()); strings.Contains(view, other) {
		t.Errorf("shown:\n%s", view)
	}
}

// The request that gets new credentials is another one, and says so.
func TestTheQuestionOfALoginIsNotTheOriginal(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	login := request.Request{Method: "POST", URL: "https://id.test/token"}
	o := ask(z, diagnose.Question{N: 2, Kind: diagnose.Renew, Safety: diagnose.S5, Request: &login, Why: "new credentials"}, 140, 40)
	if view := ansi.Strip(o.View()); strings.Contains(view, "Nothing is different") || !strings.Contains(view, "sends yours") || !strings.Contains(view, "id.test/token") {
		t.Error(view)
	}
}

// ask opens a question as the shell does.
func ask(z *Wizard, q diagnose.Question, w, h int) screen.Overlay {
	o := z.Question(q)
	ow, oh := o.Want(layout.Rect{W: w, H: h})
	in := layout.Overlay(layout.Rect{W: w, H: h}, ow, oh).Inside()
	o.Resize(in.W, in.H)
	return o
}

func TestKeysBecomeIntents(t *testing.T) {
	r := screentest.OrderIsolated()
	for _, tt := range []struct {
		name string
		tell func(z *Wizard)
		keys []string
		want tui.Intent
	}{
		{"esc leaves what runs", stories[1].tell, []string{"esc"}, screen.Leave{}},
		{"x stops what runs", stories[1].tell, []string{"x"}, screen.Stop{}},
		{"nothing to stop", isolated, []string{"x"}, nil},
		{"nothing to apply yet", stories[1].tell, []string{"a"}, tui.Pass{}},
		{"apply", isolated, []string{"a"}, screen.Repair{Fix: *r.Verdict.Repair}},
		{"send", isolated, []string{"r"}, screen.Repair{Fix: *r.Verdict.Repair, Send: true}},
		{"save", isolated, []string{"s"}, screen.SaveReport{Report: r}},
		{"again", isolated, []string{"d"}, screen.Again{}},
		{"esc leaves", isolated, []string{"esc"}, screen.Leave{}},
		{"esc closes one thing", isolated, []string{"e", "esc"}, nil},
		{"esc then leaves", isolated, []string{"e", "esc", "esc"}, screen.Leave{}},
		{"nothing to apply", stories[10].tell, []string{"a"}, tui.Pass{}},
		{"help is the shell's", isolated, []string{"?"}, tui.Pass{}},
		{"a reading takes every key", isolated, []string{"e", "a"}, nil},
		{"the step that runs is skipped", stories[1].tell, []string{"S"}, screen.Skip{Step: diagnose.Isolation}},
		{"the chosen step is skipped", stories[1].tell, []string{"1", "j", "j", "S"}, screen.Skip{Step: diagnose.Connectivity}},
		{"an opened step is skipped", stories[1].tell, []string{"1", "j", "enter", "S"}, screen.Skip{Step: diagnose.Logs}},
		{"the chosen step is repeated", isolated, []string{"1", "R"}, screen.Repeat{Step: diagnose.Reproduce}},
		{"an opened step is repeated", isolated, []string{"1", "j", "j", "j", "enter", "R"}, screen.Repeat{Step: diagnose.Credentials}},
		{"no step is chosen", isolated, []string{"R"}, screen.Say("Open the steps (1) and choose the one to repeat.")},
		{"what was stopped goes on", stories[9].tell, []string{"u"}, screen.Resume{}},
		{"what is done does not go on", isolated, []string{"u"}, nil},
		{"what passes is wrong", stories[10].tell, []string{"w"}, screen.Wrong{}},
		{"a failure is not called wrong", isolated, []string{"w"}, tui.Pass{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			z := begin(140, 40, theme.Choice{})
			tt.tell(z)
			if got := widgettest.Press(z, tt.keys...); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %#v, want %#v", got, tt.want)
			}
		})
	}
}

func TestCopiedCommandsHideSecrets(t *testing.T) {
	for _, k := range []string{"c", "y"} {
		z := begin(80, 22, theme.Choice{})
		isolated(z)
		got, ok := widgettest.Press(z, k).(screen.Copy)
		if !ok || !strings.HasPrefix(got.Text, "curl ") || strings.Contains(got.Text, screentest.Token) {
			t.Errorf("%s: %#v", k, got)
		}
	}
}

func TestQuestionsDefaultToNo(t *testing.T) {
	harmless := screentest.OrderConsent()
	harmless.Safety = diagnose.S3
	type answers map[string]tui.Intent
	for _, tt := range []struct {
		name string
		q    diagnose.Question
		want answers
	}{
		{"may change data", screentest.OrderConsent(), answers{"y": screen.Answer{Yes: true}, "a": nil, "n": screen.Answer{}, "esc": screen.Answer{}, "enter": screen.Answer{}, "S": screen.Answer{Skip: true}, "j": nil, "q": nil}},
		{"cannot act", harmless, answers{"y": screen.Answer{Yes: true}, "a": screen.Answer{Yes: true, Always: true}, "enter": screen.Answer{}}},
		{"choices", screentest.OrderChoice(), answers{"1": screen.Answer{Yes: true, Reply: "It has never worked"}, "enter": screen.Answer{Yes: true, Reply: "It has never worked"}, "esc": screen.Answer{}, "9": nil}},
		{"text", screentest.OrderPrompt(), answers{"esc": screen.Answer{}, "enter": screen.Answer{}, "n": nil}},
	} {
		for k, want := range tt.want {
			o := ask(begin(80, 22, theme.Choice{}), tt.q, 80, 24)
			if got := widgettest.Press(o, k); !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: got %#v, want %#v", tt.name, k, got, want)
			}
		}
	}
}

func TestTypedReplyIsTheAnswer(t *testing.T) {
	o := ask(begin(80, 22, theme.Choice{}), screentest.OrderPrompt(), 80, 24)
	o.Update(tea.PasteMsg{Content: "curl https://a.test"})
	if got := widgettest.Press(o, "enter"); !reflect.DeepEqual(got, screen.Answer{Yes: true, Reply: "curl https://a.test"}) {
		t.Errorf("%#v", got)
	}
}

// A document or a log has lines: what is pasted is the answer as it is, however long, until a letter takes its place.
func TestAPasteOfSeveralLinesIsTheAnswer(t *testing.T) {
	document := "openapi: 3.0.0\npaths:\n" + strings.Repeat("  /order: {}\n", 8000)
	o := ask(begin(80, 22, theme.Choice{}), screentest.OrderPrompt(), 80, 24)
	o.Update(tea.PasteMsg{Content: document})
	if view := ansi.Strip(o.View()); !strings.Contains(view, "8002 lines  openapi: 3.0.0") {
		t.Error(view)
	}
	widgettest.Press(o, "down")
	if got := widgettest.Press(o, "enter"); got != (screen.Answer{Yes: true, Reply: document}) {
		t.Errorf("%.80v", got)
	}
	for _, after := range []struct{ key, want string }{{"x", "x"}, {"backspace", ""}} {
		o = ask(begin(80, 22, theme.Choice{}), screentest.OrderPrompt(), 80, 24)
		o.Update(tea.PasteMsg{Content: document})
		widgettest.Press(o, after.key)
		if got := widgettest.Press(o, "enter"); got != (screen.Answer{Yes: after.want != "", Reply: after.want}) {
			t.Errorf("after %s: %.80v", after.key, got)
		}
	}
}

// A document may be one line that no field holds.
func TestAPasteOfALongLineIsTheAnswer(t *testing.T) {
	document := `{"openapi": "3.0.0", "x": "` + strings.Repeat("x", 70_000) + `"}`
	o := ask(begin(80, 22, theme.Choice{}), screentest.OrderPrompt(), 80, 24)
	o.Update(tea.PasteMsg{Content: document})
	if view := ansi.Strip(o.View()); !strings.Contains(view, `1 line  {"openapi": "3.0.0"`) {
		t.Error(view)
	}
	if got := widgettest.Press(o, "enter"); got != (screen.Answer{Yes: true, Reply: document}) {
		t.Errorf("%.80v", got)
	}
}

func TestConsentShowsWhatMattersWithoutScrolling(t *testing.T) {
	view := trim(ask(begin(80, 22, theme.Choice{}), screentest.OrderConsent(), 80, 24).View())
	for _, want := range []string{"May change data.", "An order for six articles is created.", `- body:/items/3/price  "7.50"`, "+ body:/items/3/price  7.50", "POST https://api.shop.example:8443", "no to all (default)"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in:\n%s", want, view)
		}
	}
}

func TestSuspicionIsSaidInWords(t *testing.T) {
	z := begin(140, 60, theme.Choice{Depth: theme.Colourless, ASCII: true})
	tell(z, screentest.OrderHalf())
	view := trim(z.View())
	for _, want := range []string{"cleared", "suspect", "likely", "= same", "! other", "~ running"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in:\n%s", want, view)
		}
	}
	if strings.ContainsAny(z.View(), "▁▂▃▄▅▆▇▶≠⊘✓✗●") {
		t.Error("a sign outside ASCII")
	}
	tell(z, screentest.OrderEnd())
	z.Update(screen.Diagnosed{Report: screentest.OrderIsolated()})
	if view = trim(z.View()); !strings.Contains(view, "># ") || !strings.Contains(view, "culprit") {
		t.Errorf("no mark at the culprit:\n%s", view)
	}
}

func TestStopKeepsWhatWasLearned(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	tell(z, screentest.OrderHalf())
	z.Update(screen.Diagnosed{Err: context.Canceled})
	view := trim(z.View())
	for _, want := range []string{"Stopped", "Fails again with 422", "likely"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in:\n%s", want, view)
		}
	}
}

// A body of hundreds of lines shows the suspect without a key being pressed.
// What became of the probe that was under way when the run was stopped may come with the report alone: it does not run on.
func TestNothingRunsOnAfterTheEnd(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	z.Update(diagnose.Event{Probe: &diagnose.ProbeRecord{N: 1, Kind: diagnose.Confirm}})
	left := diagnose.ProbeRecord{N: 1, Kind: diagnose.Confirm, Outcome: diagnose.Unresolved, Answer: &diagnose.Answer{Left: true}}
	z.Update(screen.Diagnosed{Report: diagnose.Report{Probes: []diagnose.ProbeRecord{left}}, Err: context.Canceled})
	widgettest.Press(z, "3")
	if view := ansi.Strip(z.View()); strings.Contains(view, "running") || !strings.Contains(view, "? no reply") {
		t.Error(trim(z.View()))
	}
}

func TestLongBodyFoldsAroundTheSuspect(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"rows":[`)
	for i := range 400 {
		fmt.Fprintf(&b, `{"id":%d,"name":"n"},`, i)
	}
	b.WriteString(`{"id":"x","name":"last"}]}`)
	z := begin(80, 22, theme.Choice{})
	z.Begin("", diagnose.Case{Request: request.Request{Method: "POST", URL: "http://h/p", Body: request.Body{Kind: request.RawBody, Text: b.String()}}})
	z.Update(diagnose.Event{Suspects: []diagnose.Suspect{{Element: "method", P: 0.1}, {Element: "url.host", P: 0.1}, {Element: "body:/rows/400/id", P: 0.8, State: "suspect"}}})
	view := trim(z.View())
	for _, want := range []string{`"id": "x"`, "… 1599 more", "likely"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in:\n%s", want, view)
		}
	}
}

func BenchmarkEventToFrame(b *testing.B) {
	z := begin(140, 40, theme.Choice{})
	events := screentest.OrderHalf()
	for i := 0; b.Loop(); i++ {
		z.Update(events[i%len(events)])
		_ = z.View()
	}
}

// While it is asked whether a probe may be sent, it is not said to run; after the yes it is.
func TestAProbeThatIsAskedAboutDoesNotRun(t *testing.T) {
	z := begin(140, 40, theme.Choice{})
	tell(z, screentest.OrderHalf())
	q := screentest.OrderConsent()
	q.N = 5 // which waits for its answer
	widgettest.Press(z, "2")
	row := func() string {
		for l := range strings.SplitSeq(ansi.Strip(z.View()), "\n") {
			if strings.Contains(l, "asking") || strings.Contains(l, "running") {
				return l
			}
		}
		return ""
	}
	o := z.Question(q)
	if got := row(); !strings.Contains(got, "? asking") {
		t.Errorf("asked: %q", got)
	}
	o.Update(keys.Press("y"))
	if got := row(); !strings.Contains(got, "running") {
		t.Errorf("after the yes: %q", got)
	}
}

func TestARunOfProbesIsNamedByItsEnds(t *testing.T) {
	for want, ns := range map[string][]int{"probe 4": {4}, "probes 1, 2": {2, 1}, "probes 1 to 3": {3, 1, 2}, "probes 1, 5 to 7, 9": {1, 5, 6, 7, 9}} {
		if got := numbers(ns); got != want {
			t.Errorf("%v: %q, want %q", ns, got, want)
		}
	}
}

// Of a body that is no JSON the line where it breaks is accused and seen, not its first.
func TestTheLineThatBreaksIsAccused(t *testing.T) {
	c := screentest.OrderCase()
	var b strings.Builder
	b.WriteString("{\n")
	for i := range 60 {
		fmt.Fprintf(&b, "  \"member_%d\": %d,\n", i, i)
	}
	b.WriteString("  \"tags\": [\"spring\",],\n  \"end\": true\n}")
	c.Request.Body.Text = b.String()
	z := New(theme.New(theme.Choice{}), keys.Default())
	z.Resize(140, 60)
	z.Begin("Create order", c)
	z.Update(screen.Diagnosed{Report: diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated,
		Culprits: []diagnose.Culprit{{Element: "body", Standing: diagnose.Confirmed}}}}})
	for l := range strings.SplitSeq(ansi.Strip(z.View()), "\n") {
		if strings.Contains(l, "culprit") && strings.Contains(l, "spring") {
			return
		}
	}
	t.Errorf("the broken line is not marked:\n%s", ansi.Strip(z.View()))
}

// In a low window the gaps go before the keys do.
func TestALowVerdictShowsItsKeys(t *testing.T) {
	r := screentest.OrderIsolated()
	for _, untested := range [][]string{nil, {"what a write would have told"}} {
		r.Untested = untested
		z := begin(80, 22, theme.Choice{})
		tell(z, screentest.OrderHalf())
		tell(z, screentest.OrderEnd())
		z.Update(screen.Diagnosed{Report: r})
		for _, want := range append([]string{"a  apply the fix", "s  save report", "Proof"}, untested...) {
			if !strings.Contains(ansi.Strip(z.View()), want) {
				t.Errorf("not seen: %q\n%s", want, trim(z.View()))
			}
		}
	}
}

// A tall screen has room for the probes and the verdict; each can still have the focus.
func TestATallScreenShowsProbesAndVerdict(t *testing.T) {
	z := begin(200, 70, theme.Choice{})
	isolated(z)
	widgettest.Framed(t, z, 200, 70)
	view := ansi.Strip(z.View())
	for _, want := range []string{"3 Probes (", "4 Verdict", "Proof"} {
		if !strings.Contains(view, want) {
			t.Errorf("no %q in:\n%s", want, view)
		}
	}
	r := z.size.Side
	z.Mouse(tea.MouseClickMsg{X: r.X + 5, Y: r.Y + 1, Button: tea.MouseLeft})
	if z.open != probePage {
		t.Error("a click on a probe does not open the probes")
	}
	r = z.size.Below
	z.Mouse(tea.MouseClickMsg{X: r.X + 5, Y: r.Y + 1, Button: tea.MouseLeft})
	if z.open != verdictPage {
		t.Error("a click on the verdict does not open it")
	}
}

// What is said to go out at most without a question is what may: a budget that nobody set has room for a proof beyond it.
func TestAllowSaysHowManyGoOutAtMost(t *testing.T) {
	for _, tt := range []struct {
		depth string
		used  int
		want  int
	}{{"", 25, 10}, {"", 5, 30}, {"deep", 25, 35}, {"quick", 6, 0}} {
		z := begin(140, 40, theme.Choice{})
		z.c.Budget = diagnose.Depth(tt.depth)
		z.report = &diagnose.Report{Cost: diagnose.Cost{Probes: tt.used}}
		if got := z.allow().Probes; got != tt.want {
			t.Errorf("%q, %d sent: up to %d, want %d", tt.depth, tt.used, got, tt.want)
		}
	}
}
