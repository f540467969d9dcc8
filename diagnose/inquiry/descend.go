package inquiry

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/repair"
	"culprit/request/jsontext"
)

// descend looks inside of a container that the request passes without: usually one leaf in it is wrong, and the rest
// is as it should be. It returns nothing when no change of a leaf and no removal of a part passes, too; the container is
// then the culprit.
func (d *detective) descend(found []diagnose.Edit) progress {
	if len(found) != 1 || found[0].Op != diagnose.Remove {
		return nothing
	}
	c, ok := d.scene.index.Get(found[0].Element)
	if !ok {
		return nothing
	}
	if raw, container := c.Value.(json.RawMessage); !container {
		if found[0].Source == "baseline" {
			return nothing // a request that works goes without it
		}
		return d.otherValue(c)
	} else if len(raw) < 3 {
		return nothing
	}
	opt := repair.Options{Now: d.Now}
	for _, r := range []round{
		{repair.Together(repair.Tidy(d.scene.index, opt), repair.Usual(d.scene.index, opt)), "usual values in " + string(c.ID)},
		{d.flipped(), "numbers as text and text as numbers in " + string(c.ID)},
	} {
		r.edits = inside(r.edits, c.ID)
		if p := d.inBulk(r); p != nothing {
			return p
		}
	}
	for _, part := range d.parts(c.ID) {
		if p := d.inBulk(round{[]diagnose.Edit{part}, part.Why}); p != nothing {
			return p
		}
	}
	return nothing
}

// mostParts is how many parts of a container are left out one by one.
const mostParts = 4

// parts are the removals of what lies directly in a container, what was added last first; nil when that is too much to
// ask about one by one, or a single one, which is as good as the container.
func (d *detective) parts(container diagnose.ElementID) []diagnose.Edit {
	root, _ := d.scene.index.JSON()
	if root == nil {
		return nil
	}
	pointer := strings.TrimPrefix(string(container), "body:")
	n := root.At(pointer)
	if n == nil || len(n.Children) < 2 || len(n.Children) > mostParts {
		return nil
	}
	var out []diagnose.Edit
	for i := len(n.Children) - 1; i >= 0; i-- {
		id := diagnose.ElementID("body:" + pointer + "/" + jsontext.Token(n.Children[i].Key))
		if n.Kind == jsontext.Array {
			id = diagnose.ElementID("body:" + pointer + "/" + strconv.Itoa(i))
		}
		out = append(out, diagnose.Edit{Element: id, Op: diagnose.Remove, Source: "deletion", Why: "only this part of it is left out", Weight: 1})
	}
	return out
}

// otherValue asks whether a member that the request passes without passes with another value, too: the usual one of its
// name, or the same as text or number. Then it is the value that the server does not take, and not the member.
func (d *detective) otherValue(e diagnose.Element) progress {
	if d.odds(e.ID) >= namedRatio {
		return nothing // something said already what is wrong with it
	}
	at := func(edits []diagnose.Edit) []diagnose.Edit {
		return slices.DeleteFunc(edits, func(x diagnose.Edit) bool { return x.Element != e.ID || x.Op != diagnose.Set })
	}
	for _, r := range []round{
		{at(repair.Usual(d.scene.index, repair.Options{Now: d.Now})), "the usual value of its name"},
		{at(d.flipped()), "a number as text or text as a number"},
	} {
		if p := d.inBulk(round{r.edits[:min(1, len(r.edits))], r.why}); p != nothing {
			return p
		}
	}
	return nothing
}

// inside keeps the edits of what lies in a container.
func inside(edits []diagnose.Edit, container diagnose.ElementID) []diagnose.Edit {
	var out []diagnose.Edit
	for _, e := range edits {
		if strings.HasPrefix(string(e.Element), string(container)+"/") {
			out = append(out, e)
		}
	}
	return out
}

// flipped writes every number of the body as text and every number in text as one.
func (d *detective) flipped() []diagnose.Edit {
	var edits []diagnose.Edit
	for _, e := range d.scene.index.Elements {
		if !strings.HasPrefix(string(e.ID), "body:/") {
			continue
		}
		edit := diagnose.Edit{Element: e.ID, Op: diagnose.Set, Source: "transform", Cause: "invalid_body_property_type", Harm: 0.9}
		switch v := e.Value.(type) {
		case json.Number:
			edit.To = v.String()
		case string:
			if _, err := strconv.ParseFloat(v, 64); err != nil {
				continue
			}
			edit.To = json.Number(v)
		default:
			continue
		}
		edits = append(edits, edit)
	}
	return edits
}

// asItems turns removals of items that a known good request does not have into edits that make them like its first
// item: the request may be meant to have them, and only one of their members be wrong. nil when there are none.
func (d *detective) asItems(edits []diagnose.Edit, good *element.Index) []diagnose.Edit {
	root, src := d.scene.index.JSON()
	model, goodSrc := good.JSON()
	if root == nil || model == nil {
		return nil
	}
	var out []diagnose.Edit
	changed := false
	for _, e := range edits {
		pointer, ok := strings.CutPrefix(string(e.Element), "body:")
		i := strings.LastIndexByte(pointer, '/')
		if !ok || e.Op != diagnose.Remove || i < 1 {
			out = append(out, e)
			continue
		}
		item, list := root.At(pointer), model.At(pointer[:i])
		if item == nil || item.Kind != jsontext.Object || list == nil || list.Kind != jsontext.Array || len(list.Children) == 0 || list.Children[0].Kind != jsontext.Object {
			out = append(out, e)
			continue
		}
		changed = true
		for _, l := range like(pointer, source{item, src}, source{list.Children[0], goodSrc}) {
			l.Source = "baseline"
			out = append(out, l)
		}
	}
	if !changed {
		return nil
	}
	return out
}
