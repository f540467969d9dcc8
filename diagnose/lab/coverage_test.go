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
	"cors_only":                  "it passes here, and only a browser refuses it",
	"not_reproducible":           "it passes: Healthy is the table of such requests",
	"webhook_unreachable":        "seen from the receiving end, to which no request of ours goes",
	"webhook_tls":                "seen from the receiving end",
	"webhook_redirect":           "seen from the receiving end",
	"webhook_slow":               "seen from the receiving end",
	"webhook_signature_mismatch": "seen from the receiving end",
	"webhook_stale_timestamp":    "seen from the receiving end",
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
		sum := n[Easy] + n[Buried] + n[Herrings] + n[Hushed] + n[HushedAlone] + n[HushedHerrings]
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

// Why some causes have no instance in which one answer stands for everything.
const (
	noAnswer  = "no application answers: the sign is a name, a connection or a handshake, not a text"
	another   = "somebody before the application answers, in words of his own"
	aSuccess  = "the answer is a success: there is no refusal that could tell less"
	itsStatus = "the sign is the status or a redirect; behind one answer for everything nothing is left of it"
)

// alwaysTelling are the causes of which every instance tells something, and why.
var alwaysTelling = map[string]string{
	noAnswer: "host_unreachable content_length_mismatch connection_refused connection_reset connection_timeout content_coding_error dns_name_not_found dns_server_failure dns_timeout empty_response" +
		" invalid_header_characters ip_family_mismatch keepalive_race malformed_response mtls_certificate_rejected mtls_certificate_required not_http_service" +
		" proxy_misrouted proxy_unreachable response_timeout scheme_mismatch sni_mismatch tls_certificate_expired tls_certificate_not_yet_valid tls_hostname_mismatch" +
		" tls_incomplete_chain tls_intercepted tls_unknown_authority tls_version_or_cipher truncated_response",
	another:   "captive_portal gateway_route_not_found gateway_timeout intermittent_failure ip_not_allowed proxy_auth_required stale_cache upstream_unavailable wrong_host_or_environment",
	aSuccess:  "response_content_type_mismatch response_schema_mismatch slow_response soft_error_in_success unexpected_empty_response",
	itsStatus: "api_deprecated_or_removed quota_exhausted rate_limit_exceeded redirect_changed_method redirect_dropped_credentials redirect_loop",
}

// surroundings says what stands around the fault of each setting.
var surroundings = map[Setting]Setting{Easy: Easy, HushedAlone: Easy, Buried: Buried, Hushed: Buried, Herrings: Herrings, HushedHerrings: Herrings}

// TestEveryCauseHasOpaqueInstances in which nothing stands around the fault, much does, and what looks wrong does; or a
// reason why it has none.
func TestEveryCauseHasOpaqueInstances(t *testing.T) {
	opaque := map[string]map[Setting]int{}
	for _, f := range Instances() {
		for _, truth := range f.Truth {
			c := string(truth.Causes[0])
			if opaque[c] == nil {
				opaque[c] = map[Setting]int{}
			}
			if f.Opaque {
				opaque[c][surroundings[f.Setting]]++
			}
		}
	}
	excused := map[string]bool{}
	for why, causes := range alwaysTelling {
		for c := range strings.FieldsSeq(causes) {
			if excused[c] = true; opaque[c] == nil || len(opaque[c]) > 0 {
				t.Errorf("%s: opaque instances %v, and a reason why there are none: %s", c, opaque[c], why)
			}
		}
	}
	n := 0
	for c, in := range opaque {
		if excused[c] {
			continue
		}
		n++
		if in[Easy] == 0 || in[Buried] == 0 || in[Herrings] == 0 {
			t.Errorf("%s: opaque instances %v: one where one answer stands for everything and nothing is around, one buried, one with red herrings", c, in)
		}
	}
	t.Logf("%d of %d causes have opaque instances", n, len(opaque))
}
