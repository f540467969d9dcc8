package curl

import (
	_ "embed"
	"strings"
)

// optionTable is curl's own list: long name, letter, "Arg: <…>" for an option that takes a value.
//
//go:embed options.tsv
var optionTable string

// An option is one line of the table.
type option struct {
	name  string
	takes bool
}

type options struct {
	byName map[string]option
	short  map[byte]option
}

// table reads the table of options.
func table() options {
	t := options{byName: map[string]option{}, short: map[byte]option{}}
	for line := range strings.Lines(optionTable) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 3 {
			continue
		}
		o := option{f[0], f[2] != ""}
		t.byName[o.name] = o
		if len(f[1]) == 1 {
			t.short[f[1][0]] = o
		}
	}
	return t
}

// long finds an option by its name, by the beginning of its name when no other begins so, and by its name
// after "no-" when it takes no value.
func (t options) long(name string) (o option, takes, ok bool) {
	if o, ok = t.byName[name]; ok {
		return o, o.takes, true
	}
	if rest, no := strings.CutPrefix(name, "no-"); no {
		o, ok = t.byName[rest]
		return o, false, ok && !o.takes
	}
	if name == "" {
		return o, false, false
	}
	n := 0
	for full, candidate := range t.byName {
		if strings.HasPrefix(full, name) {
			o = candidate
			n++
		}
	}
	return o, o.takes, n == 1
}
