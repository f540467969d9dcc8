package evidence

import (
	"slices"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/request"
)

// mostTopics is how many words are worth a question.
const mostTopics = 3

// Topics returns the words of a short answer that may be the names of what it is about, and that the request does not have:
// "Tenant could not be resolved" is about a tenant. At most three, in the order in which they stand; nil for a page, for an
// answer of many words, and for one that says nothing of its own. They prove nothing: they are names to try.
func Topics(x *request.Exchange, elements []diagnose.Element) []string {
	if x == nil || x.Response() == nil {
		return nil
	}
	r := newReader(x, elements)
	if r.doc.html {
		return nil
	}
	var out []string
	all := r.doc.messages()
	for _, k := range []string{"code", "error", "errorCode", "error_code", "error.code", "reason"} {
		if t := r.doc.root.at(k).str(); t != "" {
			all = append(all, said{"body " + k, t})
		}
	}
	for _, s := range all {
		text := s.text
		if !strings.Contains(text, " ") {
			text = spaced(text) // a code
		}
		words := strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) })
		if len(words) > mostWords || len(words) > 3 && !slices.ContainsFunc(words, func(w string) bool { return everyday(strings.ToLower(w)) || stopWord(w) }) {
			continue // another language
		}
		for _, w := range words {
			low := strings.ToLower(w)
			if len(low) < 3 || everyday(low) || stopWord(low) || slices.Contains(out, low) || len(r.ix.resolve([]string{low}, anywhere)) > 0 {
				continue
			}
			if r.inPath(singular(low)) {
				continue // "invalid order" at /orders is about all that was sent
			}
			out = append(out, low)
		}
	}
	return out[:min(len(out), mostTopics)]
}

// mostWords is the longest message that is read word by word.
const mostWords = 12

// everyday reports a word that sentences about failures are made of: verbs, adjectives, and the names of statuses.
func everyday(w string) bool {
	for _, end := range []string{"ed", "ing", "ly", "able", "ible", "n't"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return strings.Contains(everydayWords, " "+w+" ")
}

const everydayWords = " able about above accept account admin after again against already also although always among another api app application are around ask away back bad because been before being below " +
	"best better between beyond bit both break broken bug but call came can cannot change check choose class clear click client close code come command complete conflict connection consult contact content contract correct could current " +
	"customer database default denied deny description detail details did different direct docs documentation does done down due during else empty end endpoint enough entity entry error errors even every exception exist exists expired fail failed fails failure " +
	"false fault few file find fine first fix follow forbidden form format found from full function gateway general get give go gone good got had handle has have having help hence here his how however http illegal " +
	"incident incorrect info information input instance instead internal into invalid issue its itself just keep kind know known large last late later least left less let like limit line list load local log long look lost made make " +
	"malformed many may maybe message might minute minutes miss missing moment more most much must name near need needs never new next not note nothing notice now number off often okay once one only oops open operation option other our out " +
	"over own page param parse parser part pass past path per perform permission perhaps permit place please point policy possible post problem process processor proper put query question quite rather read reason record refer refuse " +
	"request requests require resource response rest result retry return right rule rules run same say schema second seconds see seem semantic send sent server service set several shall short should show side since site size some " +
	"something soon sorry specific spec state status still stop store string structure such support sure syntax system table take task team tell text than that the their them then there these they thing think this those " +
	"through time times title too took try type types unable unauthorized under unexpected unknown unless unprocessable until unsupported use used user users using valid validation value values version very via violation wait want was way went were what when where whether which while " +
	"who whole whose why will wish with within without word work world would write wrong yes yet you your "
