package shell

import (
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
)

// An answer in XML comes in one line and is read as JSON is: laid out, folded, with the path of what is under the cursor;
// r shows it as it came.
func TestAnAnswerInXMLIsATree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
			x := screentest.Redirected()
			res := x.Hops[len(x.Hops)-1].Response
			res.Header = []request.Field{{Name: "Content-Type", Value: "application/xml; charset=utf-8"}}
			res.Body = request.NewContent([]byte(`<order id="7"><items><item sku="A"><qty>1</qty></item><item sku="B"><note>R&amp;D</note></item></items></order>`))
			return x, nil
		}}
		s := open(t, options(w), 140, 42)
		s.Press("s", "3")
		s.Has(`1 ▾ <order id="7">`, `3 ▾     <item sku="A">`, "4         <qty>1</qty>", "/order", "space fold", "y copy path")
		s.Lacks("filter with jq")
		s.Press("|")
		s.Has("jq filters JSON, and this is XML")
		s.Press("/")
		s.Type("r&amp")
		s.Press("enter")
		s.Has("1/1", "/order/items/item[2]/note")
		s.Press("esc", "y")
		s.Has("The path /order/items/item[2]/note was sent to the clipboard")
		s.Press("u", "space")
		s.Has(`▸     <item sku="B">…</item> 2 lines`)
		s.Press("_")
		s.Has("▸   <items>…</items> 7 lines")
		s.Press("r")
		s.Has(`1 <order id="7"><items><item sku="A">`, "r laid out")
		s.Press("r")
		s.Has("<items>…</items>")
	})
}

// Of a path that is longer than the border the end is seen, where the cursor is.
func TestTheEndOfALongXPathIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
			x := screentest.Answer("GET", "https://shop.example/orders", 200, "OK",
				`<soapenv:Envelope><soapenv:Body><s:customerOrdersResponse><s:orderCollection><s:identifier>7</s:identifier></s:orderCollection></s:customerOrdersResponse></soapenv:Body></soapenv:Envelope>`)
			x.Last().Response.Header = []request.Field{{Name: "Content-Type", Value: "text/xml"}}
			return x, nil
		}}
		s := open(t, options(w), 80, 24)
		s.Press("s", "3", "j", "j", "j", "j")
		s.Has("s:orderCollection/s:identifier ─")
	})
}

// A search that is typed while XML comes goes on when it is there: a prompt that closed would make keys of its letters. XML
// with a mistake is shown as it came, with the place.
func TestASearchInXMLGoesOnWhenItIsThere(t *testing.T) {
	for body, want := range map[string]string{"<a><b>deer</b></a>": "2     <b>deer</b>", "<a><b>deer</a>": "1 <a><b>deer</a>"} {
		synctest.Test(t, func(t *testing.T) {
			w := &world{wait: 2 * time.Second,
				events: []request.Event{{Kind: request.HeaderRead, Text: "200 OK"}, {Kind: request.BodyHead, Text: "text/xml", Size: 6, Head: []byte(body[:6])}},
				answer: func(*collections.Entry) (*request.Exchange, error) {
					x := screentest.Answer("GET", "https://shop.example/orders", 200, "OK", body)
					x.Last().Response.Header = []request.Field{{Name: "Content-Type", Value: "text/xml"}}
					return x, nil
				}}
			s := open(t, options(w), 140, 42)
			s.Press("s", "3", "/")
			s.Type("de")
			time.Sleep(3 * time.Second)
			s.Settle()
			s.Type("er")
			s.Has("/deer")
			s.Press("enter")
			s.Has(want, "1/1")
			if want[0] == '1' {
				s.Has("line 1, column 11: wrong end tag")
			}
		})
	}
}
