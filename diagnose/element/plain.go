package element

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Plain writes a JSON value as a query, a field or a form carries it: a list of texts with commas, null as nothing.
func Plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case json.RawMessage:
		var items []string
		if json.Unmarshal(v, &items) == nil {
			return strings.Join(items, ",")
		}
		return string(v)
	}
	return ""
}
