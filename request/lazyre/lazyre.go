// Package lazyre holds regular expressions that are compiled on first use, so that those a run does not need
// cost its start nothing. Those that surely match nothing in a text are not run on it.
//
// It is for patterns of the program itself: one that does not compile is a mistake in it, and is met by the
// tests of the package that uses it.
package lazyre

import (
	"regexp"
	"sync"
)

// A Regexp is a regular expression of the syntax of package regexp. Its methods are those of regexp.Regexp and may
// be called from any goroutine. Make one with New.
type Regexp struct {
	pattern  string
	once     sync.Once
	compiled *regexp.Regexp
	filter   filter
}

// New returns the expression; it is compiled on first use. It is plain enough for the compiler to lay a variable
// made by it out in the program's data, so that not even the making costs the start anything.
func New(pattern string) *Regexp { return &Regexp{pattern: pattern} }

// Get returns the compiled expression.
func (r *Regexp) Get() *regexp.Regexp {
	r.once.Do(func() { r.compiled, r.filter = regexp.MustCompile(r.pattern), filterOf(r.pattern) })
	return r.compiled
}

// on returns the compiled expression, nil where it surely matches nothing in s.
func (r *Regexp) on(s string) *regexp.Regexp {
	re := r.Get()
	if !r.filter.may(s) {
		return nil
	}
	return re
}

// MatchString is that of regexp.Regexp.
func (r *Regexp) MatchString(s string) bool {
	re := r.on(s)
	return re != nil && re.MatchString(s)
}

// FindString is that of regexp.Regexp.
func (r *Regexp) FindString(s string) string {
	if re := r.on(s); re != nil {
		return re.FindString(s)
	}
	return ""
}

// FindStringSubmatch is that of regexp.Regexp.
func (r *Regexp) FindStringSubmatch(s string) []string {
	if re := r.on(s); re != nil {
		return re.FindStringSubmatch(s)
	}
	return nil
}

// FindStringSubmatchIndex is that of regexp.Regexp.
func (r *Regexp) FindStringSubmatchIndex(s string) []int {
	if re := r.on(s); re != nil {
		return re.FindStringSubmatchIndex(s)
	}
	return nil
}

// FindAllString is that of regexp.Regexp.
func (r *Regexp) FindAllString(s string, n int) []string {
	if re := r.on(s); re != nil {
		return re.FindAllString(s, n)
	}
	return nil
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	if re := r.on(s); re != nil {
		return re.FindAllStringSubmatch(s, n)
	}
	return nil
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if re := r.on(s); re != nil {
		return re.FindAllStringSubmatchIndex(s, n)
	}
	return nil
}

// ReplaceAllString is that of regexp.Regexp.
func (r *Regexp) ReplaceAllString(s, to string) string {
	if re := r.on(s); re != nil {
		return re.ReplaceAllString(s, to)
	}
	return s
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (r *Regexp) ReplaceAllStringFunc(s string, to func(string) string) string {
	if re := r.on(s); re != nil {
		return re.ReplaceAllStringFunc(s, to)
	}
	return s
}
