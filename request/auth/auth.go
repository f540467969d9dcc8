// Package auth computes the credentials of a request: one file per scheme, each a request.Signer.
//
// It does not decide where credentials may go (the engine does, hop by hop) and stores nothing.
package auth

import (
	"fmt"
	"net/http"
	"strings"

	"culprit/request"
)

// A SchemeError is a scheme that this program cannot sign with.
type SchemeError struct{ Scheme string }

// Error names the scheme and those that work.
func (e *SchemeError) Error() string {
	return fmt.Sprintf("auth scheme %q is not supported (supported: basic, bearer, apikey, digest, ntlm, negotiate, awsv4, oauth1, wsse)", e.Scheme)
}

// Signer returns the signer of a.Scheme. The scheme "none" adds nothing. The error is a *SchemeError, or says
// which parameter is missing; it never holds a value.
func Signer(a request.Auth) (request.Signer, error) {
	switch strings.ToLower(a.Scheme) {
	case "", "none", "inherit":
		return none{}, nil
	case "basic":
		return basic{a.Param("username"), a.Param("password")}, nil
	case "bearer":
		return bearer{a.Param("token")}, nil
	case "apikey":
		return newAPIKey(a)
	case "awsv4":
		return newAWSv4(a)
	case "digest":
		return &digested{username: a.Param("username"), password: a.Param("password")}, nil
	case "ntlm":
		return newNTLM(a, "NTLM")
	case "negotiate":
		return newNTLM(a, "Negotiate")
	case "oauth1":
		return newOAuth1(a)
	case "wsse":
		return newWSSE(a)
	case "anyauth":
		return &offered{a: a}, nil
	}
	return nil, &SchemeError{a.Scheme}
}

type none struct{}

// Sign adds nothing.
func (none) Sign(*http.Request) error { return nil }

// set replaces every field called name, however it is spelled: credentials of the scheme go before a header
// that was written by hand, as in Bruno.
func set(h http.Header, name, value string) {
	unset(h, name)
	h[name] = []string{value}
}

// unset removes every field called name, however it is spelled.
func unset(h http.Header, name string) {
	for k := range h {
		if strings.EqualFold(k, name) {
			delete(h, k)
		}
	}
}
