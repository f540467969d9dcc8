package shell

import (
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
)

// An answer in XML comes in one line and is read laid out; r shows it as it came, and lays it out again.
func TestAnAnswerInXMLIsLaidOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		w.answer = func(*collections.Entry) (*request.Exchange, error) {
			x := screentest.Redirected()
			res := x.Hops[len(x.Hops)-1].Response
			res.Header = []request.Field{{Name: "Content-Type", Value: "application/xml; charset=utf-8"}}
			res.Body = request.NewContent([]byte(`<order id="7"><items><item sku="A"><qty>1</qty></item></items></order>`))
			return x, nil
		}
		s := open(t, options(w), 140, 42)
		s.Press("s", "3")
		s.Has(`1 <order id="7">`, `3     <item sku="A">`, "4       <qty>1</qty>", "r as it came")
		s.Press("r")
		s.Has(`1 <order id="7"><items><item sku="A">`, "r laid out")
		s.Press("r")
		s.Has("4       <qty>1</qty>")
	})
}
