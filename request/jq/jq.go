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

// ErrTooLarge says that a body is above MaxInput.
var ErrTooLarge = errors.New("the body is too large to filter: the limit is 64 MiB")

// A Filter is a body that programs are run over. It decodes the body once, at the first program. Make one with
// New; its methods may be called from any goroutine, and run one at a time.
type Filter struct {
	mu     sync.Mutex
	data   []byte
	values []any
	err    error
	ready  bool
	most   uint64 // bytes by which the heap may grow
}

// New returns a filter of data, which must not change.
func New(data []byte) *Filter { return &Filter{data: data, most: MaxMemory} }

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
	if !f.ready {
		f.values, f.err = decode(f.data)
		f.ready = true
	}
	if f.err != nil {
		return nil, f.err
	}
	ctx, end := bounded(ctx, f.most)
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
			return errors.New("jq: the program prints more than 64 MiB; the rest is not shown")
		}
		out.Write(b)
		out.WriteByte('\n')
	}
}

// decode reads every JSON value of data.
func decode(data []byte) ([]any, error) {
	if len(data) > MaxInput {
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
			return nil, fmt.Errorf("the body is no JSON: %w", err)
		}
		values = append(values, v)
	}
}
