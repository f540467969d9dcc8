package inquiry_test

import (
	"regexp"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// An answer complains of one of several schemas that it misses a member, and of a value that none of them has: the value
// is at fault, though the answer does not say which ones are allowed.
func TestOfAlternativesTheValueIsAtFault(t *testing.T) {
	r, _ := asked(t, write("/calls", `{"to":"1","answer_url":"https://a.test/x","machine_detection":"voicemail"}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"voicemail"`) || strings.Contains(q.Request.Body.Text, `"ncco"`) || regexp.MustCompile(`detection": ?"`).MatchString(q.Request.Body.Text) {
			return 400, `{"errors":[{"message":"must have required property 'ncco'","path":""},{"message":"must be equal to one of the allowed values","path":"/machine_detection"},{"message":"must match exactly one schema in oneOf","path":""}]}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/machine_detection" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// An empty object is as missing as nothing for many servers: a text is tried at the same place before other places.
func TestWhatIsMissingIsNotFilledWithNothing(t *testing.T) {
	r, _ := asked(t, write("/orders", `{"pickup":true,"car":{"plate":"B-X 1"}}`), func(q diagnose.Question) (int, string, []string) {
		if b := q.Request.Body.Text; (!strings.Contains(b, `"pickup_address"`) || strings.Contains(b, "{}")) && !strings.Contains(q.Request.URL, "pickup_address") {
			return 422, `{"message":"The pickup address field is required when pickup is true.","errors":{"pickup_address":["The pickup address field is required when pickup is true."]}}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) == 0 || got[0].Element != "body:/pickup_address" || got[0].Cause != "missing_body_property" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A request passes without an object, and with it as the only item of a list: a list belongs there, and the object is no
// member that the server does not know.
func TestAnObjectWhereAListBelongs(t *testing.T) {
	r, _ := asked(t, write("/networks", `{"Name":"backend","IPAM":{"Driver":"default","Config":{"Subnet":"172.28.0.0/16"}}}`), func(q diagnose.Question) (int, string, []string) {
		if regexp.MustCompile(`"Config": ?\{`).MatchString(q.Request.Body.Text) {
			return 422, `{"message":"Something went wrong."}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/IPAM/Config" || got[0].Cause != "invalid_body_property_type" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// An answer lists two complaints, and only one of them can be mended: both are told.
func TestTwoComplaintsOfWhichOneIsMended(t *testing.T) {
	r, _ := asked(t, write("/proposals", `{"level":"expert","slides_url":"example.com/s"}`), func(q diagnose.Question) (int, string, []string) {
		var all []string
		if !regexp.MustCompile(`"level": ?"(intro|keynote)"`).MatchString(q.Request.Body.Text) {
			all = append(all, `"Level is not included in the list"`)
		}
		if !strings.Contains(q.Request.Body.Text, `"https://`) {
			all = append(all, `"Slides url must be an https link"`)
		}
		if len(all) > 0 {
			return 422, `{"errors":[` + strings.Join(all, ",") + `]}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	named := map[diagnose.ElementID]bool{}
	for _, c := range r.Verdict.Culprits {
		named[c.Element] = true
	}
	if !named["body:/level"] || !named["body:/slides_url"] || len(named) != 2 {
		t.Errorf("%s in %d probes", shown(r.Verdict.Culprits), r.Cost.Probes)
	}
}

// A token request in JSON is refused for what a server of forms does not see in it, and passes as a form (RFC 6749 §4).
func TestATokenRequestIsAForm(t *testing.T) {
	r, _ := asked(t, write("/oauth/token", `{"grant_type":"client_credentials","client_id":"shop","client_secret":"s3cr3t"}`), func(q diagnose.Question) (int, string, []string) {
		if q.Request.Body.Kind != request.FormBody {
			return 401, `{"error":"unsupported_grant_type","error_description":"The authorization grant type is not supported by the authorization server"}`, nil
		}
		return 200, `{"access_token":"a"}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "header:Content-Type" || got[0].Standing == diagnose.Suspected {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// A grant lacks what it needs under that name: the name is mended, and the grant stays the one that was asked for.
func TestAGrantStaysTheOneThatWasAskedFor(t *testing.T) {
	c := diagnose.Case{Request: request.Request{Method: "POST", URL: "https://api.test/oauth/token", Body: request.Body{Kind: request.FormBody,
		Fields: []request.Field{{Name: "grant_type", Value: "password"}, {Name: "user", Value: "ada"}, {Name: "password", Value: "lovelace"}, {Name: "client_id", Value: "shop"}}}}}
	r, _ := asked(t, c, func(q diagnose.Question) (int, string, []string) {
		fields := map[string]string{}
		for _, f := range q.Request.Body.Fields {
			fields[f.Name] = f.Value
		}
		if fields["grant_type"] == "client_credentials" || fields["grant_type"] == "password" && fields["username"] != "" {
			return 200, `{"access_token":"a"}`, nil
		}
		return 400, `{"error":"invalid_request","error_description":"The request is malformed"}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "form:username" && got[0].Element != "form:user" {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}

// An answer says that an object has a member too many, and not which: what stands last was added last, whatever its name.
func TestTheLastMemberIsTheLikeliestOneTooMany(t *testing.T) {
	r, _ := asked(t, write("/purchases", `{"channel":"web","total":5,"customer":{"email":"a@b.co"},"coupon":"WINTER","currency":"EUR"}`), func(q diagnose.Question) (int, string, []string) {
		if strings.Contains(q.Request.Body.Text, `"currency"`) {
			return 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body must NOT have additional properties"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	if got := r.Verdict.Culprits; len(got) != 1 || got[0].Element != "body:/currency" || r.Cost.Probes > 9 {
		t.Errorf("%s in %d probes", shown(got), r.Cost.Probes)
	}
}
