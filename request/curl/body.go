package curl

import (
	"errors"
	"strings"

	"culprit/request"
)

// A datum is one of the pieces that curl joins to a body.
type datum struct {
	text string
	join bool // an & goes before it when it is not the first
	// file is the whole of a file that was not read: only alone can it be a body.
	file string
	at   given
}

func (s *state) giveBody(g given) bool {
	switch g.name {
	case "data", "data-ascii", "data-binary", "json":
		d := datum{text: g.value, join: g.name != "json", at: g}
		if name, ok := strings.CutPrefix(g.value, "@"); ok {
			text, found := s.read(name, g)
			d.text = text
			if g.name == "data" || g.name == "data-ascii" {
				d.text = strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(text)
			}
			if !found {
				d.file = name
			}
		}
		s.isJSON = s.isJSON || g.name == "json"
		s.data = append(s.data, d)
	case "data-raw":
		s.data = append(s.data, datum{text: g.value, join: true, at: g})
	case "data-urlencode":
		s.data = append(s.data, datum{text: s.urlencode(g), join: true, at: g})
	case "form", "form-string":
		s.parts = append(s.parts, s.part(g)...)
		s.isForm = len(s.parts) > 0
	case "upload-file":
		if g.value != "" {
			s.upload = &g.value
		}
	default:
		return false
	}
	return true
}

// read returns the content of a file or of standard input; false when it is not to be had here.
func (s *state) read(name string, g given) (string, bool) {
	if name == "-" || name == "." {
		switch {
		case s.line.hasStdin && s.line.stdinFile != "":
			name = s.line.stdinFile
		case s.line.hasStdin:
			return s.line.stdinText, true
		default:
			s.note(Unsupported, g, "it reads standard input, which is not part of the command")
			return "", true
		}
	}
	if s.parser.ReadFile == nil {
		return "", false
	}
	b, err := s.parser.ReadFile(name)
	if errors.Is(err, ErrLarge) {
		return "", false
	}
	if err != nil {
		s.note(Unsupported, g, "the file could not be read: "+err.Error())
		return "", true
	}
	return string(b), true
}

// path returns the file behind a name: that of standard input for "-".
func (s *state) path(name string) string {
	if name == "-" && s.line.stdinFile != "" {
		return s.line.stdinFile
	}
	return name
}

// urlencode takes content, =content, name=content, @file, name@file.
func (s *state) urlencode(g given) string {
	i := strings.IndexAny(g.value, "=@")
	if i < 0 {
		return escape(g.value)
	}
	name, content := g.value[:i], g.value[i+1:]
	if g.value[i] == '@' {
		text, found := s.read(content, g)
		if !found {
			s.note(Unsupported, g, "the file is not read here: write its content in its place")
		}
		content = text
	}
	if name != "" {
		name += "="
	}
	return name + escape(content)
}

// urlQuery takes what --url-query adds: as --data-urlencode, or as it is after a +.
func (s *state) urlQuery(g given) string {
	if rest, ok := strings.CutPrefix(g.value, "+"); ok {
		return rest
	}
	return s.urlencode(g)
}

// escape writes s as curl does for forms: all but RFC 3986's unreserved characters as %XX, a space as +.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c == ' ':
			b.WriteByte('+')
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

// part takes name=value, name=@file and name=<file with ;type= and ;filename= after them.
func (s *state) part(g given) []request.Part {
	name, value, ok := strings.Cut(g.value, "=")
	if !ok {
		s.note(Unsupported, g, "it needs name=content")
		return nil
	}
	if g.name == "form-string" {
		return []request.Part{{Name: name, Value: value}}
	}
	var kind byte
	if value != "" && (value[0] == '@' || value[0] == '<') {
		kind, value = value[0], value[1:]
	}
	var parts []request.Part
	for more := true; more; {
		p := request.Part{Name: name}
		var content string
		content, value = quotedUntil(value, kind == '@')
		for strings.HasPrefix(value, ";") {
			var key, v string
			key, value, _ = strings.Cut(value[1:], "=")
			if key = strings.TrimSpace(key); key == "type" {
				v, value = mediaType(value)
				p.Type = v
				continue
			}
			v, value = quotedUntil(value, kind == '@')
			if key == "filename" {
				p.FileName = v
			} else {
				s.note(Unsupported, g, "of a part only type and filename are known")
			}
		}
		switch kind {
		case '@':
			p.Path = s.path(content)
		case '<':
			text, found := s.read(content, g)
			if !found {
				s.note(Unsupported, g, "the file is not read here: write its content in its place")
			}
			p.Value = text
		default:
			p.Value = content
		}
		parts = append(parts, p)
		value, more = strings.CutPrefix(value, ",")
		more = more && kind == '@'
	}
	return parts
}

// quotedUntil returns the text before a ; that begins a parameter (or a comma, in lists of files), or what
// stands in double quotes, and the rest.
func quotedUntil(v string, list bool) (text, rest string) {
	if strings.HasPrefix(v, `"`) {
		var b strings.Builder
		for i := 1; i < len(v); i++ {
			switch {
			case v[i] == '\\' && i+1 < len(v) && (v[i+1] == '\\' || v[i+1] == '"'):
				i++
				b.WriteByte(v[i])
			case v[i] == '"':
				after := strings.TrimLeft(v[i+1:], " \t")
				if after == "" || after[0] == ';' || list && after[0] == ',' {
					return b.String(), after
				}
				i = len(v) // not quoted after all
			default:
				b.WriteByte(v[i])
			}
		}
	}
	for i := range len(v) {
		if list && v[i] == ',' || v[i] == ';' && parameter(v[i+1:]) {
			return v[:i], v[i:]
		}
	}
	return v, ""
}

// parameter reports whether v begins with one of the words that curl knows after a ; of -F.
func parameter(v string) bool {
	v = strings.TrimLeft(v, " \t")
	for _, key := range []string{"type=", "filename=", "headers=", "encoder="} {
		if strings.HasPrefix(v, key) {
			return true
		}
	}
	return false
}

// mediaType reads the value of type=, which may have parameters of its own: text/plain;charset=utf-8.
func mediaType(v string) (text, rest string) {
	for i := range len(v) {
		if v[i] == ',' || v[i] == ';' && parameter(v[i+1:]) {
			return strings.TrimSpace(v[:i]), v[i:]
		}
	}
	return strings.TrimSpace(v), ""
}
