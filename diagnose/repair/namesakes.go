package repair

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

// asOtherItems is what the same member of the other items says of one: its capitals, its signs, its scheme, its size; nil
// where it is like them, or they are not of one mind.
func (g *generator) asOtherItems(e diagnose.Element) (any, string, diagnose.CauseID) {
	others := g.inOtherItems(e.ID)
	if len(others) == 0 {
		return nil, "", ""
	}
	switch v := e.Value.(type) {
	case string:
		texts := make([]string, 0, len(others))
		for _, o := range others {
			t, ok := o.Value.(string)
			if !ok || t == "" {
				return nil, "", ""
			}
			texts = append(texts, t)
		}
		if to, why := spelledAs(v, texts); to != "" && to != v {
			return to, why, formatCauseID
		}
	case json.Number:
		if to, ok := asShare(v, others); ok && slices.ContainsFunc(habit.Words(lastName(e.ID)), inShares) {
			return to, "a share of one, as the others are", valueCauseID
		}
	}
	return nil, "", ""
}

// aloneEmpty reports an item that is empty, or null, where no other item of its list is.
func (g *generator) aloneEmpty(e diagnose.Element) bool {
	others := g.inOtherItems(e.ID)
	return e.ID.IsItem() && emptyValue(e) && len(others) > 0 && !slices.ContainsFunc(others, emptyValue)
}

// inOtherItems are the elements of the same name in the other items of the list that an element lies in, or its other items.
func (g *generator) inOtherItems(id diagnose.ElementID) []diagnose.Element {
	if g.rows == nil {
		g.rows = map[string][]diagnose.Element{}
		for _, e := range g.x.Elements {
			if k := rowOf(e.ID); k != "" {
				g.rows[k] = append(g.rows[k], e)
			}
		}
	}
	all := g.rows[rowOf(id)]
	if len(all) > maxRows {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(e diagnose.Element) bool { return e.ID == id })
}

// maxRows bounds the items that one is compared with: more are data.
const maxRows = 100

// rowOf is the place of an element of the body without the number of its last item, "" where it lies in no list.
func rowOf(id diagnose.ElementID) string {
	pointer, ok := id.In("body")
	if !ok {
		return ""
	}
	segments := strings.Split(pointer, "/")
	for i, s := range slices.Backward(segments) {
		if digitsOnly.MatchString(s) {
			segments[i] = "*"
			return strings.Join(segments, "/")
		}
	}
	return ""
}

func emptyValue(e diagnose.Element) bool {
	return e.Text == "null" || e.Text == `""` || e.Text == "{}" || e.Text == "[]"
}

// spelledAs is v as all the others are spelled: with their capitals, with the signs between their letters and digits, under
// their scheme; "" where they are not of one mind, or v is like them.
func spelledAs(v string, others []string) (to, why string) {
	all := func(is func(string) bool) bool {
		return !slices.ContainsFunc(others, func(o string) bool { return !is(o) })
	}
	form := shape(others[0])
	letters := strings.ContainsAny(form, "a")
	switch {
	case strings.HasPrefix(v, "http://") && all(func(o string) bool { return strings.HasPrefix(o, "https://") }):
		return "https://" + strings.TrimPrefix(v, "http://"), "by https, as the others are"
	case strings.ContainsAny(v, " :/") || !all(func(o string) bool { return code.MatchString(o) }):
		return "", ""
	case letters && len(others) > 1 && strings.ToUpper(v) != v && all(func(o string) bool { return strings.ToUpper(o) == o }):
		return strings.ToUpper(v), "in capitals, as the others are"
	case letters && len(others) > 1 && strings.ToLower(v) != v && all(func(o string) bool { return strings.ToLower(o) == o && shape(o) == form }):
		return strings.ToLower(v), "in small letters, as the others are"
	case strings.Trim(form, "a9") == form || shape(v) == form || !all(func(o string) bool { return shape(o) == form }):
		return "", ""
	}
	bare := []rune(onlyWords(v))
	if shape(string(bare)) != onlyWords(form) || onlyWords(form) == form {
		return "", ""
	}
	var b strings.Builder
	for _, c := range others[0] { // the signs of the others at their places
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			b.WriteRune(bare[0])
			bare = bare[1:]
			continue
		}
		b.WriteRune(c)
	}
	return b.String(), "with the signs that the others have"
}

// shape writes letters as a and digits as 9.
func shape(v string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsLetter(c):
			return 'a'
		case unicode.IsDigit(c):
			return '9'
		}
		return c
	}, v)
}

// onlyWords are the letters and digits of a text.
func onlyWords(v string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, v)
}

// inShares reports a word for what is a share of something: a price of 12 beside one of .5 is none.
func inShares(word string) bool {
	return slices.Contains([]string{"tax", "vat", "rate", "discount", "ratio", "share", "percent", "percentage", "fraction", "probability", "confidence", "commission", "margin", "interest", "opacity"}, word)
}

// asShare is a number of hundredths as a share of one, where all the others are shares: 19 beside .07.
func asShare(v json.Number, others []diagnose.Element) (json.Number, bool) {
	f, err := v.Float64()
	if err != nil || f <= 1 || f > 100 {
		return "", false
	}
	fractions := 0
	for _, o := range others {
		n, ok := o.Value.(json.Number)
		if !ok {
			return "", false
		}
		g, err := n.Float64()
		if err != nil || g < 0 || g > 1 {
			return "", false
		}
		if g > 0 && g < 1 {
			fractions++
		}
	}
	if fractions == 0 {
		return "", false
	}
	return json.Number(strconv.FormatFloat(f/100, 'g', 6, 64)), true
}
