package shell

import (
	"strings"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/request"
)

// A page of words is searched as a body is: / asks, the page follows what is typed, n and N go on, esc ends it.
func TestEveryPageOfTheResponseIsSearched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) { return secured(`{"a":1}`), nil }}
		s := open(t, options(w), 80, 24)
		s.Press("s", "3", "]")
		s.Has("[Headers", "/ search")
		s.Press("/")
		s.Type("content-")
		s.Has("/content-", "1/", "enter keep")
		s.Press("enter")
		s.Has("n next match", "1/")
		s.Press("n")
		s.Has("2/")
		s.Press("N")
		s.Has("1/")
		s.Press("]", "]", "]")
		s.Has("[TLS]", "/content-", "not found") // it goes along
		s.Press("esc")
		s.Lacks("/content-")
		s.Press("/")
		s.Type("issuer|subject")
		s.Has("not found")
		s.Press("ctrl+t")
		s.Has("regexp /issuer|subject", "1/")
		s.Press("backspace", "backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
		s.Type("(")
		s.Has("no regular expression")
		s.Press("esc")
		s.Lacks("regexp")
		if got := s.Text(); !strings.Contains(got, "[TLS]") {
			t.Errorf("esc did more than end the search:\n%s", got)
		}
	})
}
