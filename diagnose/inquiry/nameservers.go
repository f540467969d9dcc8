package inquiry

import "culprit/diagnose"

// resolved takes the word of the name servers for that of the system's resolver, which has one error for many
// things: a look at DNS tells SERVFAIL and REFUSED from a name that does not exist. It returns the cause. The facts of
// a name that has an address, from the hosts file or with a search domain, are told beside.
func (f *failure) resolved(cause diagnose.CauseID, dns *diagnose.Sight) diagnose.CauseID {
	if dns == nil || cause.Cause().Layer != "dns" || dns.OK || dns.Failure == nil {
		return cause
	}
	said := diagnose.CauseID(dns.Failure.Cause)
	f.scene.evidence = append([]diagnose.Evidence{{
		Kind: "transport", Source: "name servers", Text: dns.Text, Cause: said, Element: elementOf(said, "dns"), Ratio: certainty, // RFC 1035 §4.1.1
	}}, f.scene.evidence...)
	return said
}
