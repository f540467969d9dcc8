package cookie

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"culprit/request"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func at(t testing.TB, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// sent is what of a jar goes to an address.
func sent(t testing.TB, j *Jar, address string) string {
	var pairs []string
	for _, c := range j.For(at(t, address), now) {
		pairs = append(pairs, c.Pair())
	}
	return strings.Join(pairs, "; ")
}

// TestWhereACookieGoes sets one cookie at one address and asks for others.
func TestWhereACookieGoes(t *testing.T) {
	const home = "https://shop.example.com/cart/view"
	for _, c := range []struct {
		from, line string
		goes, not  string // addresses
	}{
		{home, "a=1", "https://shop.example.com/cart https://shop.example.com/cart/x https://SHOP.example.com./cart/", "https://shop.example.com/ https://shop.example.com/cartoon https://example.com/cart https://www.shop.example.com/cart http://shop.example.com/cart https://shop.example.com:8443/cart"},
		{home, "a=1; Path=/", "https://shop.example.com/ https://shop.example.com", "https://shop.example.com:444/"},
		{home, "a=1; Path=shop", "https://shop.example.com/cart", "https://shop.example.com/shop"},
		{home, "a=1; Domain=.Example.COM; Path=/", "https://example.com/ https://shop.example.com:8443/ https://a.b.example.com/", "https://anexample.com/ http://shop.example.com/ https://com/"},
		{"http://shop.example.com/", "a=1", "http://shop.example.com/", "https://shop.example.com/ http://shop.example.com:8080/"},
		{"http://127.0.0.1:8001/", "a=1; Domain=127.0.0.1", "http://127.0.0.1:8001/", "http://127.0.0.1:8002/ http://1.127.0.0.1:8001/"},
		{"http://[::1]:8001/", "a=1", "http://[::1]:8001/x", "http://[::2]:8001/"},
		{"http://localhost:3000/", "a=1; Domain=localhost", "http://localhost:3000/", "http://localhost:3001/ http://x.localhost:3000/"},
		{"https://github.io/", "a=1; Domain=github.io", "https://github.io/", "https://me.github.io/"},
		{"https://b\u00fccher.example/", "a=1; Domain=xn--bcher-kva.example; Path=/", "https://xn--bcher-kva.example/ https://www.b\u00fccher.example/", "https://bucher.example/"},
		{home, "a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://shop.example.com/cart", ""},
	} {
		j := &Jar{}
		if s := j.Set(at(t, c.from), c.line, now); !s.Kept {
			t.Errorf("%s from %s: %s", c.line, c.from, s.Why)
			continue
		}
		for _, a := range strings.Fields(c.goes) {
			if got := sent(t, j, a); got != "a=1" {
				t.Errorf("%s from %s does not go to %s: %s", c.line, c.from, a, j.all[0].Withheld(at(t, a), now))
			}
		}
		for _, a := range strings.Fields(c.not) {
			if got := sent(t, j, a); got != "" {
				t.Errorf("%s from %s goes to %s", c.line, c.from, a)
			}
		}
	}
}

// TestWhatIsRefused says why, in words.
func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct{ from, line, why string }{
		{"https://shop.co.uk/", "a=1; Domain=co.uk", "public suffix"},
		{"https://shop.co.uk/", "a=1; Domain=.co.UK", "public suffix"},
		{"https://shop.co.uk./", "a=1; Domain=co.uk.", "Domain co.uk. is not"},
		{"https://shop.co.uk/", "a=1; Domain=co\u3002uk", "not ASCII"},
		{"https://me.github.io/", "a=1; Domain=github.io", "public suffix"},
		{"http://api.shop.svc.cluster.local/", "a=1; Domain=cluster.local", "public suffix"},
		{"https://shop.example.com/", "a=1; Domain=example.org", "not that of shop.example.com"},
		{"https://example.com/", "a=1; Domain=shop.example.com", "not that of"},
		{"http://1.2.3.4/", "a=1; Domain=3.4", "not that of"},
		{"http://0x7f.0.0.1/", "a=1; Domain=0.0.1", "not that of"},
		{"http://127.0.0x1/", "a=1; Domain=0.0x1", "not that of"},
		{"https://shop.a.kawasaki.jp/", "a=1; Domain=kawasaki.jp", "public suffix"},
		{"http://shop.example.com/", "a=1; Secure", "over http"},
		{"https://shop.example.com/", "__Secure-a=1", "not Secure"},
		{"https://shop.example.com/", "__host-a=1; Secure; Path=/; Domain=example.com", "has a Domain"},
		{"https://shop.example.com/x/", "__Host-a=1; Secure", "Path"},
		{"https://shop.example.com/", "=__Secure-a=1", "no name"},
		{"https://shop.example.com/", "a=" + strings.Repeat("x", 4096), "longer"},
		{"https://shop.example.com/", "a=1\x00; Path=/", "control"},
		{"https://shop.example.com/", "; Path=/", "neither"},
		{"https://shop.example.com/", "a=\xff", "UTF-8"},
		{"https://shop.example.com/", "a=1; Max-Age=0", "ends at once"},
		{"https://shop.example.com/", "a=1; Expires=Sunday, 06-Nov-94 08:49:37 GMT", "ends at once"},
	} {
		j := &Jar{}
		if s := j.Set(at(t, c.from), c.line, now); s.Kept || !strings.Contains(s.Why, c.why) {
			t.Errorf("%s from %s: kept %v, %q, want %q", c.line, c.from, s.Kept, s.Why, c.why)
		}
		if len(j.all) > 0 {
			t.Errorf("%s: it is in the jar", c.line)
		}
	}
}

func TestAServerTakesItsCookieBack(t *testing.T) {
	j, u := &Jar{}, at(t, "https://shop.example.com/")
	j.Set(u, "sid=1; Path=/", now)
	j.Set(u, "sid=2; Path=/", now.Add(time.Minute))
	if got := sent(t, j, u.String()); got != "sid=2" {
		t.Errorf("renewed: %q", got)
	}
	s := j.Set(u, "sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", now)
	if s.Kept || !strings.Contains(s.Why, "taken out") || sent(t, j, u.String()) != "" {
		t.Errorf("%+v, %q is left", s, sent(t, j, u.String()))
	}
}

func TestACookieOverHTTPDoesNotReplaceASecureOne(t *testing.T) {
	j := &Jar{}
	j.Set(at(t, "https://shop.example.com/"), "sid=1; Secure; Domain=example.com; Path=/", now)
	if s := j.Set(at(t, "http://shop.example.com/"), "sid=2; Path=/", now); s.Kept {
		t.Error("it was kept")
	}
	if s := j.Set(at(t, "http://shop.example.com/"), "other=2; Path=/", now); !s.Kept {
		t.Error(s.Why)
	}
}

func TestTheOrderInTheFieldIsTheRFCs(t *testing.T) {
	j, u := &Jar{}, at(t, "https://shop.example.com/a/b")
	for i, line := range []string{"first=1; Path=/", "second=2; Path=/", "deep=3; Path=/a/b", "first=4; Path=/"} {
		j.Set(u, line, now.Add(time.Duration(i)*time.Second))
	}
	if got, want := sent(t, j, u.String()), "deep=3; first=4; second=2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAFloodOfCookiesIsBounded: what one host sets in excess pushes out its own.
func TestAFloodOfCookiesIsBounded(t *testing.T) {
	j := &Jar{}
	j.Set(at(t, "https://bank.example/"), "sid=1", now)
	for i := range 2 * maxHost {
		j.Set(at(t, "https://evil.example/"), "c"+strconv.Itoa(i)+"=1", now.Add(time.Duration(i)*time.Second))
	}
	if len(j.all) != maxHost+1 || sent(t, j, "https://bank.example/") != "sid=1" {
		t.Errorf("%d are kept", len(j.all))
	}
	if c := j.For(at(t, "https://evil.example/"), now); c[0].Name != "c"+strconv.Itoa(maxHost) {
		t.Errorf("the oldest left is %s", c[0].Name)
	}
}

func TestItLastsNoLongerThanTheRFCLetsIt(t *testing.T) {
	for _, line := range []string{"a=1; Max-Age=99999999999999999999", "a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT"} {
		j := &Jar{}
		j.Set(at(t, "https://shop.example.com/"), line, now)
		if got := j.all[0].Expires; !got.Equal(now.Add(maxAge)) {
			t.Errorf("%s: until %s", line, got)
		}
	}
}

func TestDatesAsServersWriteThem(t *testing.T) {
	want := time.Date(2027, 11, 6, 8, 49, 37, 0, time.UTC)
	for _, text := range []string{"Sat, 06 Nov 2027 08:49:37 GMT", "Saturday, 06-Nov-27 08:49:37 GMT", "Sat Nov  6 08:49:37 2027", "6 november 2027 8:49:37 +0100", "08:49:37 2027-Nov-06"} {
		if got, ok := date(text); !ok || !got.Equal(want) {
			t.Errorf("%q: %s %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "tomorrow", "30 Feb 2027 08:49:37", "6 Nov 1600 08:49:37", "6 Nov 2027 24:00:00", "6 Nov 2027 08:61:00", "6 Nov 2027 8:49"} {
		if got, ok := date(text); ok {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// FuzzSetCookie: whatever a server sends, what is kept is within its limits, goes back to where it came from, and to no
// other scheme, port or site; a jar that was written and read again is the same.
func FuzzSetCookie(f *testing.F) {
	for _, line := range []string{"sid=1; Path=/; HttpOnly", "a=b=c; Domain=.example.com", "=x", "novalue", "a=1; Max-Age=-1", "__Host-a=1; Secure; Path=/",
		"a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; SameSite=None", "a=\u3002; Domain=co.uk", ";;;=;", "a=1; Domain=com"} {
		f.Add(line, "https://shop.example.com/cart/view")
		f.Add(line, "http://127.0.0.1:8080/")
	}
	f.Fuzz(func(t *testing.T, line, address string) {
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			return
		}
		j := &Jar{}
		s := j.Set(u, line, now)
		if s.Kept != (len(j.all) == 1) {
			t.Fatalf("%+v, and %d in the jar", s, len(j.all))
		}
		if !s.Kept {
			return
		}
		c := j.all[0]
		if len(c.Name)+len(c.Value) > maxPair || strings.ContainsAny(c.Pair(), "\r\n\x00;") || c.Expires.After(now.Add(maxAge)) {
			t.Fatalf("%+v", c)
		}
		if why := c.Withheld(u, now); why != "" && (c.Path == "/" || strings.Contains(why, "host")) {
			t.Fatalf("it does not go back: %s: %+v", why, c)
		}
		for _, other := range []string{"https://evil.example.org/", "ftp://" + u.Host, "http://com/", "https://uk/"} {
			if o, err := url.Parse(other); err == nil && o.Hostname() != u.Hostname() && c.Withheld(o, now) == "" && !strings.HasSuffix(u.Hostname(), "example.org") {
				t.Fatalf("%+v goes to %s", c, other)
			}
		}
		b, err := json.Marshal(j.All(now))
		var read []Cookie
		if err == nil {
			err = json.Unmarshal(b, &read)
		}
		if again := New(read); err != nil || len(again.all) != 1 || again.all[0] != c {
			t.Fatalf("read again: %+v, was %+v: %v", again.all, c, err)
		}
	})
}

// TestWhatWasTakenOutStaysOut: a probe without a cookie is led away and back, and goes without it there, too, until the server
// sets it anew.
func TestWhatWasTakenOutStaysOut(t *testing.T) {
	j := &Jar{}
	j.Set(at(t, "https://shop.example/"), "sid=1; Path=/", time.Now())
	hop := func(address, cookie string, set ...string) request.Hop {
		h := request.Hop{Sent: request.Sent{URL: address, Header: []request.Field{{Name: "Cookie", Value: cookie}}}, Response: &request.Response{Status: 302}}
		for _, s := range set {
			h.Response.Header = append(h.Response.Header, request.Field{Name: "Set-Cookie", Value: s})
		}
		return h
	}
	for what, c := range map[string]struct {
		hops []request.Hop
		want string
	}{
		"led on":               {[]request.Hop{hop("https://shop.example/", "")}, ""},
		"led away and back":    {[]request.Hop{hop("https://shop.example/", ""), hop("https://login.example/", "")}, ""},
		"it was not taken out": {[]request.Hop{hop("https://shop.example/", "sid=1"), hop("https://login.example/", "")}, "sid=1"},
		"set anew, as it was":  {[]request.Hop{hop("https://shop.example/", "", "sid=1; Path=/")}, "sid=1"},
		"set anew, otherwise":  {[]request.Hop{hop("https://shop.example/", "", "sid=2; Path=/"), hop("https://login.example/", "")}, "sid=2"},
	} {
		if got, _ := j.Carry(c.hops, at(t, "https://shop.example/me"), ""); got != c.want {
			t.Errorf("%s: got %q, want %q", what, got, c.want)
		}
	}
}
