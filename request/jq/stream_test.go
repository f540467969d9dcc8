package jq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// streamed runs a program over a body as over one that is too large to be decoded, and answers as Run does over a small one.
func streamed(t *testing.T, body, program string) (string, error) {
	t.Helper()
	f := New([]byte(body))
	f.whole = 0
	if strings.Contains(program, "| ") {
		f.whole = len(body) - 1 // what is decoded is a part of it
	}
	out, err := f.Run(t.Context(), program)
	return sorted(t, out), err
}

// sorted gives members the order in which gojq prints them.
func sorted(t *testing.T, lines []byte) string {
	t.Helper()
	var out strings.Builder
	for l := range bytes.Lines(lines) {
		var v any
		d := json.NewDecoder(bytes.NewReader(l))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%q: %v", l, err)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(b, '\n'))
	}
	return out.String()
}

// What is found in the bytes of a large body is what is found in a small one that is decoded.
func TestAPathIsFollowedThroughTheBytes(t *testing.T) {
	bodies := []string{
		`{"items":[{"id":1,"name":"mug","tags":["a","b"]},{"id":2.50,"name":"p\"o}t\\","tags":[]},{"id":12345678901234567890,"tags":null}],"a b":{"é":true},"n":null}`,
		" [ 1 , [ 2 , [ 3 ] ] , { \"items\" : [ ] } , null , \"\\\\\" ]\n",
		`{"items":[{"id":1}]} {"items":[{"id":2}]}`,
		`{"items":{"x":{"id":1},"y":{"id":2}},"items":[{"id":3}]}`,
		`"text"`, `[]`, `{}`, `null`, `-1.5e3`,
	}
	programs := []string{".items", ".items[]", ".items[1]", ".items[7]", ".items[0].id", ".items[].id", ".items[] | .id", ".items[]?.id?", `.["a b"]`, `."a b"["é"]`, `."a b" | ."é"`,
		".[1][1]", ".[]", ".[]?", ".n.x", ".n.x[0]", ".items | .[0] | .tags[]", ".items[] | .id + 1", ".items[] | select(.id > 1) | .name", ".items[] | {id}", ".items[0] | keys",
		".items[].tags[0]", ".missing.more", ".missing[]", ".missing[]?", ".items[0].name.first"}
	for _, body := range bodies {
		for _, program := range programs {
			if strings.HasPrefix(program, ".[") && (strings.Contains(body, `"y"`) || body == `"text"`) {
				continue // of two members with one name gojq has one; it counts the letters of a text
			}
			small, wrong := New([]byte(body)).Run(t.Context(), program)
			want := sorted(t, small)
			got, err := streamed(t, body, program)
			if strings.Contains(program, "[]") && strings.HasPrefix(body, "{") { // members come in the order of the document
				got, want = inOrder(got), inOrder(want)
			}
			if got != want || (err == nil) != (wrong == nil) {
				t.Errorf("%s over %s: %q, %v; want %q, %v", program, body, got, err, want, wrong)
			}
		}
	}
}

// inOrder sorts lines.
func inOrder(lines string) string {
	all := strings.SplitAfter(lines, "\n")
	slices.Sort(all)
	return strings.Join(all, "")
}

// What needs the whole document is said to, and what is no JSON, too.
func TestWhatALargeBodyIsNotAsked(t *testing.T) {
	for _, c := range []struct{ body, program, want string }{
		{`{"a":1}`, ".", "begins with a path"},
		{`{"a":1}`, "keys", "begins with a path"},
		{`{"a":[1,2]}`, "[.a[] | .b]", "begins with a path"},
		{`{"a":[1,2]}`, ".a[1:]", "begins with a path"},
		{`{"a":[1,2]}`, ".a[].b??", "begins with a path"}, // nothing and no fault in gojq: the second one is about all of it
		{`{"a":[1,2]`, ".a", "no JSON"},
		{`{"a":[1 2]}`, ".a[]", "no JSON"},
		{`{"a":[1,wrong]}`, ".a[1]", "no JSON"},
		{`{a:1}`, ".a", "no JSON"},
		{`<html>`, ".a", "no"},
		{`{"a":"b`, ".a", "no JSON"},
	} {
		f := New([]byte(c.body))
		f.whole = 0
		if out, err := f.Run(t.Context(), c.program); err == nil || !strings.Contains(err.Error(), c.want) || len(out) > 0 && c.body[0] == '<' {
			t.Errorf("%s over %s: %q, %v", c.program, c.body, out, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	f := New([]byte(`{"a":[` + strings.Repeat(`"xxxxxxxx",`, 1<<19) + `1],"b":1}`))
	f.whole = 0
	cancel()
	if _, err := f.Run(ctx, ".b"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// FuzzAPathIsFollowed: whatever the bytes are, a walk ends, and what it prints is JSON.
func FuzzAPathIsFollowed(f *testing.F) {
	for _, s := range []string{`{"a":[1,{"b":"\\\""}]}`, `[[[`, `{"a"`, "{}{}", `{"a":1}}`, ``} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, program := range []string{".a", ".[]", ".a[].b", ".[0]", ".[] | .b"} {
			filter := New([]byte(body))
			filter.whole = -1
			out, _ := filter.Run(t.Context(), program)
			for l := range bytes.Lines(out) {
				if !json.Valid(l) {
					t.Fatalf("%s over %q: %q", program, body, l)
				}
			}
		}
	})
}

// BenchmarkPath is a path through 100 MB. What decides is that a person waits for it at each key.
func BenchmarkPath(b *testing.B) {
	var body bytes.Buffer
	body.WriteString(`{"items":[`)
	for i := 0; body.Len() < 100<<20; i++ {
		fmt.Fprintf(&body, `{"id":%d,"name":"Mug, blue","price":12.50,"tags":["tea","kitchen"],"note":"a note of some length, as they are"},`, i)
	}
	body.WriteString(`{"id":-1}],"total":7}`)
	for _, program := range []string{".items[3].name", ".total", ".items[] | .id", ".items[].id", ".items[] | select(.id < 0)"} {
		b.Run(program, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if _, err := New(body.Bytes()).Run(b.Context(), program); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
