// Package config reads how a person wants the workbench: theme, keys, mouse. It is one TOML file, and nothing
// in it can stop the start: what is wrong becomes a warning with its place.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"culprit/tui/theme"
)

// A Config is what the file says. The zero value is what a person has who wrote none.
type Config struct {
	Theme    string            // "auto", "dark", "light", "contrast" or the name of one in Themes; "" is "auto"
	ASCII    *bool             // draw with ASCII characters only; nil lets the terminal's locale decide
	NoMouse  bool              // leave the mouse to the terminal
	NoTitle  bool              // leave the title of the terminal's window alone
	NoJar    bool              // keep no cookies and send none of a jar, here and on the command line
	Keys     map[string]string // "scope.name" to one key or several with commas between (keys.New)
	Themes   []theme.Own       // by name, sorted
	Warnings []string          // what was not understood: file:line:column and why
	Unread   bool              // a mistake leaves all of the file out; the warning says which
}

// document is the file as it is written.
type document struct {
	Theme   string
	ASCII   *bool
	Mouse   *bool
	Title   *bool
	Cookies *bool
	Keys    map[string]map[string]string
	Themes  map[string]map[string]string
}

// Read reads the file; one that does not exist is a Config without a word. It blocks on the disk.
func Read(path string) Config {
	at, err := os.Stat(path)
	if err == nil && !at.Mode().IsRegular() { // a pipe would never end, and nothing may stop the start
		err = errors.New(path + " is no file")
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(path)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Config{}
	case err != nil:
		return Config{Unread: true, Warnings: []string{"the configuration cannot be read: " + err.Error()}}
	}
	return parse(filepath.Base(path), string(text)) // one line has room for it
}

// NoJar reports whether the file switches the jars off, for the command line, which needs no more of it. One that is left
// out for a mistake does not, and the mistake is to be said: else a person who wrote it would believe that they are off.
func NoJar(path string) (off bool, mistake string) {
	c := Read(path)
	if c.Unread {
		mistake = c.Warnings[0]
	}
	return c.NoJar, mistake
}

// parse reads the text of a file; name is for its warnings. A mistake of syntax or type leaves all of it out, for a
// half that is read would surprise more than none.
func parse(name, text string) Config {
	var d document
	var c Config
	dec := toml.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	var unknown *toml.StrictMissingError
	var broken *toml.DecodeError
	switch err := dec.Decode(&d); {
	case errors.As(err, &unknown):
		for _, e := range unknown.Errors {
			row, col := e.Position()
			c.Warnings = append(c.Warnings, fmt.Sprintf("%s:%d:%d: nothing is called %q; it is ignored", name, row, col, strings.Join(e.Key(), ".")))
		}
	case errors.As(err, &broken):
		row, col := broken.Position()
		return Config{Unread: true, Warnings: []string{fmt.Sprintf("%s:%d:%d: %s; the defaults are used", name, row, col, mistake(broken))}}
	case err != nil:
		return Config{Unread: true, Warnings: []string{name + ": " + err.Error() + "; the defaults are used"}}
	}
	c.Theme, c.ASCII = d.Theme, d.ASCII
	c.NoMouse, c.NoTitle, c.NoJar = d.Mouse != nil && !*d.Mouse, d.Title != nil && !*d.Title, d.Cookies != nil && !*d.Cookies
	for scope, bindings := range d.Keys {
		for binding, list := range bindings {
			if c.Keys == nil {
				c.Keys = map[string]string{}
			}
			c.Keys[scope+"."+binding] = list
		}
	}
	for _, own := range slices.Sorted(maps.Keys(d.Themes)) {
		c.Themes = append(c.Themes, c.own(name, own, d.Themes[own]))
	}
	if _, ok := c.Choice(""); !ok {
		c.Warnings = append(c.Warnings, fmt.Sprintf("%s: no theme is called %q; %s", name, c.Theme, "known are "+strings.Join(c.Names(), ", ")))
		c.Theme = ""
	}
	return c
}

// mismatched matches how the library says, in words of Go, that a value has another type than it should.
var mismatched = regexp.MustCompile(`^cannot (?:decode TOML|store) (.+?) (?:in|into) (?:an? |struct field \S+ of type )?(\S+)$`)

// mistake says what is wrong in words of the file.
func mistake(broken *toml.DecodeError) string {
	text := strings.TrimPrefix(broken.Error(), "toml: ")
	m := mismatched.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	is, wanted := strings.TrimPrefix(strings.TrimPrefix(m[1], "an "), "a "), "a table"
	switch m[2] {
	case "string":
		wanted = "a text in quotes"
	case "bool":
		wanted = "true or false"
	}
	article := "a"
	if strings.ContainsAny(is[:1], "aeio") {
		article = "an"
	}
	return fmt.Sprintf("%s %s stands where %s belongs", article, is, wanted)
}

// own reads one theme; what is no role or no colour is left out.
func (c *Config) own(file, name string, says map[string]string) theme.Own {
	o := theme.Own{Name: name, Colours: map[string]string{}}
	warn := func(why string) {
		c.Warnings = append(c.Warnings, fmt.Sprintf("%s: theme %q: %s", file, name, why))
	}
	for _, role := range slices.Sorted(maps.Keys(says)) {
		colour := says[role]
		switch err := theme.Check(role, colour); {
		case role == "base" && (colour == "light" || colour == "dark"):
			o.Light = colour == "light"
		case role == "base":
			warn(fmt.Sprintf("base is %q; it can be dark or light", colour))
		case err != nil:
			warn(err.Error())
		default:
			o.Colours[role] = colour
		}
	}
	return o
}

// Names are those of all themes, the built-in ones first.
func (c *Config) Names() []string {
	names := []string{"auto", "dark", "light", "contrast"}
	for _, o := range c.Themes {
		names = append(names, o.Name)
	}
	return names
}

// Choice is the look that a name stands for, "" for the one of the file; false when nothing has that name. That of
// "auto" is dark until the terminal says otherwise.
func (c *Config) Choice(name string) (theme.Choice, bool) {
	if name == "" {
		name = c.Theme
	}
	switch name {
	case "", "auto", "dark":
		return theme.Choice{}, true
	case "light":
		return theme.Choice{Light: true}, true
	case "contrast":
		return theme.Choice{Contrast: true}, true
	}
	for i, o := range c.Themes {
		if o.Name == name {
			return theme.Choice{Light: o.Light, Own: &c.Themes[i]}, true
		}
	}
	return theme.Choice{}, false
}
