package inquiry_test

import (
	"context"
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/diagnose/lab"
	"culprit/diagnose/probe"
	"culprit/request"
)

// A watch looks at every hop of every probe: what identifies a person stays at the origin of the request under
// diagnosis.
type watch struct {
	probe.Doer
	t      *testing.T
	origin string
	secret []string
}

func watched(t *testing.T, d probe.Doer, r request.Request) *watch {
	w := &watch{Doer: d, t: t, origin: originOf(r.URL)}
	for _, e := range element.Of(r).Elements {
		if (e.ID == "auth" || e.Secret && !strings.HasPrefix(string(e.ID), "body")) && len(e.Text) > 7 {
			w.secret = append(w.secret, e.Text[strings.LastIndexByte(e.Text, ' ')+1:])
		}
	}
	return w
}

func originOf(u string) string {
	s := element.SplitURL(u)
	return strings.ToLower(s.Scheme + "://" + s.Host + ":" + s.Port)
}

func (w *watch) Do(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error) {
	x, err := w.Doer.Do(ctx, r, emit)
	for _, h := range x.Hops {
		if originOf(h.Sent.URL) == w.origin {
			continue
		}
		for _, f := range append(h.Sent.Header, request.Field{Name: "URL", Value: h.Sent.URL}) {
			for _, s := range w.secret {
				if s != "" && strings.Contains(f.Value, s) {
					w.t.Errorf("%s of the request to %s went to %s", f.Name, w.origin, h.Sent.URL)
				}
			}
		}
	}
	return x, err
}

// noLeaks wants the canary of the lab to have been asked, and to have seen no credential.
func noLeaks(t *testing.T, l *lab.Lab) {
	t.Helper()
	if len(l.Canary.Requests()) == 0 {
		t.Error("nothing reached the canary: that it saw no credential says nothing")
	}
	for _, s := range l.Canary.Leaks() {
		t.Errorf("the canary saw a credential: %s %s %v", s.Method, s.URL, s.Header)
	}
}
