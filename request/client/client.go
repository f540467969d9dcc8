// Package client puts a whole request.Engine together: the engine, the credentials, the bodies.
//
// It decides nothing; it is the one place below main.go that knows all of them.
package client

import (
	"culprit/request"
	"culprit/request/auth"
	"culprit/request/body"
	"culprit/request/outside"
)

// Config says what an engine runs on. The zero value uses the real network, the system's folder for temporary
// files and no proxy from the environment.
type Config struct {
	// Net is the network; nil fields mean the real one.
	Net request.Net
	// Getenv reads the proxy variables, usually os.Getenv; nil means no proxy from the environment. It goes
	// before Net.Getenv.
	Getenv func(string) string
	// SpoolDir is where large bodies go; "" means the system's folder for temporary files.
	SpoolDir string
}

// New returns an engine. The caller closes it.
func New(c Config) *request.Engine {
	if c.Getenv != nil {
		c.Net.Getenv = c.Getenv
	}
	if c.Net.Far == nil {
		c.Net.Far = outside.Dial
	}
	return &request.Engine{
		Net: c.Net, SpoolDir: c.SpoolDir, Sign: auth.Signer, Encode: body.Encode, Decode: body.Decode,
		Other: outside.Send,
	}
}
