package lint

import (
	"testing"

	"culprit/request"
)

func TestMistakes(t *testing.T) { run(t, mistakeSamples()) }

// mistakeSamples are mistakes that people make beyond what the other tables hold.
func mistakeSamples() []sample {
	wrapped := Facts{Siblings: []request.Request{data(`{"order":{"name":"a","qty":2,"note":"x"}}`)}}
	bare := Facts{Siblings: []request.Request{data(`{"name":"a","qty":2,"note":"x"}`)}}
	return []sample{
		{"B16", data(`{"name":"b","qty":1}`), wrapped, "body", "invalid_body_property_type", `{"order":{"name":"b","qty":1}}`, data(`{"order":{"name":"b","qty":1}}`)},
		{"B16", data(`{"data":{"name":"b","qty":1}}`), bare, "body", "invalid_body_property_type", `{"name":"b","qty":1}`, data(`{"name":"b","qty":1}`)},
		{"B16", data(`{"data":{"data":{"name":"b"}}}`), Facts{}, "body", "invalid_body_property_type", `{"data":{"name":"b"}}`, data(`{"data":{"attributes":{"name":"b"}}}`)},
	}
}
