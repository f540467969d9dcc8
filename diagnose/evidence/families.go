package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
)

// A family reads one documented shape of error bodies (§4.4). It returns nil when the body is not of its kind.
type family func(*doc) []issue

// families are tried in this order; the first that finds something wins, because a server speaks one shape.
// The strict shapes come first, the loose ones last.
var families = []family{
	aspNet, ajv, schemaOutput, prism, problemDetails, google, aws, azure, stripe, elastic, kubernetes, graphQL, userErrors, slack, fhir,
	fastAPI, fiber, protovalidate, placedFields, classValidator, zod, joi, hapi, expressValidator, nest, micronaut, zodTree, listedItems, discord, salesforce, postgREST, oauth, errorCodes, mappedFields,
}

// body reads the body of a failure.
func (r *reader) body() {
	d := r.doc
	if d.status < 400 {
		if ok, why := r.clean2xx(); !ok {
			defer r.softError(why) // whoever is named comes before it
		} else {
			return
		}
	}
	if d.root != nil {
		d.root.withoutResponsePaths()
		d.root.withoutStack()
		d.root.get("error").withoutStack()
	}
	r.rpcFault()
	r.parser(d)
	r.ogc(d)
	if r.pointed() {
		return
	}
	r.shapes(d)
	r.offered()
	if !r.pointed() {
		for _, s := range d.messages() {
			t := strings.TrimSpace(s.text)
			if i := strings.Index(t, ": [{"); i > 0 && strings.HasSuffix(t, "}]") {
				t = t[i+len(": "):] // after a few words
			}
			if d.root != nil && (strings.HasPrefix(t, "{") || strings.HasPrefix(t, "[{") || strings.HasPrefix(t, "[\n")) { // JSON as a message
				in := &doc{status: d.status, media: d.media, text: t, resp: d.resp}
				in.root, in.whole = parseTree(t)
				r.shapes(in)
			}
		}
	}
	r.outdated()
	if !r.pointed() {
		r.sentences(d.messages())
	}
	if !r.pointed() {
		for _, s := range d.messages() {
			r.pipes(s)
			r.base64(s)
			r.versions(s)
			r.login(s)
		}
	}
	if st := d.status; !r.pointed() && d.root != nil && (st == 400 || st == 422) { // about what was sent, not about who sent it
		r.houseWords()
	}
	if !r.pointed() {
		for _, s := range d.messages() {
			r.echoes(s)
		}
	}
	if !r.pointed() {
		r.codeWord()
	}
	r.held(d.messages())
	if d.root != nil {
		r.tokenFailure()
		if c := d.root.first("__type", "code", "Code", "error.code"); c != "" {
			r.awsCode(c, "body __type")
		}
	}
	r.xmlErrors()
	r.versioned()
	r.onlyValue()
	r.repeated()
	r.webdav()
	r.unread()
}

// sentences reads the messages of a document. Of several in one list each is a complaint of its own: what the rules do not
// know is looked through for names, too.
func (r *reader) sentences(all []said) {
	read := map[string]bool{}
	var unread []said
	for _, s := range all {
		before := len(r.out)
		if r.fields(s) {
			continue
		}
		if r.prose(s); len(r.out) > before {
			read[s.source] = true
		} else if classOfText(s.text) != unclear {
			unread = append(unread, s)
		}
	}
	if !r.pointed() {
		return
	}
	for _, s := range unread {
		if read[s.source] {
			r.echoes(s)
		}
	}
}

// shapes tries the families on a document, then the generic one.
func (r *reader) shapes(d *doc) {
	if d.root == nil {
		return
	}
	if found := r.jsonRPC(d); len(found) > 0 {
		r.settleAll(found)
		return
	}
	r.settleAll(d.issues())
	if !r.pointed() {
		r.settleAll(generic(d, r.isMirror))
	}
}

// issues are what the first family that knows the document finds in it; nil where none does.
func (d *doc) issues() []issue {
	if d.root == nil {
		return nil
	}
	for _, f := range families {
		if found := f(d); len(found) > 0 {
			return found
		}
	}
	return nil
}

func (r *reader) settleAll(found []issue) {
	for _, i := range found[:min(len(found), maxIssues)] {
		r.settle(i)
	}
}

// pointed reports whether the server named an element.
func (r *reader) pointed() bool {
	for i := range r.out {
		if e := &r.out[i]; e.Ratio >= code && e.Element != "" && (e.Kind == "pointer" || e.Kind == "position" || e.Kind == "text") {
			return true
		}
	}
	return false
}

// unread notices that the server misses what was sent: then it did not read the body as what it is.
func (r *reader) unread() {
	if len(r.unseen) == 0 {
		return
	}
	n := 0
	var sent []diagnose.ElementID
	for i := range r.els {
		if pl, _ := takeApart(r.els[i].ID); pl == inBody {
			n++
			sent = append(sent, r.els[i].ID)
		}
	}
	if n == 0 || len(r.unseen) == 1 && r.otherCase(r.unseen[0]) {
		return
	}
	e := evidenceUnread(string(r.unseen[0]), r.sentHeader("Content-Type"), len(r.unseen) > 1 || n == 1)
	if unseen := tops(r.unseen); unseen > 2 && 2*unseen > tops(sent) {
		e.Ratio = certain + 1 // nearly nothing of it was seen: what is said of the rest is about nothing
	}
	r.add(e)
	if tops(r.unseen) == 1 && tops(sent) > 1 {
		r.otherStyle()
	}
}

// otherCase says of a member that the server misses though it is sent that its name is asked for in another case, where the
// answer has it so in quotes: names in JSON are compared letter by letter (RFC 8259 §8.3).
func (r *reader) otherCase(id diagnose.ElementID) bool {
	for _, s := range r.doc.messages() {
		for _, name := range quotedTokens(s.text) {
			exported := name[:1] != strings.ToLower(name[:1]) && !strings.ContainsAny(name, "_-") // what a language calls it: Go's fields, C#'s properties
			if own := id.Last(); name != own && strings.EqualFold(name, own) && !exported {
				r.add(diagnose.Evidence{Kind: "pointer", Source: s.source, Text: "'" + name + "' is required, and the request has " + own, Cause: "missing_body_property", Element: id, Ratio: certain})
				return true
			}
		}
	}
	return false
}

// otherStyle says of the one member that a program in Go does not see, though it is sent, that its name is missing in another
// style: encoding/json takes any case, so that what is left for CustomerEmail, where customerEmail is sent, is customer_email.
func (r *reader) otherStyle() {
	for _, i := range r.misread {
		_, have := takeApart(r.unseen[0])
		last := len(i.segs) - 1
		to := restyle(i.segs[last], []string{"a_b"})
		if lastOf(have) == to {
			to = restyle(i.segs[last], []string{"aB"})
		}
		if to == i.segs[last] || strings.EqualFold(to, lastOf(have)) {
			continue
		}
		i.segs = append(slices.Clone(have[:len(have)-1]), to)
		i.zero, i.wire, i.absolute = false, true, true
		r.addMissing(i)
	}
}

// tops counts the names at the top of a body that elements lie under.
func tops(ids []diagnose.ElementID) int {
	names := map[string]bool{}
	for _, id := range ids {
		if _, segs := takeApart(id); len(segs) > 0 {
			names[segs[0]] = true
		}
	}
	return len(names)
}

// problemDetails is family 1: RFC 9457, with the extensions of the SmartBear registry and RFC 7807's example.
func problemDetails(d *doc) []issue {
	if d.media != "application/problem+json" && (d.root.get("type") == nil || d.root.get("title") == nil) {
		return nil
	}
	var out []issue
	for _, key := range []string{"errors", "violations", "invalid-params", "invalidParams", "invalid_params", "invalid-parameters"} {
		list := d.root.get(key)
		out = append(out, items(list, "body "+key)...)
		if len(out) == 0 && list.isObject() {
			out = append(out, aspNet(d)...)
			if len(out) == 0 {
				out = append(out, fieldMap(list, nil, "body "+key, 0)...)
			}
		}
		if len(out) > 0 {
			break
		}
	}
	for i := range out {
		out[i].dialect = "RFC 9457 §3"
		if out[i].code == "" {
			typ := strings.TrimPrefix(d.root.get("type").str(), "about:blank")
			out[i].code = typ[strings.LastIndexAny(typ, "/:#")+1:]
		}
	}
	return out
}

// fastAPI is family 9: FastAPI and pydantic, v1 and v2.
func fastAPI(d *doc) []issue {
	list := d.root.get("detail")
	if list == nil || list.kind != '[' {
		list = d.root
		if list.kind != '[' {
			return nil
		}
	}
	var out []issue
	for k, n := range list.list() {
		loc := n.get("loc")
		if loc == nil || loc.kind != '[' {
			continue
		}
		i := issue{code: n.get("type").str(), text: n.get("msg").str(), source: "body detail[" + itoa(k) + "].loc", dialect: "pydantic errors", absolute: true}
		i.segs = loc.texts()
		if len(i.segs) > 0 {
			if pl, ok := placeOf(i.segs[0]); ok {
				i.place, i.segs = pl, i.segs[1:]
			}
		}
		if in := n.get("input"); in != nil && i.code != "missing" {
			i.value, i.received = in.str(), in.typeName()
		}
		i.expected = pydanticType(i.code)
		if fold(i.code) == "jsoninvalid" || strings.HasPrefix(i.code, "value_error.jsondecode") {
			i.offset = jsonInvalidAt(n)
			i.segs, i.class = nil, syntax
		}
		out = append(out, i)
	}
	return out
}

// jsonInvalidAt reads where FastAPI says the JSON breaks: loc ["body", 17], or pos in ctx.
func jsonInvalidAt(n *node) int {
	for _, s := range append(n.get("loc").texts(), n.at("ctx.pos").str()) {
		if isNumber(s) {
			if v, err := atoi(s); err == nil {
				return v + 1
			}
		}
	}
	return 1
}

// pydanticType reads the wanted type from a code such as int_parsing or type_error.integer.
func pydanticType(c string) string {
	c = strings.TrimPrefix(c, "type_error.")
	for _, suffix := range []string{"_parsing", "_type", "_from_date_parsing"} {
		c = strings.TrimSuffix(c, suffix)
	}
	return typeWord(strings.ReplaceAll(c, "datetime_from_date", "datetime"))
}

// generic is family 31: any object with a member that names an element. What mirrors the request is left out: it says
// nothing of its own.
func generic(d *doc, mirror func(*node) bool) []issue {
	var out []issue
	var walk func(n *node, source string, depth int)
	walk = func(n *node, source string, depth int) {
		if n == nil || depth > maxDepth || len(out) >= maxIssues {
			return
		}
		if mirror(n) {
			return
		}
		if n.isObject() {
			if i, ok := itemIssue(n, source); ok {
				i.generic, i.ratio = true, likely
				if said := d.messages(); i.text == "" && len(said) > 0 {
					i.text = said[0].text
				}
				out = append(out, i)
			}
		}
		for k, kid := range n.kids {
			switch {
			case kid.kind != '{' && kid.kind != '[':
			case n.isObject():
				walk(kid, inside(source, n.keys[k]), depth+1)
			default:
				walk(kid, source+"["+itoa(k)+"]", depth+1)
			}
		}
	}
	walk(d.root, "body", 0)
	return out
}
