package lint

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/jsontext"
)

// keysOf are the names of one object, form or query, in order.
type keysOf struct {
	place diagnose.ElementID // of the names: "body:/ship/", "form:", "query:"
	names []string
}

// objects are the places with names.
func (s *scan) objects() []keysOf {
	if s.keyed != nil {
		return s.keyed
	}
	out := []keysOf{}
	if s.root != nil {
		s.root.Walk(func(p string, n *jsontext.Node) bool {
			if n.Kind == jsontext.Object && len(n.Children) <= maxBounded {
				k := keysOf{place: diagnose.ID("body", p+"/")}
				for _, c := range n.Children {
					k.names = append(k.names, c.Key)
				}
				out = append(out, k)
			}
			return true
		})
	}
	for _, kind := range []string{"query", "form", "multipart"} {
		k := keysOf{place: diagnose.ID(kind, "")}
		for _, e := range s.x.Elements {
			if name, ok := e.ID.In(kind); ok && !strings.Contains(name, "#") && len(k.names) < maxBounded {
				k.names = append(k.names, name)
			}
		}
		if len(k.names) > 0 {
			out = append(out, k)
		}
	}
	s.keyed = out
	return out
}

// id is the element of a name.
func (k keysOf) id(name string) diagnose.ElementID { return k.place.Beside(name) }

// unexpected is the cause of a name that is one too many.
func (k keysOf) unexpected() diagnose.CauseID {
	if k.place.Is("query") {
		return "invalid_request_parameter"
	}
	return "unexpected_body_property"
}

// checkTwins is N14: two names beside each other, one of which is the other with a letter struck twice: age and agee.
func checkTwins(s *scan, r rule) {
	for _, k := range s.objects() {
		for _, name := range k.names {
			if of := struckTwice(name, func(n string) bool { return slices.Contains(k.names, n) }); of != "" {
				s.hit(r, k.id(name), k.unexpected(), "The name is that of "+of+" with a letter struck twice.", remove(k.id(name), .05))
			}
		}
	}
}

// struckTwice is a known name that name is with a letter doubled, "" when it is none.
func struckTwice(name string, known func(string) bool) string {
	for i := 1; i < len(name); i++ {
		if name[i] == name[i-1] && (name[i] < '0' || name[i] > '9') && len(name) > 3 && known(name[:i]+name[i+1:]) {
			return name[:i] + name[i+1:]
		}
	}
	return ""
}

// shortNames are names that most APIs have; meaningful are words that lie one letter from them.
var (
	shortNames = strings.Fields(`limit offset filter filters match query price size page email phone state value count total order color group scope range field fields index title label
 sort start image owner token amount source target active number content category`)
	meaningful = strings.Fields(`consent age hone vale mach math filer rice tile stat sate mail cope rang rage tate star tart toke sore ride oder under mount sour rder here contet titel feld filtre ordre numer filed strat colo`)
)

// checkSlips is N15: a name that is one of the usual ones with a letter left out, struck twice or changed for its neighbour.
func checkSlips(s *scan, r rule) {
	for _, k := range s.objects() {
		for _, name := range k.names {
			if len(name) < 3 || slices.Contains(shortNames, name) || slices.Contains(meaningful, name) || slices.Contains(known, name) {
				continue
			}
			for _, usual := range shortNames {
				if !slipped(name, usual) || strings.HasPrefix(usual, name) && len(usual)-len(name) == 1 && usual[len(name)] == 's' || slices.Contains(k.names, usual) {
					continue
				}
				s.hit(r, k.id(name), k.unexpected(), "The name is one slip away from "+usual+".", rename(k.id(name), usual, .1), weigh(remove(k.id(name), .2), r.odds/3))
				break
			}
		}
	}
}

// slipped reports that a hand which meant usual wrote name: a letter left out or struck twice, or two in the wrong order.
func slipped(name, usual string) bool {
	switch len(usual) - len(name) {
	case 1:
		for i := range usual {
			if usual[:i]+usual[i+1:] == name {
				return i > 0
			}
		}
	case -1:
		return struckTwice(name, func(n string) bool { return n == usual }) != ""
	case 0:
		for i := 1; i < len(name); i++ {
			if name[i] != name[i-1] && name[:i-1]+name[i:i+1]+name[i-1:i]+name[i+1:] == usual {
				return true
			}
		}
	}
	return false
}
