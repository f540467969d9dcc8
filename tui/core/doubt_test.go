package core

import (
	"testing"

	"culprit/request"
)

// An error inside a success is doubted, a healthy answer never.
func TestASuccessIsDoubtedForWhatItsBodySays(t *testing.T) {
	for body, doubted := range map[string]bool{
		`{"status":"error","message":"quota exceeded","data":null}`: true,
		`{"success":false,"error":"no such user"}`:                  true,
		`{"items":[],"errors":[],"error":null}`:                     false,
		`{"status":"shipped","error_count":0}`:                      false,
		``:                                                          false,
	} {
		x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200,
			Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(body))}}}}
		if why := doubt(x); (why != "") != doubted {
			t.Errorf("%s: %q", body, why)
		}
		x.Hops[0].Response.Status = 500
		if why := doubt(x); why != "" {
			t.Errorf("500 speaks for itself: %q", why)
		}
	}
}
