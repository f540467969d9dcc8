// Package jq runs a jq program over a body, so that a person sees only the part that matters.
//
// It reads no file, no environment and no module: a program sees the body and nothing else.
package jq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/itchyny/gojq"
)

// Limits of a filter. A decoded body takes about ten times its bytes of memory, and a program can print without
// end.
const (
	MaxInput  = 64 << 20
	MaxOutput = 64 << 20
)

// ErrUnfinished says that a program goes on after what was typed of it.
var ErrUnfinished = errors.New("jq: the program is not finished")

var errOutput = errors.New("jq: the program prints more than 64 MiB; the rest is not shown")

// A Filter is a body that programs are run over. It decodes the body once, at the first program. Make one with
// New; its methods may be called from any goroutine, and run one at a time.
type Filter struct {
	mu     sync.Mutex
	data   []byte
	values []any
	err    error
	ready  bool
	most   uint64 // bytes by which the heap may grow
	whole  int    // bytes up to which a document is decoded as a whole
}

// New returns a filter of data, which must not change.
func New(data []byte) *Filter { return &Filter{data: data, most: MaxMemory, whole: MaxInput} }

// Run returns what the program prints for the body, a value a line, cut off at MaxOutput. It blocks until then,
// until ctx is done or until the program needs MaxMemory; a number keeps its spelling unless the program computes with it.
func (f *Filter) Run(ctx context.Context, program string) ([]byte, error) {
	query, err := gojq.Parse(program)
	var wrong *gojq.ParseError
	if errors.As(err, &wrong) && wrong.Token == "" {
		return nil, ErrUnfinished
	}
	if err != nil {
		return nil, fmt.Errorf("jq: %w", err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, fmt.Errorf("jq: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(f.data) > f.whole {
		ctx, end := bounded(ctx, f.most)
		defer end()
		out, err := f.stream(ctx, query)
		if err != nil && context.Cause(ctx) == ErrMemory {
			err = ErrMemory
		}
		return out, err
	}
	if !f.ready {
		f.values, f.err = decode(f.data, f.whole)
		f.ready = true
	}
	if f.err != nil {
		return nil, f.err
	}
	ctx, end := bounded(ctx, f.most) // the program alone: the body is there for the next one, too
	defer end()
	var out bytes.Buffer
	for _, v := range f.values {
		if err := run(ctx, code, v, &out); err != nil {
			if context.Cause(ctx) == ErrMemory {
				err = ErrMemory
			}
			return out.Bytes(), err
		}
	}
	return out.Bytes(), nil
}

func run(ctx context.Context, code *gojq.Code, input any, out *bytes.Buffer) error {
	results := code.RunWithContext(ctx, input)
	for {
		v, ok := results.Next()
		if !ok {
			return nil
		}
		if err, ok := v.(error); ok {
			var halt *gojq.HaltError
			if errors.As(err, &halt) && halt.Value() == nil {
				return nil
			}
			return fmt.Errorf("jq: %w", err)
		}
		b, err := gojq.Marshal(v)
		if err != nil {
			return fmt.Errorf("jq: %w", err)
		}
		if out.Len()+len(b) > MaxOutput {
			return errOutput
		}
		out.Write(b)
		out.WriteByte('\n')
	}
}

// decode reads every JSON value of data, which is no longer than most.
func decode(data []byte, most int) ([]any, error) {
	if len(data) > most {
		return nil, ErrTooLarge
	}
	var values []any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	for {
		var v any
		switch err := d.Decode(&v); {
		case errors.Is(err, io.EOF):
			return values, nil
		case err != nil:
			return nil, noJSON(err)
		}
		values = append(values, v)
	}
}
