package inquiry

import (
	"slices"

	"culprit/diagnose"
)

const (
	// strength is how many findings the starting table counts as (§9.4).
	strength = 20
	// rare is the share of a cause that the starting table does not list for a symptom: its "other".
	rare = .02
	// telling is how much likelier than in the starting table a cause must have become on other hosts to be tried
	// before its turn.
	telling = 1.5
)

// starting is the table of §9.4: P(cause | symptom) for those causes that have a repair to bring forward.
var starting = map[string]map[diagnose.CauseID]float64{
	"400": {
		"invalid_body_property_type": .17, "missing_body_property": .16, "invalid_body_property_format": .10, "content_type_mismatch": .08,
		"malformed_json": .08, "invalid_body_property_value": .08, "unexpected_body_property": .06, "missing_request_parameter": .05,
		"invalid_request_parameter": .05, "missing_request_header": .04, "interacting_parameters": .04, "business_rule_violation": .03,
	},
	"401": {
		"expired_token": .26, "malformed_authorization": .20, "invalid_credentials": .12, "wrong_environment_credentials": .12,
		"missing_credentials": .12, "credentials_in_wrong_place": .06, "redirect_dropped_credentials": .05, "unresolved_variable": .03,
	},
	"403": {"insufficient_scope": .25, "insufficient_permission": .22, "blocked_by_waf": .15, "ip_not_allowed": .08, "gateway_route_not_found": .06},
	"404": {"wrong_path": .30, "resource_not_found": .25, "wrong_host_or_environment": .12, "wrong_api_version": .10, "unresolved_variable": .06},
	"500": {"input_triggered_server_error": .45},
}

// learned is how much likelier the person's findings make a cause than the starting table has it, for the symptom at
// hand: 1 without findings, below 1 for a cause that others took the place of. Findings of all hosts correct the
// table, those of this host correct that (Dirichlet, twice).
func (f *failure) learned(cause diagnose.CauseID) float64 {
	symptom := diagnose.Symptom(f.oracle.exchange.Status())
	start, ok := starting[symptom][cause]
	if !ok {
		start = rare
	}
	all := posterior(start, f.Priors.All[symptom], cause)
	return posterior(all, f.Priors.Host[symptom], cause) / start
}

func posterior(p float64, counts map[diagnose.CauseID]int, cause diagnose.CauseID) float64 {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return (strength*p + float64(counts[cause])) / float64(strength+sum)
}

// familiar tries first what the person's findings speak for, all of it at once, since an API is usually consistent:
// repairs that would have their turn anyway, so that findings that do not fit cost a probe and change nothing else.
func (d *detective) familiar() progress {
	host := d.Priors.Host[diagnose.Symptom(d.oracle.exchange.Status())]
	var known []diagnose.Edit
	for _, e := range d.turns() {
		cause := d.causeOf(e)
		f := d.learned(cause)
		if f <= 1 || host[cause] == 0 && f < telling || slices.ContainsFunc(known, func(k diagnose.Edit) bool { return k.Element == e.Element }) {
			continue
		}
		e.Weight *= f
		known = append(known, e)
	}
	switch len(known) {
	case 0:
		return nothing
	case 1:
		return d.try(known, diagnose.Repair, known[0].Why+", the cause of an earlier failure")
	case alone:
		for i := range known {
			if p := d.try(known[i:i+1], diagnose.Repair, known[i].Why+", the cause of an earlier failure"); p != nothing {
				return p
			}
		}
	}
	x, out, n := d.vary(known, diagnose.Repair, "what was the cause of earlier failures")
	if out != diagnose.Pass {
		return nothing
	}
	return d.bisect(known, x, n)
}

// turns are the repairs that are tried one by one when nothing else helps: the strong ones and the best of the
// others.
func (f *failure) turns() []diagnose.Edit {
	var out []diagnose.Edit
	first, last := 0, 0
	for _, e := range f.scene.repairs {
		if e.Weight < worthTrying || e.Source == "deletion" || e.Widens || !f.relevant(e.Element) {
			continue
		}
		strongOne := e.Weight >= strong && first < singlesTried
		if strongOne {
			first++
		}
		if last++; strongOne || last <= singlesLast {
			out = append(out, e)
		}
	}
	return out
}
