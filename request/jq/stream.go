package jq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/itchyny/gojq"
)

// ErrTooLarge says that a body is above MaxInput, and which programs are run over it all the same.
var ErrTooLarge = errors.New("above 64 MiB only what begins with a path is run, such as .items[0] or .items[] | {id}")

// stream runs a program over a body that is too large to be decoded: the path that it begins with is followed through the
// bytes, and only what lies there is decoded, one value after the other. Members are printed in the order of the document.
func (f *Filter) stream(ctx context.Context, q *gojq.Query) ([]byte, error) {
	steps, rest, ok := pathOf(q)
	if !ok || len(steps) == 0 {
		return nil, ErrTooLarge
	}
	var out bytes.Buffer
	print := func(value []byte) error { return compact(&out, value) }
	if rest != nil {
		code, err := gojq.Compile(rest)
		if err != nil {
			return nil, fmt.Errorf("jq: %w", err)
		}
		print = func(value []byte) error {
			values, err := decode(value, f.whole)
			if err != nil {
				return err
			}
			return run(ctx, code, values[0], &out)
		}
	}
	s := &scan{ctx: ctx, data: f.data}
	for at := s.blank(0); at < len(s.data); {
		end, err := s.skip(at)
		if err == nil {
			err = s.follow(at, end, steps, print)
		}
		if err != nil {
			return out.Bytes(), err
		}
		at = s.blank(end)
	}
	return out.Bytes(), nil
}

// compact prints a value on a line; that it is JSON is seen then.
func compact(out *bytes.Buffer, value []byte) error {
	if out.Len()+len(value) > MaxOutput {
		return errOutput
	}
	if err := json.Compact(out, value); err != nil {
		return noJSON(err)
	}
	out.WriteByte('\n')
	return nil
}

func noJSON(err error) error { return fmt.Errorf("the body is no JSON: %w", err) }

// A scan finds values in the bytes of a document. It looks at no more than brackets, strings and commas.
type scan struct {
	ctx  context.Context
	data []byte
	seen int // bytes since it was asked whether to go on
}

// patience is after how many bytes it is asked whether anybody still waits: some milliseconds.
const patience = 1 << 20

// follow prints what lies at steps below the value of the bytes from at to end.
func (s *scan) follow(at, end int, steps []step, print func([]byte) error) error {
	if len(steps) == 0 {
		return print(s.data[at:end])
	}
	now, rest := steps[0], steps[1:]
	array, object := s.data[at] == '[', s.data[at] == '{'
	switch null := s.data[at] == 'n'; {
	case null && now.kind != each:
		return s.absent(rest, print)
	case now.kind == each && !array && !object, now.kind == member && !object, now.kind == item && !array:
		if now.try {
			return nil
		}
		return fmt.Errorf("jq: %s does not go into %.20s", now, s.data[at:end])
	case now.kind == each:
		return s.children(at, func(_ []byte, from, to int) error { return s.follow(from, to, rest, print) })
	}
	from, to, n := -1, 0, 0
	err := s.children(at, func(key []byte, a, b int) error {
		if object && named(key, now.name) || array && n == now.index {
			from, to = a, b // of members with one name the last one counts
		}
		if n++; array && n > now.index {
			return errFound
		}
		return nil
	})
	switch {
	case err != nil && !errors.Is(err, errFound):
		return err
	case from < 0:
		return s.absent(rest, print)
	}
	return s.follow(from, to, rest, print)
}

// absent prints what lies below a value that is not there: null, and nothing of each of its items.
func (s *scan) absent(rest []step, print func([]byte) error) error {
	for _, r := range rest {
		if r.kind != each {
			continue
		}
		if r.try {
			return nil
		}
		return fmt.Errorf("jq: %s does not go into null", r)
	}
	return print([]byte("null"))
}

// String is a step as a program has it.
func (s step) String() string {
	switch s.kind {
	case each:
		return ".[]"
	case item:
		return fmt.Sprintf(".[%d]", s.index)
	}
	return "." + s.name
}

// errFound ends a walk that has what it looks for.
var errFound = errors.New("found")

// named reports whether key, a string as it is written, is name.
func named(key []byte, name string) bool {
	if bytes.IndexByte(key, '\\') < 0 {
		return string(key[1:len(key)-1]) == name
	}
	var text string
	return json.Unmarshal(key, &text) == nil && text == name
}

// children calls do for what lies in the array or object at at, with the key of a member.
func (s *scan) children(at int, do func(key []byte, from, to int) error) error {
	object := s.data[at] == '{'
	i := s.blank(at + 1)
	if i < len(s.data) && (s.data[i] == ']' || s.data[i] == '}') {
		return nil
	}
	for {
		var key []byte
		if object {
			end, err := s.skip(i)
			if err != nil {
				return err
			}
			key, i = s.data[i:end], s.blank(end)
			if key[0] != '"' || i == len(s.data) || s.data[i] != ':' {
				return s.wrong(i)
			}
			i = s.blank(i + 1)
		}
		end, err := s.skip(i)
		if err != nil {
			return err
		}
		if err := do(key, i, end); err != nil {
			return err
		}
		switch i = s.blank(end); {
		case i == len(s.data):
			return s.wrong(i)
		case s.data[i] == ']' || s.data[i] == '}':
			return nil
		case s.data[i] != ',':
			return s.wrong(i)
		}
		i = s.blank(i + 1)
	}
}

// blank is the first place from i on that is no white space.
func (s *scan) blank(i int) int {
	for i < len(s.data) && (s.data[i] == ' ' || s.data[i] == '\n' || s.data[i] == '\t' || s.data[i] == '\r') {
		i++
	}
	return i
}

// skip is the end of the value at i.
func (s *scan) skip(i int) (end int, err error) {
	if i >= len(s.data) {
		return i, s.wrong(i)
	}
	if s.seen > patience {
		if err := s.ctx.Err(); err != nil {
			return i, err
		}
		s.seen = 0
	}
	from := i
	defer func() { s.seen += end - from }()
	switch s.data[i] {
	case '"':
		return s.text(i)
	case '{', '[':
		return s.container(i)
	case ']', '}', ',', ':':
		return i, s.wrong(i)
	}
	for i < len(s.data) && !delimits[s.data[i]] {
		i++
	}
	return i, nil
}

// delimits are the bytes that end a number or a word.
var delimits = [256]bool{',': true, ']': true, '}': true, ':': true, ' ': true, '\n': true, '\t': true, '\r': true, '"': true, '[': true, '{': true}

// container is the end of the array or object at i. Below it only brackets and strings are looked at.
func (s *scan) container(i int) (end int, err error) {
	for depth, asked := 0, i; i < len(s.data); i++ {
		switch s.data[i] {
		case '"':
			if i, err = s.text(i); err != nil {
				return i, err
			}
			i--
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		}
		if i-asked > patience {
			if err := s.ctx.Err(); err != nil {
				return i, err
			}
			asked = i
		}
	}
	return i, s.wrong(i)
}

// text is the end of the string at i.
func (s *scan) text(i int) (end int, err error) {
	for i++; ; {
		n := bytes.IndexByte(s.data[i:], '"')
		if n < 0 {
			return len(s.data), s.wrong(len(s.data))
		}
		slashes := 0
		for n-slashes > 0 && s.data[i+n-slashes-1] == '\\' {
			slashes++
		}
		if i += n + 1; slashes%2 == 0 {
			return i, nil
		}
	}
}

// wrong says where the document stops being JSON.
func (s *scan) wrong(i int) error {
	if i >= len(s.data) {
		return noJSON(errors.New("it ends early"))
	}
	return noJSON(fmt.Errorf("%q at byte %d", s.data[i], i))
}
