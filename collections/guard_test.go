package collections_test

import (
	"testing"

	"culprit/collections"
)

func TestGuarded(t *testing.T) {
	local, dev, prod, public := &collections.Environment{Name: "local"}, &collections.Environment{Name: "staging", Dev: true}, &collections.Environment{Name: "prod", Production: true}, &collections.Environment{Name: "eu", Public: true}
	for _, c := range []struct {
		url  string
		env  *collections.Environment
		want bool
	}{
		{"http://127.0.0.1:8080/a", nil, false},
		{"http://[::1]/a", nil, false},
		{"https://shop.localhost/a", local, false},
		{"https://api.example.com/a", nil, true},
		{"https://api.example.com/a", local, true}, // the request names the host itself
		{"https://api.example.com/a", dev, false},  // the person said so
		{"http://127.0.0.1/a", prod, true},
		{"http://127.0.0.1/a", public, true}, // nobody said what it is
		{"http://10.0.0.1/a", nil, false},
		{"http://127.0.0.1.example.com/a", nil, true},
		{"://", local, true},
	} {
		if got := collections.Guarded(c.url, c.env); got != c.want {
			t.Errorf("%s in %+v: %v, want %v", c.url, c.env, got, c.want)
		}
	}
}
