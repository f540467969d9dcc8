package vars

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"culprit/request"
)

func filler() *Filler {
	n := 0
	return &Filler{
		Scopes: []Scope{
			{Name: "collection", Vars: []Var{{Name: "host", Value: "http://old"}, {Name: "path", Value: "/v{{version}}"}, {Name: "version", Value: "1"},
				{Name: "obj", Value: `{"k":{"z":5},"s":"text","l":[1,"two"]}`}, {Name: "obj.s", Value: "exact"}}},
			{Name: "environment prod", Vars: []Var{{Name: "host", Value: "https://api"}, {Name: "api_token", Value: "s3cret", Secret: true},
				{Name: "off", Value: "x", Disabled: true}, {Name: "auth", Value: "Bearer {{api_token}}"},
				{Name: "a", Value: "{{b}}"}, {Name: "b", Value: "{{c}}"}, {Name: "c", Value: "{{a}}"}, {Name: "self", Value: "{{self}}"}}},
			{Name: "runtime", Literal: true, Vars: []Var{{Name: "captured", Value: "{{api_token}}"}, {Name: "version", Value: "2"}}},
		},
		Now: func() time.Time { return time.Unix(1700000000, 0) },
		Int: func(m int) int { n++; return n % m },
	}
}

func TestFillPutsValuesIn(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"{{host}}{{path}}/x", "https://api/v2/x"},
		{"{{ host }}", "https://api"},
		{"{{obj.k.z}} {{obj.k}} {{obj.s}} {{obj.l.1}}", `5 {"z":5} exact two`},
		{"{{captured}}", "{{api_token}}"},
		{"{{$timestamp}} {{$isoTimestamp}}", "1700000000 2023-11-14T22:13:20.000Z"},
		{"{{$guid}}", "01020304-0506-4708-890a-0b0c0d0e0f10"},
		{"{{$randomInt}}", "1"},
		{`{"a":{"b":{{version}}}}`, `{"a":{"b":2}}`},
		{"{{{version}}}", "{2}"},
		{`{{"a":1}} {{}} {{ }} {{x`, `{{"a":1}} {{}} {{ }} {{x`},
		{"{{a\nb}} {{x}{{version}}", "{{a\nb}} {{x}2"},
	} {
		got, _, err := filler().Fill(c.in)
		if got != c.want || err != nil {
			t.Errorf("%q became %q (%v), want %q", c.in, got, err, c.want)
		}
	}
}

func TestUseSaysWhereAValueCameFrom(t *testing.T) {
	out, uses, err := filler().Fill("x {{host}} {{auth}}")
	if err != nil {
		t.Fatal(err)
	}
	want := []Use{
		{Name: "host", Scope: "environment prod", Value: "https://api", Shadows: []string{"collection"}, At: 2, End: 10, From: 2},
		{Name: "api_token", Scope: "environment prod", Value: "s3cret", Secret: true, At: 11, End: 19, From: -1},
		{Name: "auth", Scope: "environment prod", Value: "Bearer s3cret", Secret: true, At: 11, End: 19, From: 14},
	}
	if !reflect.DeepEqual(uses, want) {
		t.Errorf("got  %+v\nwant %+v", uses, want)
	}
	if got := out[uses[2].From:]; got != "Bearer s3cret" {
		t.Errorf("From points at %q", got)
	}
}

func TestMissingIsNamedWithWhatMayBeMeant(t *testing.T) {
	out, _, err := filler().Fill("{{hots}}/{{off}}/{{zzzzzz}}/{{process.env.KEY}}/{{?Which one}}/{{$guidd}}/{{hots}}")
	var u *Unresolved
	if !errors.As(err, &u) {
		t.Fatalf("got %v", err)
	}
	if want := []string{"hots", "off", "zzzzzz", "process.env.KEY", "$guidd"}; !reflect.DeepEqual(u.Names, want) {
		t.Errorf("names %q", u.Names)
	}
	if !reflect.DeepEqual(u.Prompts, []string{"Which one"}) || u.Near["hots"] != "host" || u.Near["$guidd"] != "$guid" || u.Near["zzzzzz"] != "" {
		t.Errorf("got %+v", u)
	}
	if !strings.HasPrefix(out, "{{hots}}/{{off}}/") {
		t.Errorf("missing ones are gone: %q", out)
	}
	for _, s := range []string{"did you mean {{host}}?", "switched off in environment prod", "looked in runtime, environment prod, collection", "{{process.env.KEY}} has no value: nothing of the process's environment is filled in", "{{?Which one}} needs an answer, and nobody is asked"} {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("%q is not in %q", s, err)
		}
	}
}

func TestCircleIsNamed(t *testing.T) {
	for in, want := range map[string][]string{"{{b}}": {"b", "c", "a", "b"}, "{{self}}": {"self", "self"}} {
		_, _, err := filler().Fill(in)
		var c *Cycle
		if !errors.As(err, &c) || !reflect.DeepEqual(c.Chain, want) {
			t.Errorf("%s: got %v", in, err)
		}
	}
}

func TestGrowthIsBounded(t *testing.T) {
	f := &Filler{Scopes: []Scope{{Name: "s"}}}
	name := func(i int) string { return string(rune('a'+i/10)) + string(rune('0'+i%10)) }
	for i := range 40 {
		next := "{{" + name(i+1) + "}}"
		f.Scopes[0].Vars = append(f.Scopes[0].Vars, Var{Name: name(i), Value: next + next})
	}
	f.Scopes[0].Vars = append(f.Scopes[0].Vars, Var{Name: name(40), Value: "x"})
	if _, _, err := f.Fill("{{a0}}"); !errors.Is(err, ErrTooLong) {
		t.Errorf("got %v", err)
	}
	f.Scopes[0].Vars[40].Value = ""
	if out, uses, err := f.Fill("{{a0}}"); out != "" || err != nil || len(uses) > 200 {
		t.Errorf("got %d bytes, %d uses, %v", len(out), len(uses), err)
	}
}

func TestLiteralsAreFoundByPlace(t *testing.T) {
	r := request.Request{URL: "https://me:urlpw@h/?api_key=k&page=2&token={{t}}", Header: []request.Field{
		{Name: "Authorization", Value: "Basic bWU6aHVudGVyMg=="}, {Name: "Cookie", Value: "sid=abc; theme=dark"}, {Name: "Accept", Value: "*/*"},
		{Name: "X-Api-Key", Value: "{{key}}"}},
		Auth: request.Auth{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X-K"}, {Name: "value", Value: "v"}}},
		Body: request.Body{Fields: []request.Field{{Name: "password", Value: "formpw"}, {Name: "user", Value: "me"}}}}
	var got []string
	for _, s := range Literals(r) {
		got = append(got, s.Ref+"="+s.Value)
	}
	want := []string{"URL password=urlpw", "query api_key=k", "header Authorization=bWU6aHVudGVyMg==", "header Authorization password=hunter2",
		"cookie sid=abc", "cookie theme=dark", "auth value=v", "form field password=formpw"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestEveryGeneratorWorks(t *testing.T) {
	var f Filler
	for _, g := range generators() {
		if v, ok := f.generate(g); !ok || v == "" {
			t.Errorf("$%s gives %q", g, v)
		}
	}
}

func FuzzFill(f *testing.F) {
	for _, s := range []string{"{{host}}", "{{{a}}}", "{{a{{b}}}}", "{{?x}}{{$guid}}", "}}{{", "{{obj.k.z.}}", "{{\xff}}"} {
		f.Add(s, "{{host}}")
	}
	f.Fuzz(func(t *testing.T, text, val string) {
		fl := filler()
		fl.Scopes = append(fl.Scopes, Scope{Name: "top", Vars: []Var{{Name: "x", Value: val}}})
		out, uses, err := fl.Fill(text)
		for _, r := range Find(text) {
			if text[r.At:r.At+2] != "{{" || text[r.End-2:r.End] != "}}" || strings.ContainsAny(r.Name, "{}") {
				t.Errorf("%q: bad reference %+v", text, r)
			}
		}
		if err != nil {
			return
		}
		for _, u := range uses {
			if u.From >= 0 && out[u.From:u.From+len(u.Value)] != u.Value {
				t.Errorf("%q: %+v is not at its place in %q", text, u, out)
			}
		}
		if len(Find(text)) == 0 && out != text {
			t.Errorf("%q became %q", text, out)
		}
	})
}
