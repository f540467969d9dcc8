// Package lint finds what is visibly wrong with a request before anything is sent (DIAGNOSIS §5).
//
// Each rule is one line of a table: its id, its odds, the function that looks. A hit moves suspicion and
// brings repairs to try; it proves nothing. Nothing here needs a network, a clock or a file, and the same
// request always gives the same hits. No text of a hit contains a credential.
package lint

import (
	"cmp"
	"slices"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request"
	"culprit/request/jsontext"
)

// Facts are what is known beside the request. The zero value is nothing.
type Facts struct {
	Now       time.Time         // the server's clock when it is known, else ours; zero leaves out the rules on time
	Siblings  []request.Request // other saved requests; those of other hosts are ignored
	Good      []diagnose.Known  // requests that are believed to pass
	Around    diagnose.Surroundings
	Responder string   // who answered (§4.1), "" when unknown
	Status    int      // of the failing response; 0 when there was none
	Scopes    []string // that the server's challenge asks for (RFC 6750 §3)
}

// FactsOf are what a case knows before anything was sent.
func FactsOf(c diagnose.Case) Facts {
	return Facts{Now: c.Now, Siblings: c.Siblings, Good: c.Good, Around: c.Around}
}

// A rule is one static check. It reports through scan.hit.
type rule struct {
	id    string
	odds  float64 // of §5; 1 is an unremarkable element
	check func(*scan, rule)
}

// scan is one look at one request.
type scan struct {
	x    *element.Index
	r    request.Request
	f    Facts
	u    element.URL
	root *jsontext.Node // of a JSON body, nil otherwise
	src  string         // the text of root
	same []*element.Index
	hits []diagnose.Hit

	named []member // read on first use, see members
	keyed []keysOf // likewise, see objects

	decoded []decoded // likewise, see jwts

	respelled func(text string) string // habit.Respelled
}

// maxBody bounds the bodies that are looked into: above it a body is data, not something written by hand.
const maxBody = 4 << 20

// Check returns what is suspicious about a request, most suspicious first.
func Check(x *element.Index, f Facts) []diagnose.Hit {
	s := &scan{x: x, r: x.Request, f: f, u: element.SplitURL(x.Request.URL), respelled: memo(habit.Respelled)}
	s.root, s.src = x.JSON()
	for _, sib := range f.Siblings {
		u := element.SplitURL(sib.URL)
		if u.Host == s.u.Host && u.Port == s.u.Port {
			s.same = append(s.same, element.Of(sib))
		}
	}
	for _, group := range ruleGroups() {
		for _, r := range group {
			r.check(s, r)
		}
	}
	slices.SortStableFunc(s.hits, func(a, b diagnose.Hit) int { return cmp.Compare(b.Odds, a.Odds) })
	return s.hits
}

func ruleGroups() [][]rule {
	return [][]rule{credentialRules(), urlRules(), methodRules(), headerRules(), bodyRules(), memberRules(), environmentRules(),
		queryRules(), fieldRules(), directiveRules(), codedRules(), protocolRules(), meaningRules(), slipRules(), lookRules(), writtenRules(), misnamedRules()}
}

// hit reports a finding with the odds of its rule.
func (s *scan) hit(r rule, id diagnose.ElementID, cause diagnose.CauseID, text string, edits ...diagnose.Edit) {
	if s.x.Enveloped(id) {
		return
	}
	h := diagnose.Hit{Rule: r.id, Element: id, Cause: cause, Odds: r.odds, Text: text}
	for _, e := range edits {
		e.Source = "lint"
		if e.Cause == "" {
			e.Cause = cause
		}
		if e.Why == "" {
			e.Why = text
		}
		if e.Weight == 0 {
			e.Weight = r.odds
		}
		h.Edits = append(h.Edits, e)
	}
	s.hits = append(s.hits, h)
}

// fatal marks the last hit as one that keeps the request from being sent.
func (s *scan) fatal() { s.hits[len(s.hits)-1].Fatal = true }

// at returns the rule with other odds, for findings of another weight.
func (r rule) at(odds float64) rule { r.odds = odds; return r }

// The makers of edits. Harm is the chance that the edit breaks a healthy request (§8).

func set(id diagnose.ElementID, to any, harm float64) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Set, To: to, Harm: harm}
}

func remove(id diagnose.ElementID, harm float64) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Remove, Harm: harm}
}

func add(id diagnose.ElementID, to any, harm float64) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Add, To: to, Harm: harm}
}

func rename(id diagnose.ElementID, to string, harm float64) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Rename, To: to, Harm: harm}
}

func move(id diagnose.ElementID, to string, harm float64) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Move, To: to, Harm: harm}
}

// weigh gives an edit its own weight.
func weigh(e diagnose.Edit, weight float64) diagnose.Edit { e.Weight = weight; return e }

// because gives an edit its own words.
func because(e diagnose.Edit, why string) diagnose.Edit { e.Why = why; return e }
