package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// ofCredential is what a sentence calls a credential. A key by itself may be that of a row or a member.
const ofCredential = `\b(?:jwts?|(?:access|id|bearer|auth|security|session|login|identity)?[ _-]?token|(?:api|access|subscription|consumer|licen[sc]e|app|developer)[ _-]?keys?|(?:^|your |this |the )key|credentials?|assertion)\b`

// noCredential are tokens and keys that say nothing of who asks.
var noCredential = lazyre.New(`\b(?:csrf|xsrf|idempotency|pag(?:e|ing|ination)|next|previous|continuation|sync|captcha|recaptcha|push|device|upload|reset|invit\w+|verification|confirmation|refresh|public|private|unexpected|primary|foreign|partition)[ _-]?(?:token|key)`)

// A credentialState is one thing that a sentence may say of a credential.
type credentialState struct {
	words    *lazyre.Regexp
	min, max int // statuses it counts for
	cause    diagnose.CauseID
	ratio    float64
}

// credentialStates are tried in this order: the telling before the vague.
var credentialStates = []credentialState{
	{lazyre.New(ofCredential + `[^.;\n]{0,30}\b(?:(?:not|n't) (?:be )?(?:valid|active|usable|accepted) (?:yet|before|until)|not yet (?:valid|active)|used (?:too early|before)|(?:issued|activated|valid|dated) (?:only )?in (?:the )?future)`), 400, 403, "token_not_yet_valid", likely},
	{lazyre.New(ofCredential + `[^.;\n]{0,40}\b(?:expired|lapsed|no longer valid|outdated)\b|\bexpired (?:[\w-]+ )?(?:` + ofCredential + `)`), 400, 403, "expired_token", likely},
	{lazyre.New(ofCredential + `[^.;\n]{0,40}\b(?:malformed|not (?:well[- ]formed|in the (?:\w+ )?form(?:at)?\b)|(?:cannot|can not|can't|could not|couldn't) be (?:decoded|parsed)|(?:wrong|invalid) (?:number of segments|form(?:at)?\b|structure)|not a (?:valid )?jwt)|\bmalformed (?:[\w-]+ )?(?:` + ofCredential + `)`), 400, 403, "malformed_authorization", likely},
	{lazyre.New(ofCredential + `[^.;\n]{0,20}\bfor (?:the |an? )?(?:wrong|other|another|different|test|live|sandbox|production) (?:[\w]+ )?(?:environment|mode)\b`), 400, 403, "wrong_environment_credentials", likely},
	{lazyre.New(`\b(?:jwt|token)(?:'s)? signature\b|\bsignature of (?:the |this |your )?(?:\w+ )?(?:jwt|token)\b`), 400, 403, "invalid_credentials", likely},
	{lazyre.New(ofCredential + `[^.;\n]{0,30}\b(?:revoked|disabled|deactivated|deleted|blacklisted|suspended)\b`), 400, 403, "invalid_credentials", likely},
	{lazyre.New(`\b(?:invalid|incorrect|wrong|unknown|bad|unrecogni[sz]ed) (?:[\w-]+ )?(?:` + ofCredential + `)|` + ofCredential + ` (?:is |was |provided |given |supplied |you provided )*(?:invalid|incorrect|wrong|unknown|not valid|not recogni[sz]ed|not found)\b|\bnot (?:contain|have|carry|include) (?:an? )?valid (?:[\w-]+ )?(?:token|api key)|\binvalid client[ _-]?(?:id|secret)\b|^\W*(?:invalid|bad|wrong|incorrect) (?:key|login|password|credentials?)\W*$`), 401, 403, "invalid_credentials", challenge},
}

// ofWhoAsks names a credential in words that parsers do not have for what they read: those have tokens, too.
var ofWhoAsks = lazyre.New(`\b(?:jwts?|bearer|auth\w*|access[ _-]?tokens?|api[ _-]?(?:keys?|tokens?)|credentials?)\b`)

// eitherState is a sentence that leaves open which of several things is wrong, or says that there is no credential at all.
var eitherState = lazyre.New(`\b(?:invalid|missing|expired|malformed|revoked|incorrect|wrong|absent|empty|bad|unknown)\b,?[^.;\n]{0,25}\bor\b[^.;\n]{0,25}\b(?:invalid|missing|expired|malformed|revoked|incorrect|wrong|absent|empty|bad|unknown|insufficient)\b`)

// stateOf is what a sentence, in small letters, says of the credential of an answer with that status.
func stateOf(lower string, status int) (s credentialState, ok bool) {
	lower = lower[:min(len(lower), 500)]
	if noCredential.MatchString(lower) || eitherState.MatchString(lower) {
		return s, false
	}
	for _, s := range credentialStates {
		if s.cause == "malformed_authorization" && status == 400 && !ofWhoAsks.MatchString(lower) {
			continue
		}
		if status >= s.min && status <= s.max && s.words.MatchString(lower) {
			return s, true
		}
	}
	return s, false
}

// vagueCause reports a cause that says no more than that a value is not liked.
func vagueCause(c diagnose.CauseID) bool {
	return c == "invalid_body_property_value" || c == "invalid_request_parameter" || c == "invalid_request_header"
}

// signatureName are names of what a request is signed with.
var signatureName = lazyre.New(`(?i)(?:^|[-_])(?:signature|sign|sig|hmac)$`)

// signatureField is the field of the header or the query that holds the signature of a request which has its credentials in
// several; "" for none.
func (r *reader) signatureField() diagnose.ElementID {
	n := r.ix.sole(func(e *entry) bool {
		return e.el != nil && (e.place == inHeader || e.place == inQuery) && len(e.segs) > 0 && signatureName.MatchString(lastOf(e.segs))
	})
	if n < 0 || r.has("auth") {
		return ""
	}
	return r.ix.entries[n].id
}

// ofSecret is what a complaint about the value of a credential means, where its words or its code speak of credentials;
// otherwise the cause as it was read.
func ofSecret(i *issue, e *entry, cause diagnose.CauseID) diagnose.CauseID {
	if e.el.Secret && signatureName.MatchString(lastOf(e.segs)) && (i.class == wrongValue || i.class == unclear) {
		return "signature_mismatch"
	}
	if s, ok := stateOf(strings.ToLower(spaced(i.code)), 401); ok {
		return s.cause
	}
	if s, ok := stateOf(strings.ToLower(short(i.text)), 401); ok && (e.el.Secret || e.place == inHeader) {
		return s.cause
	}
	return cause
}
