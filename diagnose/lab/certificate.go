package lab

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"time"
)

// An identity is a certificate with its key.
type identity struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate from t, signed by i; nil signs it with its own key. Its dates are a year
// around now unless t has its own.
func (i *identity) issue(t x509.Certificate, now time.Time) (*identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	if t.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<62)); err != nil {
		return nil, err
	}
	if t.NotAfter.IsZero() {
		t.NotBefore, t.NotAfter = now.AddDate(0, -6, 0), now.AddDate(0, 6, 0)
	}
	t.BasicConstraintsValid = true
	t.KeyUsage = x509.KeyUsageDigitalSignature
	if t.IsCA {
		t.KeyUsage = x509.KeyUsageCertSign
	}
	self := &identity{&t, key}
	parent := i
	if parent == nil {
		parent = self
	}
	der, err := x509.CreateCertificate(rand.Reader, &t, parent.cert, key.Public(), parent.key)
	if err != nil {
		return nil, err
	}
	self.cert, err = x509.ParseCertificate(der)
	return self, err
}

// authority is the template of a CA.
func authority(name string) x509.Certificate {
	return x509.Certificate{Subject: pkix.Name{Organization: []string{"Shop Trust"}, CommonName: name}, IsCA: true}
}

// server is the template of a server's certificate for the given names and addresses.
func server(names ...string) x509.Certificate {
	t := x509.Certificate{Subject: pkix.Name{CommonName: names[0]}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, n)
		}
	}
	return t
}

// chain is what a server sends: its certificate and the others given.
func (i *identity) chain(more ...*identity) tls.Certificate {
	c := tls.Certificate{Certificate: [][]byte{i.cert.Raw}, PrivateKey: i.key}
	for _, m := range more {
		c.Certificate = append(c.Certificate, m.cert.Raw)
	}
	return c
}

// writePEM writes certificates into a file.
func writePEM(path string, ids ...*identity) error {
	var text []byte
	for _, i := range ids {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.cert.Raw})...)
	}
	return os.WriteFile(path, text, 0o600)
}

// writeKey writes the key of i into a file.
func (i *identity) writeKey(path string) error {
	der, err := x509.MarshalPKCS8PrivateKey(i.key)
	if err != nil {
		return err
	}
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600)
}
