package spec

import (
	"cmp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// dryNames are the parameters that make a server check a request without carrying it out: AIP-163, its JSON form, and
// those of Kubernetes and EC2 (DIAGNOSIS §11, S4).
var dryNames = []string{"validate_only", "validateOnly", "dry_run", "dryRun", "DryRun"}

// takesAll is how Kubernetes documents its dryRun, whose schema is any text: "When present, indicates that modifications
// should not be persisted. […] Valid values are: - All: all dry run stages will be processed".
var takesAll = lazyre.New(`(?s)not be persisted.*\bvalues? (is|are)\b[^.]*\bAll\b`)

// DryRun implements diagnose.Knowledge: a documented query parameter, else a member of a JSON body. It has to be a
// boolean, or to take All, and must not be deprecated.
func (s *Spec) DryRun(r request.Request) (diagnose.Edit, bool) {
	i := &inspection{spec: s, x: element.Of(r)}
	u := element.SplitURL(r.URL)
	at := slices.IndexFunc(s.exact(hostOf(u), split(u.Path)), func(m match) bool { return m.method == cmp.Or(r.Method, "GET") })
	if at < 0 {
		return diagnose.Edit{}, false
	}
	i.op = s.exact(hostOf(u), split(u.Path))[at]
	for _, f := range i.fields("query") {
		if slices.Contains(dryNames, f.name) {
			return diagnose.Edit{}, false // whatever it says is what the person wants
		}
	}
	for _, name := range dryNames {
		p := i.op.parameter("query", name)
		if p == nil || p.Deprecated {
			continue
		}
		if v := dryValue(schemaOf(p)); v != nil {
			return drily(diagnose.ID("query", name), wire(v)), true
		}
		if takesAll.MatchString(p.Description) && schemaOf(p) != nil && schemaOf(p).Type.Is("string") && len(schemaOf(p).Enum) == 0 {
			return drily(diagnose.ID("query", name), "All"), true
		}
	}
	return i.dryMember()
}

// dryMember is DryRun for a body that is a JSON object, and says so.
func (i *inspection) dryMember() (diagnose.Edit, bool) {
	want, root := i.op.requestBody(), (*jsontext.Node)(nil)
	if t, _ := i.x.Get(typeID); want != nil && request.IsJSON(t.Text) {
		root, _ = i.x.JSON()
	}
	if root == nil || root.Kind != jsontext.Object || slices.ContainsFunc(root.Children, func(c *jsontext.Node) bool { return slices.Contains(dryNames, c.Key) }) {
		return diagnose.Edit{}, false
	}
	t, _ := i.x.Get(typeID)
	for name, m := range want.Content {
		if request.Essence(name) != request.Essence(t.Text) || m == nil || m.Schema == nil || m.Schema.Value == nil {
			continue
		}
		for _, member := range dryNames {
			s := m.Schema.Value.Properties[member]
			if s == nil || s.Value == nil || s.Value.Deprecated || s.Value.ReadOnly {
				continue
			}
			if v := dryValue(s.Value); v != nil {
				return drily(diagnose.ID("body", "/"+member), v), true
			}
		}
	}
	return diagnose.Edit{}, false
}

// dryValue is what such a parameter is given; nil when its schema is of another kind.
func dryValue(s *openapi3.Schema) any {
	switch {
	case s == nil:
	case slices.Contains(texts(s.Enum), "All"):
		return "All"
	case s.Type.Is("boolean") && (len(s.Enum) == 0 || slices.Contains(texts(s.Enum), "true")):
		return true
	}
	return nil
}

func drily(id diagnose.ElementID, to any) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: diagnose.Add, To: to, Source: "spec", Why: id.Last() + " is documented: the server checks the request and does not carry it out"}
}
