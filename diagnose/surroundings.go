package diagnose

import (
	"net/netip"
	"time"
)

// Surroundings are facts of the machine and of what was saved that a request does not show by itself (DIAGNOSIS §5,
// E1–E10). A face reads them (package surroundings); the rules of package lint only compare them. The zero value is
// "nothing known" and makes no rule speak.
type Surroundings struct {
	Environment string // name of the active environment: "prod", "staging"; "" for none

	Proxy     string // host:port of the proxy that the process's environment puts before this request; "" for none
	ProxyFrom string // the variable that names it, "HTTPS_PROXY"

	Spared    string // URL, without credentials, of a proxy that the environment names and this request does not go through; "" for none
	SparedWhy string // which variable names it, and why it is not used

	Roots string // the variable that replaces the system's certificate authorities, "SSL_CERT_FILE"; "" for none

	Networks []netip.Prefix // of the interfaces that are up, without loopback; nil when not known
	Offline  bool           // no interface but loopback is up

	// Until is when the client certificate of the request expires, From when it begins; zero when it has none.
	From, Until time.Time

	Shadowed []Shadowed
}

// Shadowed is a variable of a saved request whose value in the active environment does not count, because a folder or
// the request itself defines the name as well.
type Shadowed struct {
	Name    string
	Scope   string    // that won: "folder orders"
	Element ElementID // where the value went
}
