package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/safe"
)

// A Plan is what can be said before anything is sent.
type Plan struct {
	Request request.Request
	Hits    []diagnose.Hit     // of the static checks, most suspicious first
	First   *diagnose.Question // the first probe; nil when the static checks decide
	Changed string             // what was edited since the last pass, in a sentence; "" for nothing
	Good    []string           // known-good requests that will be compared with
	Budget  diagnose.Budget
}

// A planShown is a Plan as JSON, schema culprit.plan/1.
type planShown struct {
	Schema   string                `json:"schema"`
	Request  diagnose.RequestShown `json:"request"`
	Findings []planFinding         `json:"findings"`
	Changed  string                `json:"changed,omitempty"`
	First    *planProbe            `json:"first"`
	Good     []string              `json:"good"`
	Budget   planBudget            `json:"budget"`
}

type planFinding struct {
	Element diagnose.ElementID `json:"element"`
	Cause   diagnose.CauseID   `json:"cause"`
	Odds    float64            `json:"odds"`
	Text    string             `json:"text"`
}

type planProbe struct {
	Kind    diagnose.Kind `json:"kind"`
	Method  string        `json:"method,omitempty"`
	URL     string        `json:"url,omitempty"`
	Curl    string        `json:"curl,omitempty"`
	Look    string        `json:"look,omitempty"` // the layer below HTTP that is looked at
	Safety  string        `json:"safety"`
	Consent bool          `json:"needs_consent"`
	Why     string        `json:"why"`
}

type planBudget struct {
	Probes int `json:"probes"`
	Unsafe int `json:"unsafe"`
}

// shown turns p into what is printed.
func (p Plan) shown(pr *printer) planShown {
	method := p.Request.Method
	if method == "" {
		method = "GET"
	}
	out := planShown{
		Schema:   "culprit.plan/1",
		Request:  diagnose.RequestShown{Method: method, URL: p.Request.URL, Curl: pr.curl(p.Request)},
		Findings: []planFinding{}, Changed: p.Changed, Good: p.Good, Budget: planBudget{p.Budget.Probes, p.Budget.Unsafe},
	}
	if out.Good == nil {
		out.Good = []string{}
	}
	for _, h := range p.Hits {
		out.Findings = append(out.Findings, planFinding{h.Element, h.Cause, h.Odds, h.Text})
	}
	if q := p.First; q != nil {
		f := &planProbe{Kind: q.Kind, Safety: q.Safety.String(), Consent: q.Safety >= diagnose.S3, Why: q.Why}
		if q.Request != nil {
			f.Method, f.URL, f.Curl = q.Request.Method, q.Request.URL, pr.curl(*q.Request)
			if f.Method == "" {
				f.Method = "GET"
			}
		}
		if q.Look != nil {
			f.Look = q.Look.Layer
		}
		out.First = f
	}
	return out
}

func (p Plan) printer(showSecrets bool) *printer {
	return newPrinter(diagnose.Report{Request: diagnose.RequestShown{Request: p.Request}}, showSecrets)
}

// JSON writes p as one document, schema culprit.plan/1.
func (p Plan) JSON(w io.Writer, showSecrets bool) error {
	pr := p.printer(showSecrets)
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p.shown(pr)); err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	_, err := w.Write(safe.JSON([]byte(pr.mask(b.String()))))
	return err
}

// Text writes p for a terminal.
func (p Plan) Text(w io.Writer, showSecrets bool) error {
	pr := p.printer(showSecrets)
	s := p.shown(pr)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n\n", s.Request.Method, s.Request.URL)
	if s.Changed != "" {
		fmt.Fprintf(&b, "  %s\n", s.Changed)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(&b, "  stands out: %s (%s)\n", f.Text, f.Element)
	}
	if len(s.Findings) == 0 && s.Changed == "" {
		b.WriteString("  nothing in the request stands out\n")
	}
	for _, g := range s.Good {
		fmt.Fprintf(&b, "  will be compared with %s\n", g)
	}
	switch f := s.First; {
	case f == nil:
		b.WriteString("\nnothing would be sent: what stands out decides\n")
	default:
		need := "needs no consent"
		if f.Consent {
			need = "needs --allow-writes"
		}
		fmt.Fprintf(&b, "\nfirst probe: %s, class %s, %s\n  %s\n  why: %s\n", f.Kind, f.Safety, need, f.Curl, diagnose.Spoken(f.Why))
		fmt.Fprintf(&b, "\nthen at most %d probes in all, of which at most %d may change data and only with consent; nothing was sent\n", s.Budget.Probes, s.Budget.Unsafe)
	}
	for _, line := range safe.Block(pr.mask(b.String())) {
		if _, err := fmt.Fprintln(w, line.String()); err != nil {
			return err
		}
	}
	return nil
}
