package check

import (
	"fmt"
	"regexp"
	"strings"
)

// An operator compares what is there with what an assertion names.
type operator struct {
	says  string // between "expected" and the value
	unary bool
	holds func(got value, want string) (bool, error)
}

// wanted is the value as the result says it.
func (o operator) wanted(text string) string {
	if o.unary {
		return ""
	}
	return shorten(text)
}

// operators are the 28 of Bruno, by name. They are made when an assertion is checked, and cost a start nothing.
func operators() map[string]operator {
	return map[string]operator{
		"eq":          {"", false, equals(true)},
		"neq":         {"not", false, equals(false)},
		"gt":          {"more than", false, compares(func(a, b float64) bool { return a > b })},
		"gte":         {"at least", false, compares(func(a, b float64) bool { return a >= b })},
		"lt":          {"less than", false, compares(func(a, b float64) bool { return a < b })},
		"lte":         {"at most", false, compares(func(a, b float64) bool { return a <= b })},
		"in":          {"one of", false, among(true)},
		"notIn":       {"none of", false, among(false)},
		"contains":    {"something with", false, contains(true)},
		"notContains": {"something without", false, contains(false)},
		"length":      {"a length of", false, lengthIs},
		"matches":     {"a match of", false, matches(true)},
		"notMatches":  {"no match of", false, matches(false)},
		"startsWith":  {"something that starts with", false, text(strings.HasPrefix)},
		"endsWith":    {"something that ends with", false, text(strings.HasSuffix)},
		"between":     {"between", false, between},
		"isEmpty":     {"nothing in it", true, is(empty)},
		"isNotEmpty":  {"something in it", true, is(func(v value) bool { return v.kind != missing && !empty(v) })},
		"isNull":      {"null", true, is(func(v value) bool { return v.kind == null })},
		"isUndefined": {"that it is not there", true, is(func(v value) bool { return v.kind == missing })},
		"isDefined":   {"that it is there", true, is(func(v value) bool { return v.kind != missing })},
		"isTruthy":    {"true", true, is(func(v value) bool { return v.kind == boolean && v.is == "true" })},
		"isFalsy":     {"false", true, is(func(v value) bool { return v.kind == boolean && v.is == "false" })},
		"isJson":      {"a JSON object", true, is(func(v value) bool { return v.kind == object })},
		"isNumber":    {"a number", true, is(func(v value) bool { return v.kind == number })},
		"isString":    {"a string", true, is(func(v value) bool { return v.kind == str })},
		"isBoolean":   {"a boolean", true, is(func(v value) bool { return v.kind == boolean })},
		"isArray":     {"an array", true, is(func(v value) bool { return v.kind == array })},
	}
}

func is(test func(value) bool) func(value, string) (bool, error) {
	return func(got value, _ string) (bool, error) { return test(got), nil }
}

func empty(v value) bool {
	n, ok := v.length()
	return ok && n == 0
}

func equals(want bool) func(value, string) (bool, error) {
	return func(got value, text string) (bool, error) { return got.equal(literal(text)) == want, nil }
}

func compares(test func(a, b float64) bool) func(value, string) (bool, error) {
	return func(got value, text string) (bool, error) {
		w := literal(text)
		if w.kind != number {
			return false, fmt.Errorf("%q is no number to compare with", text)
		}
		return got.kind == number && test(got.number, w.number), nil
	}
}

func among(want bool) func(value, string) (bool, error) {
	return func(got value, text string) (bool, error) {
		for _, w := range list(text) {
			if got.equal(w) {
				return want, nil
			}
		}
		return !want, nil
	}
}

// contains is chai's include: a part of a text, an item of an array, a key of an object.
func contains(want bool) func(value, string) (bool, error) {
	return func(got value, text string) (bool, error) {
		w, found := literal(text), false
		switch in := got.inner.(type) {
		case []any:
			for _, item := range in {
				found = found || valueOf(item).equal(w)
			}
		case map[string]any:
			_, found = in[w.is]
		default:
			if got.kind != str {
				return false, nil // neither holds of what has no parts
			}
			found = strings.Contains(got.is, w.is)
		}
		return found == want, nil
	}
}

func lengthIs(got value, text string) (bool, error) {
	w := literal(text)
	if w.kind != number {
		return false, fmt.Errorf("%q is no length", text)
	}
	n, ok := got.length()
	return ok && float64(n) == w.number, nil
}

// matches takes a pattern with or without slashes. Go's syntax has no look-around and no back-references, so that a
// pattern costs linear time.
func matches(want bool) func(value, string) (bool, error) {
	return func(got value, text string) (bool, error) {
		pattern := strings.TrimSpace(text)
		if in, ok := strings.CutPrefix(pattern, "/"); ok && strings.HasSuffix(in, "/") {
			pattern = strings.TrimSuffix(in, "/")
		}
		re, err := regexp.Compile(pattern)
		if err != nil {
			return false, fmt.Errorf("the pattern cannot be read: %w", err)
		}
		return (got.kind == str || got.kind == number) && re.MatchString(got.is) == want, nil
	}
}

func text(test func(s, part string) bool) func(value, string) (bool, error) {
	return func(got value, text string) (bool, error) {
		return got.kind == str && test(got.is, literal(text).is), nil
	}
}

func between(got value, text string) (bool, error) {
	l := list(text)
	if len(l) != 2 || l[0].kind != number || l[1].kind != number {
		return false, fmt.Errorf("%q are not two numbers", text)
	}
	return got.kind == number && got.number >= l[0].number && got.number <= l[1].number, nil
}
