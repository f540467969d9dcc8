package lab

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// A Setting is how much stands around a fault.
type Setting string

// The settings. Every fault of Faults is Easy: a request as its author wrote it.
const (
	Easy     Setting = ""
	Buried   Setting = "buried"      // among forty elements that have nothing to do with it
	Herrings Setting = "red-herring" // beside elements that look wrong and are not
	Hushed   Setting = "hushed"      // buried, one answer stands for everything, and a request is kept that worked
	// The same where nothing stands around the fault, and where what looks wrong does.
	HushedAlone    Setting = "hushed-alone"
	HushedHerrings Setting = "hushed-red-herring"
)

// Instances returns every fault in every setting in which it can be had: what the engine is measured by.
func Instances() []Fault {
	var out []Fault
	settings := func(all []Fault) {
		for _, f := range all {
			out = append(out, f, f.in(Buried, crowd), f.in(Herrings, mislead))
		}
	}
	settings(Faults())
	opaque := map[diagnose.CauseID]bool{} // causes with an opaque fault of their own
	for _, f := range out {
		opaque[f.Truth[0].Causes[0]] = opaque[f.Truth[0].Causes[0]] || f.Opaque
	}
	for _, f := range hushable() {
		out = append(out, f.hushed(Hushed, crowd))
		if cause := f.Truth[0].Causes[0]; !opaque[cause] {
			opaque[cause] = true
			out = append(out, f.hushed(HushedAlone, asItIs), f.hushed(HushedHerrings, mislead))
		}
	}
	settings(turnedFaults())
	return out
}

// in returns f with its request and its neighbour changed alike.
func (f Fault) in(s Setting, c change) Fault {
	f.ID, f.Setting = f.ID+"-"+string(s), s
	f.Request, f.Healthy = changed(f.Request, c), changed(f.Healthy, c)
	return f
}

func changed(make func(*Lab) request.Request, c change) func(*Lab) request.Request {
	return func(l *Lab) request.Request {
		r := make(l)
		c(l, &r)
		return r
	}
}

// hushable are the faults that the part of the shop without words refuses as well.
func hushable() []Fault {
	mute := []string{"clock", "signature", "payroll", "server-error", "overloaded", "maintenance"} // of the world's
	world := slices.DeleteFunc(worldFaults(), func(f Fault) bool { return !slices.Contains(mute, f.ID) })
	return slices.DeleteFunc(append(shopFaults(), world...), func(f Fault) bool { return f.Opaque })
}

// hushed returns f where one answer stands for everything the client does wrong, and the healthy neighbour is known
// from before.
func (f Fault) hushed(s Setting, around change) Fault {
	legacy := func(l *Lab, r *request.Request) {
		r.URL = strings.Replace(r.URL, l.URL+Telling+"/", l.URL+Opaque+"/", 1)
	}
	healthy := changed(f.Healthy, legacy)
	f = f.in(s, func(l *Lab, r *request.Request) { legacy(l, r); around(l, r) })
	if f.Opaque = true; !f.Beyond { // else nothing like it worked
		f.Good = healthy
	}
	f.Truth = slices.Clone(f.Truth)
	for i := range f.Truth {
		f.Truth[i].Mute = true
	}
	return f
}

// crowd adds what clients send along: header fields and parameters that the shop does not read.
func crowd(_ *Lab, r *request.Request) {
	alongside(r, []request.Field{
		{Name: "Accept-Language", Value: "en-GB,en;q=0.8"}, {Name: "X-Client-Version", Value: "4.12.0"}, {Name: "X-Device-Id", Value: "0d9f2a64-58f1-4b7e-a1d4-6b1f1c0a9e77"},
		{Name: "X-Timezone", Value: "Europe/Berlin"}, {Name: "X-Screen", Value: "1512x982"}, {Name: "X-Build", Value: "2026.2.114"}, {Name: "X-Campaign", Value: "spring-26"},
		{Name: "X-Feature-Flags", Value: "new-cart,quick-pay"}, {Name: "X-Till", Value: "4"}, {Name: "X-Cashier", Value: "carl"}, {Name: "X-Branch", Value: "dresden-2"},
		{Name: "X-Locale", Value: "de_DE"}, {Name: "X-Platform", Value: "linux"}, {Name: "X-App", Value: "shopctl"}, {Name: "X-Retry-Count", Value: "0"},
		{Name: "X-Sampling", Value: "0.25"}, {Name: "X-Span", Value: "b7ad6b7169203331"}, {Name: "DNT", Value: "1"}, {Name: "Priority", Value: "u=1"}, {Name: "X-Theme", Value: "dark"},
	}, "utm_source=mail&utm_medium=letter&utm_campaign=spring&referrer=home&locale=de&shown=EUR&visit=81f2&device=till&client=shopctl&build=114&tz=Berlin&theme=dark&view=compact&origin_page=3&expand=none&pretty=1")
}

// mislead adds what a careless reader would accuse: an old token, a wrong-looking date, words in quotes, nothing.
func mislead(l *Lab, r *request.Request) {
	alongside(r, []request.Field{
		{Name: "X-Previous-Token", Value: l.Tokens.Expired}, {Name: "X-Enabled", Value: "True"}, {Name: "X-Since", Value: "31/12/2026"}, {Name: "X-Count", Value: `"12"`},
		{Name: "X-Sender", Value: "ada.example.com"}, {Name: "X-Ratio", Value: "12,50"}, {Name: "X-Number", Value: "000123"}, {Name: "Content-Language", Value: "xx"},
	}, "day=05/04/2031&enabled=yes&amount=12,50&number=00012&empty=&cursor=null")
	r.Secrets = append(r.Secrets, request.Secret{Ref: "header X-Previous-Token", Value: l.Tokens.Expired})
}

func asItIs(*Lab, *request.Request) {}

// alongside adds header fields and parameters to r that it does not have.
func alongside(r *request.Request, fields []request.Field, query string) {
	for _, f := range fields {
		if request.Get(r.Header, f.Name) == "" {
			r.Header = append(r.Header, f)
		}
	}
	bare, fragment, marked := strings.Cut(r.URL, "#")
	sep := "?"
	if strings.Contains(bare, "?") {
		sep = "&"
	}
	if r.URL = bare + sep + query; marked {
		r.URL += "#" + fragment
	}
}
