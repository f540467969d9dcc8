package repair

import (
	"slices"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// resources are words that paths of APIs are made of, in the form that most have them.
var resources = strings.Fields(`accounts addresses articles assets authors balances books calendars campaigns carts categories channels charges
chats comments companies contacts countries coupons credentials currencies customers deliveries departments devices documents employees
environments events exports favorites files folders groups health history images imports inventory invoices issues items jobs keys labels
languages licenses locations login logs members messages metrics notes notifications options orders organizations payments payouts
permissions persons photos plans policies posts prices products profile profiles projects purchases queues quotes ratings receipts
refunds regions reports repositories requests reservations resources results reviews roles schedules search sessions settings shipments
status stores subscriptions suppliers tables tags tasks teams templates tenants tickets tokens topics transactions transfers
cards charts pages parts rates rules stocks users vehicles vendors versions videos vouchers wallets warehouses webhooks workspaces`)

var (
	// prefix matches a segment below which whole APIs hang.
	prefix = lazyre.New(`(?i)^(v[0-9]{1,2}(\.[0-9]+)?|api|rest)$`)
	// format matches the extension by which older APIs choose the form of their answer.
	format = lazyre.New(`(?i)\.(json|xml|html|php|aspx?|do)$`)
	// routeWord matches a segment that is a word of the route, and no identifier.
	routeWord = lazyre.New(`^[A-Za-z]{3,}([_-]?[A-Za-z]+)*$`)
)

// withoutSlip is why a word of a path is spelled otherwise.
const withoutSlip = "without a slip"

// Spellings are other ways to write a path that nobody knows, likeliest first: a word without its slip, in small letters,
// without an extension, with its words parted in another way, in its other number, below the prefix that most APIs have
// or without the one that it has. They are for a request that only reads: each may be another operation.
func Spellings(path string) []diagnose.Edit {
	seg := strings.Split(strings.Trim(path, "/"), "/")
	var out []diagnose.Edit
	put := func(seg []string, why string) {
		to := "/" + strings.Join(seg, "/")
		if strings.HasSuffix(path, "/") {
			to += "/"
		}
		if to == path || slices.ContainsFunc(out, func(e diagnose.Edit) bool { return e.To == to }) {
			return
		}
		e := edit("url.path", diagnose.Set, to, .3, why)
		e.Source, e.Cause, e.Weight, e.Widens = "transform", "wrong_path", guessed/float64(len(out)+1), true
		out = append(out, e)
	}
	each := func(why string, change func(w string) string) {
		for i := range seg {
			if to := change(seg[i]); to != seg[i] && to != "" {
				put(replaced(seg, i, to), why)
			}
		}
	}
	each(withoutSlip, func(w string) string {
		if !routeWord.MatchString(w) || known(w) {
			return w
		}
		return habit.Nearest(w, resources)
	})
	each(withoutSlip, habit.Respelled)
	for i := 1; i < len(seg); i++ {
		if seg[i] == seg[i-1] && routeWord.MatchString(seg[i]) {
			put(slices.Delete(slices.Clone(seg), i, i+1), "without what stands there twice")
		}
	}
	if low := strings.ToLower(path); low != path {
		put(strings.Split(strings.Trim(low, "/"), "/"), "in lower case")
	}
	each("without the extension", func(w string) string { return format.ReplaceAllString(w, "") })
	each("with dashes between its words", func(w string) string { return joinedBy(w, "-") })
	each("with underscores between its words", func(w string) string { return joinedBy(w, "_") })
	each("in the plural", inPlural)
	each("in the singular", inSingular)
	otherPrefixes(seg, put)
	return out
}

// otherPrefixes puts a path below the prefix that most APIs have, or without the one that it has.
func otherPrefixes(seg []string, put func(seg []string, why string)) {
	n := 0
	for n < len(seg) && prefix.MatchString(seg[n]) {
		n++
	}
	switch {
	case n == 0 && seg[0] != "":
		put(slices.Concat([]string{"api"}, seg), "below /api")
		put(slices.Concat([]string{"v1"}, seg), "below /v1")
		put(slices.Concat([]string{"api", "v1"}, seg), "below /api/v1")
	case n == 1 && len(seg) > 1:
		put(seg[1:], "without /"+seg[0])
		if strings.EqualFold(seg[0], "api") {
			put(slices.Concat(seg[:1], []string{"v1"}, seg[1:]), "with a version")
		} else {
			put(slices.Concat([]string{"api"}, seg), "below /api")
		}
	case n == 2 && len(seg) > 2:
		put(slices.Concat(seg[:1], seg[2:]), "without /"+seg[1])
		put(seg[1:], "without /"+seg[0])
	}
}

func replaced(seg []string, i int, to string) []string {
	other := slices.Clone(seg)
	other[i] = to
	return other
}

// known reports a word of paths, in either number.
func known(w string) bool {
	w = strings.ToLower(w)
	return slices.Contains(resources, w) || slices.Contains(resources, inPlural(w)) || slices.Contains(resources, w+"s")
}

// joinedBy writes the words of a segment with sep between them; what has one word stays.
func joinedBy(w, sep string) string {
	if !routeWord.MatchString(w) {
		return w
	}
	words := habit.Words(w)
	if len(words) < 2 {
		return w
	}
	return strings.ToLower(strings.Join(words, sep))
}

var (
	yWord   = lazyre.New(`[^aeiou]ys?$`)
	hissing = lazyre.New(`(s|x|z|ch|sh)$`)
)

// inPlural is the plural of a word that is not formed by an s alone; other words stay.
func inPlural(w string) string {
	switch {
	case !routeWord.MatchString(w) || unicode.IsUpper(rune(w[len(w)-1])):
		return w
	case yWord.MatchString(w):
		return strings.TrimRight(w, "ys") + "ies"
	case hissing.MatchString(w) && !strings.HasSuffix(w, "es") && !strings.HasSuffix(w, "s"):
		return w + "es"
	}
	return w
}

// inSingular is the singular of a plural that is not formed by an s alone; other words stay.
func inSingular(w string) string {
	switch {
	case !routeWord.MatchString(w):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		return strings.TrimSuffix(w, "es")
	}
	return w
}
