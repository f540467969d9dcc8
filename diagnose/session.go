package diagnose

import (
	"context"
	"iter"
)

// A Script is a diagnosis written as a straight line: it asks and goes on with what it was told. ask returns
// when the answer is there; it returns a refused Answer after the session was stopped, and the script then
// ends with what it knows. tell reports progress.
type Script func(ask func(Question) Answer, tell func(Event)) Report

// A Session is one diagnosis in progress. It is pure: Next and Record alternate, and nothing happens between.
// It is for one goroutine. Close it when it is not run to the end.
type Session struct {
	next    func() (Question, bool)
	stop    func()
	answer  Answer
	events  []Event
	stopped bool
	report  *Report
}

// NewSession returns a session that will follow the script.
func NewSession(script Script) *Session {
	s := &Session{}
	questions := func(yield func(Question) bool) {
		ask := func(q Question) Answer {
			if s.stopped {
				return Answer{Refused: "stopped"}
			}
			if !yield(q) {
				s.stopped = true
				return Answer{Refused: "stopped", Left: s.answer.Left}
			}
			return s.answer
		}
		r := script(ask, func(e Event) { s.events = append(s.events, e) })
		s.report = &r
	}
	s.next, s.stop = iter.Pull(iter.Seq[Question](questions))
	return s
}

// Next returns the next question, or false when the script has ended and Report is there.
func (s *Session) Next() (Question, bool) {
	if s.report != nil {
		return Question{}, false
	}
	return s.next()
}

// Record gives the answer to the question that Next returned last.
func (s *Session) Record(a Answer) { s.answer = a }

// Events returns what was told since the last call.
func (s *Session) Events() []Event {
	e := s.events
	s.events = nil
	return e
}

// Close stops the script: it gets refused answers from now on and ends with what it knows.
func (s *Session) Close() { s.stopped = true; s.stop() }

// Report returns the result, nil while the script has not ended.
func (s *Session) Report() *Report { return s.report }

// Run drives s until it ends or ctx does. ask may block; an error from it ends the run, as does ctx, and
// the report then holds what was learned. emit is called from this goroutine, in order; nil emits nothing.
func Run(ctx context.Context, s *Session, ask func(context.Context, Question) (Answer, error), emit func(Event)) (Report, error) {
	if emit == nil {
		emit = func(Event) {}
	}
	flush := func() {
		for _, e := range s.Events() {
			emit(e)
		}
	}
	var err error
	for {
		q, ok := s.Next()
		flush()
		if !ok {
			break
		}
		var a Answer
		if err = ctx.Err(); err == nil {
			a, err = ask(ctx, q)
		}
		if err != nil {
			s.Record(Answer{Left: a.arrived()})
			s.Close()
			flush()
			break
		}
		s.Record(a)
	}
	r := s.Report()
	if r == nil {
		return Report{}, err
	}
	emit(Event{Report: r})
	return *r, err
}
