package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// pair is a certificate with its key and what is sent with it.
type pair struct {
	cert *x509.Certificate
	key  crypto.Signer
	more [][]byte
}

var serial int64 = 1000

// issue makes a certificate for the library's names that is good but for what change says, and writes it below c.PKI.
func issue(name string, by *pair, change func(*x509.Certificate)) *pair {
	var key crypto.Signer
	key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if name == "small" {
		key, _ = rsa.GenerateKey(rand.Reader, 1024)
	}
	serial++
	t := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "Library " + name, Organization: []string{"Bench"}},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(9000 * time.Hour), BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost", "api.library.test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	if change != nil {
		change(t)
	}
	if t.IsCA {
		t.KeyUsage, t.ExtKeyUsage, t.DNSNames, t.IPAddresses = x509.KeyUsageCertSign|x509.KeyUsageCRLSign, nil, nil, nil
	}
	parent, signer := t, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, key.Public(), signer)
	if err != nil {
		log.Fatal(name, err)
	}
	p := &pair{key: key, more: [][]byte{der}}
	p.cert, _ = x509.ParseCertificate(der)
	if by != nil && by.cert.Issuer.CommonName != by.cert.Subject.CommonName {
		p.more = append(p.more, by.more...)
	}
	f, _ := os.Create(c.PKI + "/" + name + ".pem")
	for _, b := range p.more {
		pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: b})
	}
	f.Close()
	raw, _ := x509.MarshalPKCS8PrivateKey(key)
	os.WriteFile(c.PKI+"/"+name+".key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}), 0o600)
	return p
}

func (p *pair) tls() tls.Certificate { return tls.Certificate{Certificate: p.more, PrivateKey: p.key} }

func ca(t *x509.Certificate) { t.IsCA = true }

// secure starts the listeners of TLS, each with one fault.
func secure() {
	root := issue("root", nil, ca)
	other := issue("otherroot", nil, ca)
	good := issue("good", root, nil)
	plain := to("origin")
	on := func(port string, p *pair, change func(*tls.Config)) {
		t := &tls.Config{Certificates: []tls.Certificate{p.tls()}, NextProtos: []string{"h2", "http/1.1"}}
		if change != nil {
			change(t)
		}
		s := &http.Server{Handler: plain, TLSConfig: t, ErrorLog: log.New(io.Discard, "", 0)}
		if len(t.NextProtos) == 1 {
			s.Protocols = new(http.Protocols)
			s.Protocols.SetHTTP1(true)
		}
		go s.ServeTLS(listen(port), "", "")
	}
	on("t_good", good, nil)
	on("t_eku", issue("eku", root, func(t *x509.Certificate) { t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }), nil)
	leafca := issue("branch", root, nil) // an end entity that signs
	on("t_notca", issue("notca", leafca, nil), nil)
	corp := issue("corp", root, func(t *x509.Certificate) {
		ca(t)
		t.PermittedDNSDomainsCritical, t.PermittedDNSDomains = true, []string{"corp.example"}
	})
	on("t_constrained", issue("constrained", corp, func(t *x509.Certificate) { t.IPAddresses = nil }), nil)
	on("t_small", issue("small", root, nil), nil)
	on("t_cnonly", issue("cnonly", root, func(t *x509.Certificate) {
		t.Subject.CommonName, t.DNSNames, t.IPAddresses = "localhost", nil, nil
	}), nil)
	late := issue("late", root, func(t *x509.Certificate) {
		t.NotBefore, t.NotAfter = time.Now().Add(-900*time.Hour), time.Now().Add(-30*time.Minute)
	})
	on("t_late", late, nil)
	on("t_stage", issue("stage", root, func(t *x509.Certificate) { t.DNSNames, t.IPAddresses = []string{"staging.library.test"}, nil }), nil)
	on("t_other", issue("other", other, nil), nil)
	mid := issue("mid", root, ca)
	bare := issue("bare", mid, nil)
	bare.more = bare.more[:1]
	on("t_bare", bare, nil)
	only := &http.Server{Handler: plain, TLSConfig: &tls.Config{Certificates: []tls.Certificate{good.tls()}}, Protocols: new(http.Protocols), ErrorLog: log.New(io.Discard, "", 0)}
	only.Protocols.SetHTTP2(true)
	go only.ServeTLS(listen("t_h2"), "", "")
	on("t_13", good, func(t *tls.Config) { t.MinVersion = tls.VersionTLS13 })
	on("t_12", good, func(t *tls.Config) {
		t.NextProtos = []string{"http/1.1"}
		t.MaxVersion, t.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384}
	})
	on("t_curve", good, func(t *tls.Config) { t.CurvePreferences = []tls.CurveID{tls.CurveP521} })
	on("t_sni", good, func(t *tls.Config) { // a host of many names that does not know this one
		t.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
			if h.ServerName == "api.library.test" {
				return nil, nil
			}
			return &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, nil }}, nil
		}
	})
	var turn atomic.Uint64
	on("t_turns", good, func(t *tls.Config) { // one node of the pool has kept the old certificate
		a, b := good.tls(), late.tls()
		t.GetCertificate, t.Certificates, t.SessionTicketsDisabled = func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			if (turn.Add(1)*0x9E3779B97F4A7C15>>40)%10 < 6 {
				return &b, nil
			}
			return &a, nil
		}, nil, true
	})
	pool := x509.NewCertPool()
	pool.AddCert(root.cert)
	client := func(use x509.ExtKeyUsage) func(*x509.Certificate) {
		return func(t *x509.Certificate) {
			t.ExtKeyUsage, t.DNSNames, t.IPAddresses = []x509.ExtKeyUsage{use}, nil, nil
		}
	}
	issue("client", root, client(x509.ExtKeyUsageClientAuth))
	issue("client-server", root, client(x509.ExtKeyUsageServerAuth))
	issue("client-other", other, client(x509.ExtKeyUsageClientAuth))
	issue("client-late", root, func(t *x509.Certificate) {
		client(x509.ExtKeyUsageClientAuth)(t)
		t.NotAfter = time.Now().Add(-20 * time.Hour)
	})
	on("t_mtls", good, func(t *tls.Config) { t.ClientAuth, t.ClientCAs = tls.RequireAndVerifyClientCert, pool })
}
