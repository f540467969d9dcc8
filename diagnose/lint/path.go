package lint

import (
	"regexp"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// checkSlashes is U7: a base and a path joined badly.
func checkSlashes(s *scan, r rule) {
	if strings.Contains(s.u.Path, "//") && !strings.Contains(s.u.Path, "://") {
		id, cause := diagnose.ElementID("url.path"), diagnose.CauseID("wrong_path")
		fixed := regexp.MustCompile(`/{2,}`).ReplaceAllString(s.u.Path, "/")
		s.hit(r, id, cause, "There are two slashes in a row in the path.", set(id, fixed, .05))
	}
	if strings.Contains(s.u.Path, "/./") || strings.Contains(s.u.Path, "/../") {
		s.hit(r.at(10), "url.path", "wrong_path", "The path goes up or stays in place with dots; clients and servers resolve them differently.")
	}
	seg := s.segments()
	for i := 1; i < len(seg); i++ {
		if seg[i] == seg[i-1] && (versionSegment.MatchString(seg[i]) || seg[i] == "api" || seg[i] == "rest") {
			kept := slices.Delete(slices.Clone(seg), i, i+1)
			s.hit(r, "url.path", "wrong_path", "The base of the path is there twice.", set("url.path", s.path(kept), .05))
			return
		}
	}
	if len(seg) >= 4 && seg[0] == seg[2] && seg[1] == seg[3] && (versionSegment.MatchString(seg[1]) || seg[0] == "api") {
		s.hit(r, "url.path", "wrong_path", "The base of the path is there twice.", set("url.path", s.path(seg[2:]), .05))
	}
	if len(seg) > 0 && gluedVersion.MatchString(seg[0]) {
		m := gluedVersion.FindStringSubmatch(seg[0])
		s.hit(r.at(25), "url.path", "wrong_path", "A slash seems to be missing after the version.", set("url.path", s.path(append([]string{m[1], m[2]}, seg[1:]...)), .2))
	}
	if p := s.u.Port; p != "" && gluedPort.MatchString(p) {
		m := gluedPort.FindStringSubmatch(p)
		s.hit(r.at(95), "url.port", "malformed_url", "A slash is missing between the port and the path.", set("url", s.u.Scheme+"://"+s.u.Host+":"+m[1]+"/"+m[2]+s.rest(), .02))
		s.fatal()
	}
}

var (
	gluedVersion = lazyre.New(`^(v[0-9])([a-z]{3,})$`)
	gluedPort    = lazyre.New(`^([0-9]{2,5})([a-zA-Z].*)$`)
)

// rest is what follows the authority.
func (s *scan) rest() string {
	out := s.u.Path
	if s.u.Query != "" {
		out += "?" + s.u.Query
	}
	return out
}

// path joins segments and keeps the slash at the end.
func (s *scan) path(seg []string) string {
	p := "/" + strings.Join(seg, "/")
	if strings.HasSuffix(s.u.Path, "/") && len(seg) > 0 {
		p += "/"
	}
	return p
}

func checkTrailingSlash(s *scan, r rule) {
	if len(s.same) < 2 || len(s.segments()) == 0 {
		return
	}
	mine, n, all := strings.HasSuffix(s.u.Path, "/"), 0, 0
	for _, x := range s.same {
		if e, ok := x.Get("url.path"); ok && len(e.Text) > 1 {
			all++
			if strings.HasSuffix(e.Text, "/") {
				n++
			}
		}
	}
	switch {
	case mine && n == 0 && all >= 2:
		s.hit(r, "url.path", "trailing_slash", "The path ends with a slash, those of the other requests do not.", set("url.path", strings.TrimRight(s.u.Path, "/"), .1))
	case !mine && n == all && all >= 2:
		s.hit(r, "url.path", "trailing_slash", "The paths of the other requests end with a slash, this one does not.", set("url.path", s.u.Path+"/", .1))
	}
}

func checkPathCase(s *scan, r rule) {
	seg := s.segments()
	for i, w := range seg {
		for _, p := range s.siblingPaths() {
			if i < len(p) && p[i] != w && strings.EqualFold(p[i], w) && slices.Equal(p[:i], seg[:i]) {
				seg[i] = p[i]
				s.hit(r, "url.path", "wrong_path", "The other requests write a part of the path in another case.", set("url.path", s.path(seg), .1))
				return
			}
		}
	}
}

// pathVariable is a parameter of a path template that nobody filled in.
var pathVariable = lazyre.New(`^(\{[^{}]*\}|:[A-Za-z_]\w*|\{\{[^{}]*\}\}|<[^<>]+>|%7B[\w%]*%7D|\$\{[^{}]*\}|\[[a-z]\w*\]|undefined|null|NaN|None|%5Bobject%20Object%5D|\[object.Object\])$`)

func checkPathVariables(s *scan, r rule) {
	for i, w := range s.segments() {
		if pathVariable.MatchString(w) || unresolved(w) != "" && !hollow.MatchString(w) {
			s.hit(r, diagnose.SegmentID(i), "unresolved_variable", "A part of the path is a variable that was not filled in.")
		} else if within.MatchString(w) {
			s.hit(r, diagnose.SegmentID(i), "unresolved_variable", "A part of the path holds a variable that was not filled in.")
		}
	}
}

var versionSegment = lazyre.New(`^v[0-9]+(\.[0-9]+)*([a-z]+[0-9]*)?$`)

func checkVersion(s *scan, r rule) {
	seg := s.segments()
	at := slices.IndexFunc(seg, versionSegment.MatchString)
	versions := map[string]int{}
	n := 0
	for _, x := range s.same {
		for w := range strings.SplitSeq(strings.Trim(pathOf(x), "/"), "/") {
			if versionSegment.MatchString(w) {
				versions[w]++
				n++
				break
			}
		}
	}
	for v, count := range versions {
		if count*10 < len(s.same)*7 || n < 2 && len(s.same) > 1 {
			continue
		}
		if at >= 0 && seg[at] != v {
			seg[at] = v
			s.hit(r, "url.path", "wrong_api_version", "The other requests use another version in the path.", set("url.path", s.path(seg), .3))
		}
		if at < 0 && n >= 2 {
			s.hit(r, "url.path", "wrong_api_version", "The other requests have a version in the path, this one has none.", set("url.path", "/"+v+s.u.Path, .3))
		}
	}
}

// checkPathSlip is U22: a word of the path that is one slip away from what the other requests have in its place.
func checkPathSlip(s *scan, r rule) {
	seg := s.segments()
	var words []string
	for _, p := range s.siblingPaths() {
		for _, w := range p {
			if word.MatchString(w) && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	for i, w := range seg {
		if !word.MatchString(w) || slices.Contains(words, w) {
			continue
		}
		near := habit.Nearest(w, words)
		if near == "" || strings.EqualFold(near, w) || habit.Distance(near, w) > 2 {
			continue
		}
		odds := r.odds
		if near+"s" == w || w+"s" == near {
			odds = 12 // singular and plural may both exist
		}
		fixed := slices.Clone(seg)
		fixed[i] = near
		s.hit(r.at(odds), "url.path", "wrong_path", "A word of the path is one slip away from one in the other requests.", set("url.path", s.path(fixed), .2))
		return
	}
}

// word is a part of a path that is no identifier.
var word = lazyre.New(`^[A-Za-z]{4,}([_-][A-Za-z]+)*$`)
