package core

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"culprit/collections"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/curl"
	"culprit/request/secret"
	"culprit/tui/screen/workbench"
	"culprit/tui/shell"
)

// resolve fills in a URL for display, secrets masked.
func (c *Core) resolve(e *collections.Entry, s collections.Saved, env string, revealed bool) workbench.Resolution {
	o := c.options(env)
	o.Secrets = c.parts.Vault.Known // a key is not kept waiting for a keyring
	if j := c.jar(env); j != nil && j.Seen() != nil && c.jarless() == "" {
		o.Jar = then{j.Seen()} // nor for a disk
	}
	r, err := collections.ResolveSaved(e, s, o)
	out := workbench.Resolution{URL: s.URL, Variables: variables(e, s, o, revealed)}
	var unfilled *collections.Unfilled
	switch {
	case errors.As(err, &unfilled):
		out.Missing = unfilled.Names
		if len(unfilled.Secrets) > 0 {
			out.Notes = c.parts.Vault.Faults()
		}
	case err == nil:
		out.Notes, out.URL = r.Warnings, r.Request.URL
		for _, k := range r.Jarred {
			out.Cookies = append(out.Cookies, workbench.Jarred{Name: k.Name, Where: k.Where()})
		}
		if !revealed {
			out.URL = c.masks.of(r.Request)(r.Request.URL)
		}
	}
	return out
}

// variables are those that a draft can name, secrets masked unless they are revealed.
func variables(e *collections.Entry, s collections.Saved, o collections.ResolveOptions, revealed bool) []workbench.Variable {
	var out []workbench.Variable
	for _, v := range collections.VisibleTo(e, s, o) {
		value := v.Value
		if !revealed && (v.Secret || secret.Guess(v.Name, value)) {
			value = secret.Mask(value)
		}
		out = append(out, workbench.Variable{Name: v.Name, Value: value, Scope: v.Scope, Shadows: v.Shadows})
	}
	return out
}

// masks are the functions that hide secrets, kept because they are asked for at every key while few requests have
// secrets of their own, and one takes a millisecond to make. The zero value is empty.
type masks struct {
	mu   sync.Mutex
	made map[string]func(string) string
}

// maxMasks is how many are kept: more than the requests of a folder that share an environment.
const maxMasks = 32

// of returns the function that hides what r knows to be secret.
func (m *masks) of(r request.Request) func(string) string {
	secrets := request.Strict(r.Secrets)
	for _, e := range element.Of(r).Elements {
		if v, ok := e.Value.(string); ok && e.Secret {
			secrets = append(secrets, request.Secret{Ref: string(e.ID), Value: v})
		}
	}
	var key strings.Builder
	for _, s := range secrets {
		fmt.Fprintf(&key, "%q %q ", s.Ref, s.Value)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	mask, ok := m.made[key.String()]
	if !ok {
		if len(m.made) >= maxMasks || m.made == nil {
			m.made = map[string]func(string) string{}
		}
		values := make([]secret.Value, len(secrets))
		for i, s := range secrets {
			values[i] = secret.New(s.Ref, s.Value)
		}
		mask = secret.NewSet(values...).Mask
		m.made[key.String()] = mask
	}
	return mask
}

func (c *Core) parseCurl(text string) (shell.Pasted, error) {
	parsed, err := curl.Parse(text)
	if err != nil {
		return shell.Pasted{}, err
	}
	saved, lost := collections.FromRequest(parsed.Request)
	var warnings []string
	for _, n := range parsed.Notes {
		if n.Kind != curl.Ignored {
			warnings = append(warnings, n.Option+": "+n.Text)
		}
	}
	for _, l := range lost {
		warnings = append(warnings, "not kept: "+l)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var taken []string
	if c.collection != nil {
		taken = c.collection.Names()
	}
	return shell.Pasted{Saved: saved, Warnings: warnings, Adopted: collections.Adopt(parsed.Request, taken)}, nil
}

func (c *Core) toCurl(e *collections.Entry, s collections.Saved, env string, show bool) (text string, masked bool, err error) {
	r, err := collections.ResolveSaved(e, s, c.jarred(env))
	if err != nil {
		return "", false, err
	}
	whole := curl.Print(r.Request, curl.OneLine, nil)
	if show {
		return whole, false, nil
	}
	text = curl.Print(r.Request, curl.OneLine, c.masks.of(r.Request))
	return text, text != whole, nil
}

// nameOf names a new request after the last word of its path; the method stands beside every name.
func nameOf(s collections.Saved) string {
	path := strings.Trim(element.SplitURL(s.URL).Path, "/")
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		path = path[i+1:]
	}
	if path == "" {
		path = "root"
	}
	return path
}
