package inquiry

import (
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"
)

// p7c is what "openssl crl2pkcs7 -nocrl -outform DER" makes of two certificates, "Test Root" and "Test Issuing CA".
const p7c = `MIIC2QYJKoZIhvcNAQcCoIICyjCCAsYCAQExADALBgkqhkiG9w0BBwGgggKuMIIBfjCCASOgAwIBAgIUWmoahNCpBQcEOfVQT0an5CU04bIwCg
YIKoZIzj0EAwIwFDESMBAGA1UEAwwJVGVzdCBSb290MB4XDTI2MTEyMTE3NDEyNloXDTM2MTExODE3NDEyNlowFDESMBAGA1UEAwwJVGVzdCBS
b290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFfwGrwgQaH0t4x49x1KErowB2vBqzHA7xeYj3uvGxe7eIz5AzYLFruDgwK5fJICPPSmhq6
aMqIxUWYPqqB1mVaNTMFEwHQYDVR0OBBYEFJzmp9jTxRxRS/+JU2SffU1gS7VgMB8GA1UdIwQYMBaAFJzmp9jTxRxRS/+JU2SffU1gS7VgMA8G
A1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAIJOc849o2fFnphg1EVLE03UzUrjG6iJOtJ0+sTb7w8DAiEAt7YFFbXJUzSDd9UIZR
RR/AmfXNGijSGrVdLE1YHA5s4wggEoMIHPAhRs1roxABAHH1c6X2jBTj+nCz14oTAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlUZXN0IFJvb3Qw
HhcNMjYxMTIxMTc0MTI2WhcNMzYxMTE4MTc0MTI2WjAaMRgwFgYDVQQDDA9UZXN0IElzc3VpbmcgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBw
NCAARyPI7TprM1zCvGpXAPCQf4t9TKjbqTW3K1TbTfTRBTuvXQPzfOyEG855wBl7jF1pRhGzL4XoqY2FsLqTvA7y+9MAoGCCqGSM49BAMCA0gA
MEUCIQDBAmsJ0N/3iax6kPyEvroWXi3D6QEXE8tWmJfBlp3/GgIgGoDZQ6JR3/E7mskj362ZAUnZ1EOp2kfOzGK+8LlnB4wxAA==`

func TestCertificatesOfEveryFormThatIsServed(t *testing.T) {
	bundle, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(p7c, "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	two := certificates(bundle)
	if len(two) != 2 {
		t.Fatalf("%d certificates in the bundle", len(two))
	}
	for name, tt := range map[string]struct {
		bytes []byte
		want  string
	}{
		"p7c":            {bundle, "Test Root, Test Issuing CA"},
		"p7c as PEM":     {pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: bundle}), "Test Root, Test Issuing CA"},
		"DER":            {two[1].Raw, "Test Issuing CA"},
		"PEM":            {append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: two[0].Raw}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: two[1].Raw})...), "Test Root, Test Issuing CA"},
		"a cut bundle":   {bundle[:len(bundle)/2], ""},
		"a page":         {[]byte("<html>not found</html>"), ""},
		"nothing":        {nil, ""},
		"another object": {[]byte{0x30, 0x03, 0x02, 0x01, 0x05}, ""},
	} {
		var names []string
		for _, c := range certificates(tt.bytes) {
			names = append(names, c.Subject.CommonName)
		}
		if got := strings.Join(names, ", "); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

// FuzzCertificates: whatever is served there is read without a panic, and what is found is whole.
func FuzzCertificates(f *testing.F) {
	bundle, _ := base64.StdEncoding.DecodeString(strings.ReplaceAll(p7c, "\n", ""))
	f.Add(bundle)
	f.Add([]byte("-----BEGIN PKCS7-----\nMAMCAQU=\n-----END PKCS7-----\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, c := range certificates(b) {
			if c == nil || len(c.Raw) == 0 {
				t.Fatal("a certificate that is none")
			}
		}
	})
}
