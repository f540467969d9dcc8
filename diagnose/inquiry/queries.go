package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/diagnose/safety"
	"culprit/request"
)

// The replies that a person picks from.
const (
	thisOne, anotherOne                  = "this one", "another one"
	yesReply, noReply                    = "yes", "no"
	haveChanged, notChanged, neverWorked = "it worked, and the request has changed since", "it worked, and the request is the same", "it never worked"
	theyPass, theyFail                   = "it works for them", "they get the same"
)

// queries are Q1 to Q9 of §9.3.
func queries() []query {
	return []query{
		{diagnose.Prompt{ID: "since", Text: "Did this request ever work, and what has changed since?", Choices: []string{haveChanged, notChanged, neverWorked}}, // Q1
			"it tells whether to look at the request or at the world around it", 0.35, fromMemory, "say whether it ever worked, and what has changed since",
			func(d *detective) bool { return !slices.ContainsFunc(d.Good, diagnose.Known.Worked) && d.varied() }, (*detective).since},
		{diagnose.Prompt{ID: "good", Text: "Does a similar request work, in another tool or at another time? Paste it as a curl command; leave it empty if you do not know."}, // Q2
			"the differences to a request that works can be bisected", 0.4, lookedUp, "", // every report without a verdict has this hint
			func(d *detective) bool {
				return !slices.ContainsFunc(d.Good, diagnose.Known.Worked) && d.varied() && d.oracle.exchange.Status() < 500
			}, (*detective).pasted},
		{diagnose.Prompt{ID: "environment", Text: "Which environment are these credentials for?", Choices: []string{thisOne, anotherOne}}, // Q3
			"credentials of another environment look valid and are refused", 0.25, fromMemory, "check that the credentials are for this environment",
			func(d *detective) bool {
				s := d.oracle.exchange.Status()
				return (s == 401 || s == 403) && safety.Credentials(d.base)
			}, (*detective).ofEnvironment},
		{diagnose.Prompt{ID: "document", Text: "Does this API have an OpenAPI document? Name its file or its URL, or paste it; leave it empty if there is none."}, // Q5
			"it says which fields, types and values the API takes", 0.3, aDocument, "give the OpenAPI document of the API (--spec)",
			func(d *detective) bool { return d.Spec == nil && d.Describe != nil && d.varied() }, (*detective).pastedDocument},
		{diagnose.Prompt{ID: "network", Text: "Are you in the network, or the VPN, from which this host can be reached?", Choices: []string{yesReply, noReply}}, // Q6
			"hosts of an inner network do not answer from outside", 0.3, fromMemory, "check that you are in the right network or VPN",
			func(d *detective) bool {
				f := d.oracle.exchange.Failure
				return f != nil && (f.Phase == request.PhaseResolve || f.Phase == request.PhaseConnect) && f.Cause != "connection_refused"
			}, (*detective).inNetwork},
		{diagnose.Prompt{ID: "others", Text: "Does somebody else get the same answer to this request?", Choices: []string{theyPass, theyFail}}, // Q7
			"it parts the person's rights and place from the server", 0.3, lookedUp, "let somebody else send the request",
			func(d *detective) bool { s := d.oracle.exchange.Status(); return s == 403 || s >= 500 }, (*detective).forOthers},
		{diagnose.Prompt{ID: "log"}, // Q8: the text names the request
			"a server's log names what its answer hides", 0.6, serverLogs, "", // the hint names the request id where there is one
			func(d *detective) bool {
				return d.oracle.exchange.Status() >= 500 && evidence.RequestID(d.oracle.exchange) != "" && !d.Log
			}, (*detective).readLog},
		{diagnose.Prompt{ID: "meant"}, // Q9: the text names the element
			"a field that is not meant to be sent can be left out", 0.2, fromMemory, "",
			func(d *detective) bool { return d.doubtful() != nil && d.varied() }, (*detective).meant},
	}
}

// since is what follows from Q1.
func (d *detective) since(reply string) progress {
	switch reply {
	case haveChanged:
		d.said.surely = "good" // the request as it was is what is needed now
	case notChanged:
		d.said.unchanged = true
		d.notes.finding(diagnose.Endpoints, "you say that the request is the same as when it worked: it is about the server, its data, the credentials or the time")
		d.hint("the request is the same as when it worked: look at the server, its data, the credentials and the time")
		d.another()
	case neverWorked:
		d.said.surely = "document"
	}
	return nothing
}

// ofEnvironment is what follows from Q3.
func (d *detective) ofEnvironment(reply string) progress {
	if reply == anotherOne {
		d.told("wrong_environment_credentials", d.where(), "you say that the credentials are for another environment")
	}
	return nothing
}

// pastedDocument reads the answer to Q5, and tries what the document says.
func (d *detective) pastedDocument(reply string) progress {
	k, err := d.Describe([]byte(reply), d.base.URL)
	if err != nil {
		d.hint("the document could not be read: " + err.Error())
		return nothing
	}
	d.Spec = k
	d.survey()
	return d.heed()
}

// inNetwork is what follows from Q6.
func (f *failure) inNetwork(reply string) progress {
	f.said.outside = f.said.outside || reply == noReply
	return nothing
}

// forOthers is what follows from Q7.
func (d *detective) forOthers(reply string) progress {
	s := d.oracle.exchange.Status()
	switch {
	case reply == theyPass && s == 403:
		d.told("insufficient_permission", d.where(), "you say that it works for somebody else")
	case reply == theyPass:
		d.hintBy("--good-curl", "it works for somebody else: compare the two requests, the credentials and the place")
	case reply == theyFail && s >= 500:
		d.told("server_error", "server", "you say that others get the same")
	}
	return nothing
}

// meant is what follows from Q9.
func (d *detective) meant(reply string) progress {
	e := d.doubtful()
	if reply == noReply {
		return d.try([]diagnose.Edit{*e}, diagnose.Deletion, "you say that it is not meant to be sent")
	}
	d.board.clear([]diagnose.Edit{*e})
	return nothing
}
