package shell

import (
	"encoding/json"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"culprit/collections"
	"culprit/tui/theme"
)

// difference returns the lines that differ between two saved requests, safe to draw.
func difference(s *theme.Styles, from, to collections.Saved) []string {
	var out []string
	hunks, _ := udiff.ToUnifiedDiff("", "", plainText(from), udiff.Lines(plainText(from), plainText(to)), 0)
	for _, h := range hunks.Hunks {
		for _, l := range h.Lines {
			switch line := clean(strings.TrimSuffix(l.Content, "\n")); l.Kind {
			case udiff.Insert:
				out = append(out, s.Diff.Added.Render("+ "+line))
			case udiff.Delete:
				out = append(out, s.Diff.Removed.Render("- "+line))
			}
		}
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("The request itself is the same; comments or order differ.")}
	}
	return out
}

// plainText is a saved request as lines that a person can compare.
func plainText(v collections.Saved) string {
	var out strings.Builder
	line := func(words ...string) { out.WriteString(strings.Join(words, " ") + "\n") }
	line(v.Method, v.URL)
	for _, r := range v.Headers {
		line(off(r.Off)+"header", r.Name+":", r.Value)
	}
	for _, r := range v.Params {
		line(off(r.Off)+r.Kind, r.Name+":", r.Value)
	}
	if v.Auth.Scheme != "" {
		line("auth", v.Auth.Scheme)
	}
	for _, p := range v.Auth.Params {
		line("auth", p.Name+":", p.Value)
	}
	for _, x := range v.Vars {
		line(off(x.Off)+"variable", x.Name+":", x.Value)
	}
	if v.Body.Type != "" {
		line("body", v.Body.Type)
	}
	for _, r := range v.Body.Rows {
		line(off(r.Off)+"field", r.Name+":", r.Value)
	}
	for _, p := range v.Body.Parts {
		line(off(p.Off)+"part", p.Name+":", p.Value+strings.Join(p.File, ", "))
	}
	if v.Body.Text != "" {
		line(v.Body.Text)
	}
	if b, err := json.Marshal(v.Settings); err == nil {
		line("settings", string(b))
	}
	line(v.Docs)
	return out.String()
}

func off(is bool) string {
	if is {
		return "(off) "
	}
	return ""
}
