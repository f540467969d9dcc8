package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

var expectedRE = lazyre.New(`(?i)\b(?:expect(?:ed|ing|s)(?: a| an| type)?(?: positive| non-negative| non-empty)?|must be(?: of type| a| an)?(?: valid)?|should be(?: of type| a| an)?(?: valid)?|of type|convert(?:ed|ible)?(?: \w+)? to(?: type)?|not a valid|got \w+, want|as an?|into(?: a| an)?|muss sein:|doit être(?: une?)?|debe ser(?: una?)?|deve (?:ser|essere)(?: uma?| una?)?) +["'\x60(]*([a-zé][a-zéèúê0-9_.-]*)`)

// expectedType reads which type or format a message asks for, in the words of JSON Schema; "" for none.
func expectedType(message string) string {
	for _, m := range expectedRE.FindAllStringSubmatch(message[:min(len(message), 600)], 8) {
		if t := typeWord(m[1]); t != "" && !(t == "object" && objectAsText(message)) {
			return t
		}
	}
	lower := strings.ToLower(message)
	for _, f := range [][2]string{
		{"rfc 3339", "date-time"}, {"rfc3339", "date-time"}, {"datetime", "date-time"}, {"date-time", "date-time"}, {"iso 8601", "date-time"}, {"iso8601", "date-time"},
		{"parsing time", "date-time"}, {"yyyy-mm-dd", "date"}, {"valid date", "date"}, {"invalid date", "date"}, {"localdate\x60", "date"},
		{"whole number", "integer"}, {"email", "email"}, {"e-mail", "email"}, {"uuid", "uuid"}, {"valid url", "uri"}, {"valid uri", "uri"},
	} {
		if strings.Contains(lower, f[0]) {
			return f[1]
		}
	}
	return ""
}

// typeWord gives a type of any language its name in JSON Schema; "" for a word that is none.
func typeWord(w string) string {
	w = strings.TrimRight(strings.ToLower(w), ".")
	if i := strings.LastIndexByte(w, '.'); i >= 0 && (strings.HasPrefix(w, "java.") || strings.HasPrefix(w, "system.") || strings.HasPrefix(w, "time.")) {
		w = w[i+1:]
	}
	switch w {
	case "nombre", "numéro", "número", "numero", "zahl", "getal", "number", "numeric", "float", "float32", "float64", "f32", "f64", "double", "decimal", "bigdecimal", "single", "type_double", "type_float":
		return "number"
	case "entier", "entero", "inteiro", "intero", "integer", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "i8", "i16", "i32", "i64",
		"u8", "u16", "u32", "u64", "usize", "isize", "long", "short", "bigint", "biginteger", "type_int32", "type_int64", "type_uint32", "type_uint64":
		return "integer"
	case "string", "str", "text", "varchar", "type_string":
		return "string"
	case "booléen", "booleano", "boolean", "bool", "type_bool":
		return "boolean"
	case "array", "list", "sequence", "arraylist", "tuple", "slice", "set":
		return "array"
	case "object", "dict", "dictionary", "map", "struct", "hash", "mapping":
		return "object"
	case "null", "none", "nil":
		return "null"
	case "date", "localdate", "dateonly":
		return "date"
	case "datetime", "date-time", "localdatetime", "offsetdatetime", "zoneddatetime", "instant", "timestamp", "rfc3339", "time", "datetimeoffset":
		return "date-time"
	case "email", "e-mail":
		return "email"
	case "uuid", "guid":
		return "uuid"
	case "uri", "url":
		return "uri"
	}
	return ""
}

// meantRE is the value that a server thinks was meant.
var meantRE = lazyre.New(`(?i)\bdid you mean the (?:enum )?value ["']([^"']{1,60})["']`)

// allowedMarks stand before a list of what is allowed, the telling ones first.
var allowedMarks = []string{
	"accepted for enum class:", "expected tags:", "must be one of the following values:", "allowed values are", "allowed values:",
	"supported values:", "supported values are:", "valid values are", "valid values:", "possible values are:", "possible values:",
	"permitted values:", "permitted:", "accepted values:", "available values:", "of the allowed values", "is not one of", "valid options are:", "options:",
	"input should be", "invalid enum value. expected", "invalid input: expected", "one of the following:", "one of", "enumeration", "supported:", "supported versions:", "supported versions are", "expected \x60", "allowed:",
	"must be '", "must be \"", "should be '", "can only be '", "can only contain '", "must be either '", "must be either \"", "choose from", "not in (", "not in [", "must be in (", "must be in [",
}

// maxAllowed bounds the values that are taken from a list.
const maxAllowed = 40

// allowedValues reads a list of allowed values from a message: ['a', 'b'], "a", "b" or "c", a, b, c.
func allowedValues(message string) []string {
	message = message[:min(len(message), 2000)]
	lower := strings.ToLower(message)
	if len(lower) != len(message) {
		return nil
	}
	if m := exampleRE.FindStringSubmatch(message); m != nil && (m[1] != "" || strings.ContainsAny(m[2], "0123456789")) && classOfText(message) != missing {
		return []string{m[1] + m[2]} // a value that fits is as good as one of the allowed ones
	}
	if m := meantRE.FindStringSubmatch(message); m != nil {
		return []string{m[1]} // graphql-js on the values of an enum
	}
	for _, mark := range allowedMarks {
		i := strings.Index(lower, mark)
		if i < 0 {
			continue
		}
		rest := message[i+len(mark):]
		quoted := strings.HasSuffix(mark, "\x60") || strings.HasSuffix(mark, "'") || strings.HasSuffix(mark, "\"")
		if quoted {
			rest = mark[len(mark)-1:] + rest
		}
		quotedOnly := quoted || strings.HasPrefix(mark, "input should") || strings.HasPrefix(mark, "invalid")
		if list := parseList(rest, quotedOnly); len(list) > 0 {
			return list
		}
	}
	return choicesIn(message)
}

// straight writes the quotes of languages as those of programs.
var straight = strings.NewReplacer("\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`)

// parseList reads values up to the end of the bracket or of the sentence.
func parseList(s string, quotedOnly bool) []string {
	s = straight.Replace(s)
	s = strings.TrimLeft(s, " :=\n\t")
	closing := byte(0)
	if s != "" && strings.IndexByte("[({", s[0]) >= 0 {
		closing = map[byte]byte{'[': ']', '(': ')', '{': '}'}[s[0]]
		s = s[1:]
	}
	var list []string
	for len(list) < maxAllowed {
		s = strings.TrimLeft(s, " ,|;\n\t")
		for _, and := range []string{"or ", "and "} {
			s = strings.TrimPrefix(s, and)
		}
		if s == "" || closing != 0 && s[0] == closing {
			break
		}
		if q := s[0]; q == '"' || q == '\'' || q == '\x60' {
			end := strings.IndexByte(s[1:], q)
			if end < 0 {
				break
			}
			list = append(list, s[1:1+end])
			s = s[end+2:]
			if !continues(s) {
				break
			}
			continue
		}
		if quotedOnly && len(list) == 0 && closing == 0 {
			return nil
		}
		word := bareWord(s, closing)
		if word == "" {
			break
		}
		list = append(list, strings.TrimRight(word, "."))
		s = s[len(word):]
		if strings.HasSuffix(word, ".") || closing == 0 && !continues(s) {
			break
		}
	}
	if len(list) == 1 && closing == 0 && !quotedOnly && !strings.Contains(list[0], "_") && strings.ToUpper(list[0]) != list[0] {
		return nil // "one of the …": prose
	}
	return list
}

func bareWord(s string, closing byte) string {
	for i := range len(s) {
		c := s[i]
		if closing != 0 && (c == closing || c == ',') || closing == 0 && strings.IndexByte(" ,|;)]}\n\t\"", c) >= 0 {
			return s[:i]
		}
	}
	if closing != 0 {
		return "" // the bracket is not closed: cut off
	}
	return s
}

// continues reports whether a list goes on after a value.
func continues(s string) bool {
	t := strings.TrimLeft(s, " \n\t")
	return strings.HasPrefix(t, ",") || strings.HasPrefix(t, "|") || strings.HasPrefix(t, ";") || strings.HasPrefix(t, "or ") || strings.HasPrefix(t, "and ")
}

// exampleRE is a text that a message gives as an example of what it takes: (e.g. 'my-name', or 'abc-123'; (e.g. document:1).
var exampleRE = lazyre.New(`\((?:e\.g\.|for example|example:)[:,]? (?:["'\x60]([^"'\x60]{1,60})["'\x60]|([A-Za-z0-9]+[:/_-][A-Za-z0-9:/_-]{1,40})\))`)

// objectAsText reports that the example of an object is a text: an object of another kind than JSON's is meant. That of a list
// may be one of its items.
func objectAsText(message string) bool {
	m := exampleRE.FindStringSubmatch(message)
	return m != nil && !strings.HasPrefix(m[1], "{")
}
