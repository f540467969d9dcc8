package auth

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"culprit/request"
)

// wsse proves a password by a digest of it, a nonce and the time, as the UsernameToken of WS-Security does in a header (Mark
// Pilgrim, "Atom Authentication", 2003). Nobody registered it, and servers differ in two points, which encoding tells apart:
// "" is what Bruno sends and the APIs that it was built for read, a digest in hexadecimal before it is Base64; "raw" is the
// digest itself, as it was first described.
type wsse struct{ username, password, encoding string }

func newWSSE(a request.Auth) (request.Signer, error) {
	w := wsse{a.Param("username"), a.Param("password"), a.Param("encoding")}
	switch {
	case w.username == "":
		return nil, errors.New("auth wsse has no username")
	case strings.ContainsAny(w.username, "\"\r\n\x00"):
		return nil, errors.New("auth wsse: the username has a quote or a line break, which its header cannot hold")
	case w.encoding != "" && w.encoding != "raw":
		return nil, fmt.Errorf("auth wsse encoding %q is not \"raw\"", w.encoding)
	}
	return w, nil
}

// Sign sets X-WSSE.
func (w wsse) Sign(r *http.Request) error {
	nonce := make([]byte, 16)
	rand.Read(nonce) // it never fails
	set(r.Header, "X-WSSE", w.token(hex.EncodeToString(nonce), time.Now().UTC().Format("2006-01-02T15:04:05.000Z")))
	return nil
}

func (w wsse) token(nonce, created string) string {
	sum := sha1.Sum([]byte(nonce + created + w.password))
	digest := sum[:]
	if w.encoding == "" {
		digest = []byte(hex.EncodeToString(digest))
	}
	return fmt.Sprintf(`UsernameToken Username="%s", PasswordDigest="%s", Nonce="%s", Created="%s"`,
		w.username, base64.StdEncoding.EncodeToString(digest), nonce, created)
}
