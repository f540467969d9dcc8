package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestPartsOfAMultipartBodyAreFields: what is wrong with a text among the parts of an upload is found as it is in a form,
// and the file is left alone.
func TestPartsOfAMultipartBodyAreFields(t *testing.T) {
	part := func(r request.Request, name string) string {
		for _, p := range r.Body.Parts {
			if p.Name == name {
				return p.Value + p.Path
			}
		}
		return ""
	}
	for _, c := range []struct {
		name   string
		fields []string
		takes  func(request.Request) bool
		el     diagnose.ElementID
	}{
		{"a number in words", []string{"title", "Lamp", "quantity", "five"}, func(r request.Request) bool { return strings.Trim(part(r, "quantity"), "0123456789") == "" }, "multipart:quantity"},
		{"a choice in capitals", []string{"title", "Lamp", "status", "In Stock"}, func(r request.Request) bool { return part(r, "status") == "in_stock" }, "multipart:status"},
		{"a field too many", []string{"shade", "x", "title", "Lamp", "quantity", "5"}, func(r request.Request) bool {
			return part(r, "shade") == "" && part(r, "title") != "" && part(r, "quantity") != ""
		}, "multipart:shade"},
	} {
		r := get("/products")
		r.Method, r.Body = "POST", request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "photo", Path: "lamp.png", Type: "image/png"}}}
		for i := 0; i < len(c.fields); i += 2 {
			r.Body.Parts = append(r.Body.Parts, request.Part{Name: c.fields[i], Value: c.fields[i+1]})
		}
		report, all := asked(t, diagnose.Case{Request: r, Writes: true}, func(q diagnose.Question) (int, string, []string) {
			if part(*q.Request, "photo") == "lamp.png" && c.takes(*q.Request) {
				return 201, `{"id":1}`, nil
			}
			return 400, `{"error":"Bad Request"}`, nil
		})
		if v := report.Verdict; len(v.Culprits) != 1 || v.Culprits[0].Element != c.el || v.Repair == nil || !v.Repair.Verified {
			t.Errorf("%s: %s %s", c.name, v.Outcome, v.Summary)
		}
		for _, q := range all {
			if q.Request != nil && q.Request.Body.Kind == request.MultipartBody && part(*q.Request, "photo") != "lamp.png" && part(*q.Request, "photo") != "" {
				t.Errorf("%s: the file became %q", c.name, part(*q.Request, "photo"))
			}
		}
	}
}
