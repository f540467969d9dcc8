package inquiry_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// interview runs a diagnosis with a person who answers the prompts that replies knows; it returns the prompts in order.
func interview(t *testing.T, c diagnose.Case, f answers, replies map[string]string) (diagnose.Report, []string) {
	t.Helper()
	c.Interactive, c.Now = true, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	var prompts []string
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		switch {
		case q.Prompt != nil:
			prompts = append(prompts, q.Prompt.ID)
			for _, choice := range q.Prompt.Choices {
				if strings.HasPrefix(choice, replies[q.Prompt.ID]) && replies[q.Prompt.ID] != "" {
					return diagnose.Answer{Reply: choice}, nil
				}
			}
			return diagnose.Answer{Reply: replies[q.Prompt.ID]}, nil
		case q.Request == nil:
			return diagnose.Answer{Refused: "not here"}, nil
		}
		return diagnose.Answer{Exchange: exchange(*q.Request, f, q)}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r, prompts
}

// known is a document that wants one parameter more.
type known struct{ diagnose.Knowledge }

func (known) Known(request.Request, time.Time) []diagnose.Known { return nil }
func (known) Response(*request.Exchange) []diagnose.Evidence    { return nil }

func (known) Hits(request.Request, time.Time) []diagnose.Hit {
	e := diagnose.Edit{Element: "query:zone", Op: diagnose.Add, To: "7", Source: "spec", Cause: "missing_request_parameter", Weight: 60, Why: "the document wants it"}
	return []diagnose.Hit{{Rule: "spec", Element: e.Element, Cause: e.Cause, Odds: 60, Text: "the document wants zone", Edits: []diagnose.Edit{e}}}
}

// TestAnswersChangeWhatHappensNext: each question of §9.3 is asked where its answer can end the search, and a run
// without that answer ends elsewhere.
func TestAnswersChangeWhatHappensNext(t *testing.T) {
	const refused = `{"error":"Bad Request"}`
	zoned := func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.URL, "zone=7") {
			return 200, `{}`, nil
		}
		return 400, refused, nil
	}
	plain := diagnose.Case{Request: get("/items?a=1")}
	described := plain
	described.Describe = func([]byte, string) (diagnose.Knowledge, error) { return known{}, nil }
	away := func(diagnose.Question) (int, string, []string) { return 2, "connection_timeout", nil }
	for _, c := range []struct {
		id, reply string
		c         diagnose.Case
		f         answers
		more      map[string]string
		says      string
	}{
		{"since", "it worked, and the request is", plain, zoned, nil, "the request is the same as when it worked"},
		{"good", "curl 'https://api.test/items?a=1&zone=7'", plain, zoned, map[string]string{"since": "it worked, and the request has"}, "query:zone"},
		{"environment", "another", withToken("/me"), always(401, `{"error":"no"}`), nil, "wrong_environment_credentials"},
		{"document", "openapi: 3.1.0", described, zoned, map[string]string{"since": "it never"}, "query:zone"},
		{"network", "no", withToken("/me"), away, nil, "you are outside of the host's network"},
		{"others", "they", withToken("/me"), always(500, `{"error":"no"}`), nil, "you say that others get the same"},
		{"log", "ValidationError: query.a: must be a date", plain, func(diagnose.Question) (int, string, []string) {
			return 500, `{"error":"no"}`, []string{"X-Request-Id", "r-17"}
		}, nil, "the server's log says"},
	} {
		t.Run(c.id, func(t *testing.T) {
			replies := map[string]string{c.id: c.reply}
			for k, v := range c.more {
				replies[k] = v
			}
			with, prompts := interview(t, c.c, c.f, replies)
			if !slices.Contains(prompts, c.id) {
				t.Fatalf("asked %q\n%s", prompts, words(with))
			}
			without, _ := interview(t, c.c, c.f, nil)
			if !strings.Contains(words(with), c.says) || strings.Contains(words(without), c.says) {
				t.Errorf("not said, or said without the answer: %q\n%s\n--- without:\n%s", c.says, words(with), words(without))
			}
		})
	}
}

// TestFewQuestions: at most two in a run, none twice, 1.5 on average; none where the search ends by itself, and none
// where nobody is there, whose report has hints instead.
func TestFewQuestions(t *testing.T) {
	total, runs := 0, 0
	for _, k := range contrasts {
		for _, r := range []reading{k.same, k.different} {
			_, prompts := interview(t, r.c, r.f, nil)
			sorted := slices.Compact(slices.Sorted(slices.Values(prompts)))
			if len(prompts) > 2 || len(sorted) != len(prompts) {
				t.Errorf("%s: %q", k.id, prompts)
			}
			total, runs = total+len(prompts), runs+1
		}
	}
	if total == 0 || float64(total)/float64(runs) > 1.5 {
		t.Errorf("%d questions in %d runs", total, runs)
	}
	t.Logf("%.2f questions a run", float64(total)/float64(runs))
	_, prompts := interview(t, diagnose.Case{Request: get("/ok")}, always(200, `{}`), nil)
	if len(prompts) > 0 {
		t.Errorf("a request that passes: asked %q", prompts)
	}
	r, all := asked(t, diagnose.Case{Request: get("/items?a=1")}, always(400, `{}`))
	if slices.ContainsFunc(all, func(q diagnose.Question) bool { return q.Prompt != nil }) || !strings.Contains(fmt.Sprint(r.Hints), "say whether it ever worked") {
		t.Errorf("without a person: %q", r.Hints)
	}
}

// TestAQuestionBeforeAWriteThatActs: on production a bundle of repairs costs more than asking (§9.1); a request that
// only reads is varied first.
func TestAQuestionBeforeAWriteThatActs(t *testing.T) {
	before := func(c diagnose.Case) (probes int) {
		_, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
			if q.Prompt != nil {
				return diagnose.Answer{}, context.Canceled
			}
			probes++
			return diagnose.Answer{Exchange: exchange(*q.Request, always(400, `{"error":"no"}`), q)}, nil
		}, nil)
		if err == nil {
			t.Error("nothing was asked")
		}
		return probes
	}
	acts := write("/things", `{"price":"9.90","currency":"euro","stock":3,"when":"1.2.2030"}`)
	acts.Interactive, acts.Production, acts.Now = true, true, time.Now()
	reads := diagnose.Case{Request: get("/things?price=9,90&currency=euro&stock=3"), Interactive: true, Production: true, Now: time.Now()}
	if a, r := before(acts), before(reads); a >= r {
		t.Errorf("asked after %d probes that may act, after %d that only read", a, r)
	}
}

// TestAPastedRequestIsAskedAbout: who refused a variation, and then pastes a request that works, is asked about that
// one by its own; the hint to give one is not repeated.
func TestAPastedRequestIsAskedAbout(t *testing.T) {
	c := write("/things", `{"name":"Ada","channel":"web"}`)
	c.Interactive, c.Now = true, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	c.Writes, c.Recorded = false, exchange(c.Request, always(400, `{"error":"no"}`), diagnose.Question{})
	refused, pasted := 0, 0
	r, err := diagnose.Run(t.Context(), inquiry.New(c), func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
		switch {
		case q.Prompt != nil && q.Prompt.ID == "good":
			return diagnose.Answer{Reply: `curl https://api.test/things -H 'Content-Type: application/json' -d '{"name":"Ada","channel":"shop"}'`}, nil
		case q.Prompt != nil:
			return diagnose.Answer{}, nil
		case q.Request == nil:
			return diagnose.Answer{Refused: "not here"}, nil
		case q.Safety >= diagnose.S3 && refused == 0:
			refused++
			return diagnose.Answer{Refused: "no"}, nil
		}
		answer := always(400, `{"error":"no"}`)
		if q.Safety >= diagnose.S3 && strings.Contains(q.Request.Body.Text, "shop") {
			pasted++
			answer = always(201, `{}`)
		}
		return diagnose.Answer{Exchange: exchange(*q.Request, answer, q)}, nil
	}, nil)
	if err != nil || refused != 1 || pasted == 0 {
		t.Fatalf("%v: refused %d, pasted one sent %d times\n%s", err, refused, pasted, words(r))
	}
	if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != "body:/channel" {
		t.Errorf("%s", words(r))
	}
}

// TestAGuessSaysThatNoLogWasNamed: where nothing is proved the logs were not "not needed".
func TestAGuessSaysThatNoLogWasNamed(t *testing.T) {
	for status, want := range map[int]string{400: "none is named", 200: "not needed"} {
		r, _ := interview(t, diagnose.Case{Request: get("/items?a=1")}, always(status, `{}`), nil)
		if got := r.Steps[1].Text; got != want {
			t.Errorf("%d: the logs are %q, want %q", status, got, want)
		}
	}
}
