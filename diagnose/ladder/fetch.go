package ladder

import (
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/safety"
	"culprit/request"
)

// Fetch gets what anybody may get, without anything of the request: no credentials, no header of it. From another
// host than this computer it needs consent, for that host learns who asks.
func (l *Ladder) Fetch(url, why string) *request.Exchange {
	if l.Stopped != "" {
		return nil
	}
	r := request.Request{Method: "GET", URL: url, Settings: request.Settings{Proxy: l.c.Case.Request.Settings.Proxy}}
	class := diagnose.S4
	if u := element.SplitURL(url); element.Loopback(u.Host) && element.Loopback(element.SplitURL(l.c.Case.Request.URL).Host) && !safety.Acts(u.Path, u.Query) {
		class = diagnose.S2
	}
	rec := l.ask(diagnose.Question{Step: diagnose.Connectivity, Kind: diagnose.Transport, Request: &r, Safety: class, Why: why,
		If: "nothing changes; that host learns the address of this computer"}, "GET "+url)
	if rec.Outcome == diagnose.Refused {
		l.keep(rec)
		return nil
	}
	x := rec.Answer.Exchange
	rec.Status, rec.Duration, rec.Outcome = x.Status(), x.Took.Milliseconds(), diagnose.Pass
	if x.Failure != nil || rec.Status != 200 {
		rec.Outcome = diagnose.Unresolved
	}
	l.Cost.Probes++
	l.keep(rec)
	return x
}
