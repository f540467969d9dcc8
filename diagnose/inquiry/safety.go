package inquiry

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/lazyre"
)

// acts matches paths and queries that do something although the method is safe (§11, RELIABILITY P8).
var acts = lazyre.New(`(?i)(^|[/._=&?-])(delete|remove|destroy|purge|reset|send|trigger|execute|run|start|stop|restart|shutdown|logout|signout|unsubscribe|subscribe|approve|cancel|pay|charge|refund|transfer|activate|deactivate)([/._=&?-]|$)|[?&](action|cmd|command|do)=`)

// classify says how dangerous it is to send r (§11).
func classify(c diagnose.Case, r request.Request, k diagnose.Kind) diagnose.Safety {
	from, to := element.SplitURL(c.Request.URL), element.SplitURL(r.URL)
	elsewhere := !strings.EqualFold(from.Host, to.Host) || from.Port != to.Port
	if elsewhere && credentials(r) {
		return diagnose.S6
	}
	if strings.EqualFold(from.Scheme, "https") && strings.EqualFold(to.Scheme, "http") && credentials(r) {
		return diagnose.S6
	}
	target := to.Path + "?" + to.Query
	switch {
	case r.Safe() && !acts.MatchString(target):
		return diagnose.S2
	case r.Settings.WithholdBody && k == diagnose.Contrast:
		return diagnose.S3
	case strings.HasPrefix(to.Path, nonsense):
		return diagnose.S3
	}
	return diagnose.S5
}

// nonsense starts the path of K3: no server has it.
const nonsense = "/__gx_"

// credentials reports whether r carries anything that identifies a person.
func credentials(r request.Request) bool {
	for _, e := range element.Of(r).Elements {
		if e.ID == "auth" || e.Secret && !strings.HasPrefix(string(e.ID), "body") {
			return true
		}
	}
	return false
}

// anonymous returns r without credentials of any kind.
func anonymous(r request.Request) (request.Request, []diagnose.Edit) {
	var edits []diagnose.Edit
	for _, e := range element.Of(r).Elements {
		if e.ID == "auth" || e.Secret && !strings.HasPrefix(string(e.ID), "body") && !strings.HasPrefix(string(e.ID), "form") {
			edits = append(edits, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "contrast"})
		}
	}
	out, err := element.Apply(r, edits)
	if err != nil { // cannot happen: a removal never fails
		return r, nil
	}
	return out, edits
}
