package evidence

import (
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// labelRE are the words in front of a name since its sentence began, an article left out: Guest in "Guest count must be …",
// donor's in "The donor's name field is required".
var labelRE = lazyre.New(`(?i)(?:^|[.;:,!?]\s+|\n)(?:the |your |an? )?((?:[a-z][a-z0-9]*(?:['’]s)? ){1,3})$`)

// placeRE is a path with a colon in front of the sentence about it.
var placeRE = lazyre.New(`(?:^|[;\n])\s*([A-Za-z_]\w*(?:[.\[/][\w\]]+)+):\s*$`)

// label completes the last word of a name that a sentence begins with, and that a server writes as people say it: Rails' human names, Laravel's attributes,
// Django's verbose names.
func (r *reader) label(i *issue, match, text string) {
	if len(i.segs) != 1 || !strings.HasPrefix(match, i.segs[0]) || strings.ContainsAny(i.segs[0], "_.-") {
		return
	}
	at := strings.Index(text, match)
	if at < 1 {
		return
	}
	if m := placeRE.FindStringSubmatch(text[max(0, at-maxText):at]); m != nil {
		if whole := splitPath(m[1]); len(whole) > 1 && fold(whole[len(whole)-1]) == fold(i.segs[0]) && len(r.ix.exact(whole[:len(whole)-1], inBody)) == 1 {
			i.segs = whole // pharmacy.npi: npi is required
			return
		}
	}
	m := labelRE.FindStringSubmatch(text[max(0, at-maxText):at])
	if m == nil {
		return
	}
	words := strings.Fields(strings.ToLower(strings.NewReplacer("'s ", " ", "’s ", " ").Replace(m[1])))
	for from := range words {
		whole := []string{strings.Join(append(words[from:len(words):len(words)], i.segs[0]), "_")}
		if len(r.ix.resolve(whole, i.place)) > 0 {
			i.segs = whole
			return
		}
	}
	if len(r.ix.resolve(i.segs, i.place)) > 0 {
		return
	}
	if last := words[len(words)-1:]; i.class != missing && i.class != blank && len(last) == 1 && len(r.ix.exact(last, i.place)) == 1 {
		i.segs = last // the end timestamp is what the request calls end
		return
	}
	for _, w := range words {
		if stopWord(w) || w == "new" || w == "please" {
			return
		}
	}
	if i.class == missing || i.class == blank {
		i.segs = []string{r.ix.spell(append(words, strings.ToLower(i.segs[0])))}
	}
}

// spell joins the words of a name as the names of the body are written, with underscores where they do not tell.
func (ix *index) spell(words []string) string {
	if st := styleOf(ix.childNames(nil)); st == habit.Camel || st == habit.Pascal {
		return st.Join(words)
	}
	return habit.Snake.Join(words)
}
