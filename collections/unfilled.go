package collections

import (
	"slices"
	"strings"

	"culprit/request/vars"
)

// An Unfilled is the error for variables without a value: nothing was sent.
type Unfilled struct {
	*vars.Unresolved
	Secrets []string // those of them that are secrets of the environment
	Where   string   // the environment, "" for none
}

// Error names what is missing and, for a secret, that its value is not in the file on purpose and how it is stored.
func (u *Unfilled) Error() string {
	if how := u.Stored(); how != "" {
		return u.Unresolved.Error() + "; " + how
	}
	return u.Unresolved.Error()
}

// Stored says how the values of the secrets among them are stored; "" where there is none.
func (u *Unfilled) Stored() string {
	if len(u.Secrets) == 0 {
		return ""
	}
	text, command := strings.Join(u.Secrets, ", ")+": a secret", "culprit secret set "+u.Secrets[0]
	if u.Where != "" {
		text += " of " + u.Where
		command += " --env " + word(strings.TrimPrefix(u.Where, "environment "))
	}
	return text + ", whose value is never in the file; it is stored by: " + command
}

// word is a name as one word of a shell.
func word(name string) string {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == "" && name != "" {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

// Unwrap returns the list of what is missing.
func (u *Unfilled) Unwrap() error { return u.Unresolved }

func (r *resolver) unfilled() error {
	u := &Unfilled{Unresolved: &r.absent}
	for _, n := range r.absent.Names {
		if slices.Contains(r.missing, n) {
			u.Secrets = append(u.Secrets, n)
		}
	}
	if r.o.Environment != nil {
		u.Where = "environment " + r.o.Environment.Name
	}
	return u
}
