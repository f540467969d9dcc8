package jq

import (
	"errors"
	"strings"
	"testing"
)

// A program that gathers without end is stopped, and says so; the next one runs as if nothing had been.
func TestAProgramThatGathersWithoutEndIsStopped(t *testing.T) {
	f := New([]byte(`{"a":1}`))
	f.most = 32 << 20
	if _, err := f.Run(t.Context(), `[range(1e10)]`); !errors.Is(err, ErrMemory) {
		t.Fatalf("got %v", err)
	}
	if out, err := f.Run(t.Context(), `.a`); err != nil || strings.TrimSpace(string(out)) != "1" {
		t.Errorf("got %q, %v", out, err)
	}
}

// What a large body takes is no program's: the first one that is run over it is judged like the next.
func TestTheBodyIsNotCountedAsTheProgram(t *testing.T) {
	f := New([]byte("[" + strings.Repeat("1,", 4<<20) + "1]"))
	f.most = 32 << 20
	if out, err := f.Run(t.Context(), `.[0]`); err != nil || string(out) != "1\n" {
		t.Errorf("got %q, %v", out, err)
	}
}
