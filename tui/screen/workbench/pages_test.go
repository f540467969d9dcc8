package workbench

import (
	"testing"

	"culprit/request"
)

func TestAHeaderThatWentOutSaysWhoAddedIt(t *testing.T) {
	r := request.Request{Header: []request.Field{{Name: "Accept", Value: "x"}, {Name: "User-Agent", Value: "y", Default: true}},
		Auth: request.Auth{Scheme: "apikey", Params: []request.Field{{Name: "key", Value: "X-Key"}, {Name: "value", Value: "z"}}}}
	for name, want := range map[string]string{"accept": "", "User-Agent": "added", "Host": "added", "X-Key": "auth", "Authorization": "auth", ":path": ""} {
		if got := origin(&r, nil, request.Field{Name: name}); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for scheme, name := range map[string]string{"basic": "Authorization", "oauth1": "authorization", "wsse": "X-Wsse", "awsv4": "X-Amz-Date"} {
		r.Auth = request.Auth{Scheme: scheme}
		if got := origin(&r, nil, request.Field{Name: name}); got != "auth" {
			t.Errorf("%s of %s: got %q", name, scheme, got)
		}
	}
	r.Auth = request.Auth{}
	if got := origin(&r, []string{"sid"}, request.Field{Name: "cookie"}); got != "jar: sid" {
		t.Errorf("of the jar: got %q", got)
	}
	if got := origin(&r, nil, request.Field{Name: "Authorization"}); got != "added" {
		t.Errorf("without an auth: got %q", got)
	}
}
