package wizard

import "testing"

// All steps say what they found alike; a name keeps its spelling, and what says nothing stays empty.
func TestAllStepsSpeakAlike(t *testing.T) {
	for text, want := range map[string]string{"": "", "seen a moment ago: status 400": "Seen a moment ago: status 400", "It passes.": "It passes",
		"one thing. Another.": "One thing. Another.", "body:/items/3 decides": "body:/items/3 decides", "127.0.0.1 answers": "127.0.0.1 answers", "\u2026": "\u2026"} {
		if got := remark(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
