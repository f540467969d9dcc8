package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	collcli "culprit/collections/cli"
	"culprit/diagnose/webhook"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/har"
	"culprit/request/mask"
	"culprit/request/safe"
)

// receive checks stored webhook deliveries. Nothing is sent.
func receive(d collcli.Deps, f *flags) error {
	all, err := deliveries(f.webhook)
	if err != nil {
		return kit.Fail(kit.File, fmt.Errorf("--webhook %s: %w", f.webhook, err))
	}
	var secrets []webhook.Secret
	for _, name := range f.secretVars {
		v := d.Getenv(name)
		if v == "" {
			return kit.Fail(kit.Usage, fmt.Errorf("--secret-var %s: the variable is not set", name))
		}
		secrets = append(secrets, webhook.Secret{Name: name, Value: v})
	}
	results := webhook.Check(all, secrets)
	if !f.Secret {
		hide(all, results, secrets)
	}
	if f.JSON {
		err = kit.Encode(d.Streams.Out, received(all, results))
	} else {
		err = tell(d.Streams.Out, all, results, len(secrets) > 0)
	}
	if err != nil {
		return err
	}
	for _, r := range results {
		if r.Match == nil && r.Tried > 0 {
			return kit.Fail(kit.No, nil)
		}
	}
	return nil
}

// hide takes the secrets out of what is shown: those that were given, and the credentials of the deliveries.
func hide(all []webhook.Delivery, results []webhook.Result, secrets []webhook.Secret) {
	given := make([]request.Secret, len(secrets))
	for i, s := range secrets {
		given[i] = request.Secret{Ref: s.Name, Value: s.Value}
	}
	for i := range all {
		m := mask.Of(request.Request{Method: all[i].Method, URL: all[i].URL, Header: all[i].Header}, given...)
		all[i].URL = m.Text(all[i].URL)
		for j := range results[i].Hits {
			results[i].Hits[j].Text = m.Text(results[i].Hits[j].Text)
		}
	}
}

// deliveries reads a file: the text of one HTTP request, or an archive, FILE#N for one entry of it.
func deliveries(name string) ([]webhook.Delivery, error) {
	file, number, one := name, 0, false
	if i := strings.LastIndexByte(name, '#'); i > 0 {
		if n, err := strconv.Atoi(name[i+1:]); err == nil {
			file, number, one = name[:i], n, true
		}
	}
	b, err := readFile(file)
	if err != nil {
		return nil, err
	}
	if !one && !strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(string(b[:min(len(b), 64)]), "\ufeff")), "{") {
		delivery, err := webhook.Text(b)
		return []webhook.Delivery{delivery}, err
	}
	archive, err := har.Parse(b)
	if err != nil {
		return nil, err
	}
	if one {
		e, err := archive.Entry(number)
		return []webhook.Delivery{webhook.Entry(e)}, err
	}
	var all []webhook.Delivery
	for _, e := range archive.Log.Entries {
		if e.Request.Method == "POST" {
			all = append(all, webhook.Entry(e))
		}
	}
	if len(all) == 0 {
		return nil, errors.New("the archive holds no POST")
	}
	return all, nil
}

// tell writes the results for a person.
func tell(w io.Writer, all []webhook.Delivery, results []webhook.Result, secrets bool) error {
	var b strings.Builder
	for i, r := range results {
		fmt.Fprintf(&b, "%d. %s %s\n", i+1, safe.Line(all[i].Method), safe.Line(all[i].URL))
		fmt.Fprintf(&b, "   signature: %s\n", safe.Line(signed(r, secrets)))
		for _, h := range r.Hits {
			fmt.Fprintf(&b, "   %s %s: %s\n", h.Rule, safe.Line(string(h.Element)), safe.Line(h.Text))
		}
		if len(r.Hits) == 0 {
			b.WriteString("   nothing stands out\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// signed says what was found out about a signature.
func signed(r webhook.Result, secrets bool) string {
	from := r.Header
	if r.Scheme != "" {
		from += " of " + r.Scheme
	}
	switch m := r.Match; {
	case r.Header == "":
		return "no header holds one"
	case !secrets:
		return from + ", not checked: give its secret with --secret-var"
	case m == nil:
		return fmt.Sprintf("%s: none of %d ways gives it", from, r.Tried)
	default:
		verdict := "fits"
		if !m.Fits() {
			verdict = "fits only another way"
		}
		return fmt.Sprintf("%s %s: HMAC-%s of %s, the body %s, with %s %s", from, verdict, m.Hash, m.Layout, m.Body, m.Secret, m.Key)
	}
}

// A shownDelivery is one result as JSON, schema culprit.webhook/1.
type shownDelivery struct {
	Method   string         `json:"method"`
	URL      string         `json:"url"`
	Scheme   string         `json:"scheme"`
	Header   string         `json:"header"`
	Fits     bool           `json:"fits"`
	Tried    int            `json:"tried"`
	Match    *shownMatch    `json:"match"`
	Findings []shownFinding `json:"findings"`
}

type shownMatch struct {
	Secret string `json:"secret"`
	Hash   string `json:"hash"`
	Signed string `json:"signed"`
	Body   string `json:"body"`
	Key    string `json:"key"`
}

type shownFinding struct {
	Rule    string `json:"rule"`
	Element string `json:"element"`
	Cause   string `json:"cause"`
	Text    string `json:"text"`
}

type shownDeliveries struct {
	Schema     string          `json:"schema"`
	Deliveries []shownDelivery `json:"deliveries"`
}

func received(all []webhook.Delivery, results []webhook.Result) shownDeliveries {
	out := shownDeliveries{Schema: "culprit.webhook/1"}
	for i, r := range results {
		s := shownDelivery{Method: all[i].Method, URL: all[i].URL, Scheme: r.Scheme, Header: r.Header, Tried: r.Tried, Findings: []shownFinding{}}
		if m := r.Match; m != nil {
			s.Fits, s.Match = m.Fits(), &shownMatch{m.Secret, m.Hash, m.Layout, m.Body, m.Key}
		}
		for _, h := range r.Hits {
			s.Findings = append(s.Findings, shownFinding{h.Rule, string(h.Element), string(h.Cause), h.Text})
		}
		out.Deliveries = append(out.Deliveries, s)
	}
	return out
}
