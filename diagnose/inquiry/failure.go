package inquiry

import (
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/lint"
	"culprit/request"
)

// A failure is what is known of the failing request at hand. It asks nothing and concludes nothing.
type failure struct {
	diagnose.Case
	off      ablation
	original *element.Index
	base     request.Request // the original with the layers that were already peeled
	layers
	scene  scene
	oracle oracle
	said   person

	drifted  []diagnose.Known  // that worked once and fail now in the same way
	denied   diagnose.Evidence // the first reading of an answer that an experiment refuted; zero for none
	unknown  strictness
	combined bool // combinations of changes of the data were tried
	routed   bool // the server was seen to serve the path by this method, though it answers as if it did not
}

// A scene is all that is known of one failing request: itself taken apart, what came back, and what might
// mend it.
type scene struct {
	index    *element.Index
	exchange *request.Exchange
	evidence []diagnose.Evidence
	hits     []diagnose.Hit
	repairs  []diagnose.Edit // candidates, best first
	tried    bool            // what the answer names was tried to mend
	ownHits  []diagnose.Hit  // what is wrong with the request whatever is answered; looked at on first use, see failure.ownHits
}

// A person is what was asked of the one who waits for the verdict, and said.
type person struct {
	asked     []string // ids of the prompts
	surely    string   // the prompt whose answer an earlier one promised
	unchanged bool     // the request is the same as when it worked
	outside   bool     // they are not in the network of the host
}

// strong is the odds from which a static check is tried on its own before anything else (§2, stage 8b).
const strong = 20

// ownHits is what the static checks say of the request itself, whatever is answered.
func (f *failure) ownHits() []diagnose.Hit {
	if f.scene.ownHits == nil {
		f.scene.ownHits = append([]diagnose.Hit{}, f.check(f.scene.index, lint.FactsOf(f.Case))...)
	}
	return f.scene.ownHits
}

// check is the static checks.
func (f *failure) check(x *element.Index, facts lint.Facts) []diagnose.Hit {
	if f.off.lint {
		return nil
	}
	return lint.Check(x, facts)
}
