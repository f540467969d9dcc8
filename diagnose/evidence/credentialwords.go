package evidence

import (
	"culprit/diagnose"
	"culprit/request/lazyre"
)

// ofCredential is what a sentence calls a credential. A key by itself may be that of a row or a member.
const ofCredential = `\b(?:jwts?|(?:access|id|bearer|auth|security|session|login|identity)?[ _-]?tokens?|(?:api|access|subscription|consumer|licen[sc]e|app|developer)[ _-]?keys?|(?:^|your |this |the )key|credentials?|assertion)\b`

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
	{lazyre.New(`\b(?:jwt|token)(?:'s)? signature\b|\bsignature of (?:the |this |your )?(?:\w+ )?(?:jwt|token)\b`), 400, 403, "invalid_credentials", likely},
	{lazyre.New(ofCredential + `[^.;\n]{0,30}\b(?:revoked|disabled|deactivated|deleted|blacklisted|suspended)\b`), 400, 403, "invalid_credentials", likely},
	{lazyre.New(`\b(?:invalid|incorrect|wrong|unknown|bad|unrecogni[sz]ed) (?:[\w-]+ )?(?:` + ofCredential + `)|` + ofCredential + ` (?:is |was |provided |given |supplied |you provided )*(?:invalid|incorrect|wrong|unknown|not valid|not recogni[sz]ed|not found)\b|^\W*(?:invalid|bad|wrong|incorrect) (?:key|login|password|credentials?)\W*$`), 401, 403, "invalid_credentials", challenge},
}

// eitherState is a sentence that leaves open which of several things is wrong, or says that there is no credential at all.
var eitherState = lazyre.New(`\b(?:invalid|missing|expired|malformed|revoked|incorrect|wrong|absent|empty|bad|unknown)\b,?[^.;\n]{0,25}\bor\b[^.;\n]{0,25}\b(?:invalid|missing|expired|malformed|revoked|incorrect|wrong|absent|empty|bad|unknown|insufficient)\b`)

// stateOf is what a sentence, in small letters, says of the credential of an answer with that status.
func stateOf(lower string, status int) (s credentialState, ok bool) {
	lower = lower[:min(len(lower), 500)]
	if noCredential.MatchString(lower) || eitherState.MatchString(lower) {
		return s, false
	}
	for _, s := range credentialStates {
		if status >= s.min && status <= s.max && s.words.MatchString(lower) {
			return s, true
		}
	}
	return s, false
}
