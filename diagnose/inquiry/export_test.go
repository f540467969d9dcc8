package inquiry

import (
	"time"

	"culprit/diagnose"
)

// parts are what the engine can be measured without, by name.
var parts = map[string]ablation{
	"": {}, "lint": {lint: true}, "evidence": {evidence: true}, "contrast": {contrast: true}, "prior": {prior: true}, "confirmation": {confirmation: true},
}

// Without is New without one part of the method.
func Without(c diagnose.Case, part string) *diagnose.Session { return with(c, parts[part]) }

// HandshakePatience is how long a handshake is waited for.
var HandshakePatience = handshakePatience

// Farther is farther, with the time that it adds.
func Farther(from string, limit time.Duration) (time.Duration, time.Duration) {
	return farther(from, limit), signingIn
}
