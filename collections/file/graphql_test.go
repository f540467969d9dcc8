package file

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/collections"
)

const graphQLFile = `info:
  name: Order
  type: graphql
  seq: 1

graphql:
  url: "{{host}}/graphql"
  headers:
    - {name: X-Team, value: tea}
  body:
    query: |-
      query Q($id: ID!, $n: Int) { # "the" order

        order(id: $id) { lines(first: $n) { sku } }
      }
    variables: |-
      {
        // of the customer
        "id": "{{id}}",
        "n": "10"
      }
  auth: inherit
runtime:
  variables:
    - {name: id, value: o-1}
`

// graphQLEntry writes a collection with one GraphQL request of the given text and opens it.
func graphQLEntry(t *testing.T, text string) (*Store, *collections.Entry) {
	t.Helper()
	dir := t.TempDir()
	root := "opencollection: 1.0.0\ninfo: {name: Shop}\nrequest:\n  variables:\n    - {name: host, value: http://shop.test}\n"
	for name, src := range map[string]string{"opencollection.yml": root, "order.yml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, c := load(t, dir)
	return s, c.Root.Children[0]
}

func TestAGraphQLRequestIsSentAsBrunoSendsItAndItsFixIsSaved(t *testing.T) {
	s, e := graphQLEntry(t, graphQLFile)
	if e.Kind != collections.HTTP || len(e.Problems) > 0 || len(e.Met) > 0 {
		t.Fatalf("got %s, problems %v, not done %v", e.Kind, e.Problems, e.Met)
	}
	o := collections.ResolveOptions{}
	r, err := collections.Resolve(e, o)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"query": "query Q($id: ID!, $n: Int) { # \"the\" order\n\n  order(id: $id) { lines(first: $n) { sku } }\n}", "variables": {
  
  "id": "o-1",
  "n": "10"
}}`
	if r.Request.Method != "POST" || r.Request.URL != "http://shop.test/graphql" || r.Request.Body.Type != "application/json" || r.Request.Body.Text != want {
		t.Fatalf("got %s %s %s\n%s\nwant\n%s", r.Request.Method, r.Request.URL, r.Request.Body.Type, r.Request.Body.Text, want)
	}

	fixed := r.Request
	fixed.Body.Text = strings.NewReplacer(`"10"`, `10`, "sku", "title").Replace(fixed.Body.Text)
	a, err := collections.Amend(e, e.Saved, r, fixed, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(e, a.Saved); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(e.File)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.NewReplacer(`"10"`, `10`, "sku", "title").Replace(graphQLFile); string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestVariablesOfGraphQLThatAreNoObjectAreKeptAndNotSent(t *testing.T) {
	_, e := graphQLEntry(t, strings.Replace(graphQLFile[:strings.Index(graphQLFile, "    variables:")], "# \"the\" order\n", "", 1)+"    variables: n is ten\n")
	if len(e.Problems) != 1 || !strings.Contains(e.Problems[0].Text, "not sent") {
		t.Errorf("got %v", e.Problems)
	}
	r, err := collections.Resolve(e, collections.ResolveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(r.Request.Body.Text, `"variables": {}}`) {
		t.Errorf("got %s", r.Request.Body.Text)
	}
}

func TestAChangeThatGraphQLHasNoPlaceForIsNotSaved(t *testing.T) {
	_, e := graphQLEntry(t, graphQLFile)
	r, err := collections.Resolve(e, collections.ResolveOptions{})
	if err != nil {
		t.Fatal(err)
	}
	fixed := r.Request
	fixed.Body.Text = strings.Replace(fixed.Body.Text, `{"query"`, `{"operationName": "Q", "query"`, 1)
	if a, err := collections.Amend(e, e.Saved, r, fixed, collections.ResolveOptions{}); err == nil {
		t.Errorf("got %+v, want an error", a)
	}
}

func FuzzSplitGraphQL(f *testing.F) {
	f.Add("query Q { a }", "{\"n\": 1}")
	f.Add("{ a }\n\n{ b }", "")
	f.Fuzz(func(t *testing.T, document, variables string) {
		text := collections.JoinGraphQL(document, variables)
		if got := collections.JoinGraphQL(collections.SplitGraphQL(text)); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	})
}
