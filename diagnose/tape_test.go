package diagnose

import (
	"context"
	"slices"
	"strings"
	"testing"

	"culprit/request"
)

// A run that is taken up again comes to the same verdict: it is told once.
func TestATapeTellsAVerdictOnce(t *testing.T) {
	var tape Tape
	stopped := Report{Verdict: Verdict{Outcome: OutcomeInconclusive}}
	found := Report{Verdict: Verdict{Outcome: OutcomeIsolated, Cause: "expired_token"}}
	for i, c := range []struct {
		report Report
		fresh  bool
	}{{stopped, true}, {found, true}, {found, false}, {stopped, false}} {
		if got := tape.Fresh(c.report); got != c.fresh {
			t.Errorf("report %d: fresh is %v", i+1, got)
		}
	}
}

// What an earlier run made is still there when the next one takes another way, and is told once.
func TestWhatAnEarlierRunMadeIsNotForgotten(t *testing.T) {
	var tape Tape
	for i, c := range []struct{ made, want []Made }{
		{[]Made{{Probe: 2, URL: "/orders/1"}}, []Made{{Probe: 2, URL: "/orders/1"}}},
		{[]Made{{Probe: 1, URL: "/orders/2"}}, []Made{{Probe: 1, URL: "/orders/2"}, {URL: "/orders/1"}}},
		{[]Made{{Probe: 3, URL: "/orders/1"}}, []Made{{Probe: 3, URL: "/orders/1"}, {URL: "/orders/2"}}},
		{nil, []Made{{URL: "/orders/1"}, {URL: "/orders/2"}}},
	} {
		if got := tape.Carried(Report{Made: c.made}).Made; !slices.Equal(got, c.want) {
			t.Errorf("run %d: %v, want %v", i+1, got, c.want)
		}
	}
	if by := (Made{}).By(); by != "an earlier run" {
		t.Error(by)
	}
}

// A run is stopped while a write is under way: taken up again, it says that this may have arrived, and asks. A read, and
// a write that nobody allowed yet, are asked as before.
func TestAWriteThatWasStoppedUnderWayIsAskedAgain(t *testing.T) {
	at := func(s Safety) Question {
		return Question{Kind: Repair, Safety: s, Why: "it may pass", Request: &request.Request{Method: "POST", URL: "https://api.test/" + s.String()}}
	}
	for _, c := range []struct {
		name   string
		q      Question
		sent   bool
		unsure bool
	}{{"a write", at(S5), true, true}, {"a write that was not sent", at(S5), false, false}, {"a read", at(S2), true, false}} {
		var tape Tape
		ctx, stop := context.WithCancel(t.Context())
		_, err := tape.Ask(func(_ context.Context, q Question) (Answer, error) {
			if c.sent {
				tape.Sent(q)
			}
			stop()
			return Answer{}, ctx.Err()
		})(ctx, c.q)
		if err == nil {
			t.Fatalf("%s: it was not stopped", c.name)
		}
		for i, unsure := range []bool{c.unsure, false} { // once it was answered, the next one is another matter
			_, err = tape.Ask(func(_ context.Context, q Question) (Answer, error) {
				if q.Unsure != unsure || strings.Contains(q.Why, "may or may not have arrived") != unsure {
					t.Errorf("%s, run %d: %+v", c.name, i+2, q)
				}
				return Answer{Exchange: &request.Exchange{}}, nil
			})(t.Context(), c.q)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
