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

// A search of the body ends as that of any page does, and its keys are shown while it lasts.
func TestASearchOfTheBodySaysItsKeysAndEndsWithEsc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(priced(`{"items":[{"sku":"mug"},{"sku":"cup"}]}`)), 140, 42)
		s.Press("s", "3")
		s.Has("space fold", "y copy path")
		s.Press("/")
		s.Type("sku")
		s.Press("enter")
		s.Has("1/2", "n next match  N previous match  esc end the search")
		marked := s.Styled()
		s.Press("esc")
		s.Lacks("1/2", "next match")
		if s.Styled() == marked {
			t.Error("what was found is still marked")
		}
		s.Press("x")
		s.Has("x end hex")
		s.Lacks("space fold", "y copy path")
		s.Press("x", "r")
		s.Has("r laid out", "raw")
		s.Lacks("space fold", "y copy path")
	})
}
