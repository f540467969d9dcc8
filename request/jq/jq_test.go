package jq

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestAProgramPrintsWhatItFinds(t *testing.T) {
	for _, c := range []struct{ body, program, want, err string }{
		{`{"a":[1,2.50,12345678901234567890]}`, ".a[]", "1\n2.50\n12345678901234567890\n", ""},
		{`{"a":1} {"a":2}`, ".a+1", "2\n3\n", ""},
		{`{"a":1}`, "env.HOME, $ENV.HOME", "null\nnull\n", ""},
		{`{"a":1}`, ".a |", "", "not finished"},
		{`{"a":1}`, ".a.b", "", "expected an object"},
		{`{"a":1}`, `"x", error("no")`, "\"x\"\n", "no"},
		{`{"a":1}`, `include "x"; .`, "", "module"},
		{`<html>`, ".", "", "no JSON"},
		{`1`, `1, halt, 2`, "1\n", ""},
	} {
		got, err := New([]byte(c.body)).Run(t.Context(), c.program)
		if string(got) != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s over %s: %q, %v; want %q, %q", c.program, c.body, got, err, c.want, c.err)
		}
	}
}

func TestAProgramWithoutEndIsStopped(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := New([]byte("1")).Run(ctx, "def f: f; f"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestTheBodyIsTheSameForTheNextProgram(t *testing.T) {
	f := New([]byte(`{"b":1,"a":[3,1]}`))
	for _, program := range []string{".a |= sort", "del(.a)", ".a[0] = 9"} {
		if _, err := f.Run(t.Context(), program); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := f.Run(t.Context(), "."); string(got) != "{\"a\":[3,1],\"b\":1}\n" {
		t.Errorf("%s", got)
	}
}
