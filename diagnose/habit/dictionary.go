package habit

import (
	_ "embed" // the dictionary
	"math"
	"strings"
	"sync"
	"unicode"

	"culprit/request/lazyre"
)

// dictionary are words that names, choices and paths of APIs are made of, the commonest first: those of at least ten
// providers in the OpenAPI directory (1,675 documents), in the singular where both numbers are, and last those of three that
// lie one slip from such a one and mean something else.
//
//go:embed dictionary.txt
var dictionary string

var vocabulary = sync.OnceValue(func() map[string]int {
	rank := map[string]int{}
	for w := range strings.FieldsSeq(dictionary) {
		if _, twice := rank[w]; !twice {
			rank[w] = len(rank)
		}
	}
	for w := range strings.FieldsSeq(foreign) {
		if _, twice := rank[w]; !twice {
			rank[w] = unmeant
		}
	}
	return rank
})

// foreign are words of other languages and trades that lie one slip from one of APIs: right as they are, and never what
// somebody meant who slipped.
const foreign = `projet objet contrat ressource entreprise poids stadt bild beginn preis seite totaal soort numer grup debut fulfilment
 pint carat flour clover cone cock stoat stent cation bass mass corps coast statue stair staple steam steep stoop sting staring
 chase miss press prince prayer powder frame fame tale tail though thorough wings winds crate bond bound bride bridge broth
 guest gust hoist clash signs sings moss truss plaice
 seats seat pots pot sets bacs backs covers tents tent bands goods cats cat cars carts casts cast costs coasts sports
 sport spots spot strips strip trips ships shops crops props rows crews crew beds bed bids bird birds bikes bike lanes
 lane planes plane plants plant plates plate pieces prizes prize rats rations races race tracks trucks truck trains train
 trails tails nails mains means menus nuts cuts huts hut suits suites kites tiles fires wires wire hires hire tires tire
 tiers piers pier peers peer beers beer bees feet feeds seeds weeds heads loads roads road boards boats boat coats coat
 goats floats flats plots plot pilots pilot lots lot dots dot roofs roof boots boot books looks hooks cooks cook clocks
 docks dock decks deck desks desk risks masks marks parks park tanks tank oranges chances chance dances dance fences
 fence tenses lenses lens leases phases phrases nurses nurse horses horse tours tour doors door moods mood foods food
 woods wood wards ward wages wage cages dose doses bath baths moths births berths berth hulls hull halls hall balls ball
 bells bell cells wells well walls wall meals meal deals deal seals seal soils soil oils oil coils coil coins coin joins
 pins bins fins wins bones bone tones tone stones stone zones cones cows cow bows bow bowl bowls owls farms farm arms arm
 alarms charm harm herds herd herbs herb verbs curbs curb rides tides tide sides wide guides tyres tyre grapes grape
 grades shades shade blades blade spades trade treats treat wheats wheat heats heat beats beat meats meat boxes foxes
 axes waxes wing rings ring kings king springs spring strings songs song tongs lungs pumps pump lamps lamp camps camp
 stamps ramps ramp vans van fans fan pans pan cans bans ban`

// unmeant is a rank behind that of any word.
const unmeant = math.MaxInt

// shortestSlip is the length from which a word is looked up: shorter ones lie too near to each other.
const shortestSlip = 4

// Meant returns the word of APIs that somebody meant who wrote w with a letter too many, too few, or two in the wrong order;
// "" where w is such a word itself, or none lies that near. The ends of the word are taken as right: other endings are
// other forms of a word. Both are in lower case.
func Meant(w string) string {
	if len(w) < shortestSlip || Worded(w) {
		return ""
	}
	ranks := vocabulary()
	best, rank := "", len(ranks)
	slips(w, func(near []byte) {
		if len(near) < shortestSlip {
			return
		}
		n, ok := ranks[string(near)]
		if !ok && near[len(near)-1] == 's' {
			n, ok = ranks[singular(string(near))]
		}
		if ok && n < rank {
			best, rank = string(near), n
		}
	})
	return best
}

// Worded reports a word of APIs, in either number.
func Worded(w string) bool {
	for _, s := range []string{w, singular(w), w + "s", w + "e"} {
		if _, ok := vocabulary()[s]; ok {
			return true
		}
	}
	return false
}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// slips gives try each of the words that lie one slip from w, whose first and last letters stand. They are some 26 for
// each letter, in one piece of memory: try keeps none.
func slips(w string, try func(near []byte)) {
	buf := make([]byte, 0, len(w)+1)
	for i := 1; i < len(w)-1; i++ {
		try(append(append(buf, w[:i]...), w[i+1:]...))
		if i+2 < len(w) {
			swapped := append(buf, w...)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			try(swapped)
		}
	}
	for i := 1; i < len(w); i++ {
		longer := append(append(append(buf, w[:i]...), ' '), w[i:]...)
		for c := byte('a'); c <= 'z'; c++ {
			longer[i] = c
			try(longer)
		}
	}
}

// lowerWords are the words within a name, however they are joined, and upperWords those of a name in capitals alone: beside
// small letters capitals are an abbreviation.
var (
	lowerWords = lazyre.New(`[A-Z]?[a-z]+`)
	upperWords = lazyre.New(`[A-Z]+`)
)

// Respelled returns a name, or a choice of one or more words, with the words that were misspelled as they were meant; "" when
// none is.
func Respelled(name string) string {
	if len(name) > maxDistance || strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
		return "" // a word in another alphabet would be cut at its accents
	}
	words := lowerWords
	if strings.ToUpper(name) == name {
		words = upperWords
	}
	to := words.ReplaceAllStringFunc(name, func(w string) string {
		if meant := Meant(strings.ToLower(w)); meant != "" {
			return matchCase(meant, w)
		}
		return w
	})
	if to == name {
		return ""
	}
	return to
}
