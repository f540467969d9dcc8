package evidence

import (
	"slices"
	"strings"
	"sync"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// sentMarkup reports a body in XML.
func (r *reader) sentMarkup() bool {
	return strings.HasPrefix(strings.TrimSpace(r.sentBody()), "<")
}

// An xsdRule is what validators of XML Schema write: the parts of the pattern are the element, its attribute or child, and
// what is expected in its place.
type xsdRule struct {
	needle string
	re     *lazyre.Regexp
	class  class
	child  bool // the second part stands in the first and is not there
	named  bool // the first part is the element, a later one says what was expected instead
}

// xsdRules are those of Xerces (https://www.w3.org/TR/xmlschema-1/#outcomes has the names of its rules), libxml2 and .NET.
var xsdRules = sync.OnceValue(func() []xsdRule {
	const q = `['"]([^'"]+)['"]`
	return []xsdRule{
		{"content of element", lazyre.New(`content of element ` + q + ` is not complete\. One of '\{([^}]*\})`), missing, true, false},
		{"missing child element", lazyre.New(`Element ` + q + `: Missing child element\(s\)\. Expected is \(\s*([^\s,)]+)`), missing, true, false},
		{"incomplete content", lazyre.New(`element ` + q + `(?: in namespace '[^']*')? has incomplete content\. List of possible elements expected: '([^',]+)`), missing, true, false},
		{"must appear on element", lazyre.New(`Attribute '(?P<at>[^']+)' must appear on element ` + q), missing, true, false},
		{"is required but missing", lazyre.New(`Element ` + q + `: The attribute '([^']+)' is required but missing`), missing, true, false},
		{"starting with element", lazyre.New(`Invalid content was found starting with element ` + q + `\.(?: One of '\{([^}]*\}))?`), unexpected, false, true},
		{"this element is not expected", lazyre.New(`Element ` + q + `: This element is not expected\.(?: Expected is (?:one of )?\(\s*([^\s,)]+))?`), unexpected, false, true},
		{"invalid child element", lazyre.New(`invalid child element ` + q + `(?: in namespace '[^']*')?\.(?: List of possible elements expected: '([^',]+))?`), unexpected, false, true},
		{"unexpected element", lazyre.New(`unexpected element \(uri:"[^"]*", local:"([^"]+)"\)`), unexpected, false, true}, // JAXB
		{"is not allowed to appear in element", lazyre.New(`Attribute '([^']+)' is not allowed to appear in element`), unexpected, false, false},
		{"is not allowed", lazyre.New(`Element '[^']+', attribute '([^']+)': The attribute '[^']+' is not allowed`), unexpected, false, false},
		{"of attribute", lazyre.New(`The value '[^']*' of attribute ` + q + ` on element '[^']+' is not valid`), wrongValue, false, false},
		{"of element", lazyre.New(`The value '[^']*' of element ` + q + ` is not valid`), wrongValue, false, false},
		{"attribute", lazyre.New(`Element '[^']+', attribute ` + q + `: (?:\[facet|'[^']*' is not a valid value)`), wrongValue, false, false},
		{"element '", lazyre.New(`Element ` + q + `: (?:\[facet '\w+'\] |'[^']*' is not a valid value)`), wrongValue, false, false},
		{"element is invalid", lazyre.New(`The ` + q + ` element is invalid - The value`), wrongValue, false, false},
		{"attribute is invalid", lazyre.New(`The ` + q + ` attribute is invalid - The value`), wrongValue, false, false},
	}
})

// markup reads a complaint about a body in XML: what a validator of XML Schema says, or any sentence that names one of its
// elements: element qty: "two" is not an integer.
func (r *reader) markup(s said, cl class) bool {
	if !r.sentMarkup() || r.resp.Status > 500 {
		return false
	}
	if r.xsd(s) {
		return true
	}
	sent := r.sentBody()
	for _, w := range append(quotedTokens(short(s.text)), wordsOf(short(s.text))...) {
		name := localName(w)
		if len(name) < 2 || !plainName.MatchString(name) || stopWord(name) || !strings.Contains(sent, "<"+name) && !strings.Contains(sent, ":"+name) {
			continue
		}
		i := s.issue(ofValue(cl), likely)
		if found := r.valuesOf(name, ""); len(found) > 0 {
			r.addFound(i, found)
			return true
		}
		if len(r.ix.resolve([]string{name}, inBody)) > 0 {
			continue // it holds others, and one of these is meant
		}
		r.add(diagnose.Evidence{Kind: "echo", Source: s.source, Text: s.text, Cause: cl.cause(inBody), Element: "body", Ratio: likely})
		return true
	}
	return false
}

// xsd reads the texts of validators of XML Schema.
func (r *reader) xsd(s said) bool {
	lower := strings.ToLower(s.text)
	for _, rule := range xsdRules() {
		if !strings.Contains(lower, rule.needle) {
			continue
		}
		m := rule.re.FindStringSubmatch(s.text)
		if m == nil {
			continue
		}
		first, second := localName(m[1]), ""
		if len(m) > 2 {
			second = localName(strings.TrimSuffix(strings.Split(m[2], ",")[0], "}"))
		}
		if rule.re.Get().SubexpIndex("at") > 0 {
			first, second = second, "@"+first
		} else if strings.Contains(rule.needle, "is required but missing") {
			second = "@" + second
		}
		i := s.issue(rule.class, certain)
		i.dialect = "XML Schema"
		if rule.named && second != "" && len(r.valuesOf(second, "")) == 0 && len(r.ix.resolve([]string{second}, inBody)) == 0 {
			if at := r.valuesOf(first, ""); len(at) == 1 { // it stands where another one should, which is nowhere
				segs := slices.Clone(r.ix.entries[at[0]].segs)
				segs[len(segs)-1] = second
				i.segs, i.class, i.absolute, i.place = segs, missing, true, inBody
				r.addMissing(i)
				return true
			}
		}
		if rule.child {
			if holders := r.ix.resolve([]string{first}, inBody); len(holders) > 0 && second != "" {
				i.segs, i.absolute, i.place = append(slices.Clone(r.ix.entries[holders[0]].segs), second), true, inBody
				r.addMissing(i)
				return true
			}
			continue
		}
		if found := r.valuesOf(first, quotedValue(s.text)); len(found) > 0 {
			r.addFound(i, found)
			return true
		}
	}
	return false
}

// quotedValue is the value that a validator of XML Schema quotes beside the element; "" for none.
func quotedValue(text string) string {
	if m := xsdValueRE.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

var xsdValueRE = lazyre.New(`(?:[Vv]alue|: )\s?'([^']*)'`)

// valuesOf returns the values of the body called name; where there are several, those that are value, if any.
func (r *reader) valuesOf(name, value string) []int {
	var all, same []int
	for i := range r.ix.entries {
		e := &r.ix.entries[i]
		if e.el == nil || e.el.Group != diagnose.Markup || len(e.segs) == 0 {
			continue
		}
		last := e.segs[len(e.segs)-1]
		if isNumber(last) && len(e.segs) > 1 {
			last = e.segs[len(e.segs)-2]
		}
		if strings.TrimPrefix(last, "@") != name {
			continue
		}
		if all = append(all, i); e.value() == value && value != "" {
			same = append(same, i)
		}
	}
	if len(same) > 0 {
		return same
	}
	return all
}

// localName is a name without its name space, {urn:x}qty or x:qty.
func localName(w string) string {
	if i := strings.LastIndexAny(w, "}:"); i >= 0 && i+1 < len(w) {
		w = w[i+1:]
	}
	return strings.Trim(w, `"'`)
}
