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
