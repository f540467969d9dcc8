package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"

	ntlmssp "github.com/Azure/go-ntlmssp"

	"culprit/request"
)

// ntlm is Microsoft's NTLM over HTTP (MS-NTHT), alone or inside Negotiate (RFC 4559): the client opens, the server
// challenges, the client answers, all on one connection.
type ntlm struct {
	username, password string // the name may be DOMAIN\name or name@domain
	word               string // the scheme's name in the header: NTLM or Negotiate
	challenge          []byte // nil before it came
	answered, switched bool
}

func newNTLM(a request.Auth, word string) (request.Signer, error) {
	n := &ntlm{username: a.Param("username"), password: a.Param("password"), word: word}
	if n.username == "" {
		return nil, errors.New("auth " + a.Scheme + " has no username; a ticket of Kerberos instead of a password cannot be used")
	}
	if domain := a.Param("domain"); domain != "" {
		n.username = domain + `\` + n.username
	}
	return n, nil
}

// Sign sets Authorization to the message whose turn it is.
func (n *ntlm) Sign(r *http.Request) error {
	message, err := ntlmssp.NewNegotiateMessage("", "")
	if n.challenge != nil {
		message, err = ntlmssp.NewAuthenticateMessage(n.challenge, n.username, n.password, nil)
		n.answered = true
	}
	if err != nil {
		return fmt.Errorf("auth NTLM: %w", err)
	}
	set(r.Header, "Authorization", n.word+" "+base64.StdEncoding.EncodeToString(message))
	return nil
}

// Answer takes the server's challenge. A server that knows NTLM only by the name Negotiate is asked again by that.
func (n *ntlm) Answer(status int, header []request.Field) bool {
	if status != http.StatusUnauthorized || n.answered {
		return false
	}
	for _, text := range challengesFor(n.word, header) {
		if b, err := base64.StdEncoding.DecodeString(text); err == nil && len(b) > 0 {
			n.challenge = b
			return true
		}
	}
	for _, other := range []string{"NTLM", "Negotiate"} {
		if len(challengesFor(n.word, header)) == 0 && len(challengesFor(other, header)) > 0 && !n.switched {
			n.word, n.switched = other, true
			return true
		}
	}
	return false
}

// Bare implements request.Challenged.
func (n *ntlm) Bare() bool { return n.challenge == nil }

// Bound implements request.Challenged.
func (n *ntlm) Bound() bool { return true }
