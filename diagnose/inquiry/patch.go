package inquiry

import (
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/ladder"
	"culprit/request/jsontext"
)

// aimed holds the operations of a JSON Patch against what a read of the same path answers with: what an operation replaces,
// removes or tests has to be there (RFC 6902 §4). A name that is not there gives way to the
// nearest one that is.
func (d *detective) aimed() progress {
	root, src := d.scene.index.JSON()
	if d.base.Method != "PATCH" || root == nil || root.Kind != jsontext.Array || len(root.Children) == 0 || root.Children[0].Child("op") == nil {
		return nothing
	}
	x, out, _ := d.send(reader(d.base), ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "what is there to be patched?", Pass: "the operations can be held against it"})
	if out != diagnose.Pass {
		return nothing
	}
	there, _ := jsontext.Parse(x.Response().Body.Head(examined))
	if there == nil || there.Kind != jsontext.Object {
		return nothing
	}
	text := func(op *jsontext.Node, key string) string {
		if n := op.Child(key); n != nil && n.Kind == jsontext.String {
			return jsontext.Unquote([]byte(src[n.Start:n.End]))
		}
		return ""
	}
	whole := there
	there = unwrapped(whole)
	for i, op := range root.Children {
		path := text(op, "path")
		aim, last := path, ""
		switch strings.ToLower(text(op, "op")) {
		case "replace", "remove", "test":
		case "add": // where it goes has to be there (RFC 6902 §4.1)
			aim, last = path[:max(0, strings.LastIndexByte(path, '/'))], path[max(0, strings.LastIndexByte(path, '/')):]
		default:
			continue
		}
		if !strings.HasPrefix(aim, "/") || there.At(aim) != nil || whole.At(aim) != nil {
			continue
		}
		to := nearest(there, aim)
		if to == "" {
			continue
		}
		to += last
		e := diagnose.Edit{Element: diagnose.ID("body", fmt.Sprintf("/%d/path", i)), Op: diagnose.Set, To: to, Source: "sibling", Cause: "invalid_body_property_value",
			Weight: 2 * strong, Harm: .2, Why: "a read of the path shows no " + path + ", and " + to}
		if p := d.mend(e); p != nothing {
			return p
		}
	}
	return nothing
}

// unwrapped is what an envelope of one object holds, {"result": {…}}; n where it is none.
func unwrapped(n *jsontext.Node) *jsontext.Node {
	for _, name := range []string{"result", "data"} {
		if inner := n.Child(name); inner != nil && inner.Kind == jsontext.Object && len(n.Children) <= 2 {
			return inner
		}
	}
	return n
}

// nearest is a pointer into there with the members that are nearest to those of path; "" where one has none.
func nearest(there *jsontext.Node, path string) string {
	to, at := "", there
	for _, name := range jsontext.Split(path) {
		next := at.Child(name)
		if next == nil {
			var names []string
			for _, c := range at.Children {
				if c.KeyEnd > 0 {
					names = append(names, c.Key)
				}
			}
			if name = habit.Nearest(name, names); name == "" {
				return ""
			}
			next = at.Child(name)
		}
		to, at = to+"/"+jsontext.Token(name), next
	}
	return to
}
