package request

import "fmt"

// A Phase is the step of an exchange in which it failed.
type Phase string

// The phases in order.
const (
	PhasePrepare  Phase = "prepare" // nothing was sent: URL, header, file, variable
	PhaseResolve  Phase = "resolve"
	PhaseConnect  Phase = "connect"
	PhaseProxy    Phase = "proxy"
	PhaseTLS      Phase = "tls"
	PhaseWrite    Phase = "write"
	PhaseWait     Phase = "wait" // written, no byte of a response yet
	PhaseRead     Phase = "read"
	PhaseDecode   Phase = "decode"
	PhaseRedirect Phase = "redirect"
)

// A Failure says why no whole response came back. It wraps the cause down to the last error, so that
// errors.As finds *net.DNSError, x509.HostnameError and the like.
type Failure struct {
	Phase Phase
	Cause string // id of CAUSES.tsv: "connection_refused"; "cancelled" when the person stopped it
	Text  string // one plain sentence for a person, without credentials; may quote the peer, so untrusted
	Err   error  // never nil
}

// Error returns the sentence and the cause's own text.
func (f *Failure) Error() string { return fmt.Sprintf("%s: %v", f.Text, f.Err) }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }
