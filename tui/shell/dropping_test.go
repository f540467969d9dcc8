package shell

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/request/cookie"
	"culprit/tui/screentest"
)

// jarring is a diagnosis that finds a cookie of the jar: leaving it out passes.
func jarring(w *world, l *larder) Options {
	opt := wizarding(w)
	opt.Core.Cookies = l.options().Core.Cookies
	host := cookie.Cookie{Host: "api.shop.example", Port: "8443", Scheme: "https", Path: "/", Value: "8f2c1b77aa90bb12cc34"}
	sid, lang := host, host
	sid.Name, lang.Name, lang.Value = "sid", "lang", "en"
	elsewhere := sid
	elsewhere.Host = "other.example"
	l.of["local"] = []cookie.Cookie{sid, lang, elsewhere}
	drop := diagnose.Edit{Element: "cookie:sid", Op: diagnose.Remove}
	opt.Core.Diagnose = func(context.Context, Problem, Asker, func(diagnose.Event)) (diagnose.Report, error) {
		r := screentest.OrderIsolated()
		v := &r.Verdict
		v.Summary = "The cookie sid has a value that the server does not accept: as it is the request fails, without it it passes."
		v.Culprits[0].Element, v.Culprits[0].Cause, v.Culprits[0].Explanation = "cookie:sid", "invalid_request_header", "leave it out"
		v.Repair.Edits, v.Repair.Diff = []diagnose.Edit{drop}, nil
		r.Hints = []diagnose.Hint{{Text: "the cookie sid is in the jar, and in no file: log in anew, or take it out there", Flag: "culprit cookies clear sid", Cookie: "sid"}}
		return r, nil
	}
	opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
		return collections.Amendment{Saved: p.Saved, Drop: []string{"sid"}}, nil
	}
	return opt
}

// TestACulpritOfTheJarIsTakenOutOfIt: a key beside the verdict does it, and so does sending what is repaired. Nothing else is
// taken.
func TestACulpritOfTheJarIsTakenOutOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, l := &world{}, newLarder()
		s := open(t, jarring(w, l), 140, 42)
		s.Press("j", "s", "d")
		s.Has("cookie:sid", "D  drop it from the jar", "log in anew, or take it out there (D does)")
		s.Lacks("apply the fix")
		s.Press("D")
		s.Has("Taken out of the jar: sid.")
		if left := l.of["local"]; len(left) != 2 || left[0].Name != "lang" || left[1].Host != "other.example" {
			t.Errorf("left: %+v", left)
		}
		s.Press("D")
		s.Has("The jar does not have sid any more.")
	})
	pictures(t, func() Options { return jarring(&world{}, newLarder()) }, func(s *screentest.Screen, keep func(string)) {
		s.Press("j", "s", "d")
		keep("culprit of the jar")
		s.Press("r")
		s.Has("It comes from the jar", "take it out and send")
		keep("taken out of the jar")
		s.Press("y")
		s.Has("3 Response", "422")
		s.Lacks("It comes from the jar", "Proof")
	})
}

// A fix that takes a cookie out of the jar and changes the request, too, does both, after one question.
func TestAFixIsPartedBetweenJarAndRequest(t *testing.T) {
	both := func(w *world, l *larder) Options {
		opt := jarring(w, l)
		find := opt.Core.Diagnose
		opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
			r, err := find(ctx, p, ask, emit)
			r.Verdict.Repair.Edits = append(r.Verdict.Repair.Edits, diagnose.Edit{Element: "header:X-Trace", Op: diagnose.Remove})
			return r, err
		}
		opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
			s := p.Saved
			s.Docs = "mended"
			return collections.Amendment{Saved: s, Drop: []string{"sid"}}, nil
		}
		return opt
	}
	for _, key := range []string{"a", "r"} {
		synctest.Test(t, func(t *testing.T) {
			w, l := &world{}, newLarder()
			s := open(t, both(w, l), 140, 42)
			s.Press("j", "s", "d", key)
			s.Has("It comes from the jar", "What else it changes is put into the request.")
			sends := len(w.sent)
			s.Press("y")
			s.Has("edited")
			s.Lacks("It comes from the jar", "Proof")
			if len(l.of["local"]) != 2 {
				t.Errorf("left: %+v", l.of["local"])
			}
			if sent := len(w.sent) - sends; sent != map[string]int{"a": 0, "r": 1}[key] {
				t.Errorf("%s: %d were sent", key, sent)
			}
		})
	}
	pictures(t, func() Options { return both(&world{}, newLarder()) }, func(s *screentest.Screen, keep func(string)) {
		s.Press("j", "s", "d", "a")
		s.Has("What else it changes")
		keep("taken out of the jar and changed")
	})
}

// renewing is a diagnosis whose fix is what a login gives.
func renewing(w *world, login string) Options {
	opt := jarring(w, newLarder())
	find := opt.Core.Diagnose
	opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		r, err := find(ctx, p, ask, emit)
		r.Verdict.Repair.Edits, r.Verdict.Repair.Login, r.Hints = []diagnose.Edit{{Element: "cookie:sid", Op: diagnose.Set}}, login, nil
		return r, err
	}
	opt.Core.Repair = func(Problem, diagnose.Fix) (collections.Amendment, error) {
		return collections.Amendment{}, fmt.Errorf("the cookie sid: %w", collections.ErrJarred)
	}
	return opt
}

// What a login gives is in no file: a key sends that login, and where it does not fail the request again. Where no saved request
// gave it, it is said.
func TestWhatALoginGivesIsGotAnew(t *testing.T) {
	for _, c := range []struct {
		name, login string
		status      int
		sent        []string
	}{{"it works", "health", 200, []string{"health", "orders/list-orders"}}, {"it fails", "health", 401, []string{"health"}}, {"none gave it", "", 0, nil}} {
		synctest.Test(t, func(t *testing.T) {
			w := &world{}
			s := open(t, renewing(w, c.login), 140, 42)
			s.Press("j", "s", "d")
			before := len(w.sent)
			if s.Press("r"); c.login == "" {
				s.Has("The fix cannot be saved: the cookie sid")
				return
			}
			s.Has("It comes from a login", "y log in and send")
			fails := w.answer
			w.answer = func(e *collections.Entry) (*request.Exchange, error) {
				if e.Path != c.login {
					return fails(e)
				}
				return &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: c.status, Body: request.NewContent(nil)}}}}, nil
			}
			s.Press("y")
			if got := w.sent[before:]; len(got) != len(c.sent) {
				t.Errorf("%s: sent %q, want %q", c.name, got, c.sent)
			}
		})
	}
	pictures(t, func() Options { return renewing(&world{}, "health") }, func(s *screentest.Screen, keep func(string)) {
		s.Press("j", "s", "d", "r")
		s.Has("It comes from a login")
		keep("it comes from a login")
	})
}

// What was diagnosed in one environment is not sent in another as if it were the same.
func TestWhatIsRepairedIsSentWhereItWasDiagnosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, jarring(w, newLarder()), 140, 42)
		s.Press("j", "s", "d")
		s.Press("esc", "ctrl+e", "3", "d")
		before := len(w.sent)
		s.Press("r")
		s.Has("It was diagnosed in local, and is sent in ", "ctrl+e changes that")
		if len(w.sent) != before {
			t.Errorf("sent: %q", w.sent)
		}
		s.Press("D")
		s.Has("Taken out of the jar in local: sid.")
	})
}

// A login is sent where it was diagnosed, however the fix is asked for; and who changes the environment while it is under way
// has nothing sent there.
func TestALoginIsSentWhereItWasDiagnosed(t *testing.T) {
	for _, key := range []string{"a", "r"} {
		synctest.Test(t, func(t *testing.T) {
			w := &world{}
			s := open(t, renewing(w, "health"), 140, 42)
			s.Press("j", "s", "d")
			s.Press("esc", "ctrl+e", "3", "d")
			before := len(w.sent)
			s.Press(key)
			s.Has("It was diagnosed in local, and is sent in ")
			s.Press("y")
			if len(w.sent) != before {
				t.Errorf("%s: sent %q", key, w.sent[before:])
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, renewing(w, "health"), 140, 42)
		s.Press("j", "s", "d", "r")
		before := len(w.sent)
		w.wait = 2 * time.Second
		w.answer = func(*collections.Entry) (*request.Exchange, error) {
			return &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent(nil)}}}}, nil
		}
		s.Press("y", "ctrl+e", "3")
		time.Sleep(5 * time.Second)
		s.Press("tab")
		s.Has("It was diagnosed in local, and is sent in ")
		if got := w.sent[before:]; len(got) != 1 {
			t.Errorf("sent %q", got)
		}
	})
}
