package element

import (
	"encoding/json"

	"culprit/diagnose"
)

// Enveloped reports whether an element is as JSON-RPC 2.0 §4 wants it and says nothing of what is asked for: the version,
// and the id, without which a call is a notification that nobody answers.
func (x *Index) Enveloped(id diagnose.ElementID) bool {
	if id != "body:/jsonrpc" && id != "body:/id" {
		return false
	}
	if call, ok := x.Get(id); ok && id == "body:/id" {
		switch call.Value.(type) {
		case string, json.Number, nil:
		default:
			return false // no id of a call
		}
	}
	version, ok := x.Get("body:/jsonrpc")
	return ok && version.Value == "2.0"
}
