package spec

import (
	"cmp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// A match is the operation that a request means.
type match struct {
	*operation
	template []string // segments, with those of the server's base path
	segments []string // of the request, or as they should be
	exact    bool     // the path is as documented
	known    bool     // the request's host is a server of the document
}

// route finds the operation of the request and records what is wrong with path and method. It reports false
// when the other checks have nothing to compare with.
func (i *inspection) route() (match, bool) {
	u := element.SplitURL(i.x.Request.URL)
	segments := split(u.Path)
	method, _ := i.x.Get("method")
	exact := i.spec.exact(hostOf(u), segments)
	for _, m := range exact {
		if m.method == method.Text {
			i.slips(m)
			i.otherBase(m)
			return m, true
		}
	}
	if method.Text == "OPTIONS" && len(exact) > 0 {
		return match{}, false // CORS asks so everywhere
	}
	if method.Text == "HEAD" {
		for _, m := range exact {
			if m.method == "GET" { // RFC 9110 §9.3.2: HEAD is GET without the content
				return m, true
			}
		}
	}
	near := i.spec.near(hostOf(u), segments, method.Text)
	if len(exact) > 0 {
		i.wrongMethod(exact, method.Text)
		i.wrongPath(near, exact[0].known)
		return match{}, false
	}
	i.wrongPath(near, i.spec.serves(hostOf(u)))
	if len(near) == 0 || near[0].method != method.Text {
		return match{}, false
	}
	return near[0].match, true
}

// otherBase proposes the path below another base path, on a host that the document does not name: there both may
// be right, and the one that was not tried is worth little but a probe.
func (i *inspection) otherBase(m match) {
	if m.known {
		return
	}
	own := m.segments[len(m.segments)-len(split(m.path)):]
	for _, base := range m.bases("") {
		to := slices.Concat(split(base), own)
		if slices.Equal(to, m.segments) {
			continue
		}
		d := edit("url.path", diagnose.Set, "/"+strings.Join(to, "/"), slight, "the document's base path is "+quoted(base+"/"))
		d.Source, d.Cause, d.Harm, d.Widens = "spec", pathCause(m.segments, to), .3, true
		i.found = append(i.found, finding{edits: []diagnose.Edit{d}})
	}
}

// hostOf is the host as documents write it: lower case, without the scheme's own port.
func hostOf(u element.URL) string {
	h := strings.ToLower(u.Host)
	if u.Port == "" || u.Port == "443" && u.Scheme == "https" || u.Port == "80" && u.Scheme == "http" {
		return h
	}
	return h + ":" + u.Port
}

func (s *Spec) serves(host string) bool {
	return slices.ContainsFunc(s.ops, func(o operation) bool { return o.on(host) })
}

func (o *operation) on(host string) bool {
	return slices.ContainsFunc(o.servers, func(s server) bool { return s.host == host && host != "" })
}

// bases returns where the operation may stand on a host. On a host of the document that is its base path. On
// another one (a mock, a tunnel, a test) it is any base path or none.
func (o *operation) bases(host string) []string {
	var out []string
	known := o.on(host)
	for _, s := range o.servers {
		if (!known || s.host == host) && !slices.Contains(out, s.base) {
			out = append(out, s.base)
		}
	}
	if !known && !slices.Contains(out, "") {
		out = append(out, "")
	}
	return out
}

// exact returns the operations on a path, of any method: the ones with fewer parameters first, all alike.
func (s *Spec) exact(host string, segments []string) []match {
	var out []match
	for k := range s.ops {
		o := &s.ops[k]
		for _, base := range o.bases(host) {
			t := split(base + o.path)
			if len(t) == len(segments) && allFit(t, segments) {
				out = append(out, match{o, t, segments, true, o.on(host)})
				break
			}
		}
	}
	// A literal segment is stronger than a parameter (OpenAPI, Paths Object: concrete before templated).
	least := 1 << 20
	for _, m := range out {
		least = min(least, strings.Count(m.path, "{"))
	}
	return slices.DeleteFunc(out, func(m match) bool { return strings.Count(m.path, "{") > least })
}

func allFit(template, segments []string) bool {
	for k, t := range template {
		if _, ok := fits(t, segments[k]); !ok {
			return false
		}
	}
	return true
}

// wrongMethod records that the path is there and the method is not.
func (i *inspection) wrongMethod(on []match, method string) {
	var allowed []string
	for _, m := range on {
		if !slices.Contains(allowed, m.method) {
			allowed = append(allowed, m.method)
		}
	}
	slices.SortStableFunc(allowed, func(a, b string) int { return i.unfit(a) - i.unfit(b) })
	e := diagnose.Evidence{Cause: "method_not_allowed", Element: "method", Allowed: allowed,
		Text: "the document has no " + quoted(method) + " for " + on[0].path + ", only " + strings.Join(allowed, ", ")}
	var edits []diagnose.Edit
	for k, to := range allowed {
		if to == "DELETE" && len(allowed) > 1 {
			continue // never as a guess
		}
		d := edit("method", diagnose.Set, to, 80/float64(k+1), "the document has "+to+" here") // §8: 80, .5, widens
		d.Harm, d.Widens = .5, true
		edits = append(edits, d)
	}
	i.add(e, edits...)
}

// unfit orders methods by how little they fit a request with or without a body.
func (i *inspection) unfit(method string) int {
	order := []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
	if i.x.Request.Body.Kind != "" {
		order = []string{"POST", "PUT", "PATCH", "GET", "DELETE"}
	}
	if k := slices.Index(order, method); k >= 0 {
		return k
	}
	return len(order)
}

// wrongPath records that the document does not have the path, with what it has nearby.
func (i *inspection) wrongPath(near []neighbour, known bool) {
	written, _ := i.x.Get("url.path")
	if len(near) == 0 {
		if i.found != nil {
			return // the path is there, the method is wrong
		}
		e := diagnose.Evidence{Cause: "wrong_path", Element: "url.path", Ratio: hint,
			Text: "the document has no path like " + quoted(written.Text)}
		if known {
			e.Ratio = certain / 3 // documents leave paths out, and then none is near
		}
		i.add(e)
		return
	}
	e := diagnose.Evidence{Cause: near[0].cause, Element: "url.path"}
	if len(i.found) > 0 {
		e.Ratio = likely
	}
	var edits []diagnose.Edit
	for k, n := range near[:min(len(near), 3)] {
		to := "/" + strings.Join(n.segments, "/")
		e.Allowed = append(e.Allowed, to)
		d := edit("url.path", diagnose.Set, to, repair/float64(k+1), "the document has "+n.method+" "+n.path)
		d.Cause, d.Harm, d.Widens = n.cause, .1, true
		edits = append(edits, d)
	}
	e.Text = "the document has " + quoted(e.Allowed[0]) + ", not " + quoted(written.Text)
	i.add(e, edits...)
}

// slips looks for a documented word that is nearly what stands in the place of a parameter: /pets/findByStatu
// fits /pets/{id}, and /pets/findByStatus was meant. Only a value that the parameter refuses counts.
func (i *inspection) slips(m match) {
	for k, t := range m.template {
		if !strings.HasPrefix(t, "{") || !strings.HasSuffix(t, "}") {
			continue
		}
		p := m.parameter("path", t[1:len(t)-1])
		if p == nil || p.Schema == nil || len(i.judge.problems(p.Schema.Value, i.judge.coerce(p.Schema.Value, unescape(m.segments[k])))) == 0 {
			continue
		}
		for j := range i.spec.ops {
			o := &i.spec.ops[j]
			other := split(strings.Join(m.template[:len(m.template)-len(split(m.path))], "/") + o.path)
			if o.method != m.method || len(other) != len(m.template) || strings.Contains(other[k], "{") || habit.Nearest(m.segments[k], []string{other[k]}) == "" {
				continue
			}
			to := slices.Clone(m.segments)
			to[k] = other[k]
			if allFit(other, to) {
				i.wrongPath([]neighbour{{match{o, other, to, false, m.known}, 0, "wrong_path"}}, m.known)
				return
			}
		}
	}
}

// A neighbour is a documented path that is nearly the request's.
type neighbour struct {
	match
	cost  float64
	cause diagnose.CauseID
}

const (
	// nearest is how far a path may be off: two small slips, or one word too many or too few.
	nearest = 1.2
	// elsewhereCost is what it costs that a method is not there.
	elsewhereCost = .3
	// maxNeighbours is how many are kept.
	maxNeighbours = 4
)

// near returns the documented paths that segments are a slip away from, nearest first.
func (s *Spec) near(host string, segments []string, method string) []neighbour {
	if len(segments) > maxSegments {
		return nil
	}
	var out []neighbour
	for k := range s.ops {
		o := &s.ops[k]
		for _, base := range o.bases(host) {
			t := split(base + o.path)
			to, cost := align(t, segments)
			if o.method != method {
				cost += elsewhereCost
			}
			if cost > nearest || slices.Equal(to, segments) {
				continue
			}
			n := neighbour{match{o, t, to, false, o.on(host)}, cost, pathCause(segments, to)}
			if at := slices.IndexFunc(out, func(m neighbour) bool { return slices.Equal(m.segments, to) }); at < 0 {
				out = append(out, n)
			} else if out[at].cost > cost {
				out[at] = n
			}
		}
	}
	slices.SortStableFunc(out, func(a, b neighbour) int { return cmp.Compare(a.cost, b.cost) })
	return out[:min(len(out), maxNeighbours)]
}

// pathCause names the difference between two paths.
func pathCause(from, to []string) diagnose.CauseID {
	f, t := strings.Join(from, "/"), strings.Join(to, "/")
	if strings.TrimSuffix(f, "/") == strings.TrimSuffix(t, "/") {
		return "trailing_slash"
	}
	plain := func(segments []string) []string {
		return slices.DeleteFunc(slices.Clone(segments), func(s string) bool { return version.MatchString(s) })
	}
	if slices.Equal(plain(from), plain(to)) {
		return "wrong_api_version"
	}
	return "wrong_path"
}
