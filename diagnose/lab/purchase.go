package lab

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// fullPurchase is an order of the shop at one of its suppliers, in XML.
const fullPurchase = `<?xml version="1.0" encoding="UTF-8"?>
<p:purchase xmlns:p="urn:kettle-and-leaf:supply" number="PO-2217">
  <p:supplier>
    <p:name>Darjeeling Co-op</p:name>
    <p:email>sales@darjeeling.example</p:email>
    <p:country>IN</p:country>
  </p:supplier>
  <p:channel>web</p:channel>
  <p:deliver-on>2031-04-05</p:deliver-on>
  <p:currency>EUR</p:currency>
  <p:urgent>false</p:urgent>
  <p:line sku="TEA-0007"><p:quantity>40</p:quantity><p:unit-price>4.20</p:unit-price></p:line>
  <p:line sku="TEA-0011"><p:quantity>25</p:quantity><p:unit-price>3.80</p:unit-price></p:line>
</p:purchase>
`

// A part is an element of a purchase with the pattern that its text has, and what XML Schema calls that.
type part struct {
	path, pattern, typ string
	must               bool
}

// purchaseParts are all that a purchase may have; the path is of local names, an attribute begins with @.
func purchaseParts() []part {
	return []part{
		{"purchase/@number", `PO-[0-9]+`, "xs:string", true}, {"purchase/supplier/name", `.+`, "xs:string", true}, {"purchase/supplier/email", `[^@\s]+@[^@\s]+\.[^@\s]+`, "p:email", false},
		{"purchase/supplier/country", `[A-Z]{2}`, "p:country", true}, {"purchase/channel", `web|phone`, "p:channel", true}, {"purchase/deliver-on", `[0-9]{4}-[0-9]{2}-[0-9]{2}`, "xs:date", true},
		{"purchase/currency", `[A-Z]{3}`, "p:currency", true}, {"purchase/urgent", `true|false`, "xs:boolean", false}, {"purchase/note", `.*`, "xs:string", false},
		{"purchase/line/@sku", `[A-Z]{3}-[0-9]{4}`, "p:sku", true}, {"purchase/line/quantity", `[0-9]+`, "xs:positiveInteger", true}, {"purchase/line/unit-price", `[0-9]+(\.[0-9]+)?`, "xs:decimal", true},
	}
}

// buy takes a purchase; what is wrong with it is said in the words of libxml2.
func buy(c *call) (answer, *refusal) {
	bad := func(text string, args ...any) (answer, *refusal) {
		return answer{}, refuse(http.StatusBadRequest, "schema_violation", fmt.Sprintf(text, args...))
	}
	var path []string
	seen := map[string]int{}
	text := ""
	for d := xml.NewDecoder(strings.NewReader(string(c.raw))); ; {
		t, err := d.Token()
		if t == nil {
			if len(path) > 0 || len(seen) == 0 {
				return bad("The document cannot be read: %v.", err)
			}
			break
		}
		switch t := t.(type) {
		case xml.StartElement:
			path, text = append(path, t.Name.Local), ""
			if !known(path) {
				return bad("Element '{%s}%s': This element is not expected.", t.Name.Space, t.Name.Local)
			}
			seen[strings.Join(path, "/")]++
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
					continue
				}
				at := strings.Join(append(path, "@"+a.Name.Local), "/")
				p := partAt(at)
				if p == nil {
					return bad("Element '{%s}%s', attribute '%s': The attribute '%[3]s' is not allowed.", t.Name.Space, t.Name.Local, a.Name.Local)
				}
				if seen[at]++; !p.fits(a.Value) {
					return bad("Element '{%s}%s', attribute '%s': '%s' is not a valid value of the atomic type '%s'.", t.Name.Space, t.Name.Local, a.Name.Local, a.Value, p.typ)
				}
			}
		case xml.CharData:
			text += string(t)
		case xml.EndElement:
			if p := partAt(strings.Join(path, "/")); p != nil && !p.fits(text) {
				return bad("Element '{%s}%s': '%s' is not a valid value of the atomic type '%s'.", t.Name.Space, t.Name.Local, text, p.typ)
			}
			path, text = path[:len(path)-1], ""
		}
	}
	for _, p := range purchaseParts() {
		up, name := p.path[:strings.LastIndexByte(p.path, '/')], p.path[strings.LastIndexByte(p.path, '/')+1:]
		if p.must && seen[p.path] < seen[up] {
			return bad("Element '%s': Missing child element(s). Expected is ( %s ).", up[strings.LastIndexByte(up, '/')+1:], strings.TrimPrefix(name, "@"))
		}
	}
	return reply(http.StatusCreated, map[string]any{"purchase": "accepted"}), nil
}

func (p *part) fits(text string) bool {
	return regexp.MustCompile(`^(?:` + p.pattern + `)$`).MatchString(text)
}

// partAt is the part at a path; nil for none.
func partAt(path string) *part {
	for _, p := range purchaseParts() {
		if p.path == path {
			return &p
		}
	}
	return nil
}

// known reports whether a purchase may have an element at path, or below it.
func known(path []string) bool {
	at := strings.Join(path, "/")
	for _, p := range purchaseParts() {
		if p.path == at || strings.HasPrefix(p.path, at+"/") {
			return true
		}
	}
	return false
}

// purchaseFaults are mistakes in a body of XML, told and untold.
func purchaseFaults() []Fault {
	const record = "body:/purchase/"
	var out []Fault
	for _, m := range []mistake{
		{"xml-quantity", "A quantity in XML is a word", []string{"<p:quantity>25<", "<p:quantity>twenty<"}, one("invalid_body_property_type invalid_body_property_value invalid_body_property_format", record+"line/1/quantity"), []string{Telling, Opaque}},
		{"xml-date", "A date in XML is written day first", []string{"2031-04-05", "05.04.2031"}, one("invalid_body_property_format invalid_body_property_value", record+"deliver-on"), []string{Telling, Opaque}},
		{"xml-price", "A price in XML has a comma", []string{"4.20", "4,20"}, one("invalid_body_property_type invalid_body_property_value invalid_body_property_format", record+"line/0/unit-price"), []string{Telling, Opaque}},
		{"xml-currency", "A currency in XML is written out", []string{"EUR", "Euro"}, one("invalid_body_property_value invalid_body_property_format", record+"currency"), []string{Telling, Opaque}},
		{"xml-unknown", "An element of XML is unknown", []string{"<p:channel>", "<p:created-by>ada</p:created-by>\n  <p:channel>"}, one("unexpected_body_property", record+"created-by"), []string{Telling, Opaque}},
		{"xml-missing", "An element of XML is missing", []string{"\n  <p:currency>EUR</p:currency>", ""}, one("missing_body_property", record+"currency"), []string{Telling}},
		{"xml-attribute", "An attribute of XML is in small letters", []string{`"TEA-0011"`, `"tea-0011"`}, one("invalid_body_property_value invalid_body_property_format", record+"line/1/@sku"), []string{Telling, Opaque}},
	} {
		for _, prefix := range m.styles {
			media := header("Content-Type", "application/xml")
			out = append(out, Fault{
				ID: m.id + suffix(prefix), Title: m.title, Opaque: prefix == Opaque, Truth: m.truth,
				Request: to("POST", prefix+"/purchases", swap(fullPurchase, m.swap...), media), Healthy: to("POST", prefix+"/purchases", fullPurchase, media),
			})
		}
	}
	return out
}
