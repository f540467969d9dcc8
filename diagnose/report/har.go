package report

import (
	"fmt"
	"io"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/har"
	"culprit/request/mask"
)

// HAR writes every exchange of a diagnosis as an archive (HAR 1.2); each entry's comment says which probe it was.
// Secrets are hidden by place and by value unless they are asked for.
func HAR(w io.Writer, r diagnose.Report, version string, showSecrets bool) error {
	secrets := secretsOf(r)
	var entries []har.Entry
	for _, p := range r.Probes {
		if p.Answer == nil || p.Answer.Exchange == nil {
			continue
		}
		x := p.Answer.Exchange
		var m *mask.Mask
		if !showSecrets {
			m = mask.Of(x.Request, secrets...)
		}
		for _, e := range har.Of(x, m) {
			e.Comment = m.Text(fmt.Sprintf("probe %d, %s: %s; %s", p.N, p.Kind, p.Why, p.Outcome))
			entries = append(entries, e)
		}
	}
	if err := har.Write(w, har.Creator{Name: "culprit", Version: version}, entries); err != nil {
		return fmt.Errorf("write the archive: %w", err)
	}
	return nil
}

// secretsOf returns the secrets of the request and of its repair, by value.
func secretsOf(r diagnose.Report) []request.Secret {
	p := newPrinter(r, false)
	return p.values
}
