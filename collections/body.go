package collections

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"culprit/request"
)

// mediaType is what a kind of body sends when no header says otherwise (FORMATS §4, Bodies); "" for one that is no text.
func mediaType(kind string) string {
	switch kind {
	case "json":
		return "application/json"
	case "text":
		return "text/plain"
	case "xml":
		return "application/xml"
	case "sparql":
		return "application/sparql-query"
	case "form-urlencoded":
		return "application/x-www-form-urlencoded"
	}
	return ""
}

// body makes the body. A Content-Type header of the person wins, except for multipart, whose boundary is made
// when sending.
func (r *resolver) body() error {
	saved, out := r.saved.Body, &r.out.Request.Body
	switch saved.Type {
	case "":
	case "form-urlencoded":
		*out = request.Body{Kind: request.FormBody, Type: mediaType(saved.Type), Fields: r.fields(saved.Rows)}
	case "multipart-form":
		*out = request.Body{Kind: request.MultipartBody, Parts: r.parts(saved.Parts)}
		if request.Has(r.out.Request.Header, "Content-Type") {
			r.warn("the header Content-Type is not sent: a multipart body makes its own, with the boundary")
			r.dropHeader("Content-Type")
		}
	case "file":
		r.fileBody(saved.Parts)
	case GraphQL:
		*out = r.graphQL(saved.Text)
	default:
		media := mediaType(saved.Type)
		if media == "" {
			return fmt.Errorf("a body of type %s is %w", saved.Type, ErrNotBuilt)
		}
		pieces := []piece{{src: saved.Text, out: saved.Text}}
		if saved.Type == "json" {
			pieces = withoutComments(saved.Text)
		}
		*out = request.Body{Kind: request.RawBody, Type: media, Text: r.code("body", pieces)}
	}
	return nil
}

// code fills in a text that was taken apart at its comments, and keeps its pieces for a place.
func (r *resolver) code(place string, pieces []piece) string {
	var filled []piece
	for _, p := range pieces {
		if p.out == "" {
			filled = append(filled, p)
			continue
		}
		filled = append(filled, r.fill("body", p.src)...)
	}
	r.out.texts[place] = filled
	return joined(filled)
}

// dropHeader takes a header out and keeps places and rows together.
func (r *resolver) dropHeader(name string) {
	old := r.out.Request.Header
	r.out.Request.Header = nil
	for i, h := range old {
		from := "header " + strconv.Itoa(i)
		if strings.EqualFold(h.Name, name) {
			delete(r.out.texts, from)
			delete(r.out.rows, from)
			continue
		}
		to := "header " + strconv.Itoa(len(r.out.Request.Header))
		r.out.texts[to], r.out.rows[to] = r.out.texts[from], r.out.rows[from]
		r.out.Request.Header = append(r.out.Request.Header, h)
	}
}

func (r *resolver) parts(parts []Part) []request.Part {
	var out []request.Part
	for n, p := range parts {
		if p.Off {
			continue
		}
		name := r.text("", p.Name)
		made := request.Part{Name: name, Type: r.text("", p.Type)}
		if !p.IsFile {
			place := "part " + strconv.Itoa(len(out))
			made.Value = r.textAt(place, "part "+name, p.Value)
			r.out.rows[place] = origin{r.entry, n}
			out = append(out, made)
			continue
		}
		for _, path := range p.File {
			made.Path = r.textAt("", "part "+name, path)
			r.out.rows["part "+strconv.Itoa(len(out))] = origin{r.entry, n}
			out = append(out, made)
		}
	}
	return out
}

// fileBody takes the row that is selected.
func (r *resolver) fileBody(parts []Part) {
	for _, p := range parts {
		if p.Off || len(p.File) == 0 || p.File[0] == "" {
			continue
		}
		r.out.Request.Body = request.Body{Kind: request.FileBody, Type: r.text("", p.Type), Path: r.text("body file", p.File[0])}
		return
	}
	r.warn("the body is a file and none is selected; nothing is sent")
}

// withoutComments cuts // and /* */ comments out of a JSON body (FORMATS §4). What is JSON already is left alone.
func withoutComments(s string) []piece {
	if !strings.Contains(s, "//") && !strings.Contains(s, "/*") || json.Valid([]byte(s)) {
		return []piece{{src: s, out: s}}
	}
	var pieces []piece
	start := 0
	cut := func(from, to int) {
		if from > start {
			pieces = append(pieces, piece{src: s[start:from], out: s[start:from]})
		}
		pieces = append(pieces, piece{src: s[from:to]})
		start = to
	}
	for i := 0; i < len(s); {
		switch {
		case s[i] == '"':
			i = stringEnd(s, i)
		case strings.HasPrefix(s[i:], "{{"):
			i += max(strings.Index(s[i:], "}}"), 0) + 2
		case strings.HasPrefix(s[i:], "//"):
			end := len(s)
			if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
				end = i + n
			}
			cut(i, end)
			i = end
		case strings.HasPrefix(s[i:], "/*"):
			end := len(s)
			if n := strings.Index(s[i+2:], "*/"); n >= 0 {
				end = i + 2 + n + 2
			}
			cut(i, end)
			i = end
		default:
			i++
		}
	}
	if start < len(s) {
		pieces = append(pieces, piece{src: s[start:], out: s[start:]})
	}
	return pieces
}

// stringEnd returns the offset after the JSON string at i.
func stringEnd(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}
