package drift

import (
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// A value that is another one than in the answer that was right is named; what changes each time is known by its own
// history and is not.
func TestValuesThatDiffer(t *testing.T) {
	at := func(minute int, body string) *request.Exchange {
		r := request.Request{Method: "GET", URL: "http://h/item"}
		return &request.Exchange{Request: r, Start: time.Unix(int64(60*minute), 0), Hops: []request.Hop{{Response: &request.Response{Status: 200,
			Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(body))}}}}
	}
	known := func(x *request.Exchange) diagnose.Known {
		return diagnose.Known{Label: "then", Request: x.Request, Exchange: x}
	}
	right := known(at(5, `{"price":9.90,"hits":5,"at":"10:05","items":[{"id":1,"qty":2}],"token":"aaaaaaaaaaaaaaaa1"}`))
	before := known(at(4, `{"price":9.90,"hits":4,"at":"10:04","items":[{"id":9,"qty":2}],"token":"aaaaaaaaaaaaaaaa1"}`))
	after := known(at(6, `{"price":12.00,"hits":6,"at":"10:06","items":[{"id":1,"qty":2}],"token":"aaaaaaaaaaaaaaaa1"}`))
	now := at(9, `{"price":12.00,"hits":9,"at":"10:09","items":[{"id":4,"qty":3}],"token":"bbbbbbbbbbbbbbbb2"}`)
	again := at(10, `{"price":12.00,"hits":10,"at":"10:10","items":[{"id":4,"qty":3}],"token":"bbbbbbbbbbbbbbbb2"}`)
	said := func(all []diagnose.Departure) string {
		var out []string
		for _, d := range all {
			if d.Weight != note || d.Change != "value" || d.Against != "then" {
				t.Errorf("%+v", d)
			}
			out = append(out, d.Text)
		}
		return strings.Join(out, "; ")
	}
	const price, token = "body /price was 9.90, is 12.00", "body /token has another value"
	failed := at(10, `{"error":"overloaded"}`)
	failed.Hops[0].Response.Status = 503
	for name, c := range map[string]struct {
		now   []*request.Exchange
		older []diagnose.Known
		want  string
		alone bool
	}{
		"by two good answers":   {[]*request.Exchange{now}, []diagnose.Known{after, right, before}, price + "; body /items/0/qty was 2, is 3; " + token, false},
		"by two answers of now": {[]*request.Exchange{now, again}, nil, price + "; body /items/0/id was 1, is 4; body /items/0/qty was 2, is 3; " + token, false},
		"by nothing":            {[]*request.Exchange{now}, nil, price + `; body /hits was 5, is 9; body /at was "10:05", is "10:09"; body /items/0/id was 1, is 4; body /items/0/qty was 2, is 3; ` + token, true},
		"by a failure of now":   {[]*request.Exchange{now, failed}, nil, price + `; body /hits was 5, is 9; body /at was "10:05", is "10:09"; body /items/0/id was 1, is 4; body /items/0/qty was 2, is 3; ` + token, true},
	} {
		t.Run(name, func(t *testing.T) {
			all, alone := Values(c.now, right, c.older)
			if got := said(all); got != c.want || alone != c.alone {
				t.Errorf("got  %s, %v\nwant %s, %v", got, alone, c.want, c.alone)
			}
		})
	}
	other := at(9, `{"price":12.00}`)
	other.Request.URL = "http://h/item?currency=USD"
	if all, _ := Values([]*request.Exchange{other}, right, nil); all != nil {
		t.Errorf("of another request: %+v", all)
	}
}

// What looks like a credential is not shown, whichever of the two answers has it, and however deep below its name it lies.
func TestACredentialAmongValuesIsNotShown(t *testing.T) {
	answer := func(minute int64, body string) *request.Exchange {
		return &request.Exchange{Request: request.Request{Method: "GET", URL: "http://h/item"}, Start: time.Unix(60*minute, 0), Hops: []request.Hop{{Response: &request.Response{Status: 200,
			Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(body))}}}}
	}
	was := answer(1, `{"link":"ghp_0123456789abcdefghijABCDEFGHIJ012345","secrets":["hunter22"],"password":{"value":"hunter22"},"name":"Ada"}`)
	now := answer(2, `{"link":null,"secrets":["swordfish"],"password":{"value":"swordfish"},"name":"Bob"}`)
	all, _ := Values([]*request.Exchange{now}, diagnose.Known{Label: "then", Request: was.Request, Exchange: was}, nil)
	if len(all) != 4 {
		t.Fatalf("%+v", all)
	}
	for _, d := range all {
		if hidden := d.Was+d.Is == ""; hidden == (d.Place == "body /name") || hidden && d.Text != d.Place+" has another value" {
			t.Errorf("%+v", d)
		}
	}
}
