package inquiry_test

import (
	"context"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
)

// Who answers no to every probe gets a suspicion: it clears nothing else, and the step that would have isolated is not
// said to have been unneeded.
func TestASuspicionClearsNothing(t *testing.T) {
	c := write("/orders", `{"items":[{"price":7.5,"sku":"a"},{"price":2.5,"sku":"b"},{"price":"9.50","sku":"c"},{"price":1,"sku":"d"}]}`)
	c.Writes = false
	cleared := map[diagnose.ElementID]bool{}
	first := true
	report, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil || !first {
			return diagnose.Answer{Refused: "no consent"}, nil
		}
		first = false
		return diagnose.Answer{Exchange: exchange(*q.Request, func(diagnose.Question) (int, string, []string) { return 400, `{"error":"Bad Request"}`, nil }, q)}, nil
	}, func(e diagnose.Event) {
		for _, s := range e.Suspects {
			if s.State == "cleared" {
				cleared[s.Element] = true
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Verdict.Standing() != diagnose.Suspected {
		t.Fatalf("the verdict is %+v", report.Verdict)
	}
	if len(cleared) > 0 {
		t.Errorf("cleared without a probe: %v", cleared)
	}
	if s := report.Steps[diagnose.Isolation-1]; s.Text != "not allowed" {
		t.Errorf("isolation: %q", s.Text)
	}
}
