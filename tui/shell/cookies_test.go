package shell

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request/cookie"
	"culprit/tui/screen/workbench"
	"culprit/tui/screentest"
)

// larder is the jars of a world, by environment.
type larder struct {
	of  map[string][]cookie.Cookie
	err error // of reading
}

func newLarder() *larder {
	last := time.Date(2027, 1, 2, 3, 4, 0, 0, time.UTC)
	return &larder{of: map[string][]cookie.Cookie{"local": {
		{Name: "sid", Value: "0123456789abcdef0123456789", Host: "local.shop.example", Port: "443", Scheme: "https", Path: "/", Secure: true, HTTPOnly: true, SameSite: "Lax", Expires: last},
		{Name: "theme", Value: "dark", Host: "shop.example", Domain: true, Scheme: "https", Path: "/account"},
		{Name: "evil\x1b[2J\u202e", Value: "\x1b]0;x\x07" + "1", Host: "old.example", Port: "8080", Scheme: "http", Path: "/\x1b[31m"},
	}}}
}

func (l *larder) options() Options {
	opt := options(&world{})
	opt.Core.Cookies = &Cookies{
		Read: func(_ context.Context, env string) ([]cookie.Cookie, error) { return slices.Clone(l.of[env]), l.err },
		Take: func(_ context.Context, env string, c cookie.Cookie) error {
			l.of[env] = slices.DeleteFunc(l.of[env], c.Same)
			return nil
		},
		Clear: func(_ context.Context, env string) error { l.of[env], l.err = nil, nil; return nil },
	}
	return opt
}

// TestTheJarIsSeenAndEmptied: the palette reaches it, values are seen on demand, one is taken out, then all.
func TestTheJarIsSeenAndEmptied(t *testing.T) {
	var l *larder
	pictures(t, func() Options { l = newLarder(); return l.options() }, func(s *screentest.Screen, keep func(string)) {
		s.Press("ctrl+p")
		s.Type("cookie jar")
		s.Press("enter")
		s.Has("Cookies of local", "sid", "0123…6789(26)", "https://*.shop.example/account", "goes with List orders", "not with List orders")
		s.Lacks("0123456789abcdef", "dark")
		keep("jar")
		s.Press("v")
		s.Has("0123456789abcdef0123456789", "dark")
		s.Press("j", "x")
		s.Has("Taken out of the jar: theme")
		s.Lacks("*.shop.example")
		s.Press("X")
		s.Has("Empty the jar?", "All cookies of local")
		keep("empty it")
		s.Press("esc")
		s.Has("sid")
		s.Press("X", "y")
		s.Has("The jar of local is empty.", "No cookies yet. What answers set is kept")
		keep("empty jar")
		s.Press("esc")
		s.Lacks("Cookies of local")
		if n := len(l.of["local"]); n != 0 {
			t.Errorf("%d are left", n)
		}
	})
}

func TestAJarThatCannotBeReadIsSaidAndBegunAnew(t *testing.T) {
	torn := func() Options {
		l := newLarder()
		l.err = errors.New("/state/cookies/1.json: unexpected end of JSON input")
		return l.options()
	}
	pictures(t, torn, func(s *screentest.Screen, keep func(string)) {
		s.Press("ctrl+p")
		s.Type("cookie jar")
		s.Press("enter")
		s.Has("The jar cannot be read", "unexpected end")
		keep("torn jar")
		s.Press("e")
		s.Has("The jar of local is empty.")
		s.Press("ctrl+p")
		s.Type("cookie jar")
		s.Press("enter")
		s.Has("Cookies of local")
	})
}

// TestTheJarThatWasReadGoesAlong: what it adds is seen in the request from then on, also of a cookie without a name.
func TestTheJarThatWasReadGoesAlong(t *testing.T) {
	l := newLarder()
	l.of["local"] = append(l.of["local"], cookie.Cookie{Value: "alone", Host: "local.shop.example", Scheme: "https", Path: "/"})
	opt := l.options()
	var read bool
	inner, resolve := opt.Core.Cookies.Read, opt.Core.Resolve
	opt.Core.Cookies.Read = func(ctx context.Context, env string) ([]cookie.Cookie, error) { read = true; return inner(ctx, env) }
	opt.Core.Resolve = func(e *collections.Entry, s collections.Saved, env string, revealed bool) workbench.Resolution {
		r := resolve(e, s, env, revealed)
		if read {
			r.Cookies = []workbench.Jarred{{Name: "sid", Where: "https://shop.example/"}}
		}
		return r
	}
	synctest.Test(t, func(t *testing.T) {
		s := open(t, opt, 140, 42)
		s.Press("2", "]")
		s.Has("sid  jar: https://", "C cookie jar")
		s.Press("C")
		s.Has("Cookies of local", "without a name")
		s.Press("C")
		s.Lacks("Cookies of local")
	})
}

// A jar that is switched off says so, of each cookie and where there is none.
func TestAJarThatIsOffSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLarder()
		opt := l.options()
		opt.Core.Cookies.Off = func(collections.Saved) string { return "cookies = false in config.toml" }
		s := open(t, opt, 140, 42)
		s.Press("C")
		s.Has("not with List orders: cookies = false in config.toml")
		s.Lacks(" goes with")
		s.Press("X", "y")
		s.Has("No cookies, and none is kept: cookies = false in config.toml")
	})
}
