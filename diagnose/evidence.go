package diagnose

// Evidence is one fact that an exchange tells by itself, without a probe (§4).
type Evidence struct {
	Kind   string  // transport, status, challenge, header, pointer, name, echo, position, responder, redirect, timing, soft_error, text
	Source string  // where it was read: "status", "header WWW-Authenticate", "body detail[0].loc"
	Text   string  // what it says, in the server's words; untrusted, without secrets
	Cause  CauseID // what it speaks for; "" when only for an element
	// Element it names; "" when none. For a missing one, the element as it would be called.
	Element  ElementID
	Missing  bool     // the element is absent and asked for
	Ratio    float64  // likelihood ratio for Cause and Element: 1000 named by the server, 100 code class, 50 challenge (§9.4)
	Allowed  []string // values the server says it takes: Allow, Accept, "expected one of"
	Expected string   // type or format the server wants: "number", "date"
}

// A Signature is what makes two failures the same failure (§3.2), each field already normalised.
type Signature struct {
	Status    int
	Media     string // essence of the media type
	Responder string
	Challenge string // scheme, error, scope
	Code      string
	Template  string
	Pointers  string // sorted, joined
	Errors    int
	Shape     uint64 // hash of the JSON key paths
	Headers   uint64 // hash of the header names less the volatile ones
	Length    int    // floor(log2 len)
	Failure   string // "" or phase and cause when there was no response
}

// A Level is how finely signatures are compared, finest first.
type Level int

// The levels of §3.2.
const (
	L4 Level = 4 - iota // all fields
	L3                  // status, code, pointers, errors
	L2                  // status, code, template
	L1                  // status, media, shape, responder
	L0                  // status
)

// Equal compares two signatures at a level. Failure is compared at every level.
func (s Signature) Equal(t Signature, l Level) bool {
	if s.Status != t.Status || s.Failure != t.Failure {
		return false
	}
	switch l {
	case L4:
		return s == t
	case L3:
		return s.Code == t.Code && s.Pointers == t.Pointers && s.Errors == t.Errors && s.Challenge == t.Challenge
	case L2:
		return s.Code == t.Code && s.Template == t.Template && s.Challenge == t.Challenge
	case L1:
		return s.Media == t.Media && s.Shape == t.Shape && s.Responder == t.Responder
	}
	return true
}

// Hit is what a static check found in a request (§5).
type Hit struct {
	Rule    string // "C2", "B4"
	Element ElementID
	Cause   CauseID
	Odds    float64 // 1 = an unremarkable element
	Text    string  // one sentence for a person, without secrets
	Edits   []Edit  // repairs, best first; empty when only a person can know
	Fatal   bool    // it cannot be sent like this
}
