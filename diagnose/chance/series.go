// Package chance tells what always happens from what comes and goes: how often the same question must be asked, how
// sure a share is, and whether two observations go together (DIAGNOSIS.md §10). It is pure and knows no requests.
package chance

import "math"

// A Series is a sequential test (Wald's SPRT) of how often something that failed passes when it is asked again:
// at most steadyRate, or at least flakyRate. The zero value has seen nothing.
type Series struct{ odds float64 }

const (
	// steadyRate and flakyRate are the pass rates that are told apart, bound is ln((1-β)/α) for α = β = 0.05 (§10):
	// five straight failures are steady; a pass is flaky, after two failures or more the second one.
	steadyRate, flakyRate = 0.01, 0.5
	bound                 = 2.944438979
)

// Passed notes a pass.
func (s *Series) Passed() { s.odds += math.Log(flakyRate / steadyRate) }

// Failed notes a failure.
func (s *Series) Failed() { s.odds += math.Log((1 - flakyRate) / (1 - steadyRate)) }

// Steady reports that the failures are enough to call it one that always happens.
func (s Series) Steady() bool { return s.odds <= -bound }

// Flaky reports that it is one that comes and goes.
func (s Series) Flaky() bool { return s.odds >= bound }
