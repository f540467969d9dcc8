package inquiry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// What tells nothing new is not sent.

// Four things of a read look wrong, and none is: one probe clears them. One of them is: it is found among the four.
func TestSuspectsThatAreAlikeAreTriedAtOnce(t *testing.T) {
	for _, at := range []string{"", "X-Count"} {
		r := request.Request{Method: "GET", URL: "https://api.test/list?cursor=null&day=05/04/2031&amount=12,50", Header: []request.Field{{Name: "X-Count", Value: `"12"`}}}
		report, questions := asked(t, diagnose.Case{Request: r}, func(q diagnose.Question) (int, string, []string) {
			if at != "" && !strings.Contains(request.Get(q.Request.Header, at), `"`) {
				return 200, `{"items":[1]}`, nil
			}
			return 400, `{"error":"Bad Request"}`, nil
		})
		if len(questions) < 3 || len(questions[1].Edits) < 3 || len(questions[2].Edits) == 1 && at == "" {
			t.Errorf("%q: after the failure %+v, then %+v", at, questions[1].Edits, questions[2].Edits)
		}
		if got := report.Verdict.Culprits; at != "" && (len(got) != 1 || got[0].Element != "header:X-Count" || got[0].Standing == diagnose.Suspected) {
			t.Errorf("%s in %d probes", shown(got), report.Cost.Probes)
		}
	}
}

// A write is not tried with all of them: the one that passes is the only one that may change data.
func TestSuspectsOfAWriteAreTriedOneByOne(t *testing.T) {
	c := write("/orders", `{"day":"05/04/2031","amount":"12,50","at":"2031-13-45","count":"\"12\""}`)
	_, questions := asked(t, c, func(diagnose.Question) (int, string, []string) { return 400, `{"error":"Bad Request"}`, nil })
	if len(questions) < 2 || len(questions[1].Edits) != 1 {
		t.Errorf("after the failure %d edits", len(questions[1].Edits))
	}
}

// Twelve answers show that nothing goes along with a failure that comes and goes, twenty are asked for where something
// may.
func TestAnswersAreCountedAsLongAsTheyTell(t *testing.T) {
	for _, c := range []struct {
		name string
		most int
		node func(failed bool, die *rand.Rand) string
	}{
		{"one node", 12, func(bool, *rand.Rand) string { return "web-1" }},
		{"two, one ill most of the time", 20, func(failed bool, die *rand.Rand) string {
			if failed == (die.Float64() < .8) {
				return "web-2"
			}
			return "web-1"
		}},
	} {
		longest := 0
		for seed := range 30 {
			r, _ := under(t, uint64(seed), listing(), func(die *rand.Rand, _ diagnose.Question) (int, []request.Field, request.Conn) {
				status := 200 + 303*die.IntN(2)
				return status, []request.Field{{Name: "X-Served-By", Value: c.node(status != 200, die)}}, request.Conn{}
			})
			if r.Verdict.Outcome != diagnose.OutcomeFlaky {
				continue
			}
			longest = max(longest, r.Verdict.Culprits[0].With.Tried)
		}
		if longest != c.most {
			t.Errorf("%s: %d answers at most, want %d", c.name, longest, c.most)
		}
	}
}

// A server that says when it will take requests again is asked once more, and nothing of the request is varied.
func TestAServerThatAsksToWaitIsNotTried(t *testing.T) {
	for _, c := range []struct {
		header []string
		text   string
		most   int
	}{
		{[]string{"Retry-After", "3600"}, `{"error":"Service Unavailable"}`, 1},
		{[]string{"Retry-After", "5"}, `{"error":"Service Unavailable"}`, 2},
		{nil, `{"message":"We are down for scheduled maintenance."}`, 2},
		{nil, `{"error":"Service Unavailable"}`, 6},
	} {
		r, questions := asked(t, diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/list?day=05/04/2031"}}, func(diagnose.Question) (int, string, []string) {
			return 503, c.text, c.header
		})
		if v := r.Verdict; v.Outcome != diagnose.OutcomeExplained || r.Cost.Probes > c.most {
			t.Errorf("%v %s: %s in %d probes", c.header, c.text, v.Outcome, r.Cost.Probes)
		}
		for _, q := range questions {
			if c.most <= 2 && len(q.Edits) > 0 {
				t.Errorf("%v %s: %+v was tried", c.header, c.text, q.Edits)
			}
			if len(c.header) > 0 && q.N > 1 && (q.Wait < 5*time.Second || q.Wait > 6*time.Second) {
				t.Errorf("%v: asked again after %v", c.header, q.Wait)
			}
		}
	}
}

// A server that is busy and answers at the time that it named was only busy.
func TestAServerThatWasBusyIsNotIll(t *testing.T) {
	n := 0
	r, questions := asked(t, diagnose.Case{Request: request.Request{Method: "GET", URL: "https://api.test/list?day=05/04/2031"}}, func(diagnose.Question) (int, string, []string) {
		if n++; n == 1 {
			return 503, `{"error":"busy"}`, []string{"Retry-After", "2"}
		}
		return 200, `{"items":[]}`, nil
	})
	if v := r.Verdict; len(questions) != 2 || v.Outcome != diagnose.OutcomeExplained || v.Cause != "overloaded" || v.Side != "server" {
		t.Errorf("%s %s after %d questions", v.Outcome, v.Summary, len(questions))
	}
}

// A conflict is mostly about the state of the resource: a change that is likely is tried, a long hunt is not begun.
func TestAConflictIsNotHunted(t *testing.T) {
	body := `{"state":"open"`
	for i := range 12 {
		body += fmt.Sprintf(`,"p%d":"x%d"`, i, i)
	}
	for status, most := range map[int]int{409: 8, 422: 60} {
		r, _ := asked(t, write("/orders/7/close", body+"}"), func(diagnose.Question) (int, string, []string) {
			return status, `{"error":"not now"}`, nil
		})
		if r.Cost.Probes > most || status == 422 && r.Cost.Probes <= 8 {
			t.Errorf("%d: %d probes", status, r.Cost.Probes)
		}
	}
}

// Of twenty differences to a request that works two are one name that is misspelt: these are searched first, before
// other names that only one of the two requests has.
func TestAMisspeltNameIsSearchedFirst(t *testing.T) {
	order := func(x, name string) request.Request {
		body := "{"
		for i := range 6 {
			body += fmt.Sprintf(`"%s%d":%d,"only_%s_%d":true,`, "number", i, len(x)+i, strings.Repeat(x, 5), i)
		}
		return write("/orders", body+fmt.Sprintf(`%q:true}`, name)).Request
	}
	c := diagnose.Case{Request: order("x", "newsleter"), Writes: true, Good: []diagnose.Known{{Label: "the good request", Request: order("yy", "newsletter")}}}
	r, questions := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, "newsleter") {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 201, `{"ok":true}`, nil
	})
	for _, e := range questions[1].Edits {
		if !strings.Contains(string(e.Element), "newslet") {
			t.Errorf("%s was searched among the first", e.Element)
		}
	}
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/newsleter" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// The one thing of a read that a check notices goes before everything that may be left out, for a pass of it leaves
// nothing to search.
func TestALoneSuspectGoesBeforeTheControl(t *testing.T) {
	for _, c := range []struct {
		query string
		alone bool
	}{
		{"limit=500&sort=placed", true},
		{"limit=500&sort=placed&a=b&c=d&e=f&g=h&i=j&k=l&m=n&o=p&q=r&s=t&u=v&w=x&y=z&aa=bb&cc=dd&ee=ff&gg=hh&ii=jj&kk=ll&mm=nn", false},
	} {
		r := request.Request{Method: "GET", URL: "https://api.test/list?" + c.query}
		report, questions := asked(t, diagnose.Case{Request: r}, func(q diagnose.Question) (int, string, []string) {
			if strings.Contains(q.Request.URL, "limit=500") {
				return 400, `{"error":"Bad Request"}`, nil
			}
			return 200, `{"items":[1]}`, nil
		})
		if got := len(questions[1].Edits) == 1; got != c.alone {
			t.Errorf("%s: first %+v", c.query, questions[1].Edits)
		}
		if got := report.Verdict.Culprits; len(got) != 1 || got[0].Element != "query:limit" {
			t.Errorf("%s: %s", c.query, shown(got))
		}
	}
}

// Two values of an order clash. What stands beside the first one, and was not changed in vain before, is asked about
// first.
func TestAPartnerIsLookedForNearby(t *testing.T) {
	order := func(x, more string) request.Request {
		body := fmt.Sprintf(`{%s"customer":{`, more)
		for i := range 12 {
			body += fmt.Sprintf(`"a%d":%q,`, i, strings.Repeat(x, i+1))
		}
		body += `"z":1},"ship":{`
		for i := range 12 {
			body += fmt.Sprintf(`"b%d":%q,`, i, strings.Repeat(x, i+1))
		}
		return write("/orders", body+`"z":1}}`).Request
	}
	c := diagnose.Case{Request: order("x", `"d0":10,"d1":11,"d2":12,"d3":13,"d4":14,"d5":15,"d6":16,"d7":17,"coupon":"SPRING","discount":5,"remark":"soon",`), Writes: true, Good: []diagnose.Known{{Label: "the good request", Request: order("y", "")}}}
	c.Budget.Probes = 60
	r, questions := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		if b := q.Request.Body.Text; strings.Contains(b, "coupon") && strings.Contains(b, "discount") {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 201, `{"ok":true}`, nil
	})
	n := 0
	for _, q := range questions {
		if strings.Contains(q.Why, "clash") {
			n++
		}
	}
	if got := r.Verdict.Culprits; len(got) != 2 || n > 3 {
		t.Errorf("%s after %d questions about the partner, of %d in all", shown(got), n, len(questions))
	}
}

// A quick look cannot prove what a server does not name: the report says so, and how to go on.
func TestAQuickLookSaysHowToGoOn(t *testing.T) {
	c := write("/orders", `{"email":" ada@example.com","starts_on":"02.01.2024","active":"yes","quantity":"2"}`)
	answer := func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"quantity":"2"`) {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 201, `{"id":1}`, nil
	}
	for depth, hinted := range map[string]bool{"quick": true, "normal": false} {
		c.Budget = diagnose.Depth(depth)
		r, _ := asked(t, c, answer)
		said := slices.ContainsFunc(r.Hints, func(h diagnose.Hint) bool { return h.Flag == "--depth normal" })
		if said != hinted || (r.Verdict.Outcome == diagnose.OutcomeIsolated) == hinted {
			t.Errorf("%s: %s %v", depth, r.Verdict.Summary, r.Hints)
		}
	}
}

// A server that names the type of the body and takes it as a form: what the body becomes then follows from the type, and is
// no second thing that the answer would have to name. Values of the body are no matter of its type.
func TestABodyInTheTypeThatIsNamedIsProvedByOnePair(t *testing.T) {
	r, questions := asked(t, write("/close", `{"channel":"stable"}`), func(q diagnose.Question) (int, string, []string) {
		if !strings.Contains(request.Get(q.Request.Header, "Content-Type"), "form") || strings.HasPrefix(q.Request.Body.Text, "{") {
			return 415, `{"message":"unsupported media type application/json"}`, nil
		}
		return 200, `{"ok":true}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "header:Content-Type" || got[0].Standing == diagnose.Suspected || r.Cost.Probes > 7 {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
	for _, q := range questions {
		for _, e := range q.Edits {
			if e.Element == "body:/channel" {
				t.Errorf("%s of %s was tried", e.Op, e.Element)
			}
		}
	}
}
