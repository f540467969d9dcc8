package inquiry

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
)

// certificates reads what is found where a certificate says that its issuer's is: one certificate in DER, or several in
// a "certs-only" CMS message, a .p7c file (RFC 5280 §4.2.2.1); and PEM of either, which some serve all the same.
func certificates(b []byte) []*x509.Certificate {
	if found, err := x509.ParseCertificates(b); err == nil && len(found) > 0 {
		return found
	}
	if found := bundled(b); found != nil {
		return found
	}
	var out []*x509.Certificate
	for block, rest := pem.Decode(b); block != nil; block, rest = pem.Decode(rest) {
		if c, err := x509.ParseCertificate(block.Bytes); err == nil {
			out = append(out, c)
			continue
		}
		out = append(out, bundled(block.Bytes)...)
	}
	return out
}

// signedData is the type of a CMS message that holds certificates (RFC 5652 §5.1).
var signedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}

// bundled are the certificates of a SignedData in DER; nil when it is none. Nothing of it is verified: whether one of
// them signed what it should is seen by its key. (Libraries for PKCS #7 bring encryption, signing and BER along for
// these few steps.)
func bundled(der []byte) []*x509.Certificate {
	var message, signed []asn1.RawValue
	var kind asn1.ObjectIdentifier
	if _, err := asn1.Unmarshal(der, &message); err != nil || len(message) != 2 {
		return nil
	}
	if _, err := asn1.Unmarshal(message[0].FullBytes, &kind); err != nil || !kind.Equal(signedData) {
		return nil
	}
	if _, err := asn1.Unmarshal(message[1].Bytes, &signed); err != nil {
		return nil
	}
	for _, part := range signed {
		if part.Class != asn1.ClassContextSpecific || part.Tag != 0 { // [0] IMPLICIT CertificateSet
			continue
		}
		if found, err := x509.ParseCertificates(part.Bytes); err == nil {
			return found
		}
	}
	return nil
}
