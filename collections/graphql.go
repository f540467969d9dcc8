package collections

import (
	"strings"

	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// GraphQL is the type of a body that is a GraphQL document with its variables; entries of that type have no other.
const GraphQL = "graphql"

// blank is what JSON allows around a value (RFC 8259 §2).
const blank = " \t\r\n"

// variablesBegin matches where the variables of a GraphQL body begin: after a blank line, with a brace that no selection
// of GraphQL begins with, for a quotation mark, another brace or a comment follows it (GraphQL, October 2021, §2.4).
var variablesBegin = lazyre.New(`\n\n\{\s*["{}/]`)

// JoinGraphQL makes the text of a GraphQL body, as .http files write it: the document, a blank line, its
// variables as JSON. No variables are left out.
func JoinGraphQL(document, variables string) string {
	if variables == "" {
		return document
	}
	return document + "\n\n" + variables
}

// SplitGraphQL takes the text of a GraphQL body apart; variables are "" where there are none.
func SplitGraphQL(text string) (document, variables string) {
	at := variablesBegin.Get().FindStringIndex(text)
	if at == nil {
		return text, ""
	}
	return text[:at[0]], text[at[0]+2:]
}

// graphQL fills in a GraphQL body and makes what is sent of it: an object of the document and its variables (GraphQL
// over HTTP §5.3). Variables that are not JSON are sent as they are: the server says so, and a diagnosis finds where.
func (r *resolver) graphQL(text string) request.Body {
	document, variables := SplitGraphQL(text)
	query := r.textAt("graphql query", "body", document)
	sent := r.code("graphql variables", withoutComments(variables))
	if strings.TrimSpace(sent) == "" {
		sent = "{}" // as Bruno sends it
	}
	return request.Body{Kind: request.RawBody, Type: "application/json",
		Text: `{"query": ` + string(jsontext.Quote(query)) + `, "variables": ` + sent + "}"}
}

// graphQL carries a change of what was sent back into the document and the variables.
func (a *amender) graphQL(to string) error {
	root, fault := jsontext.Parse([]byte(to))
	if fault != nil || root.Kind != jsontext.Object {
		return ErrNotCarried
	}
	document, variables := SplitGraphQL(a.out.Saved.Body.Text)
	for _, member := range root.Children {
		raw := to[member.Start:member.End]
		var err error
		switch key := member.Key; {
		case key == "query" && member.Kind == jsontext.String:
			document, err = a.rewrite(a.r.texts["graphql query"], jsontext.Unquote([]byte(raw)))
		case key == "variables" && (variables != "" || raw != "{}"):
			was := joined(a.r.texts["graphql variables"]) // what stands around the object stays
			before, after := was[:len(was)-len(strings.TrimLeft(was, blank))], was[len(strings.TrimRight(was, blank)):]
			variables, err = a.rewrite(a.r.texts["graphql variables"], before+raw+after)
		case key != "variables":
			err = ErrNotCarried
		}
		if err != nil {
			return err
		}
	}
	a.out.Saved.Body.Text = JoinGraphQL(document, variables)
	return nil
}
