package inquiry_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"culprit/diagnose"
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

// TestNoCredentialReachesAnotherOrigin sends every request of the lab to a server that leads away to a canary, which
// takes everything, and names the same request at the canary as one that works.
func TestNoCredentialReachesAnotherOrigin(t *testing.T) {
	t.Parallel()
	l, e := open(t)
	var mu sync.Mutex
	var seen []*http.Request
	canary := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r)
		w.WriteHeader([]int{http.StatusUnauthorized, http.StatusOK, http.StatusForbidden, http.StatusNotFound}[len(seen)%4])
		_, _ = io.WriteString(w, `{"error":"it is here"}`)
	}))
	t.Cleanup(canary.Close)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, canary.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	t.Cleanup(front.Close)
	secrets := []string{l.Tokens.Valid, l.Tokens.Expired, l.Tokens.Reader, l.Tokens.Password, l.Tokens.APIKey}
	cases := 0
	for _, f := range lab.Faults() {
		r := f.Request(l)
		if !strings.HasPrefix(r.URL, l.URL) || len(r.Auth.Params) == 0 {
			continue
		}
		cases++
		rest := strings.TrimPrefix(r.URL, l.URL)
		r.URL, r.Settings.Follow = front.URL+rest, 5
		good := r.Clone()
		good.URL = canary.URL + rest
		diagnoseIt(t, e, diagnose.Case{Request: r, Writes: true, Good: []diagnose.Known{{Label: "the same elsewhere", Request: good}}, Budget: diagnose.Depth("quick")})
	}
	const enough = 50
	if cases < enough || len(seen) < enough {
		t.Fatalf("%d cases, %d requests at the canary: too few to say anything", cases, len(seen))
	}
	for _, r := range seen {
		var header strings.Builder
		_ = r.Header.Write(&header) // a strings.Builder takes everything
		for _, s := range secrets {
			if r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" || strings.Contains(header.String()+r.RequestURI, s) {
				t.Fatalf("%s %s brought a credential:\n%s", r.Method, r.RequestURI, &header)
			}
		}
	}
	t.Logf("%d cases, %d requests at the canary, none with a credential", cases, len(seen))
}
