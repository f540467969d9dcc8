package lab

import (
	"os"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
)

// elsewhere are the causes of which the lab has no instances, and why.
var elsewhere = map[diagnose.CauseID]string{
	"host_unreachable":           "loopback is always reachable: a route that is missing needs another network; package request classifies the errors",
	"cors_only":                  "it passes here, and only a browser refuses it",
	"not_reproducible":           "it passes: Healthy is the table of such requests",
	"webhook_unreachable":        "seen from the receiving end, to which no request of ours goes",
	"webhook_tls":                "seen from the receiving end",
	"webhook_redirect":           "seen from the receiving end",
	"webhook_slow":               "seen from the receiving end",
	"webhook_signature_mismatch": "seen from the receiving end",
	"webhook_stale_timestamp":    "seen from the receiving end",
	"content_length_mismatch":    "the client sets the length itself and says so before anything is sent; package lint has the tests",
}

// instancesWanted of every cause: one easy, one buried, one with red herrings (DIAGNOSIS §15).
const instancesWanted = 3

// TestEveryCauseHasInstances goes through the vocabulary of causes: of each there are instances, or a reason why
// there are none. A cause counts where it is the best answer.
func TestEveryCauseHasInstances(t *testing.T) {
	count := map[diagnose.CauseID]map[Setting]int{}
	total := 0
	for _, f := range Instances() {
		total++
		for _, truth := range f.Truth {
			if count[truth.Causes[0]] == nil {
				count[truth.Causes[0]] = map[Setting]int{}
			}
			count[truth.Causes[0]][f.Setting]++
		}
	}
	none := 0
	causes := vocabulary(t)
	for _, c := range causes {
		n := count[c]
		sum := n[Easy] + n[Buried] + n[Herrings] + n[Hushed]
		switch why, not := elsewhere[c]; {
		case not && sum > 0:
			t.Errorf("%s: %d instances, and a reason why there are none: %s", c, sum, why)
		case not:
			none++
		case sum < instancesWanted || n[Easy] == 0 || n[Buried] == 0 || n[Herrings] == 0:
			t.Errorf("%s: %d instances (%v), at least %d: easy, buried, with red herrings", c, sum, n, instancesWanted)
		}
	}
	t.Logf("%d instances of %d causes; %d causes are elsewhere", total, len(count), none)
	for c := range count {
		if !slices.Contains(causes, c) {
			t.Errorf("%s is no cause", c)
		}
	}
}

// vocabulary reads the causes from the table that the program embeds.
func vocabulary(t *testing.T) []diagnose.CauseID {
	text, err := os.ReadFile("../causes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []diagnose.CauseID
	for line := range strings.Lines(string(text)) {
		if id, _, _ := strings.Cut(line, "\t"); id != "id" {
			out = append(out, diagnose.CauseID(id))
		}
	}
	return out
}
