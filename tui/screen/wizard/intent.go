package wizard

import (
	"culprit/diagnose"
	"culprit/request"
)

// Asked is the message that the diagnosis waits for the person: for a prompt, or for consent to send. Every
// Asked is answered by exactly one Answer, unless Finished comes first.
type Asked struct{ Question diagnose.Question }

// Finished is the last message of a diagnosis. Err is set when it was stopped or broke; the report then holds
// what was learned.
type Finished struct {
	Report diagnose.Report
	Err    error
}

// Answer is the intent to answer the last Asked. The zero values mean no, and "I don't know".
type Answer struct {
	Question diagnose.Question
	Yes      bool
	Always   bool // for this request in this run
	Reply    string
}

// Cancel is the intent to stop the diagnosis; what it learned stays on the screen.
type Cancel struct{}

// Close is the intent to leave the wizard.
type Close struct{}

// Again is the intent to diagnose the same request anew.
type Again struct{}

// Apply is the intent to put the fix into the saved request.
type Apply struct{ Fix diagnose.Fix }

// CopyMinimal is the intent to copy the smallest request that still fails, as a curl command.
type CopyMinimal struct{ Request request.Request }

// CopyRepaired is the intent to copy the repaired request as a curl command.
type CopyRepaired struct{ Request request.Request }

// SendRepaired is the intent to send the repaired request.
type SendRepaired struct{ Fix diagnose.Fix }

// SaveReport is the intent to write the report into a file.
type SaveReport struct{ Report diagnose.Report }
