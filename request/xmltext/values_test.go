package xmltext_test

import (
	"slices"
	"strings"
	"testing"

	"culprit/request/xmltext"
)

const order = `<?xml version="1.0"?>
<!-- an order -->
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:o='urn:orders'>
  <s:Body>
    <o:Order id="7" note='a &amp; b'>
      <o:Item sku="TEA"><o:Qty>2</o:Qty></o:Item>
      <o:Item sku="MUG"><o:Qty>two &lt; 3</o:Qty></o:Item>
      <o:Gift/>
      <o:Text><![CDATA[<b>]]></o:Text>
    </o:Order>
  </s:Body>
</s:Envelope>`

func TestValues(t *testing.T) {
	values, err := xmltext.Values(order)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range values {
		got = append(got, v.Path+" = "+v.Text)
	}
	const o = "/Envelope/Body/Order/"
	want := []string{o + "@id = 7", o + "@note = a & b", o + "Item/0/@sku = TEA", o + "Item/0/Qty = 2", o + "Item/1/@sku = MUG", o + "Item/1/Qty = two < 3", o + "Gift = ", o + "Text = <b>"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEditsChangeOnlyWhatTheyMust(t *testing.T) {
	const o = "/Envelope/Body/Order/"
	for _, c := range []struct {
		name string
		edit func(text string) (string, error)
		from string
		to   string
	}{
		{"a text", func(s string) (string, error) { return xmltext.Set(s, o+"Item/1/Qty", "3 & 4") }, "two &lt; 3", "3 &amp; 4"},
		{"an attribute", func(s string) (string, error) { return xmltext.Set(s, o+"@note", `a "b"`) }, "a &amp; b", "a &#34;b&#34;"},
		{"an empty element", func(s string) (string, error) { return xmltext.Set(s, o+"Gift", "yes") }, "<o:Gift/>", "<o:Gift>yes</o:Gift>"},
		{"CDATA", func(s string) (string, error) { return xmltext.Set(s, o+"Text", "x") }, "<![CDATA[<b>]]>", "x"},
		{"removal", func(s string) (string, error) { return xmltext.Remove(s, o+"Gift") }, "\n      <o:Gift/>", ""},
		{"removal of an attribute", func(s string) (string, error) { return xmltext.Remove(s, o+"@id") }, ` id="7"`, ""},
		{"removal of nothing", func(s string) (string, error) { return xmltext.Remove(s, o+"Nope") }, "", ""},
		{"another name", func(s string) (string, error) { return xmltext.Rename(s, o+"Item/0/Qty", "Count") }, "<o:Qty>2</o:Qty>", "<o:Count>2</o:Count>"},
		{"another name of an attribute", func(s string) (string, error) { return xmltext.Rename(s, o+"@id", "ref") }, `id="7"`, `ref="7"`},
		{"a new element", func(s string) (string, error) { return xmltext.Add(s, o+"Date", "2031-01-01") }, "</o:Text>", "</o:Text>\n      <o:Date>2031-01-01</o:Date>"},
		{"a new one inside", func(s string) (string, error) { return xmltext.Add(s, o+"Gift/Card", "x") }, "<o:Gift/>", "<o:Gift><o:Card>x</o:Card></o:Gift>"},
		{"a new attribute", func(s string) (string, error) { return xmltext.Add(s, o+"Item/1/@unit", "kg") }, `<o:Item sku="MUG"`, `<o:Item unit="kg" sku="MUG"`},
	} {
		got, err := c.edit(order)
		if want := strings.Replace(order, c.from, c.to, 1); err != nil || got != want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, err, got, want)
		}
	}
}

func TestEditsOfWhatIsNotThereFail(t *testing.T) {
	for name, edit := range map[string]func() (string, error){
		"set":                func() (string, error) { return xmltext.Set(order, "/Nope", "x") },
		"set of a container": func() (string, error) { return xmltext.Set(order, "/Envelope/Body", "x") },
		"rename":             func() (string, error) { return xmltext.Rename(order, "/Nope", "x") },
		"add below nothing":  func() (string, error) { return xmltext.Add(order, "/Nope/x", "x") },
		"a second root":      func() (string, error) { return xmltext.Add(order, "/x", "x") },
		"broken":             func() (string, error) { return xmltext.Set("<a><b></a>", "/a", "x") },
	} {
		if got, err := edit(); err == nil || got == "" {
			t.Errorf("%s: %v, %q", name, err, got)
		}
	}
}

// FuzzValues: whatever is read can be set, and reads back; the rest stays.
func FuzzValues(f *testing.F) {
	f.Add(order, "x & <y>")
	f.Add(`<a b="1" c='2'/>`, "")
	f.Add(`<a><b/><b>1</b><!-- c --></a>`, "\"")
	f.Fuzz(func(t *testing.T, text, value string) {
		values, err := xmltext.Values(text)
		if err != nil {
			return
		}
		for i, v := range values[:min(len(values), 4)] {
			if v.Start < 0 || v.End > len(text) || v.Start >= v.End {
				t.Fatalf("%q: %+v", text, v)
			}
			after, err := xmltext.Set(text, v.Path, "value")
			if err != nil {
				t.Fatalf("%q: %s: %v", text, v.Path, err)
			}
			again, err := xmltext.Values(after)
			if err != nil || len(again) != len(values) || again[i].Path != v.Path {
				t.Fatalf("%q: %s: %q: %v", text, v.Path, after, err)
			}
			if _, err := xmltext.Remove(text, v.Path); err != nil {
				t.Fatal(err)
			}
			_, _ = xmltext.Set(text, v.Path, value)
		}
	})
}
