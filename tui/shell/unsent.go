package shell

import (
	"errors"
	"strings"

	"culprit/collections"
)

// unsent says why nothing was sent, a line for each reason, and below them what helps.
func (s *Shell) unsent(err error) string {
	empty := (*collections.Unfilled)(nil)
	if err == nil {
		return ""
	} else if !errors.As(err, &empty) {
		return strings.TrimPrefix(err.Error(), "not sent: ") // the title says it
	}
	out := empty.Each()
	for _, more := range []string{s.wayOut(empty), empty.Stored()} {
		if more != "" {
			out = append(out, "", more)
		}
	}
	if len(empty.Looked) > 0 {
		out = append(out, "", "Looked in "+strings.Join(empty.Looked, ", ")+".")
	}
	return strings.Join(out, "\n")
}

// wayOut says how variables get a value, where that is a key away.
func (s *Shell) wayOut(empty *collections.Unfilled) string {
	switch give := s.opt.Core.Environs; {
	case s.env == "" && len(s.coll.Environments) > 0:
		return "No environment is in use: " + s.keys.Chord.Environment.Help().Key + " chooses one."
	case len(empty.Secrets) > 0 && give != nil && give.Give != nil:
		return s.keys.Plain.Environments.Help().Key + " shows the environments: there it gets a value until you quit."
	}
	return ""
}
