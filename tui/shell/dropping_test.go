package shell

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/diagnose"
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
	opt.Core.Repair = func(Problem, diagnose.Fix) (collections.Amendment, error) {
		return collections.Amendment{}, fmt.Errorf("the cookie sid: %w", collections.ErrJarred)
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

// A fix is not taken for a cookie to be taken out where it is another: of a session that a login got anew it is said that a
// login sets it, and what else is changed beside the cookie is not silently left out.
func TestMoreThanTakingOutIsNotDoneByTheJar(t *testing.T) {
	drop := diagnose.Edit{Element: "cookie:sid", Op: diagnose.Remove}
	for name, edits := range map[string][]diagnose.Edit{
		"a new session": {{Element: "cookie:sid", Op: diagnose.Set}},
		"a header, too": {{Element: "header:X-Trace", Op: diagnose.Remove}, drop},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, l := &world{}, newLarder()
				opt := jarring(w, l)
				find := opt.Core.Diagnose
				opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
					r, err := find(ctx, p, ask, emit)
					r.Verdict.Repair.Edits, r.Hints = edits, nil
					return r, err
				}
				s := open(t, opt, 140, 42)
				s.Press("j", "s", "d", "r")
				s.Has("The fix cannot be saved: the cookie sid")
				s.Lacks("It comes from the jar")
				if len(l.of["local"]) != 3 {
					t.Errorf("left: %+v", l.of["local"])
				}
			})
		})
	}
}
