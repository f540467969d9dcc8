package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// credentialFormRE says that a credential is not written as it should be, whoever it belongs to.
var credentialFormRE = lazyre.New(`\b(?:token|credentials?)(?: string)? (?:should|must|can ?not) (?:not )?contain (?:white ?)?spaces` +
	`|\b(?:token|credentials?|authorization)\b[^.]{0,40}\b(?:must|should|has to|needs to) (?:start|begin|be prefixed) with\b` +
	`|\bheader (?:must|should|has to|needs to) (?:start|begin|be prefixed) with ['"\x60]?(?:the )?(?:bearer|basic|digest|token)\b` +
	`|\bmissing ['"\x60]?(?:bearer|basic|token)['"\x60]? (?:type|scheme|prefix|keyword)\b` +
	`|\bmissing or malformed (?:jwt|token|api[ -]?key|authorization|auth|bearer)` +
	`|\b(?:malformed|badly formatted|bad|invalid|wrong|incorrect|unsupported|unknown) (?:auth\w*|token|bearer|credentials?)(?: header)? (?:format|scheme|type|syntax)\b` +
	`|\b(?:malformed|badly formatted) (?:auth\w*|bearer|token|credentials?)\b` +
	`|\b(?:authorization|auth|token|credentials?)(?: header)?(?: value)? (?:is|are|was) (?:malformed|badly formatted|not correctly formatted|in (?:the|a) wrong format)` +
	`|\bcredentials? not correctly base64` +
	`|\b(?:format|header) (?:is|should be|must be):? ['"\x60]?(?:authorization: ?)?(?:bearer|basic|token) [<\[{]`)

// schemeRE are the schemes that a sentence names.
var schemeRE = lazyre.New(`\b(?i:Bearer|Basic|Digest)\b|\bToken\b`)

// credentialForm reads a complaint about how the credential that was sent is written: its scheme, or the white space in it.
func (r *reader) credentialForm(s said, lower string) bool {
	n, sent := r.ix.byID["auth"]
	if st := r.resp.Status; !sent || r.ix.entries[n].el == nil || st != 400 && st != 401 && st != 403 && st != 422 || !credentialFormRE.MatchString(lower) || st == 400 && !ofWhoAsks.MatchString(lower) {
		return false
	}
	now, _, _ := strings.Cut(r.ix.entries[n].el.Text, " ")
	e := diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "malformed_authorization", Element: "auth", Ratio: likely}
	for _, scheme := range schemeRE.FindAllString(s.text, 4) {
		if !strings.EqualFold(scheme, now) && len(e.Allowed) == 0 {
			e.Allowed = []string{scheme}
		}
	}
	r.add(e)
	return true
}
