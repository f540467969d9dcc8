package send

import (
	"context"
	"errors"
	"testing"

	"culprit/collections"
	"culprit/request"
)

// recorder remembers what it was given.
type recorder struct {
	got []collections.Record
	err error
}

func (r *recorder) Record(ctx context.Context, rec collections.Record) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.got = append(r.got, rec)
	return r.err
}

func TestSendResolvesPerformsAndRecords(t *testing.T) {
	e := &collections.Entry{Kind: collections.HTTP, Path: "a"}
	o := collections.ResolveOptions{Dir: "/c", Environment: &collections.Environment{Name: "local",
		Variables: []collections.Variable{{Name: "host", Value: "http://x.test"}}}}
	broken := &request.Failure{Phase: request.PhaseConnect, Cause: "connection_refused", Err: errors.New("refused")}
	tests := []struct {
		name    string
		url     string
		status  int
		failure *request.Failure
		cancel  bool
		passed  bool
		records int
	}{
		{"a pass", "{{host}}/", 200, nil, false, true, 1},
		{"an error status", "{{host}}/", 422, nil, false, false, 1},
		{"no response", "{{host}}/", 0, broken, false, false, 1},
		{"cancelled", "{{host}}/", 0, broken, true, false, 1},
		{"a variable without a value", "{{hots}}/", 0, nil, false, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := &recorder{err: errors.New("disk full")}
			s := Sender{Recorder: rec, Do: func(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
				x := &request.Exchange{Request: r, Failure: tt.failure}
				if tt.failure != nil {
					return x, tt.failure
				}
				x.Hops = []request.Hop{{Response: &request.Response{Status: tt.status, Body: request.NewContent(nil)}}}
				return x, nil
			}}
			ctx, cancel := context.WithCancel(t.Context())
			if tt.cancel {
				cancel()
			}
			defer cancel()
			sent, err := s.Send(ctx, e, collections.Saved{URL: tt.url}, o, nil)
			if len(rec.got) != tt.records {
				t.Fatalf("%d records", len(rec.got))
			}
			if tt.records == 0 {
				if err == nil || sent.Exchange != nil {
					t.Errorf("%+v, %v", sent, err)
				}
				return
			}
			if r := rec.got[0]; r.Passed != tt.passed || r.Environment != "local" || r.Entry != "a" || sent.Unrecorded == nil {
				t.Errorf("%+v, %v", r, sent.Unrecorded)
			}
			if (err != nil) != (tt.failure != nil) || sent.Exchange.Request.URL != "http://x.test/" {
				t.Errorf("%v, %+v", err, sent.Exchange.Request)
			}
		})
	}
}

// What could not be checked counts in the history as it does on the screen: not as passed.
func TestAnAssertionThatCannotBeReadIsNoPass(t *testing.T) {
	e := &collections.Entry{Kind: collections.HTTP, Path: "a"}
	for operator, want := range map[string]bool{"eq": true, "resembles": false} {
		rec := &recorder{}
		s := Sender{Recorder: rec, Do: func(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
			return &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent(nil)}}}}, nil
		}}
		saved := collections.Saved{URL: "http://x.test/", Asserts: []collections.Assert{{Expression: "res.status", Operator: operator, Value: "200"}}}
		if _, err := s.Send(t.Context(), e, saved, collections.ResolveOptions{Dir: "/c"}, nil); err != nil || len(rec.got) != 1 || rec.got[0].Passed != want {
			t.Errorf("%s: %v, %+v", operator, err, rec.got)
		}
	}
}
