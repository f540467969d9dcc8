package shell

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The help of a pane is short; a search finds the keys of the whole program, and esc closes one thing at a time.
func TestHelpIsSearched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, everywhere(), 80, 24)
		s.Press("?")
		s.Has("Collection", "new folder", "up, down", "search all keys")
		s.Press("/")
		s.Type("wrap")
		s.Has("Body of the response", "w               wrap", "/wrap", "1 found")
		s.Lacks("new folder")
		s.Press("enter", "esc")
		s.Has("Keys", "new folder")
		s.Press("/")
		s.Type("no such key")
		s.Has("0 found")
		s.Press("esc")
		s.Has("Keys", "new folder")
		s.Press("esc")
		s.Lacks("new folder")
	})
}

func TestThePaneComesBeforeTheRestOfAHelp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, everywhere(), 140, 60)
		s.Press("s")
		time.Sleep(time.Second)
		s.Settle()
		s.Press("3", "]", "?") // the page of headers
		text := s.Text()
		for _, words := range []string{"next tab, previous tab", "/               search", "n/N             next match, previous match"} {
			if i := strings.Index(text, words); i < 0 || i > strings.Index(text, "Everywhere") {
				t.Errorf("%q is not among the keys of the page", words)
			}
		}
	})
}
