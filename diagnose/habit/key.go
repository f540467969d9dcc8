package habit

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Key is a UUID made of what it is for (RFC 9562 §5.8): always the same for the same, another for anything else. It is for
// what must not be used twice, such as an Idempotency-Key; an example from a document was used by everybody before.
func Key(of ...string) string {
	h := sha256.Sum256([]byte(strings.Join(of, "\n")))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}
