package inquiry

import (
	"encoding/json"
	"reflect"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/jsontext"
)

// leaves parts an edit that puts the object of another item in the place of one into edits of the members in which the two
// differ: hardly ever is all of it wrong. It is the edit itself where they do not come to the same.
func (a *asker) leaves(e diagnose.Edit) []diagnose.Edit {
	was, _ := a.scene.index.Get(e.Element)
	from, wasContainer := was.Value.(json.RawMessage)
	to, isContainer := e.To.(json.RawMessage)
	if e.Op != diagnose.Set || e.Source != "sibling" || !wasContainer || !isContainer || !e.Element.Is("body") {
		return []diagnose.Edit{e}
	}
	item, err := jsontext.Parse(from)
	model, err2 := jsontext.Parse(to)
	if err != nil || err2 != nil || item.Kind != jsontext.Object || model.Kind != jsontext.Object {
		return []diagnose.Edit{e}
	}
	parts := like(e.Element.Name(), source{item, string(from)}, source{model, string(to)})
	for i := range parts {
		parts[i].Weight, parts[i].Why = e.Weight, e.Why
	}
	if len(parts) == 0 || !a.sameBody(parts, []diagnose.Edit{e}) {
		return []diagnose.Edit{e}
	}
	return parts
}

// sameBody reports that two sets of edits come to the same value of the body.
func (a *asker) sameBody(these, those []diagnose.Edit) bool {
	r, err := element.Apply(a.base, these)
	s, err2 := element.Apply(a.base, those)
	return err == nil && err2 == nil && reflect.DeepEqual(bodyValue(r), bodyValue(s))
}

func bodyValue(r request.Request) (v any) {
	if json.Unmarshal([]byte(r.Body.Text), &v) != nil {
		return r.Body.Text
	}
	return v
}
