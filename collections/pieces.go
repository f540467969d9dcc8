package collections

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"culprit/request"
	"culprit/request/vars"
)

// A piece is a part of a text as it is saved and as it is sent: the same, or a variable and its value, a path
// parameter and its value, a comment and nothing.
type piece struct {
	src, out string
	name     string // of the variable or path parameter; "" for literal text and comments
	param    bool
	secret   bool
	scope    string
}

// origin is the row of an entry that a place of a request came from.
type origin struct {
	entry *Entry
	row   int
}

func joined(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.out)
	}
	return b.String()
}

// text fills in a text; where names the place for a person, and is the key of its pieces.
func (r *resolver) text(where, src string) string { return r.textAt(where, where, src) }

func (r *resolver) textAt(place, where, src string) string {
	pieces := r.fill(where, src)
	if place != "" {
		r.out.texts[place] = pieces
	}
	return joined(pieces)
}

// fill returns the pieces of a text and keeps what is missing for the error at the end.
func (r *resolver) fill(where, src string) []piece {
	if src == "" {
		return nil
	}
	out, uses, err := r.filler.Fill(src)
	var missing *vars.Unresolved
	switch {
	case errors.As(err, &missing):
		r.miss(missing)
		return []piece{{src: src, out: out}}
	case err != nil:
		if r.err == nil {
			r.err = err
		}
		return []piece{{src: src, out: src}}
	}
	var pieces []piece
	at, from := 0, 0
	for _, u := range uses {
		u.Where = where
		r.out.Uses = append(r.out.Uses, u)
		if u.Secret {
			r.secret(u.Scope+"."+u.Name, u.Value)
		}
		if u.From < 0 {
			continue
		}
		if u.At > at {
			pieces = append(pieces, piece{src: src[at:u.At], out: out[from:u.From]})
		}
		pieces = append(pieces, piece{src: src[u.At:u.End], out: u.Value, name: u.Name, secret: u.Secret, scope: u.Scope})
		at, from = u.End, u.From+len(u.Value)
	}
	if at < len(src) {
		pieces = append(pieces, piece{src: src[at:], out: out[from:]})
	}
	return pieces
}

func (r *resolver) miss(m *vars.Unresolved) {
	for _, n := range m.Names {
		if !slices.Contains(r.absent.Names, n) {
			r.absent.Names = append(r.absent.Names, n)
		}
	}
	for _, p := range m.Prompts {
		if !slices.Contains(r.absent.Prompts, p) {
			r.absent.Prompts = append(r.absent.Prompts, p)
		}
	}
	r.absent.Looked = m.Looked
	maps.Copy(r.absent.Near, m.Near)
	maps.Copy(r.absent.Off, m.Off)
}

// url fills in the URL: path parameters in place of :name, then the scheme that Bruno adds, then encoding when
// the settings ask for it.
func (r *resolver) url() {
	base, query, fragment := cutURL(r.saved.URL)
	var pieces []piece
	for i, seg := range segments(base) {
		if i > 0 {
			pieces = append(pieces, piece{src: "/", out: "/"})
		}
		if value, row := r.param(seg); i > 0 && row >= 0 {
			filled := r.fill("path parameter "+seg[1:], value)
			p := piece{src: seg, out: pathValue(joined(filled)), name: seg[1:], param: true}
			for _, f := range filled {
				p.secret = p.secret || f.secret
			}
			if p.secret {
				r.secret("path parameter "+seg[1:], p.out)
			}
			pieces = append(pieces, p)
			continue
		}
		pieces = append(pieces, r.fill("URL", seg)...)
	}
	if len(r.saved.URL) > len(base)+len(fragment) {
		pieces = append(pieces, piece{src: "?", out: "?"})
	}
	q := r.fill("URL", query)
	if r.saved.Settings.EncodeURL != nil && *r.saved.Settings.EncodeURL {
		q = encodeQuery(q)
	}
	pieces = append(append(pieces, q...), r.fill("URL", fragment)...)
	if text := joined(pieces); text != "" && !strings.Contains(text, "://") {
		pieces = append([]piece{{out: "http://"}}, pieces...)
	}
	r.out.texts["url"] = pieces
	r.out.Request.URL = joined(pieces)
}

// segments cuts a URL at its slashes, outside {{…}}.
func segments(base string) []string {
	var out []string
	for {
		i := outside(base, '/')
		if i < 0 {
			return append(out, base)
		}
		out = append(out, base[:i])
		base = base[i+1:]
	}
}

// param returns the value of the path row that a segment names, and its index; -1 when there is none: then the
// segment stays as it is (FORMATS §4).
func (r *resolver) param(segment string) (string, int) {
	if len(segment) < 2 || segment[0] != ':' {
		return "", -1
	}
	for i, row := range r.saved.Params {
		if row.Kind == "path" && !row.Off && row.Name == segment[1:] && row.Value != "" {
			return row.Value, i
		}
	}
	return "", -1
}

// pathValue encodes the value of a path parameter, unless it holds a slash.
func pathValue(s string) string {
	if strings.Contains(s, "/") {
		return s
	}
	return url.PathEscape(s)
}

// encodeQuery encodes names and values again, whatever they hold, and leaves "&" and the first "=" of the
// template alone.
func encodeQuery(pieces []piece) []piece {
	out := slices.Clone(pieces)
	value := false
	for i := range out {
		var b strings.Builder
		if out[i].name != "" {
			out[i].out = component(out[i].out)
			continue
		}
		for _, c := range out[i].out {
			switch {
			case c == '&':
				value = false
				b.WriteRune(c)
			case c == '=' && !value:
				value = true
				b.WriteRune(c)
			default:
				b.WriteString(component(string(c)))
			}
		}
		out[i].out = b.String()
	}
	return out
}

// component is encodeURIComponent of ECMAScript (§19.2.6.4), which the format's reference uses.
func component(s string) string {
	s = strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
	return strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(s)
}

// fields fills in the rows of a form that are on.
func (r *resolver) fields(rows []Row) []request.Field {
	var out []request.Field
	for n, row := range rows {
		if row.Off {
			continue
		}
		place := "form " + strconv.Itoa(len(out))
		name := r.text("", row.Name)
		out = append(out, request.Field{Name: name, Value: r.textAt(place, "form field "+name, row.Value)})
		r.out.rows[place] = origin{r.entry, n}
	}
	return out
}
