package journal

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestThePlaceInACollectionIsKept(t *testing.T) {
	p := Places{Path: filepath.Join(t.TempDir(), "state", "places.json")}
	if got := p.Of("/shop"); got != (Place{}) {
		t.Errorf("nothing was kept: %+v", got)
	}
	was := Place{Environment: "local", Entry: "orders/list", At: time.Unix(1000, 0).UTC()}
	for c, at := range map[string]Place{"/shop": was, "/bank": {Entry: "x", At: was.At}} {
		if err := p.Keep(c, at); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.Of("/shop"); got != was {
		t.Errorf("got %+v, want %+v", got, was)
	}
	if info, err := os.Stat(p.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for n := range maxPlaces - 1 {
		if err := p.Keep(fmt.Sprint("/new", n), Place{At: time.Unix(int64(2000+n), 0)}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(p.read()); n != maxPlaces {
		t.Errorf("%d are kept", n)
	}
	if err := os.WriteFile(p.Path, []byte(`{"/shop":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := p.Of("/shop"); got != (Place{}) {
		t.Errorf("a torn file: %+v", got)
	}
	if err := p.Keep("/shop", was); err != nil || p.Of("/shop") != was {
		t.Errorf("a torn file stays torn: %v", err)
	}
	if err := (Places{}).Keep("/shop", was); err != nil || (Places{}).Of("/shop") != (Place{}) {
		t.Error("the zero value keeps something")
	}
}
