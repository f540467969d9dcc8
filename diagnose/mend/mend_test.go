package mend

import (
	"encoding/json"
	"testing"
)

func TestJSONRepairsWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct {
		name, src, want, fault string
		sure                   bool
	}{
		{"trailing comma in an object", `{"a":1,}`, `{"a":1}`, "trailing comma", true},
		{"trailing comma keeps space", "[1,\n]", "[1\n]", "trailing comma", true},
		{"single quotes", `{'a':'it"s'}`, `{"a":"it\"s"}`, "single quotes", true},
		{"line comment", "{\"a\":1 // one\n}", "{\"a\":1 \n}", "comment", true},
		{"block comment", `{/* x */"a":1}`, `{"a":1}`, "comment", true},
		{"unquoted key", `{a_b:1}`, `{"a_b":1}`, "key without quotes", true},
		{"NaN", `{"a":NaN}`, `{"a":null}`, "NaN is no JSON number", false},
		{"minus Infinity", `[-Infinity]`, `[null]`, "Infinity is no JSON number", false},
		{"True", `[True,None]`, `[true,null]`, "True in place of true", true},
		{"smart quotes", `{“a”:“b”}`, `{"a":"b"}`, "curly quotes", true},
		{"raw newline", "{\"a\":\"x\ny\"}", `{"a":"x\ny"}`, "raw line break in a string", true},
		{"raw newline before the only line", "{\"a\":\"\nEUR\"}", `{"a":"EUR"}`, "raw line break in a string", true},
		{"raw newline after the only line", "{\"a\":\"EUR \\\"x\\\"\r\n\",\"b\":1}", `{"a":"EUR \"x\"","b":1}`, "raw line break in a string", true},
		{"raw newlines of a text", "{\"a\":\"x\ny\n\"}", `{"a":"x\ny\n"}`, "raw line break in a string", true},
		{"leading zero", `{"a":007}`, `{"a":7}`, "number with a leading zero", false},
		{"leading point", `[.5]`, `[0.5]`, "number that begins with a point", true},
		{"trailing point", `[5.]`, `[5.0]`, "number that ends with a point", true},
		{"plus", `[+5]`, `[5]`, "number with a plus sign", true},
		{"hex", `[0xFF]`, `[255]`, "hexadecimal number", true},
		{"BOM", "\ufeff{}", `{}`, "byte order mark", true},
		{"two documents", `{"a":1}{"b":2}`, `{"a":1}`, "a second document after the end", false},
		{"truncated", `{"a":[1,2`, `{"a":[1,2]}`, "the text ends before its brackets are closed", false},
		{"truncated string", `{"a":"b`, `{"a":"b"}`, "the text ends inside a string", false},
		{"missing comma", `{"a":1 "b":2}`, `{"a":1 ,"b":2}`, "missing comma", true},
		{"two commas", `[1,,2]`, `[1,2]`, "two commas", true},
		{"equals sign", `{"a"=1}`, `{"a":1}`, "= in place of a colon", true},
		{"semicolon", `{"a":1;"b":2}`, `{"a":1,"b":2}`, "semicolon in place of a comma", true},
		{"closing bracket too many", `{"a":1}}`, `{"a":1}`, "a closing bracket too many", true},
		{"wrong bracket", `{"a":[1}}`, `{"a":[1]}`, "the wrong closing bracket", false},
		{"bare word", `{"a":hello}`, `{"a":"hello"}`, "text without quotes", false},
		{"missing value", `{"a":,"b":1}`, `{"a":null,"b":1}`, "a key without a value", false},
		{"escape of another language", `["it\'s","\x41"]`, `["it's","\u0041"]`, `\' is no escape of JSON`, true},
		{"windows path", `["C:\dir"]`, `["C:\\dir"]`, "a backslash that escapes nothing", false},
		{"non-breaking space", "{\u00a0\"a\":1}", `{ "a":1}`, "invisible character U+00A0", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := JSON(c.src)
			if !r.OK || r.Fixed != c.want {
				t.Fatalf("got %q OK %v (%v), want %q", r.Fixed, r.OK, r.Faults, c.want)
			}
			if len(r.Faults) == 0 || r.Faults[0].Text != c.fault || r.Sure() != c.sure {
				t.Errorf("got %v sure %v, want %q sure %v", r.Faults, r.Sure(), c.fault, c.sure)
			}
		})
	}
}

func TestJSONLeavesValidTextAlone(t *testing.T) {
	for _, src := range []string{`{}`, `[]`, `"a"`, `0`, `-1.5e+10`, ` { "a" : [ 1 , { "b" : null } ] , "ü" : "\u00e9\n\/" } `, `true`} {
		if r := JSON(src); r.Fixed != src || len(r.Faults) != 0 || !r.OK {
			t.Errorf("%s: got %+v", src, r)
		}
	}
}

func TestPositionCountsFromOne(t *testing.T) {
	if l, c := Position("{\n \"ü\": x", 8); l != 2 || c != 6 {
		t.Errorf("got %d:%d, want 2:6", l, c)
	}
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":1,}`, `{'a':“b”`, "[1,,2", `{a:0x1f,/*`, `"\`, `{"a":}`, `[[[[`, `,`, `{,}`, `{"a":1,,`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		r := JSON(src)
		if r.OK && !json.Valid([]byte(r.Fixed)) {
			t.Fatalf("%q: claims %q is JSON", src, r.Fixed)
		}
		if json.Valid([]byte(src)) && r.OK && len(r.Faults) == 0 && r.Fixed != src {
			t.Fatalf("%q changed to %q without a fault", src, r.Fixed)
		}
	})
}
