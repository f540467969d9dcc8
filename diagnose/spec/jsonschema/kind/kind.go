// Package kind has the kinds of departures that kin-openapi tells from the others. See package jsonschema.
package kind

type (
	// Schema groups what departs from a schema.
	Schema struct{}
	// Group groups departures.
	Group struct{}
	// Reference groups what departs from the schema that a reference names.
	Reference struct{}
)

// KeywordPath returns nothing.
func (*Schema) KeywordPath() []string { return nil }

// KeywordPath returns nothing.
func (*Group) KeywordPath() []string { return nil }

// KeywordPath returns nothing.
func (*Reference) KeywordPath() []string { return nil }
