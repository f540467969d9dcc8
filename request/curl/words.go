package curl

import (
	"errors"
	"path"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"culprit/request/lazyre"
)

// A word is one argument, its quotes taken off.
type word struct {
	text string
	at   int // byte of the command where it begins
}

// A line is a command taken apart.
type line struct {
	words []word // the first is curl itself
	notes []Note
	more  int // further curl commands
	// stdin is what the command reads from standard input: the name of a file, or a text.
	stdinFile string
	stdinText string
	hasStdin  bool
}

// prompt is what documentation puts before a command.
var prompt = lazyre.New(`^\s*(?:[$%>❯]|#(?:\s*curl\b)?)?\s*`)

// split takes a command apart into words, by the rules of a POSIX shell or of cmd.
func split(command string) (line, error) {
	if forCmd(command) {
		return splitCmd(command)
	}
	text, origin := unix(command)
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), "")
	if err != nil {
		var p syntax.ParseError
		if errors.As(err, &p) {
			return line{}, &Error{origin(int(p.Pos.Offset())), "the shell would not understand it: " + p.Text}
		}
		return line{}, &Error{0, "the shell would not understand it: " + err.Error()}
	}
	l := line{}
	for _, stmt := range file.Stmts {
		if err := l.statement(stmt, origin); err != nil {
			return line{}, err
		}
	}
	if len(l.words) == 0 {
		return line{}, ErrNoCurl
	}
	return l, nil
}

// unix returns the command without a prompt and with the line ends of Unix, and a function from its bytes to
// those of the command as given.
func unix(command string) (text string, origin func(int) int) {
	b := []byte(command)
	if m := prompt.FindString(command); strings.HasPrefix(command[len(m):], "curl") {
		copy(b, strings.Repeat(" ", len(m)))
	} else if i := strings.Index(m, "curl"); i > 0 {
		copy(b, strings.Repeat(" ", i))
	}
	var removed []int
	out := b[:0:0]
	for i, c := range b {
		if c == '\r' && i+1 < len(b) && b[i+1] == '\n' {
			removed = append(removed, i)
			continue
		}
		out = append(out, c)
	}
	return string(out), func(at int) int {
		for _, r := range removed {
			if r <= at {
				at++
			}
		}
		return min(at, len(command))
	}
}

// statement takes one statement of the shell. The first that calls curl counts, others are counted.
func (l *line) statement(stmt *syntax.Stmt, origin func(int) int) error {
	at := origin(int(stmt.Pos().Offset()))
	switch c := stmt.Cmd.(type) {
	case *syntax.BinaryCmd:
		if c.Op == syntax.Pipe && len(l.words) == 0 {
			if text, ok := printed(c.X); ok {
				l.stdinText, l.hasStdin = text, true
			}
		}
		if err := l.statement(c.X, origin); err != nil {
			return err
		}
		return l.statement(c.Y, origin)
	case *syntax.CallExpr:
		if len(c.Args) == 0 || !isCurl(c.Args[0].Lit()) {
			if len(l.words) > 0 {
				l.notes = append(l.notes, Note{Ignored, "", at, "what comes after the curl command is left out"})
			}
			return nil
		}
		if len(l.words) > 0 {
			l.more++
			return nil
		}
		for _, w := range c.Args {
			text, err := literal(w, origin)
			if err != nil {
				return err
			}
			l.words = append(l.words, word{text, origin(int(w.Pos().Offset()))})
		}
		if stmt.Background {
			l.notes = append(l.notes, Note{Changed, "&", origin(int(stmt.End().Offset())) - 1,
				"the shell ends the command at &: put the URL in quotes if the & belongs to it"})
		}
		return l.redirects(stmt.Redirs, origin)
	}
	return nil
}

// isCurl reports whether a word calls curl.
func isCurl(s string) bool {
	s = strings.TrimSuffix(strings.ToLower(path.Base(strings.ReplaceAll(s, `\`, "/"))), ".exe")
	return s == "curl"
}

// printed returns what a statement printf 'format' writes.
func printed(stmt *syntax.Stmt) (string, bool) {
	c, ok := stmt.Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) != 2 || c.Args[0].Lit() != "printf" {
		return "", false
	}
	format, err := literal(c.Args[1], func(at int) int { return at })
	if err != nil {
		return "", false
	}
	return unescape(format), true
}

// unescape undoes what Print writes for a body that no argument can hold: \\, %% and three octal digits.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+3 < len(s) && s[i+1] >= '0' && s[i+1] <= '3':
			b.WriteByte(s[i+1]&7<<6 | s[i+2]&7<<3 | s[i+3]&7)
			i += 3
		case (s[i] == '\\' || s[i] == '%') && i+1 < len(s) && s[i+1] == s[i]:
			b.WriteByte(s[i])
			i++
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// redirects takes standard input from < file and <<< text; output redirects do not matter.
func (l *line) redirects(list []*syntax.Redirect, origin func(int) int) error {
	for _, r := range list {
		at := origin(int(r.Pos().Offset()))
		switch r.Op {
		case syntax.RdrIn:
			text, err := literal(r.Word, origin)
			if err != nil {
				return err
			}
			l.stdinFile, l.hasStdin = text, true
		case syntax.WordHdoc, syntax.Hdoc, syntax.DashHdoc:
			w := r.Word
			if r.Hdoc != nil {
				w = r.Hdoc
			}
			text, err := literal(w, origin)
			if err != nil {
				return err
			}
			if r.Hdoc == nil {
				text += "\n"
			}
			l.stdinText, l.hasStdin = text, true
		default:
			l.notes = append(l.notes, Note{Ignored, r.Op.String(), at, "where the output goes does not matter here"})
		}
	}
	return nil
}

// literal takes the quotes off a word. A word with something for the shell to work out is an *Error.
func literal(w *syntax.Word, origin func(int) int) (string, error) {
	var b strings.Builder
	for _, part := range w.Parts {
		switch p := part.(type) {
		case *syntax.Lit:
			b.WriteString(unquote(p.Value, false))
		case *syntax.SglQuoted:
			if !p.Dollar {
				b.WriteString(p.Value)
				break
			}
			s, err := expand.Literal(nil, &syntax.Word{Parts: []syntax.WordPart{p}})
			if err != nil {
				return "", &Error{origin(int(p.Pos().Offset())), "the text in $'…' is not understood: " + err.Error()}
			}
			b.WriteString(s)
		case *syntax.DblQuoted:
			for _, inner := range p.Parts {
				lit, ok := inner.(*syntax.Lit)
				if !ok {
					return "", refuse(inner, origin)
				}
				b.WriteString(unquote(lit.Value, true))
			}
		default:
			return "", refuse(p, origin)
		}
	}
	return b.String(), nil
}

// refuse names what a shell would have to work out.
func refuse(part syntax.WordPart, origin func(int) int) error {
	at := origin(int(part.Pos().Offset()))
	switch p := part.(type) {
	case *syntax.ParamExp:
		name := ""
		if p.Param != nil {
			name = p.Param.Value
		}
		return &Error{at, "the shell variable $" + name + " has no value here: put the value in its place, or {{" + name + "}} for a variable of the collection"}
	case *syntax.CmdSubst:
		return &Error{at, "commands in $(…) or `…` are not run: put their output in their place. In a command copied for PowerShell, copy it for bash instead"}
	}
	return &Error{at, "only plain and quoted text is understood here: put what the shell makes of it in its place"}
}

// unquote takes the backslashes off text, between double quotes or outside of quotes (POSIX.1-2024 §2.2).
func unquote(s string, quoted bool) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		next := s[i+1]
		switch {
		case next == '\n':
			i++
		case !quoted || strings.IndexByte("\"\\$`", next) >= 0:
			b.WriteByte(next)
			i++
		default:
			b.WriteByte('\\')
		}
	}
	return b.String()
}
