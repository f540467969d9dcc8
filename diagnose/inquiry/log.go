package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/diagnose/repair"
	"culprit/request"
	"culprit/request/lazyre"
)

// occurrence is how a server's log may have x.
func occurrence(x *request.Exchange) diagnose.Occurrence {
	return diagnose.Occurrence{ID: evidence.RequestID(x), From: x.Start, Until: x.Start.Add(x.Took)}
}

// logged is what the server's log says of the failure of s, where there is a log to read and the answer names nothing
// itself, or none came from a server that may have read the request (step 2 of the wizard).
func (a *asker) logged(s scene) []diagnose.Evidence {
	if !a.Log || a.ladder.Skipped[diagnose.Logs] || slices.ContainsFunc(s.evidence, namesSomething) {
		return nil
	}
	if failure := s.exchange.Failure; failure != nil && (a.unsent() || failure.Phase == request.PhasePrepare || cancelled(s.exchange)) {
		return nil // no server has read it
	}
	if a.log.of != s.exchange {
		a.log.of, a.log.named = s.exchange, a.askLog(s)
	}
	return a.log.named
}

// lines are what the log says of one failure, so that it is asked once for each.
type lines struct {
	of    *request.Exchange
	named []diagnose.Evidence
}

func (a *asker) askLog(s scene) []diagnose.Evidence {
	lines := a.ladder.Put(diagnose.Logs, diagnose.Prompt{ID: "log", Text: "What does the server's log say?", About: occurrence(s.exchange)},
		"a server's log names what its answer hides")
	if strings.TrimSpace(lines) == "" {
		a.notes.ok(diagnose.Logs, "no line of the server's log is about it")
		return nil
	}
	return a.fromLog(s, lines)
}

func namesSomething(e diagnose.Evidence) bool { return e.Element != "" && e.Element != "server" }

// heading matches what stands before the message of a line: its time, level, process, thread and logger.
var heading = lazyre.New(`^(\S*\d{4}[-/]\S+([ T]\S*\d\d:\d\d:\d\d\S*)?\s*)?((\[[^\]]*\]|[A-Z]{4,8}:?|\d+|-+)\s+)*([\w.$\[\]/]+\s*:\s)?`)

// fromLog reads lines of the server's log as if the answer had said them: all of it, then each line for itself, without
// what stands before its message. It notes what they name.
func (a *asker) fromLog(s scene, lines string) []diagnose.Evidence {
	texts := []string{lines}
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		texts = append(texts, line, heading.ReplaceAllString(line, ""))
	}
	for _, text := range texts {
		x := *s.exchange
		hop, res := request.Hop{}, request.Response{Status: 500} // where none came, the server fell over
		if last := x.Last(); last != nil {
			hop = *last
		}
		if hop.Response != nil {
			res = *hop.Response
		}
		res.Header = []request.Field{{Name: "Content-Type", Value: "text/plain"}}
		res.Body = request.NewContent([]byte(text))
		hop.Response, x.Failure = &res, nil
		x.Hops = []request.Hop{hop}
		named := slices.DeleteFunc(a.read(scene{index: s.index, exchange: &x}), func(e diagnose.Evidence) bool { return !namesSomething(e) })
		if len(named) > 0 {
			a.notes.finding(diagnose.Logs, "the server's log says: "+named[0].Text)
			return named
		}
	}
	a.notes.ok(diagnose.Logs, "the server's log names nothing of the request")
	return nil
}

// readLog takes the lines that a person pasted.
func (d *detective) readLog(reply string) progress {
	named := d.fromLog(d.scene, reply)
	if len(named) == 0 {
		return nothing
	}
	d.scene.evidence = append(d.scene.evidence, named...)
	d.scene.repairs = repair.For(d.scene.index, d.scene.evidence, d.scene.hits, repair.Options{Now: d.Now, Status: d.oracle.exchange.Status(), Side: repair.Side(d.base, d.Production)})
	return d.named()
}
