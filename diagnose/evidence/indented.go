package evidence

import (
	"strings"

	"culprit/request/lazyre"
)

// violationRE is one violation of Symfony's as text: ConstraintViolation::__toString puts the class of what was checked
// and the path of the property before the message, which stands below it with its code behind.
var violationRE = lazyre.New(`(?m)^(?:Array|Object\([\w\\]+\))((?:\[[^\]\n]+\]|\.[\w.\[\]]+)+):\n +(\S.*?)(?: \(code ([\w-]+)\))?$`)

// indented reads the violations of Symfony's validator, cast to a string as they are.
func (r *reader) indented(s said) bool {
	all := violationRE.FindAllStringSubmatch(s.text, maxIssues)
	for _, m := range all {
		i := issue{segs: splitPath(strings.TrimPrefix(m[1], ".")), text: m[2], code: m[3], absolute: true, place: inBody, source: s.source}
		i.class = classOfText(m[2])
		i.allowed, i.expected = allowedValues(m[2]), expectedType(m[2])
		if i.class == unclear {
			i.class = wrongValue
		}
		r.settle(i)
	}
	return len(all) > 0
}
