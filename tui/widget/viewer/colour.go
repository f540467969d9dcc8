package viewer

import (
	"bytes"
	"context"
	"embed"
	"sort"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/alecthomas/chroma/v2"

	"culprit/tui"
	"culprit/tui/widget"
)

// definitions are chroma's own lexers for what servers send beside JSON. They are embedded here because
// importing chroma's package of all lexers costs 14 ms before main (PERFORMANCE §0.3).
//
//go:embed lexers
var definitions embed.FS

const (
	// colourWindow is the most that chroma sees at once (RELIABILITY §4.3).
	colourWindow = 64 << 10
	// colourTime ends a pass: what is not coloured by then stays plain. Chroma bounds one match by 250 ms.
	colourTime = 300 * time.Millisecond
	// linesBefore is how far above the window colouring starts, to be inside the right construct.
	linesBefore = 200
)

// A tint is a piece of text in a role.
type tint struct {
	start, end int
	role       widget.Role
}

// colours are the tints of one part of the body.
type colours struct {
	from, to int // what was coloured or asked for
	asked    bool
	tints    []tint
	library  *library
}

// A library loads lexers at first use.
type library struct {
	once sync.Once
	all  *chroma.LexerRegistry
}

func (l *library) lexer(name string) chroma.Lexer {
	l.once.Do(func() {
		l.all = chroma.NewLexerRegistry()
		for _, file := range []string{"html", "css", "javascript", "xml", "yaml"} {
			if lexer, err := chroma.NewXMLLexer(definitions, "lexers/"+file+".xml"); err == nil {
				l.all.Register(lexer)
			}
		}
	})
	return l.all.Get(name)
}

// language returns the name of the lexer for a body, "" for none.
func language(mediaType string, data []byte) string {
	kind, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
	kind = strings.TrimSpace(kind)
	head := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 256)], " \t\r\n"))
	switch {
	case strings.HasSuffix(kind, "html"), bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")):
		return "HTML"
	case strings.HasSuffix(kind, "xml"), bytes.HasPrefix(head, []byte("<?xml")):
		return "XML"
	case strings.HasSuffix(kind, "yaml"):
		return "YAML"
	case strings.HasSuffix(kind, "javascript"), strings.HasSuffix(kind, "ecmascript"):
		return "JavaScript"
	case strings.HasSuffix(kind, "css"):
		return "CSS"
	}
	return ""
}

// coloured brings the tints of a part of the body.
type coloured struct {
	gen, from, to int
	tints         []tint
}

// colour returns Work when what is visible has no colours yet, else nil.
func (v *Viewer) colour() tui.Intent {
	if v.mode != text || len(v.rows) == 0 {
		return nil
	}
	name := language(v.media, v.data)
	first, last := v.rows[0].start, min(v.rows[len(v.rows)-1].end, v.rows[0].start+colourWindow/2)
	if name == "" || v.colours.asked && first >= v.colours.from && last <= v.colours.to {
		return nil
	}
	from := first
	if s, ok := v.spanAt(max(0, v.top.line-linesBefore)); ok && first-s.start < colourWindow/2 {
		from = s.start
	}
	to := min(len(v.data), from+colourWindow)
	if v.colours.library == nil {
		v.colours.library = &library{}
	}
	v.colours.asked, v.colours.from, v.colours.to, v.colours.tints = true, from, to, nil
	return Work{Name: "colour", Run: tintAll(v.colours.library, name, v.data[from:to], v.gen, from)}
}

// tintAll returns the task that colours part, which begins at the byte from of the body.
func tintAll(l *library, name string, part []byte, gen, from int) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		out := coloured{gen: gen, from: from, to: from + len(part)}
		lexer := l.lexer(name)
		if lexer == nil {
			return out
		}
		// Chroma would rewrite line ends, and then its tokens would not be where the bytes are.
		tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, string(part))
		if err != nil {
			return out
		}
		end := time.Now().Add(colourTime)
		at := from
		for t := tokens(); t != chroma.EOF && ctx.Err() == nil && time.Now().Before(end); t = tokens() {
			if r := roleOfToken(t.Type); r != widget.Text {
				out.tints = append(out.tints, tint{at, at + len(t.Value), r})
			}
			at += len(t.Value)
		}
		return out
	}
}

// roleOfToken returns our role for a token of chroma.
func roleOfToken(t chroma.TokenType) widget.Role {
	switch {
	case t.InCategory(chroma.Comment):
		return widget.Muted
	case t == chroma.NameTag, t == chroma.NameAttribute, t.InCategory(chroma.Keyword):
		return widget.Key
	case t.InSubCategory(chroma.LiteralNumber):
		return widget.Number
	case t.InCategory(chroma.Literal):
		return widget.String
	case t == chroma.Punctuation, t.InCategory(chroma.Operator):
		return widget.Punct
	case t == chroma.NameConstant, t == chroma.NameBuiltin:
		return widget.Literal
	}
	return widget.Text
}

// coloured takes tints.
func (v *Viewer) coloured(c coloured) {
	if c.gen == v.gen && c.from == v.colours.from && c.to == v.colours.to {
		v.colours.tints = c.tints
	}
}

// on returns the tints between start and end.
func (c *colours) on(start, end int) []tint {
	i := sort.Search(len(c.tints), func(i int) bool { return c.tints[i].end > start })
	j := sort.Search(len(c.tints), func(j int) bool { return c.tints[j].start >= end })
	return c.tints[i:max(i, j)]
}
