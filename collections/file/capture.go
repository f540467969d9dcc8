package file

import (
	"strings"

	"culprit/collections"
	"culprit/request/lazyre"
)

// captures reads which variables take something of the answer: from actions, and from the plain statements of an
// after-response script (FORMATS §4). Scripts are read and not run, so a statement inside a condition counts too.
func (r *decoder) captures() []collections.Capture {
	var out []collections.Capture
	add := func(variable, expression string) {
		if variable != "" && expression != "" {
			out = append(out, collections.Capture{Variable: variable, Expression: expression})
		}
	}
	for _, path := range []string{"runtime/actions", "runtime/scripts"} {
		at, ok := r.d.find(path)
		if !ok {
			continue
		}
		for i := range at.len() {
			item := at.child(i)
			switch kind := r.textAt(item, "type"); {
			case r.takes(item) && !isTrue(item, "disabled"):
				variable, _ := item.get("variable")
				selector, _ := item.get("selector")
				if variable.node != nil && selector.node != nil {
					add(r.textAt(variable, "name"), r.textAt(selector, "expression"))
				}
			case kind == "after-response" || kind == "tests":
				for _, set := range setters(r.textAt(item, "code")) {
					add(set.Variable, set.Expression)
				}
			}
		}
	}
	return out
}

// takes reports whether an action takes something of the answer, which is done.
func (r *decoder) takes(action place) bool {
	return r.textAt(action, "type") == "set-variable" && r.textAt(action, "phase") == "after-response"
}

var (
	// setter is a call of bru.setVar, setEnvVar and their kin with a name and a path: bru.setVar("token", res.body.token).
	setter = lazyre.New(`\bbru\.set(?:Env|GlobalEnv|Collection)?Var\(\s*["'\x60]([\w.-]+)["'\x60]\s*,\s*([A-Za-z_$][\w$.\[\]'"()?-]*)\s*(?:,[^()]*)?\)`)
	// alias is a name for the answer's body or a part of it: const data = res.getBody();
	alias = lazyre.New(`\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*(?:await\s+)?(res\.(?:body|getBody\(\))[\w$.\[\]'"?]*)`)
)

// setters are the calls of a script, names for parts of the answer replaced by what they stand for.
func setters(code string) (out []collections.Capture) {
	names := map[string]string{}
	for _, m := range alias.Get().FindAllStringSubmatch(code, -1) {
		names[m[1]] = m[2]
	}
	for _, m := range setter.Get().FindAllStringSubmatch(code, -1) {
		expression := m[2]
		root, rest := expression, ""
		if n := strings.IndexAny(expression, ".?["); n > 0 {
			root, rest = expression[:n], expression[n:]
		}
		if full, ok := names[root]; ok {
			expression = full + rest
		}
		out = append(out, collections.Capture{Variable: m[1], Expression: expression})
	}
	return out
}
