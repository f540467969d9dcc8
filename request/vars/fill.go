package vars

import (
	"errors"

	"culprit/request"
)

// Request returns r with the variables of every part filled in, what was filled in and where, and adds the
// secret values among them to r.Secrets. The error is as for Fill; *Unresolved names all that is missing.
func (f *Filler) Request(r request.Request) (request.Request, []Use, error) {
	r = r.Clone()
	w := walker{filler: f}
	w.text(&r.Method, "method")
	w.text(&r.URL, "URL")
	w.fields(r.Header, "header ")
	w.text(&r.Auth.Scheme, "auth")
	w.fields(r.Auth.Params, "auth ")
	w.text(&r.Body.Type, "content type")
	w.text(&r.Body.Text, "body")
	w.text(&r.Body.Path, "body file")
	w.fields(r.Body.Fields, "form field ")
	for i := range r.Body.Parts {
		p := &r.Body.Parts[i]
		where := "part " + p.Name
		for _, s := range []*string{&p.Name, &p.Value, &p.Path, &p.FileName, &p.Type} {
			w.text(s, where)
		}
	}
	w.text(&r.Settings.Proxy.URL, "proxy")
	for _, s := range []*string{&r.Settings.TLS.CAFile, &r.Settings.TLS.CertFile, &r.Settings.TLS.KeyFile} {
		w.text(s, "TLS file")
	}
	for _, u := range w.uses {
		if u.Secret && u.Value != "" {
			r.Secrets = append(r.Secrets, request.Secret{Ref: u.Scope + "." + u.Name, Value: u.Value})
		}
	}
	if w.err == nil && !w.missing.empty() {
		w.err = &w.missing
	}
	return r, w.uses, w.err
}

// A walker fills the texts of a request one after the other.
type walker struct {
	filler  *Filler
	uses    []Use
	missing Unresolved
	err     error // the first one that is no *Unresolved
}

func (w *walker) text(s *string, where string) {
	out, uses, err := w.filler.Fill(*s)
	var missing *Unresolved
	switch {
	case errors.As(err, &missing):
		w.missing.merge(missing)
	case err != nil && w.err == nil:
		w.err = err
	}
	*s = out
	for _, u := range uses {
		u.Where = where
		w.uses = append(w.uses, u)
	}
}

func (w *walker) fields(fields []request.Field, where string) {
	for i := range fields {
		f := &fields[i]
		at := where + f.Name
		w.text(&f.Name, at)
		w.text(&f.Value, at)
	}
}
