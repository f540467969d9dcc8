package evidence

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request/curl"
)

// A capture is what a real server answered to a request with one known fault (testdata/captured.jsonl, some 200 kinds of
// servers: validators of frameworks, databases, gateways, mocks). Only the address was changed, and the fields of the
// header that tell nothing left out.
type capture struct {
	Server, Curl, Body string
	Status             int
	Header             [][2]string
	Elements           []diagnose.ElementID
	Causes             []diagnose.CauseID
}

func captures(t *testing.T) []capture {
	t.Helper()
	f, err := os.Open("testdata/captured.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []capture
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c capture
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("line %d: %v", len(all)+1, err)
		}
		all = append(all, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// names reports whether an element is among those that a capture allows: field names of a header have no case.
func (c capture) names(id diagnose.ElementID) bool {
	return slices.ContainsFunc(c.Elements, func(e diagnose.ElementID) bool {
		return e == id || strings.HasPrefix(string(e), "header:") && strings.EqualFold(string(e), string(id))
	})
}

// At least so many of the answers are read, of 1,341: a little below what was reached when they were captured.
const (
	surelyNamed = 945 // the element is named, and taken at its word
	namedAtAll  = 1255
)

// TestCapturedAnswers reads every one of them. Where a reading is taken at its word, it is never about an element that is
// not to blame; what tells nothing (a page of a proxy, a path that nobody serves) stays unread.
func TestCapturedAnswers(t *testing.T) {
	sure, named := 0, 0
	for n, c := range captures(t) {
		cmd, err := curl.Parse(c.Curl)
		if err != nil {
			t.Errorf("line %d: %v", n+1, err)
			continue
		}
		var header []string
		for _, f := range c.Header {
			header = append(header, f[0], f[1])
		}
		all := read(answered(cmd.Request, c.Status, c.Body, header...))
		if slices.ContainsFunc(all, func(e diagnose.Evidence) bool { return c.names(e.Element) }) {
			named++
		}
		first := slices.IndexFunc(all, func(e diagnose.Evidence) bool { return e.Element != "server" && e.Element != "" && e.Ratio >= likely })
		switch {
		case first < 0:
		case c.names(all[first].Element):
			sure++
		default:
			t.Errorf("line %d, %s: %s\nsaid of %s (%s), and the culprit is %v\n%d %s", n+1, c.Server, c.Curl, all[first].Element, all[first].Cause, c.Elements, c.Status, c.Body)
		}
	}
	if sure < surelyNamed || named < namedAtAll {
		t.Errorf("%d surely named, %d named at all, want %d and %d", sure, named, surelyNamed, namedAtAll)
	}
	t.Logf("%d surely named, %d named at all", sure, named)
}
