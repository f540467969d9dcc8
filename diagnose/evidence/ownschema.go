package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// referenceRE is a reference to a part of the API's own document behind other words: "doesn't match schema
// #/components/schemas/Order". It looks like a path into the request and is none.
var referenceRE = lazyre.New(`[ (]#/(?:components/[A-Za-z]+|definitions|parameters|\$defs)/[^\s"\\:,;)]+`)

// schemaDumpRE is the schema, and the value, that kin-openapi prints below its complaint, within a JSON text and in a
// plain one, up to the next of several complaints: the names in it are all of those that the object may have.
var schemaDumpRE = [...]*lazyre.Regexp{
	lazyre.New(`\\nSchema:\\n {2}(?:[^"\\]|\\.)*?( \| |")`),
	lazyre.New(`\nSchema:\n {2}(?s:.*?)( \| |$)`),
}

// withoutSchemas returns an answer without what it quotes of the API's document.
func withoutSchemas(text string) string {
	if strings.Contains(text, "#/") {
		text = referenceRE.ReplaceAllString(text, "")
	}
	if strings.Contains(text, "Schema:") {
		for _, re := range &schemaDumpRE {
			text = re.ReplaceAllString(text, "$1")
		}
	}
	return text
}
