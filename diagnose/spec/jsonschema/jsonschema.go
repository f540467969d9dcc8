// Package jsonschema takes the place of the JSON Schema library that kin-openapi links, by a replace line in culprit's
// go.mod, and compiles nothing.
//
// kin-openapi calls that library in one case only: VisitJSON with EnableJSONSchema2020. culprit never does, because
// diagnose/spec judges values itself: it needs departures with a place and a kind where a validator has sentences. But
// the library compiles the meta-schemas of five drafts before main, at every start: 3.1 ms and 1.7 MB, two fifths
// of the time that culprit --version took.
//
// It has the names that kin-openapi uses and no other, so that a new use of the library does not build; one by
// kin-openapi is told by ErrAbsent. Remove it when the library compiles its meta-schemas on first use.
package jsonschema

import "errors"

// ErrAbsent says that this program has no validator of JSON Schema 2020-12.
var ErrAbsent = errors.New("this program is built without a validator of JSON Schema 2020-12")

// A Draft is a version of JSON Schema.
type Draft struct{}

// Draft2020 is JSON Schema 2020-12.
var Draft2020 = &Draft{}

// A Format checks the values of a format.
type Format struct {
	Name     string
	Validate func(v any) error
}

// A Compiler would compile schemas.
type Compiler struct{}

// NewCompiler returns a Compiler.
func NewCompiler() *Compiler { return &Compiler{} }

// DefaultDraft does nothing.
func (*Compiler) DefaultDraft(*Draft) {}

// RegisterFormat does nothing.
func (*Compiler) RegisterFormat(*Format) {}

// AssertFormat does nothing.
func (*Compiler) AssertFormat() {}

// AddResource returns ErrAbsent.
func (*Compiler) AddResource(string, any) error { return ErrAbsent }

// Compile returns ErrAbsent.
func (*Compiler) Compile(string) (*Schema, error) { return nil, ErrAbsent }

// A Schema would be a compiled schema; there are none.
type Schema struct{}

// Validate returns ErrAbsent.
func (*Schema) Validate(any) error { return ErrAbsent }

// A ValidationError would be a departure from a schema; there are none.
type ValidationError struct {
	InstanceLocation []string
	ErrorKind        ErrorKind
	Causes           []*ValidationError
}

// Error returns the text of ErrAbsent.
func (*ValidationError) Error() string { return ErrAbsent.Error() }

// An ErrorKind is what a departure is about.
type ErrorKind interface {
	KeywordPath() []string
}
