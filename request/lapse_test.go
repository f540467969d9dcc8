package request

import (
	"testing"
	"time"
)

func TestLapseWritesWhatAPersonReads(t *testing.T) {
	const ms, s = time.Millisecond, time.Second
	for d, want := range map[time.Duration]string{
		0: "0 ms", time.Microsecond: "<0.1 ms", 40 * time.Microsecond: "<0.1 ms", 440 * time.Microsecond: "0.4 ms", ms: "1.0 ms", 1149 * time.Microsecond: "1.1 ms",
		9940 * time.Microsecond: "9.9 ms", 9960 * time.Microsecond: "10 ms", 600 * ms: "600 ms", 999*ms + 600*time.Microsecond: "1 s", s: "1 s", 1237 * ms: "1.24 s",
		9996 * ms: "10 s", 12340 * ms: "12.3 s", 30 * s: "30 s", 59990 * ms: "60 s", 90 * s: "90 s", 119990 * ms: "2 min", 125 * s: "2 min 5 s", time.Hour - ms: "1 h", time.Hour: "1 h",
		200 * time.Minute: "3 h 20 min", 47 * time.Hour: "47 h", 50 * time.Hour: "2 d 2 h", 11*24*time.Hour + 40*time.Minute: "11 d 1 h", -600 * ms: "600 ms",
	} {
		if got := Lapse(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}

func TestWhatLapseWritesIsReadAgain(t *testing.T) {
	for _, text := range []string{"600 ms", "0.4 ms", "1.24 s", "30 s", "2 min 5 s", "3 h 20 min", "2 d 2 h", "11 d", "0 ms"} {
		if d, err := ParseLapse(text); err != nil || Lapse(d) != text {
			t.Errorf("%q: read as %s (%v)", text, d, err)
		}
	}
	if d, err := ParseLapse("1m30s"); err != nil || d != 90*time.Second {
		t.Errorf("Go's form: %s, %v", d, err)
	}
	for _, text := range []string{"soon", "x d 2 h", "1 d soon"} {
		if _, err := ParseLapse(text); err == nil {
			t.Errorf("%s was read as a time", text)
		}
	}
}
