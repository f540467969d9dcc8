// Package secret keeps what must never be shown out of everything that is shown.
//
// A value is secret by provenance: it came from a variable marked secret, or it stood in a place that holds
// credentials. The package is a leaf: it imports nothing of culprit.
package secret

import (
	"fmt"
	"log/slog"
)

// A Value is a secret with its provenance. However it is printed, only the reference appears; Open gives the
// value itself. The zero value is an empty secret without a name.
type Value struct {
	ref   string // "prod.token", "header Authorization"
	value string
}

// New returns the secret value that came from ref.
func New(ref, value string) Value { return Value{ref, value} }

// Open returns the secret itself. Call it only where bytes go on the wire.
func (v Value) Open() string { return v.value }

// String returns ‹secret:ref›.
func (v Value) String() string { return Hidden(v.ref) }

// GoString returns what String does.
func (v Value) GoString() string { return v.String() }

// Format writes what String does, whatever the verb and its flags.
func (v Value) Format(f fmt.State, _ rune) { fmt.Fprint(f, v.String()) }

// MarshalText returns what String does.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// LogValue returns what String does.
func (v Value) LogValue() slog.Value { return slog.StringValue(v.String()) }

// Hidden returns what stands in the place of a secret that came from ref.
func Hidden(ref string) string { return "‹secret:" + ref + "›" }
