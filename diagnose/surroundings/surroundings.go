// Package surroundings reads the facts of the machine that a diagnosis compares a request with: proxy variables,
// trusted authorities, networks, the client certificate.
//
// It judges nothing; the rules are in package lint.
package surroundings

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/vars"
)

// A Machine is what is asked of the process. The zero value knows nothing.
type Machine struct {
	Getenv     func(string) string            // usually os.Getenv; nil for no variables
	Interfaces func() ([]netip.Prefix, error) // networks of the interfaces that are up, with loopback; nil when they cannot be asked
}

// Of returns what is around r: environment is the name of the active environment, uses what was filled in. Files that
// cannot be read say nothing here: sending the request says why.
func (m Machine) Of(r request.Request, environment string, uses []vars.Use) diagnose.Surroundings {
	s := diagnose.Surroundings{Environment: environment, Shadowed: shadowed(uses, environment)}
	if m.Getenv != nil {
		if r.Settings.Proxy.URL == "" {
			s.Proxy, s.ProxyFrom = request.EnvironmentProxy(m.Getenv, r.URL)
			if r.Settings.UnixSocket == "" {
				s.Spared, s.SparedWhy = request.SparedProxy(m.Getenv, r.URL)
			}
		}
		for _, name := range []string{"SSL_CERT_FILE", "SSL_CERT_DIR"} { // those that crypto/x509 reads on Unix
			if s.Roots == "" && m.Getenv(name) != "" && r.Settings.TLS.CAFile == "" {
				s.Roots = name
			}
		}
	}
	if m.Interfaces != nil {
		if all, err := m.Interfaces(); err == nil {
			s.Networks = slices.DeleteFunc(all, func(p netip.Prefix) bool { return p.Addr().IsLoopback() || p.Addr().IsLinkLocalUnicast() })
			s.Offline = len(s.Networks) == 0
		}
	}
	if c, err := r.ClientCertificate(); err == nil && c != nil {
		s.From, s.Until = c.NotBefore, c.NotAfter
	}
	return s
}

// Up returns the networks of the interfaces of this machine that are up. It asks the kernel.
func Up() ([]netip.Prefix, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var out []netip.Prefix
	for _, i := range all {
		addresses, err := i.Addrs()
		if i.Flags&net.FlagUp == 0 || err != nil {
			continue
		}
		for _, a := range addresses {
			if p, err := netip.ParsePrefix(a.String()); err == nil {
				out = append(out, p.Masked())
			}
		}
	}
	return out, nil
}

// shadowed are the variables that the active environment defines and a nearer scope overrides. What the command line
// overrides is meant so.
func shadowed(uses []vars.Use, environment string) []diagnose.Shadowed {
	var out []diagnose.Shadowed
	for _, u := range uses {
		if environment == "" || u.Scope == "--var" || !slices.Contains(u.Shadows, "environment "+environment) {
			continue
		}
		s := diagnose.Shadowed{Name: u.Name, Scope: u.Scope, Element: elementOf(u.Where)}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// elementOf turns a place of package vars into an element.
func elementOf(where string) diagnose.ElementID {
	for prefix, kind := range map[string]string{"header ": "header", "form field ": "form", "part ": "multipart"} {
		if name, ok := strings.CutPrefix(where, prefix); ok {
			if strings.EqualFold(name, "Authorization") && kind == "header" {
				return "auth"
			}
			return diagnose.ID(kind, name)
		}
	}
	switch {
	case where == "auth" || strings.HasPrefix(where, "auth "):
		return "auth"
	case where == "body" || where == "body file":
		return "body"
	case where == "method" || where == "proxy":
		return diagnose.ElementID(where)
	case where == "content type":
		return "header:Content-Type"
	}
	return "url"
}
