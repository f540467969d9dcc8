package repair

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request/jsontext"
)

// Shapes are other shapes of a whole JSON body: without the list, or the object, that is around all of it. Weight is the
// chance that the request passes so, where nothing else speaks for a fault: judgement, checked on operations of public APIs.
func Shapes(x *element.Index) []diagnose.Edit {
	root, src := x.JSON()
	if root == nil {
		return nil
	}
	var out []diagnose.Edit
	put := func(to string, weight float64, why string) {
		e := edit("body", diagnose.Set, to, .3, why)
		e.Source, e.Cause, e.Weight = "transform", typeCauseID, weight
		out = append(out, e)
	}
	text := func(n *jsontext.Node) string { return src[n.Start:n.End] }
	switch {
	case root.Kind == jsontext.Array && len(root.Children) == 1 && root.Children[0].Kind == jsontext.Object:
		put(text(root.Children[0]), .4, "without the list around it")
	case root.Kind == jsontext.Object && len(root.Children) == 1 && root.Children[0].Kind == jsontext.Object:
		if inner := root.Children[0]; inner.Child("type") == nil || inner.Child("attributes") == nil { // JSON:API has it
			put(text(inner), envelopes[strings.ToLower(root.Children[0].Key)]+.1, "without the object around it")
		}
	}
	return out
}

// envelopes are names of objects around a body that say nothing of it, with what they add to the odds that it is one too many.
var envelopes = map[string]float64{"data": .2, "body": .2, "payload": .2, "request": .1, "params": .1, "object": .1, "item": .1}
