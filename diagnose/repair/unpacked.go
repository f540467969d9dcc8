package repair

import (
	"encoding/json"
	"strconv"

	"culprit/diagnose"
	"culprit/request/jsontext"
)

// numberedValues is the list that an object stands for whose names count its values from 0: languages in which a list is a
// map with numbers write it so once a number was left out or the list was cast.
func numberedValues(raw json.RawMessage) (json.RawMessage, bool) {
	root, err := jsontext.Parse(raw)
	if err != nil || root.Kind != jsontext.Object || len(root.Children) == 0 {
		return nil, false
	}
	list := []byte{'['}
	for i, c := range root.Children {
		if c.Key != strconv.Itoa(i) {
			return nil, false
		}
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, raw[c.Start:c.End]...)
	}
	return append(list, ']'), true
}

// fromZero is the same of an element; nil where it is none.
func fromZero(el diagnose.Element) json.RawMessage {
	raw, _ := el.Value.(json.RawMessage)
	list, _ := numberedValues(raw)
	return list
}

// OnlyValue is the one plain value that a container holds: [v] or {"value": v}; ok is false where it holds more, or none.
func OnlyValue(raw json.RawMessage) (v any, ok bool) {
	root, err := jsontext.Parse(raw)
	if err != nil || len(root.Children) != 1 {
		return nil, false
	}
	switch c := root.Children[0]; c.Kind {
	case jsontext.Object, jsontext.Array, jsontext.Null:
		return nil, false
	case jsontext.String:
		var text string
		ok := json.Unmarshal(raw[c.Start:c.End], &text) == nil
		return text, ok
	case jsontext.Number:
		return json.Number(raw[c.Start:c.End]), true
	default:
		return string(raw[c.Start:c.End]) == "true", true
	}
}

// otherContainers tries a container as what lies in it: the value that is alone in it, the list that its numbers count.
func (l *places) otherContainers(e diagnose.Element, raw json.RawMessage, set func(any, float64, float64, diagnose.CauseID, string)) {
	if e.ID == "body" {
		return // package inquiry asks for what is around all of it (Shapes)
	}
	if list, ok := numberedValues(raw); ok {
		l.raise(e.ID, untidy/lonely)
		set(list, .9, .05, typeCauseID, "the list that its numbers count")
	}
	if v, ok := OnlyValue(raw); ok && (raw[0] == '{' || e.ID.IsItem()) { // lists of one are as usual as others, but for those in lists
		l.raise(e.ID, untidy/lonely)
		set(v, .7, .6, typeCauseID, "the only value in it")
	}
	if items := jsonItems(e); len(items) == 1 && e.ID.IsItem() && items[0][0] == '{' {
		l.raise(e.ID, untidy/lonely)
		set(items[0], .8, .3, typeCauseID, "without the list around it")
	}
}

// lonely is how likely a container is at fault to begin with (fault): one that holds a single value is no more innocent than
// a value with a tidier form.
const lonely = .1
