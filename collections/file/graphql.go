package file

import (
	"fmt"

	"culprit/collections"
)

// graphQL reads the body of a GraphQL request (FORMATS §5). It is one even where the file says none.
func (r *decoder) graphQL(path string) collections.SavedBody {
	b := collections.SavedBody{Type: collections.GraphQL}
	at, _, ok := bodyPath(r.d, path)
	if !ok {
		return b
	}
	r.keys(at, "the body", graphQLKeys)
	query, variables := r.textAt(at, "query"), r.textAt(at, "variables")
	b.Text = collections.JoinGraphQL(query, variables)
	if q, v := collections.SplitGraphQL(b.Text); q != query || v != variables {
		v, _ := at.get("variables")
		r.warn(v.node, "variables are an object of JSON; they are kept and not sent")
		b.Text = query
	}
	return b
}

// graphQL writes what changed in the body of a GraphQL request.
func (c *change) graphQL(path string, old, new collections.SavedBody) {
	if new.Type != collections.GraphQL {
		c.try(fmt.Errorf("a GraphQL request has a GraphQL body: %w", ErrRefused))
		return
	}
	if _, inner, ok := bodyPath(c.d, path); ok {
		path = inner
	}
	oldQuery, oldVariables := collections.SplitGraphQL(old.Text)
	query, variables := collections.SplitGraphQL(new.Text)
	c.text(join(path, "query"), oldQuery, query, graphQLKeys)
	c.text(join(path, "variables"), oldVariables, variables, graphQLKeys)
}
