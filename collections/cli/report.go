package cli

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"strings"
	"time"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

// A summary is a whole run.
type summary struct {
	all                              []outcome
	passed, unanswered, checks, held int
	took                             time.Duration
}

func sum(all []outcome, took time.Duration) summary {
	s := summary{all: all, took: took}
	for i := range all {
		if all[i].ok() {
			s.passed++
		}
		if all[i].err != "" && all[i].exchange != nil {
			s.unanswered++
		}
		s.checks += len(all[i].checks)
		s.held += check.Count(all[i].checks)
	}
	return s
}

// reports are where a run is told: its lines, and the reports that were asked for.
type reports struct {
	lines io.Writer
	term  bool // the lines go to a terminal
	to    []reportTo
}

type reportTo struct {
	format string
	w      io.Writer
	file   *os.File // nil for standard output
}

// openReports opens the files before anything is sent: a run whose report cannot be written is not begun. One report
// may go to standard output; the lines then go to standard error.
func openReports(asked []string, asJSON bool, s kit.Streams) (*reports, error) {
	if asJSON {
		asked = append(asked, "json")
	}
	r := &reports{lines: s.Out, term: s.OutTerm}
	for _, a := range asked {
		format, name, toFile := strings.Cut(a, "=")
		if format != "junit" && format != "json" && format != "html" {
			r.close()
			return nil, kit.Fail(kit.Usage, fmt.Errorf("--report %s: want junit, json or html, or FORMAT=FILE", a))
		}
		if !toFile {
			if r.lines == s.Err {
				r.close()
				return nil, kit.Fail(kit.Usage, errors.New("--report: only one can go to standard output; give the others a file: FORMAT=FILE"))
			}
			r.lines, r.term = s.Err, s.ErrTerm
			r.to = append(r.to, reportTo{format: format, w: s.Out})
			continue
		}
		f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) // it may hold what a server said
		if err != nil {
			r.close()
			return nil, kit.Fail(kit.File, err)
		}
		r.to = append(r.to, reportTo{format, f, f})
	}
	return r, nil
}

func (r *reports) write(s summary) error {
	for _, to := range r.to {
		var err error
		switch to.format {
		case "junit":
			err = junit(to.w, s)
		case "html":
			err = page(to.w, s)
		default:
			err = kit.Encode(to.w, s.document())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reports) close() {
	for _, to := range r.to {
		if to.file != nil {
			to.file.Close() // what mattered was told by write
		}
	}
}

// A runDocument is a run as JSON, schema culprit.run/1.
type runDocument struct {
	Schema   string       `json:"schema"`
	Passed   int          `json:"passed"`
	Failed   int          `json:"failed"`
	Duration float64      `json:"duration_ms"`
	Requests []runRequest `json:"requests"`
}

type runRequest struct {
	Path     string         `json:"path"`
	Passed   bool           `json:"passed"`
	Status   int            `json:"status,omitempty"`
	Duration float64        `json:"duration_ms"`
	Error    string         `json:"error,omitempty"`
	Checks   []runAssertion `json:"assertions,omitempty"`
}

type runAssertion struct {
	Assertion string `json:"assertion"`
	Verdict   string `json:"verdict"` // passed, failed, unclear
	Why       string `json:"why,omitempty"`
}

func ms(t time.Duration) float64 { return float64(t.Microseconds()) / 1000 }

func (s summary) document() runDocument {
	d := runDocument{Schema: "culprit.run/1", Passed: s.passed, Failed: len(s.all) - s.passed, Duration: ms(s.took), Requests: []runRequest{}}
	for _, o := range s.all {
		r := runRequest{Path: o.entry.Path, Passed: o.ok(), Status: o.exchange.Status(), Duration: ms(o.took), Error: o.err}
		for _, c := range o.checks {
			r.Checks = append(r.Checks, runAssertion{o.mask.Text(c.String()), string(c.Verdict), o.mask.Text(c.Why)})
		}
		d.Requests = append(d.Requests, r)
	}
	return d
}

// The elements of a JUnit report, as Jenkins and GitLab read them.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string     `xml:"classname,attr"`
		Name    string     `xml:"name,attr"`
		Time    string     `xml:"time,attr"`
		Failure *junitText `xml:"failure,omitempty"`
		Error   *junitText `xml:"error,omitempty"`
	}
	junitText struct {
		Message string `xml:"message,attr"`
	}
)

// junit writes a suite for each request and a case for each assertion; a request without any is one case.
func junit(w io.Writer, s summary) error {
	all := junitSuites{Time: fmt.Sprintf("%.3f", s.took.Seconds())}
	for _, o := range s.all {
		suite := junitSuite{Name: plain(o.entry.Path), Time: fmt.Sprintf("%.3f", o.took.Seconds())}
		add := func(name string, failure, err *junitText) {
			suite.Cases = append(suite.Cases, junitCase{plain(o.entry.Path), plain(name), suite.Time, failure, err})
			suite.Tests++
			if failure != nil {
				suite.Failures++
			}
			if err != nil {
				suite.Errors++
			}
		}
		switch {
		case o.err != "":
			add("response", nil, &junitText{plain(o.err)})
		case len(o.checks) == 0 && !o.ok():
			add("status below 400", &junitText{plain(o.why())}, nil)
		case len(o.checks) == 0:
			add("status below 400", nil, nil)
		default:
			for _, c := range o.checks {
				name, why := o.mask.Text(c.String()), &junitText{plain(o.mask.Text(c.Why))}
				switch c.Verdict {
				case collections.Passed:
					add(name, nil, nil)
				case collections.Failed:
					add(name, why, nil)
				default:
					why.Message = "not checked: " + why.Message
					add(name, nil, why)
				}
			}
		}
		all.Tests, all.Failures, all.Errors = all.Tests+suite.Tests, all.Failures+suite.Failures, all.Errors+suite.Errors
		all.Suites = append(all.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// plain is text without control characters, which XML cannot hold.
func plain(text string) string { return safe.Line(text).String() }

// page writes the run as one HTML file that needs nothing else. Its text is masked and escaped.
func page(w io.Writer, s summary) error {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>culprit run</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.3em .6em;border-bottom:1px solid #8884;vertical-align:top}.n{text-align:right}small{color:#888}
@media(prefers-color-scheme:dark){body{background:#15161a;color:#ddd}}</style>
`)
	fmt.Fprintf(&b, "<h1>%d of %d requests passed</h1>\n<p>%d of %d assertions, %s</p>\n<table><tr><th><th>Request<th class=n>Status<th class=n>Time</tr>\n",
		s.passed, len(s.all), s.held, s.checks, request.Lapse(s.took))
	for _, o := range s.all {
		sign, status := "✓", ""
		if !o.ok() {
			sign = "✗"
		}
		if n := o.exchange.Status(); n > 0 {
			status = fmt.Sprint(n)
		}
		fmt.Fprintf(&b, "<tr><td>%s<td>%s", sign, esc(o.entry.Path))
		if len(o.checks) == 0 && !o.ok() {
			fmt.Fprintf(&b, "<br><small>%s</small>", esc(o.why()))
		} else if o.err != "" {
			fmt.Fprintf(&b, "<br><small>%s</small>", esc(o.err))
		}
		for _, c := range o.checks {
			mark := map[collections.Verdict]string{collections.Passed: "✓", collections.Failed: "✗", collections.Unclear: "?"}[c.Verdict]
			fmt.Fprintf(&b, "<br><small>%s %s", mark, esc(o.mask.Text(c.String())))
			if c.Why != "" {
				fmt.Fprintf(&b, ": %s", esc(o.mask.Text(c.Why)))
			}
			b.WriteString("</small>")
		}
		fmt.Fprintf(&b, "<td class=n>%s<td class=n>%s</tr>\n", status, request.Lapse(o.took))
	}
	b.WriteString("</table></html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func esc(text string) string { return html.EscapeString(plain(text)) }
