package evidence

import (
	"runtime"
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

// TestHostileBodies are bodies of 256 KiB that are made to cost much: none does.
func TestHostileBodies(t *testing.T) {
	fill := func(s string, n int) string { return strings.Repeat(s, n/len(s)) }
	list := func(s string) string { return "[" + strings.TrimSuffix(fill(s+",", 120_000), ",") + "]" }
	names := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`"k` + itoa(i) + `":0,`)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	const most = 256 << 20 // bytes that are allocated in all, most of them for the tree of a body
	for name, body := range map[string]string{
		"parameters that hold parameters": `{"message":"` + fill("%a", 2000) + `","parameters":{"a":"` + fill("%b", 2000) + `","b":"` + fill("x", 120_000) + `"}}`,
		"a long key above many lists":     `{"` + fill("k", 120_000) + `":` + list("[]") + `}`,
		"a long key above many names":     `{"` + fill("k", 120_000) + `":{` + names(10_000) + `}}`,
		"a long field of many complaints": `{"type":"about:blank","title":"x","errors":{"` + fill("k", 120_000) + `":` + list(`"x y"`) + `}}`,
		"a list of nothing":               list("{}"),
		"a field of many complaints":      `{"errors":{"a":` + list(`"is required"`) + `}}`,
		"many complaints in one":          `{"message":"` + fill(`\"a\" is. `, 120_000) + `"}`,
		"words of every table":            fill("$ at # name is required must be of type string: ", 240_000),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			x := answered(post(order), 422, body)
			Sign(x, element.Of(x.Request).Elements)
			read(x)
			runtime.ReadMemStats(&after)
			if n := after.TotalAlloc - before.TotalAlloc; n > most {
				t.Errorf("%d MiB were allocated", n>>20)
			}
		})
	}
}

// TestPathOfTheRequestAsAName is a sentence that begins with the request's own path, spelled as a name: it is read once.
func TestPathOfTheRequestAsAName(t *testing.T) {
	for _, text := range []string{"v1.orders is required", `\"v1.orders\" is required. \"v1.orders\" is required`} {
		if e := find(read(answered(post(order), 400, `{"message":"`+text+`"}`)), "missing_body_property", ""); e != nil {
			t.Errorf("%s: got %+v", text, e)
		}
	}
}

// TestSourceOfTwo is an error whose source says two things: the pointer is the one that is meant, every time.
func TestSourceOfTwo(t *testing.T) {
	for range 20 {
		e := read(answered(post(order), 422, `{"errors":[{"source":{"pointer":"/status","parameter":"limit","header":"Accept"},"title":"is invalid"}]}`))
		if len(e) == 0 || e[0].Element != "body:/status" {
			t.Fatalf("got %+v", e)
		}
	}
}

// TestNoHalfSecret is an answer that repeats a credential where its text is cut, and two of which one begins the other.
func TestNoHalfSecret(t *testing.T) {
	q := post(order)
	q.Secrets = []request.Secret{{Ref: "short", Value: "tok-secret"}, {Ref: "long", Value: "tok-secret-99887766"}}
	for _, text := range []string{strings.Repeat(" ", 8*maxText-12) + " tok-secret-99887766 is invalid", "status tok-secret-99887766 is invalid"} {
		for _, e := range read(answered(q, 400, `{"errors":[{"field":"status","message":"is invalid `+text+`"}]}`)) {
			if strings.Contains(e.Text, "tok-") || strings.Contains(e.Text, "9988") {
				t.Errorf("got %q", e.Text)
			}
		}
	}
}
