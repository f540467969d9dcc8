package request

import (
	"context"
	"io"
	"net"
	"net/http"
)

// Net is the network that an Engine uses. Nil fields mean the real thing.
type Net struct {
	// Dial opens a connection to one address (an IP and a port; the engine resolves names itself).
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Lookup resolves a name to addresses.
	Lookup func(ctx context.Context, host string) ([]net.IPAddr, error)
	// Far opens a connection from another machine (Settings.From) to a name or IP with a port; nil knows none.
	Far func(ctx context.Context, from, address string) (net.Conn, error)
	// Getenv reads the proxy variables; nil means no proxy from the environment.
	Getenv func(string) string
}

// A Signer adds credentials to a request that is about to go out, anew on every hop that may carry them.
type Signer interface {
	Sign(r *http.Request) error
}

// A Payload is an encoded body, ready to be streamed.
type Payload struct {
	Open func() (io.ReadCloser, error) // a new reader from the start; nil for no body
	Size int64                         // -1 when unknown: it is sent chunked
	Type string                        // Content-Type, with boundary; "" for none
}

// An Engine performs exchanges. Its fields are set before the first Do and not changed after. It keeps
// connections for reuse, one pool per set of TLS, proxy and protocol choices; Close ends them.
// The zero value sends requests without credentials and without a body; package client makes a whole one.
type Engine struct {
	Net Net
	// Sign returns the signer of a scheme.
	Sign func(Auth) (Signer, error)
	// Encode prepares a body. Files are read below r.Dir only when r.Confine is set.
	Encode func(r Request) (Payload, error)
	// Decode undoes one content coding ("gzip", "deflate", "br", "zstd").
	Decode func(coding string, r io.Reader) (io.ReadCloser, error)
	// Other sends a request with another program of this machine (Settings.Client); nil knows none.
	Other func(ctx context.Context, r Request) *Exchange
	// SpoolDir is where bodies above Limits.Memory go; "" means the system's folder for temporary files.
	SpoolDir string

	pools pools // connections kept for reuse
}
