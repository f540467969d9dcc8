package shell

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
	"culprit/tui/screentest"
)

// investigating gives the world a real diagnosis of an order that a server refuses without a word while one quantity, of
// three, is a text. wire writes down what goes over it.
func investigating(w *world, wire *[]string) Options {
	return quantities(w, wire, "https://shop.example/orders")
}

// quantities is investigating at an address.
func quantities(w *world, wire *[]string, url string) Options {
	return ordering(w, wire, url, `{"items":[{"sku":"mug","quantity":1},{"sku":"cup","quantity":3},{"sku":"jug","quantity":"2"}],"note":"blue"}`,
		func(body string) bool { return strings.Contains(body, `"quantity":2`) })
}

// ordering is investigating with an order and what is good about its repaired form.
func ordering(w *world, wire *[]string, url, body string, good func(body string) bool) Options {
	opt := options(w)
	order := request.Request{Method: "POST", URL: url, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}},
		Body: request.Body{Kind: request.RawBody, Text: body}}
	answer := func(r request.Request) *request.Exchange {
		status, reason, body := 400, "Bad Request", `{"error":"Bad Request"}`
		if good(r.Body.Text) {
			status, reason, body = 201, "Created", `{"id":1}`
		}
		x := screentest.Answer(r.Method, r.URL, status, reason, body)
		x.Request = r
		return x
	}
	w.answer = func(*collections.Entry) (*request.Exchange, error) {
		x := answer(order)
		x.Start = time.Now()
		return x, nil
	}
	opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		c := p.Tape.Case(func() diagnose.Case {
			return diagnose.Case{Request: order, Recorded: p.Exchange, Interactive: true, Now: time.Now()}
		})
		c.Writes = p.Allowed.Any()
		send := func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
			switch {
			case q.Prompt != nil:
				reply, err := ask.Reply(ctx, q)
				return diagnose.Answer{Reply: reply}, err
			case q.Look != nil:
				return diagnose.Answer{Sight: &diagnose.Sight{OK: true, Text: "203.0.113.7 answers"}}, nil
			case q.Safety >= diagnose.S6:
				return diagnose.Answer{Refused: "never sent"}, nil
			case q.Safety >= diagnose.S3 && !p.Allowed.Take():
				switch a, err := ask.Allow(ctx, q); {
				case err != nil || a.Only:
					return diagnose.Answer{Refused: diagnose.NotThis}, err
				case !a.Yes:
					return diagnose.Answer{Refused: diagnose.NoConsent}, nil
				}
			}
			*wire = append(*wire, q.Step.String()+": "+q.Request.Method+" "+q.Request.Body.Text)
			return diagnose.Answer{Exchange: answer(*q.Request)}, nil
		}
		return diagnose.Run(ctx, inquiry.New(c), p.Tape.Ask(send), emit)
	}
	return opt
}

func TestCancelKeepsWhatWasLearnedAndGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wire []string
		s := open(t, investigating(&world{}, &wire), 140, 42)
		s.Press("j", "s", "d")
		s.Has("Send this?", "May change data.", "no to all (default)")
		s.Press("y")
		s.Has("Send this?") // every time, for it may change data
		s.Press("ctrl+c")
		s.Has("Stopped.", "u go on", "Cancelled diagnosing Create order.")
		once := len(wire)
		s.Press("u")
		s.Has("Send this?") // the question that was open, and none before it
		if len(wire) != once {
			t.Errorf("going on sent again: %q", wire)
		}
		s.Press("y", "y") // a write passes once and is seen to fail twice more
		s.Has("Isolated: body:/items/2/quantity", "passes 1/1")
		s.Lacks("Cancelled diagnosing")
		if once != 1 || len(wire) != 3 {
			t.Errorf("%d, then %q", once, wire)
		}
	})
}

// unnamed is an order that a server under development refuses without a word for one of its members.
func unnamed(w *world, wire *[]string) Options {
	return ordering(w, wire, "http://127.0.0.1:8080/orders", `{"sku":"mug","amount":1,"colour":"red","ribbon":"blue","size":"m"}`, func(body string) bool { return !strings.Contains(body, "ribbon") })
}

// answering presses a key for as long as the diagnosis asks for consent; what else it asks nobody knows.
func answering(s *screentest.Screen, k string) (n int) {
	for range 60 {
		switch text := s.Text(); {
		case strings.Contains(text, "Send this?"):
			s.Press(k)
			n++
		case strings.Contains(text, "A question"):
			s.Press("esc")
		default:
			return n
		}
	}
	return n
}

// Who is asked for every answer is asked for no more than a pair of them, which proves nothing of a server that says
// nothing: the page says what is left, and allows it.
func TestWhatIsLeftToProveIsAllowedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wire []string
		s := open(t, unnamed(&world{}, &wire), 140, 42)
		s.Press("j", "s", "d")
		answering(s, "y")
		s.Has("Likely, not proved: body:/ribbon", "5 more probes, 3 of them with the fix", "(A does)", "A  allow the rest")
		before := len(wire)
		s.Press("A")
		s.Has("Allow the probes that are left?", "POST http://127.0.0.1:8080/orders", "without a question")
		s.Press("esc")
		if s.Has("Likely, not proved"); len(wire) != before {
			t.Errorf("sent without a yes: %q", wire[before:])
		}
		s.Press("A", "y")
		s.Has("Confirmed: body:/ribbon")
		s.Lacks("Send this?", "allow the rest")
		for _, line := range wire[before:] {
			if !strings.HasPrefix(line, "Isolation: ") {
				t.Errorf("what was known was asked again: %q", wire[before:])
			}
		}
		s.Press("1", "G", "R") // what was allowed was not this
		before = len(wire)
		if n := answering(s, "n"); n == 0 || len(wire) != before {
			t.Errorf("a repeated step asked %d times and sent %q", n, wire[before:])
		}
		s.Press("d")
		if answering(s, "n") == 0 {
			t.Error("a diagnosis that began anew asked no more")
		}
	})
}

// A no ends all that may change data; what was refused can be allowed from the verdict.
func TestANoIsNotTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wire []string
		s := open(t, unnamed(&world{}, &wire), 140, 42)
		s.Press("j", "s", "d", "esc")
		s.Has("no to all (default)", "o not this one")
		if answering(s, "n") != 1 {
			t.Error("a no was not the last word")
		}
		if s.Has("Probes that may change data were not allowed", "A  allow the rest"); len(wire) != 0 {
			t.Errorf("%q", wire)
		}
		s.Press("A", "y")
		s.Has("Confirmed: body:/ribbon")
	})
}

// A no to one probe alone leaves the others to be asked for, and it is not asked for twice.
func TestANoToOneProbeAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wire []string
		s := open(t, unnamed(&world{}, &wire), 140, 42)
		s.Press("j", "s", "d")
		if n := answering(s, "o"); n < 3 || strings.Contains(strings.Join(wire, "\n"), "POST") {
			t.Errorf("asked %d times, sent %q", n, wire)
		}
		s.Has("No variation passed of those that were allowed.", "what you did not want sent")
	})
}

func TestAStepIsSkippedAndRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var wire []string
		s := open(t, investigating(&world{}, &wire), 140, 42)
		s.Press("j", "s", "d")
		s.Has("Send this?", "S skip step")
		s.Press("S")
		s.Lacks("Send this?")
		s.Has("Suspected: body:/items/2/quantity", "Isolation: skipped by you")
		if len(wire) != 0 {
			t.Errorf("sent without a yes: %q", wire)
		}
		s.Press("1", "G", "R")
		s.Has("Send this?")
		for range 20 {
			if !strings.Contains(s.Text(), "Send this?") {
				break
			}
			s.Press("y")
		}
		s.Has("Isolated: body:/items/2/quantity")
		for _, line := range wire {
			if !strings.HasPrefix(line, "Isolation: ") {
				t.Errorf("a step that is skipped sent %q", line)
			}
		}
		// The failure is seen anew, although it was seen a moment ago.
		before := len(wire)
		s.Press("1", "g", "R")
		s.Has("Send this?")
		s.Press("y")
		s.Has("Isolated: body:/items/2/quantity")
		if len(wire) != before+1 || !strings.HasPrefix(wire[before], "Reproduce: ") {
			t.Errorf("repeating the first step sent %q", wire[before:])
		}
	})
}

// An answer that passes is wrong because the person says so; what of the request makes it wrong is found.
func TestAnAnswerThatPassesIsWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		opt := options(w)
		answer := func(r request.Request) *request.Exchange {
			body := `{"items":["mug"]}`
			if strings.Contains(r.URL, "page=9") {
				body = `{"items":[]}`
			}
			x := screentest.Answer("GET", r.URL, 200, "OK", body)
			x.Request, x.Start = r, time.Now()
			return x
		}
		get := func(url string) request.Request { return request.Request{Method: "GET", URL: url} }
		w.answer = func(*collections.Entry) (*request.Exchange, error) {
			return answer(get("https://shop.example/orders?page=9")), nil
		}
		opt.Core.Diagnose = func(ctx context.Context, p Problem, _ Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
			c := p.Tape.Case(func() diagnose.Case {
				if p.Right != "" {
					right := get("https://shop.example/orders?page=1")
					p.Expected.As = &diagnose.Known{Label: "exchange " + p.Right, Request: right, From: diagnose.FromHistory, Exchange: answer(right)}
				}
				return diagnose.Case{Request: p.Exchange.Request, Recorded: p.Exchange, Now: time.Now(), Expected: p.Expected,
					Good: []diagnose.Known{{Label: "the last pass", Request: get("https://shop.example/orders?page=1")}}}
			})
			send := func(_ context.Context, q diagnose.Question) (diagnose.Answer, error) {
				if q.Request == nil {
					return diagnose.Answer{Refused: "not here"}, nil
				}
				return diagnose.Answer{Exchange: answer(*q.Request)}, nil
			}
			return diagnose.Run(ctx, inquiry.New(c), p.Tape.Ask(send), emit)
		}
		old := archived(8)
		old.items[1].Environment, old.items[5].Environment = "local", "elsewhere"
		opt.Core.Past = old.past()
		s := open(t, opt, 80, 24)
		s.Press("s", "d")
		s.Has("It passes now (", "w  this answer is wrong")
		s.Press("w")
		s.Has("What is wrong with the answer?", "1  Something is missing in it", "I don't know")
		s.Press("1", "m", "u", "g", "enter")
		s.Has("Confirmed: query:page", "the answer has “mug”", "verified")
		// Or it is held against an answer of the history.
		s.Press("esc", "s", "d", "w")
		s.Has("3  It is not built as an earlier answer was")
		s.Press("3")
		s.Has("Which answer was right?", "200")
		s.Lacks("404")       // what did not pass is not offered,
		s.Lacks("elsewhere") // and what passed with other credentials: they would go to this host
		s.Press("enter")
		s.Has("Confirmed: query:page", "built as that of", "The answer", "body /items is an empty list")
	})
}

func TestAnOldExchangeIsDiagnosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		opt := diagnosing(w)
		var old Problem
		find := opt.Core.Diagnose
		opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
			old = p
			return find(ctx, p, ask, emit)
		}
		opt.Core.Recall = func(_ context.Context, id string) (Problem, error) {
			if id != "42" {
				return Problem{}, errors.New("no such exchange")
			}
			e := &collections.Entry{Kind: collections.HTTP, Name: "Create order", Path: "orders/create-order"}
			return Problem{Entry: e, Exchange: screentest.OrderCase().Recorded, Past: true}, nil
		}
		s := open(t, opt, 140, 42)
		s.Press("j", "s", "d", "esc", "esc", "esc", "d", "H")
		s.Has("It cannot be diagnosed: no such exchange")
		s.Press("O")
		s.Has("Send this?")
		if !old.Past || old.Entry.Name != "Create order" {
			t.Errorf("%+v", old)
		}
	})
}

func TestWhatCouldNotBeReadIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{answer: answers})
		opt.Core.Diagnose = func(_ context.Context, _ Problem, ask Asker, _ func(diagnose.Event)) (diagnose.Report, error) {
			ask.Note("read earlier findings: unexpected end; the file is now priors.json.damaged")
			return screentest.OrderInconclusive(), nil
		}
		s := open(t, opt, 140, 42)
		s.Press("j", "s", "d")
		s.Has("Not all could be read: read earlier findings", "Not read", "the file is now priors.json.damaged")
	})
}

func TestWhatIsPutInIsSeenInItsTab(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := diagnosing(&world{})
		s := open(t, opt, 140, 42)
		s.Press("j", "2", "]", "]") // away from the body
		s.Lacks("[Body")
		s.Press("i")
		s.Paste("curl https://x.example/a -H 'A: b'")
		s.Press("r") // in place of the open one: its body is gone
		s.Has("[Body]", "none")
	})
}
