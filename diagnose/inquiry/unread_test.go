package inquiry_test

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestABodyThatWasNotSeenIsNotToBlame: a server that misses every member of what is called plain text misses the type,
// and no member of it is accused.
func TestABodyThatWasNotSeenIsNotToBlame(t *testing.T) {
	post := get("/books")
	post.Method, post.Auth = "POST", request.Auth{}
	post.Header = []request.Field{{Name: "Content-Type", Value: "text/plain"}}
	post.Body = request.Body{Kind: request.RawBody, Text: `{"title":"Emma","pages":474,"isbn":"9780141439587","authors":[{"first":"Jane","last":"Austen","born":1775},{"first":"A","last":"Lady","born":1775}]}`}
	report, all := asked(t, diagnose.Case{Request: post, Writes: true}, func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(request.Get(q.Request.Header, "Content-Type"), "json") {
			return 201, `{}`, nil
		}
		return 400, `{"errors":[{"field":"title","message":"is required"},{"field":"pages","message":"is required"},{"field":"isbn","message":"is required"},{"field":"authors","message":"is required"}]}`, nil
	})
	if c := report.Verdict.Culprits; len(c) != 1 || c[0].Element != "header:Content-Type" || len(all) > 5 {
		t.Errorf("got %s after %d probes", shown(c), len(all))
	}
}
