package workbench

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"culprit/request/xmltext"
	"culprit/tui/widget"
)

// format lays a JSON or XML body out anew; what is neither stays as it is, and the place is marked.
func (e *composer) format() (changed bool) {
	p := e.text()
	lay := map[string]func(string) (string, int, error){"json": indent, "xml": xmltext.Indent}[e.saved.Body.Type]
	if e.tab != tabBody || lay == nil || p == nil {
		why := "] goes to the body."
		if e.tab == tabBody {
			why = "the kind of this one is " + cmp.Or(e.saved.Body.Type, "none") + "."
		}
		e.wish = Say("Only a JSON or XML body can be laid out; " + why)
		return false
	}
	out, offset, err := lay(*p)
	if line, _, what := e.words.ed.Mistake(); err != nil && what != "" { // it is marked already, in words of ours
		e.wish = Say("Not laid out: line " + strconv.Itoa(line+1) + ": " + what)
		return false
	}
	if err != nil {
		line := strings.Count((*p)[:offset], "\n")
		column := offset - (strings.LastIndexByte((*p)[:offset], '\n') + 1)
		e.words.ed.SetMistake(line, column, err.Error())
		e.wish = Say("Not laid out: line " + strconv.Itoa(line+1) + ": " + err.Error())
		return false
	}
	if out == *p {
		return false
	}
	*p = out
	e.words.replace(out)
	e.layout()
	return true
}

// indent lays JSON text out with two spaces. Numbers, strings and the order of members stay to the byte, and so
// do variables that stand where a value does. On an error the offset says where, in bytes.
func indent(text string) (out string, offset int, err error) {
	var bare []string // the variables, in order
	var plain bytes.Buffer
	var shift []int // offsets in plain of what follows a variable, and how much longer the variable is
	rest, quoted := text, false
	for rest != "" {
		switch {
		case quoted && rest[0] == '\\' && len(rest) > 1:
			plain.WriteString(rest[:2])
			rest = rest[2:]
			continue
		case rest[0] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(rest, "{{"):
			if a, b := widget.NextVariable([]byte(rest)); a == 0 {
				stand := `"` + mark(len(bare)) + `"`
				bare = append(bare, rest[:b])
				plain.WriteString(stand)
				shift = append(shift, plain.Len(), b-len(stand))
				rest = rest[b:]
				continue
			}
		}
		plain.WriteByte(rest[0])
		rest = rest[1:]
	}
	var laid bytes.Buffer
	if err := json.Indent(&laid, plain.Bytes(), "", "  "); err != nil {
		var bad *json.SyntaxError
		if errors.As(err, &bad) {
			offset = max(int(bad.Offset)-1, 0)
		}
		moved := 0
		for i := 0; i < len(shift) && shift[i] <= offset; i += 2 {
			moved += shift[i+1]
		}
		offset += moved
		return text, min(max(offset, 0), len(text)), err
	}
	out = laid.String()
	for i, v := range bare {
		out = strings.Replace(out, `"`+mark(i)+`"`, v, 1)
	}
	return strings.TrimRight(out, "\n"), 0, nil
}

// mark stands for variable n while the text is laid out: no document holds this.
func mark(n int) string { return "\x7fculprit variable " + strconv.Itoa(n) + "\x7f" }
