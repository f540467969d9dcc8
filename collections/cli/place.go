package cli

import "culprit/request/outside"

// A Place is the flag --from: another machine, ssh://[user@]host[:port]; "" is this one.
type Place string

// String implements pflag.Value.
func (p *Place) String() string { return string(*p) }

// Type implements pflag.Value.
func (p *Place) Type() string { return "machine" }

// Set implements pflag.Value.
func (p *Place) Set(s string) error {
	*p = Place(s)
	return outside.Place(s)
}
