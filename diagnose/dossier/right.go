package dossier

import (
	"errors"

	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/request"
)

// Right is an exchange of which a person says that its answer was right: then is what was kept of it, r its request with the
// secrets of now, and changed names those that have another value than then. It has to be of the environment of the
// diagnosis: what differs goes to the host of the request that fails, and the credentials of another environment are not
// for it.
func Right(then history.Exchange, r request.Request, changed []string, environment string) (*diagnose.Known, error) {
	if then.Environment != environment {
		return nil, errors.New("it was in another environment, whose credentials are not for this one")
	}
	x := then.Whole()
	x.Request = r
	k := diagnose.Known{Label: "the exchange of " + then.At.UTC().Format("2006-01-02 15:04:05 UTC"), Request: r, From: diagnose.FromHistory, Exchange: x}
	if len(changed) > 0 { // with other credentials it is another request: that it fails says nothing
		k.From, k.Otherwise = diagnose.FromVersion, changed
	}
	return &k, nil
}
