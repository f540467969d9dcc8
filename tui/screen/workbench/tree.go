package workbench

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/widget"
	"culprit/tui/widget/looks"
	"culprit/tui/widget/tree"
)

// folderMark ends the ID of a folder: a folder and a request may have the same path.
const folderMark = "/"

// list gives the collection to the tree, with the signs as they are now.
func (w *Workbench) list() {
	w.cache[0] = ""
	if w.collection == nil || w.collection.Root == nil {
		w.tree.SetRows(nil)
		return
	}
	var rows []tree.Row
	w.rows(w.collection.Root.Children, 0, &rows)
	w.tree.SetRows(rows)
}

func (w *Workbench) rows(entries []*collections.Entry, depth int, rows *[]tree.Row) {
	for _, e := range entries {
		*rows = append(*rows, w.row(e, depth))
		w.rows(e.Children, depth+1, rows)
	}
}

func (w *Workbench) row(e *collections.Entry, depth int) tree.Row {
	r := tree.Row{ID: e.Path, Depth: depth, Label: e.Name, Also: e.Path}
	switch e.Kind {
	case collections.Folder:
		r.ID, r.Branch, r.Role, r.Also = e.Path+folderMark, true, widget.Strong, ""
		return r
	case collections.HTTP:
		m := method(e.Saved)
		if d, ok := w.drafts[e.Path]; ok {
			m = method(d)
		}
		r.Badge, r.BadgeRole = short(m), looks.Method(m)
		if e.Type == collections.GraphQL {
			r.Badge = short(e.Type)
		}
	case collections.Broken:
		r.Badge, r.BadgeRole, r.Role = w.opt.Styles.Glyphs.Cross, widget.Bad, widget.Muted
		r.Label += " (broken)"
	default:
		r.Badge, r.BadgeRole, r.Role = short(e.Type), widget.Muted, widget.Muted
	}
	if _, ok := w.drafts[e.Path]; ok {
		r.Mark, r.MarkRole = w.opt.Styles.Glyphs.Dot, widget.Warn
	}
	if r.Sign, r.SignRole = w.sign(w.results[e.Path]); r.Sign == "" {
		r.Sign, r.SignRole = w.signThen(e.Path)
	}
	r.Note, r.Wide = w.ended(e.Path)
	return r
}

// longest is how long the words of a usual time are: "12.3 ms", "120 ms".
const longest = len("12.3 ms")

// ended is the status with which the last sending ended, and in more words that and how long it took; "" while it runs
// and when there was none.
func (w *Workbench) ended(path string) (status, more string) {
	took := time.Duration(0)
	code := 0
	switch r, p := w.results[path], w.past[path]; {
	case r != nil && (r.running || r.exchange == nil || stopped(r.exchange)):
		return "", ""
	case r != nil:
		code, took = r.exchange.Status(), r.exchange.Took
	case p.Took > 0 && !p.Stopped():
		code, took = p.Status, p.Took
	default:
		return "", ""
	}
	if code == 0 {
		return "", "no response  " + request.Lapse(took)
	}
	lapse := request.Lapse(took)
	return strconv.Itoa(code), strconv.Itoa(code) + strings.Repeat(" ", max(longest+2-len(lapse), 1)) + lapse
}

// signThen says how the last sending before this start ended.
func (w *Workbench) signThen(path string) (string, widget.Role) {
	g := w.opt.Styles.Glyphs
	switch p, ok := w.past[path]; {
	case !ok:
		return "", widget.Text
	case p.Stopped():
		return g.Stopped, widget.Warn
	case p.Cause != "", p.Status == 0 || p.Status >= 400, p.Unmet():
		return g.Cross, widget.Bad
	case p.Status >= 300:
		return g.Arrow, widget.Warn
	case p.Status >= 200:
		return g.Tick, widget.Good
	}
	return g.Dot, widget.Busy
}

// sign says how the last sending ended.
func (w *Workbench) sign(r *result) (string, widget.Role) {
	g := w.opt.Styles.Glyphs
	switch {
	case r == nil:
		return "", widget.Text
	case r.running:
		return g.Ellipsis, widget.Busy
	case r.exchange != nil && stopped(r.exchange):
		return g.Stopped, widget.Warn
	case r.exchange == nil || r.exchange.Failure != nil || r.exchange.Status() == 0 || r.exchange.Status() >= 400:
		return g.Cross, widget.Bad
	case !passedAll(r.checks):
		return g.Cross, widget.Bad
	case r.exchange.Status() >= 300:
		return g.Arrow, widget.Warn
	case r.exchange.Status() >= 200:
		return g.Tick, widget.Good
	}
	return g.Dot, widget.Busy
}

// badge is the width of a method in the tree: DELETE and OPTIONS are cut to what is known by four letters.
const badge = 4

func short(m string) string {
	switch m {
	case "DELETE":
		return "DEL"
	case "OPTIONS":
		return "OPT"
	case "PATCH":
		return "PTCH"
	case "websocket":
		return "WS"
	case "graphql":
		return "GQL"
	}
	return ansi.Truncate(clean(m), badge, "")
}

// here returns the entry under the cursor of the tree, nil for none; for a folder it is the folder.
func (w *Workbench) here() *collections.Entry {
	if w.collection == nil {
		return nil
	}
	id := w.tree.At()
	path, folder := strings.CutSuffix(id, folderMark)
	switch {
	case id == "":
		return nil
	case folder:
		return w.collection.Root.Folder(path)
	}
	return w.collection.Root.Request(path)
}
