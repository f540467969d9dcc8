package inquiry_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestWhatAnExperimentRefutesIsNoVerdict: an answer that misses a name says seldom where it belongs, and the first place
// that comes to mind may be wrong.
func TestWhatAnExperimentRefutesIsNoVerdict(t *testing.T) {
	ok := func() (int, string, *request.Failure) { return 201, `{"ok":true}`, nil }
	no := func(status int, body string) (int, string, *request.Failure) { return status, body, nil }
	taken := map[string]bool{}
	for _, c := range []struct {
		name    string
		request request.Request
		stage   stage
		element diagnose.ElementID
		cause   diagnose.CauseID
		proved  bool // it passes mended
	}{
		{"a name that is missed in the body is a header field", withBody(sending("POST", "https://api.test/orders"), `{"amount": 5}`), func(r *request.Request) (int, string, *request.Failure) {
			if request.Has(r.Header, "X-Region") {
				return ok()
			}
			return no(400, `{"error":"region is required"}`)
		}, "header:X-Region", "missing_request_header", true},
		{"a name that is missed belongs deeper, and the value that is made up is taken", withBody(sending("POST", "https://api.test/projects"), `{"project": {"size": 3}}`), func(r *request.Request) (int, string, *request.Failure) {
			var body struct{ Project struct{ Name string } }
			err := json.Unmarshal([]byte(r.Body.Text), &body)
			switch name := body.Project.Name; {
			case err != nil || name == "":
				return no(400, `{"error":"'name' is a required property"}`)
			case taken[name] || !strings.ContainsAny(name, "0123456789"): // every plain word is somebody's
				return no(409, `{"error":"not permitted to have two of one name"}`)
			default:
				taken[name] = true
				return ok()
			}
		}, "body:/project/name", "missing_body_property", true},
		{"what the answer speaks of is a header field that is not there", sending("GET", "https://api.test/rooms"), func(r *request.Request) (int, string, *request.Failure) {
			switch v := request.Get(r.Header, "X-Tenant"); v {
			case "":
				return no(400, `{"title":"Tenant could not be resolved"}`)
			default:
				return no(404, `{"title":"Nobody here is called `+v+`"}`)
			}
		}, "header:X-Tenant", "missing_request_header", false},
		{"what the answer speaks of is a parameter that is not there", sending("GET", "https://api.test/rooms"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.URL, "floor=") {
				return ok()
			}
			return no(400, `{"code":"FLOOR_UNSPECIFIED"}`)
		}, "query:floor", "missing_request_parameter", true},
		{"a parameter that must be set is not there, and the path has a word that is none", sending("GET", "https://api.test/v1/search/page?limit=5"), func(r *request.Request) (int, string, *request.Failure) {
			if strings.Contains(r.URL, "q=") {
				return ok()
			}
			return no(400, `{"name":"q","value":null,"messageTranslations":{"en":"The \"q\" parameter must be set."}}`)
		}, "query:q", "missing_request_parameter", true},
		{"a router that repeats how it was asked serves the path for another method", sending("DELETE", "https://api.test/orders"), func(r *request.Request) (int, string, *request.Failure) {
			u, _ := url.Parse(r.URL)
			if u.Path == "/orders" && r.Method == "GET" {
				return ok()
			}
			return no(404, "Cannot "+r.Method+" "+u.Path)
		}, "method", "method_not_allowed", false},
		{"a token under a scheme of its own is taken under the common one", sending("GET", "https://api.test/orders", "Authorization", "Token svc-77aa"), func(r *request.Request) (int, string, *request.Failure) {
			if request.Get(r.Header, "Authorization") == "Bearer svc-77aa" {
				return ok()
			}
			return no(401, "Unauthorized")
		}, "auth", "malformed_authorization", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := staged(t, diagnose.Case{Request: c.request, Writes: true}, c.stage)
			if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != c.element || r.Verdict.Cause != c.cause || (r.Verdict.Repair != nil && r.Verdict.Repair.Verified) != c.proved {
				t.Errorf("got %+v\nafter %d probes", r.Verdict, len(r.Probes))
				for _, p := range r.Probes {
					t.Log(p.N, p.Kind, p.Changed, p.Status, p.Outcome)
				}
			}
		})
	}
	t.Run("what an empty body lacks, and the request has, spelled as this API does", func(t *testing.T) {
		r := staged(t, diagnose.Case{Request: withBody(sending("POST", "https://api.test/"), `{"QueueUrl": "http://api.test/jobs", "DelaySeconds": 1}`), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
			if strings.HasPrefix(r.Body.Text, "{") && !strings.Contains(r.Body.Text, "QueueUrl") {
				return no(400, `{"__type":"sqs#InvalidParameterValue","message":"QueueUrl is required"}`)
			}
			return no(400, `{"__type":"sqs#QueueDoesNotExist","message":"Nothing of the kind."}`)
		})
		for _, c := range r.Verdict.Culprits {
			if strings.EqualFold(string(c.Element), "body:/QueueUrl") && c.Cause == "missing_body_property" {
				t.Errorf("what is there is said to be missing: %+v", c)
			}
		}
	})
	t.Run("a word on a server that refuses what it does not know", func(t *testing.T) {
		r := staged(t, diagnose.Case{Request: withBody(sending("POST", "https://api.test/orders"), `{"amount": 5}`), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
			for _, name := range []string{"warehouse", "zz_unheard_of"} {
				if strings.Contains(r.Body.Text, name) {
					return no(422, `{"errors":[{"field":"`+name+`","message":"unknown field"}]}`)
				}
			}
			return no(400, `{"error":"The warehouse could not be chosen"}`)
		})
		for _, c := range r.Verdict.Culprits {
			if c.Element == "body:/warehouse" {
				t.Errorf("%+v is accused, and is unknown to the server", c)
			}
		}
	})
	t.Run("a word that explains nothing", func(t *testing.T) {
		r := staged(t, diagnose.Case{Request: withBody(sending("POST", "https://api.test/rules"), `package shop`), Writes: true}, func(r *request.Request) (int, string, *request.Failure) {
			return no(400, `{"error":"if keyword is required before rule body"}`)
		})
		for _, c := range r.Verdict.Culprits {
			if c.Standing == diagnose.Named && strings.HasPrefix(string(c.Element), "query:") {
				t.Errorf("%+v is said to be missing, and was refuted", c)
			}
		}
	})
}
