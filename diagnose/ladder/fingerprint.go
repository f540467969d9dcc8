package ladder

import (
	"fmt"
	"strings"

	"culprit/request"
)

// Fingerprint identifies the bytes of a request, volatile parts and connection aside.
func Fingerprint(r request.Request) string {
	s := r.Settings
	s.Fresh = false
	var b strings.Builder
	b.Grow(1<<10 + len(r.URL) + len(r.Body.Text))
	b.WriteString(r.Method + " ") // what may be long is not formatted
	b.WriteString(r.URL)
	b.WriteByte('\n')
	write(&b, r.Header)
	b.WriteString("\n{" + r.Auth.Scheme + " ")
	write(&b, r.Auth.Params)
	fmt.Fprintf(&b, "}\n%v ", r.Body.Kind)
	b.WriteString(r.Body.Text)
	b.WriteString(" " + r.Body.Path + " ")
	write(&b, r.Body.Fields)
	fmt.Fprintf(&b, " %v\n%v", r.Body.Parts, s)
	return b.String()
}

// write writes fields as fmt has them.
func write(b *strings.Builder, fields []request.Field) {
	b.WriteByte('[')
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("{" + f.Name + " ")
		b.WriteString(f.Value)
		fmt.Fprintf(b, " %t}", f.Default)
	}
	b.WriteByte(']')
}
