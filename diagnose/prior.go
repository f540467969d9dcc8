package diagnose

import "strconv"

// Priors are the person's own proved findings, which say where to look first. They are weaker than any evidence:
// they change which probe comes earlier, never what a probe means. The zero value knows nothing.
type Priors struct {
	Host Counts // with this host
	All  Counts // with every host, this one too
}

// Counts is how often a cause was proved, by symptom and cause.
type Counts map[string]map[CauseID]int

// Symptom names what a failure looks like from outside, as the table of §9.4 groups it, by the status of its response,
// 0 when there is none: "400" stands for 422 too, "502" for 503 and 504, "200" for every success, "none" for none.
func Symptom(status int) string {
	switch {
	case status == 0:
		return "none"
	case status == 422:
		return "400"
	case status == 503 || status == 504:
		return "502"
	case status/100 == 2:
		return "200"
	}
	return strconv.Itoa(status)
}
