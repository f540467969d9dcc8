package curl

import (
	"strings"

	"culprit/request"
)

// Config returns what curl reads with --config: the options of Print, one a line, so that no secret stands on a
// command line. A raw body with a zero byte does not fit into it, nor does a line above 100 KiB (curl up to 8.1);
// such a body is better in a file.
func Config(r request.Request) string {
	p := printer{values: func(s string) string { return s }, quote: configWord, file: true}
	p.all(r)
	return strings.Join(p.groups, "\n") + "\n"
}

// configWord writes s in the double quotes of curl's manual, --config.
func configWord(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\v", `\v`).Replace(s) + `"`
}
