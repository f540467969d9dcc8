package inquiry

import (
	"culprit/diagnose"
)

// parts are what the engine can be measured without, by name.
var parts = map[string]ablation{
	"": {}, "lint": {lint: true}, "evidence": {evidence: true}, "contrast": {contrast: true}, "prior": {prior: true}, "confirmation": {confirmation: true},
}

// Without is New without one part of the method.
func Without(c diagnose.Case, part string) *diagnose.Session { return with(c, parts[part]) }
