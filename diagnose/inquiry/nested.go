package inquiry

import (
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/repair"
	"culprit/request/jsontext"
)

// nestedTries is how many other places of a missing member are tried: most bodies nest no more objects than that.
const nestedTries = 3

// nested puts a member that the answer misses by its bare name into the objects below the root: many servers say
// only "'room' is required", wherever it belongs.
func (d *detective) nested(e diagnose.Evidence) progress {
	name, ok := strings.CutPrefix(e.Element.Name(), "/")
	root, _ := d.scene.index.JSON()
	if !e.Missing || !ok || !e.Element.Is("body") || strings.ContainsAny(name, "/~") || root == nil {
		return nothing
	}
	repairs := d.repairsOf(e.Element)
	if len(repairs) == 0 {
		return nothing
	}
	if p := d.wrapped(e, name, root); p != nothing {
		return p
	}
	tries := nestedTries
	for _, at := range holders(root, name) {
		if tries--; tries < 0 || d.ladder.Stopped != "" {
			break
		}
		edit := repairs[0]
		edit.Element, edit.Op, edit.To = diagnose.ID("body", at).Child(name), diagnose.Add, added(repairs)
		edit.Why = "the server asks for it and does not say where it belongs"
		if p := d.mend(edit); p != nothing {
			return p
		}
	}
	return nothing
}

// enclosed takes off the only object around a body when the answer misses a member that stands in it: it was looked for a
// level higher.
func (d *detective) enclosed(e diagnose.Evidence) progress {
	root, _ := d.scene.index.JSON()
	if e.Cause != "missing_body_property" || root == nil || root.Kind != jsontext.Object || len(root.Children) != 1 || root.Children[0].Child(e.Element.Last()) == nil {
		return nothing
	}
	return d.mendOne(repair.Shapes(d.scene.index), 1)
}

// wrapped puts the whole body under a name that the answer misses and the path has for what is sent: {"listing": {…}} for
// /listings, as Rails and Ember have it.
func (d *detective) wrapped(e diagnose.Evidence, name string, root *jsontext.Node) progress {
	_, src := d.scene.index.JSON()
	if root.Kind != jsontext.Object || len(root.Children) == 0 || !slices.ContainsFunc(d.scene.index.Elements, func(s diagnose.Element) bool {
		return s.ID.IsSegment() && slices.Contains([]string{name, name + "s", name + "es", strings.TrimSuffix(name, "y") + "ies"}, s.Text)
	}) {
		return nothing
	}
	edit := diagnose.Edit{Element: "body", Op: diagnose.Set, To: "{" + string(jsontext.Quote(name)) + ":" + string(src[root.Start:root.End]) + "}",
		Source: "server", Cause: e.Cause, Weight: namedRatio, Why: "all of it under the name that the server asks for"}
	return d.mend(edit)
}

// added is the value of the first repair that adds the member, or a word.
func added(repairs []diagnose.Edit) any {
	for _, e := range repairs {
		if e.Op == diagnose.Add {
			return e.To
		}
	}
	return "test"
}

// holders are the objects below the root that lack a member, as pointers: first the items of a list whose other items
// have it, then in the order of the body.
func holders(root *jsontext.Node, name string) []string {
	var likely, others []string
	root.Walk(func(p string, n *jsontext.Node) bool {
		if n.Kind == jsontext.Array {
			for _, item := range n.Children {
				if item.Kind == jsontext.Object && item.Child(name) != nil {
					likely = append(likely, lackingItems(p, n, name)...)
					return false
				}
			}
		}
		if p != "" && n.Kind == jsontext.Object && n.Child(name) == nil {
			others = append(others, p)
		}
		return true
	})
	return append(likely, others...)
}

func lackingItems(pointer string, list *jsontext.Node, name string) []string {
	var out []string
	for i, item := range list.Children {
		if item.Kind == jsontext.Object && item.Child(name) == nil {
			out = append(out, pointer+"/"+strconv.Itoa(i))
		}
	}
	return out
}
