package workbench

import (
	"cmp"
	"context"
	"errors"
	"mime"
	"net/url"
	"path"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/tui"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/widget"
)

// fill gives the body of x to the viewer; the intent is the work of reading a large one.
func (r *reply) fill(x *request.Exchange) tui.Intent {
	r.shown, r.failed, r.filter.body, r.wired = x, nil, nil, false
	data, err := r.data()
	if err != nil {
		r.failed = err
		return r.body.SetContent(nil, "")
	}
	if r.filter.on() && len(data) > 0 {
		r.headOf = nil
		return r.run() // the filter stays for the next answer
	}
	media := ""
	if res := x.Response(); res != nil {
		media = request.Get(res.Header, "Content-Type")
	}
	begun := r.headOf == r.result
	r.headOf = nil
	if begun {
		return r.body.Grow(data, media)
	}
	return r.body.SetContent(data, media)
}

// data returns the body that the viewer is to show.
func (r *reply) data() ([]byte, error) {
	if r.shown.Response() == nil {
		return nil, nil
	}
	data, err := r.shown.Response().Body.Bytes()
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return data, err
}

// heard gives news of the viewer's work to it.
func (r *reply) heard(msg tea.Msg) tui.Intent {
	switch m := msg.(type) {
	case filtered:
		return r.heardFilter(m)
	case wired:
		return r.heardWire(m)
	case contrast:
		r.heardContrast(m)
		return nil
	}
	intent, _ := r.body.Update(msg)
	return intent
}

// grant turns an intent of a widget into one of the workbench.
func (w *Workbench) grant(i tui.Intent) tui.Intent {
	return w.reply.granted(i, func() { w.cache[layout.Response] = "" })
}

// granted turns an intent of a widget into one that a shell grants; changed is called when the pane is to be drawn
// anew.
func (r *reply) granted(i tui.Intent, changed func()) tui.Intent {
	switch i := i.(type) {
	case widget.Work:
		return screen.Task{Name: i.Name, Run: i.Run, Hear: func(msg tea.Msg) tui.Intent {
			next := r.heard(msg)
			changed()
			return r.granted(next, changed)
		}}
	case widget.Copy:
		return Copy{Text: i.Text, What: "The " + i.What + r.which(i) + " was"}
	case widget.Notice:
		return Say(i.Text)
	}
	return i
}

// pathWords is how much of a path is said when it was copied; its end says most.
const pathWords = 40

// which says the path that was copied. A value is not said: it may be long, or a secret.
func (r *reply) which(c widget.Copy) string {
	if c.What != "path" {
		return ""
	}
	text := clean(c.Text)
	if w := ansi.StringWidth(text); w > pathWords {
		text = r.styles.Glyphs.Ellipsis + ansi.Cut(text, w-pathWords+1, w)
	}
	return " " + text
}

// FileName proposes a name for the body of an exchange: the one that the server gives, else the end of the path
// of the URL. It never has a folder in it and never begins with a dot.
func FileName(x *request.Exchange) string {
	res, name := x.Response(), ""
	if res == nil {
		return "body.bin"
	}
	if _, params, err := mime.ParseMediaType(request.Get(res.Header, "Content-Disposition")); err == nil {
		name = params["filename"]
	}
	end := suffix(request.Get(res.Header, "Content-Type"))
	if u, err := url.Parse(x.Last().Sent.URL); name == "" && err == nil {
		if name = path.Base(u.Path); name == "." || name == "/" {
			name = "body"
		}
		if path.Ext(name) == "" {
			name += end
		}
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimLeft(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name), ".")
	return cmp.Or(name, "body"+end)
}
