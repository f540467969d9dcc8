"""The certificates of the TLS set-ups: pki.py FOLDER."""
import datetime as dt, ipaddress, os, subprocess, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

folder, now = sys.argv[1], dt.datetime.utcnow()


def make(name, issuer=None, ca=False, hosts=("localhost", "127.0.0.1", "api.bench.test"), start=-2, end=400, key=None):
    key, subject = key or ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bench " + name)])
    parent, signer = (issuer[0].subject, issuer[1]) if issuer else (subject, key)
    b = (x509.CertificateBuilder().subject_name(subject).issuer_name(parent).public_key(key.public_key())
         .serial_number(x509.random_serial_number()).not_valid_before(now + dt.timedelta(days=start))
         .not_valid_after(now + dt.timedelta(days=end)).add_extension(x509.BasicConstraints(ca, None), True))
    if not ca:
        names = [x509.IPAddress(ipaddress.ip_address(h)) if h[0].isdigit() else x509.DNSName(h) for h in hosts]
        b = b.add_extension(x509.SubjectAlternativeName(names), False)
    cert = b.sign(signer, hashes.SHA256())
    pem = cert.public_bytes(ser.Encoding.PEM)
    with open(os.path.join(folder, name + ".pem"), "wb") as f:
        f.write(pem + (issuer[0].public_bytes(ser.Encoding.PEM) if issuer and issuer[0].issuer != issuer[0].subject and name != "incomplete" else b""))
    with open(os.path.join(folder, name + ".key"), "wb") as f:
        f.write(key.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption()))
    return cert, key


root = make("root", ca=True, end=4000)
middle = make("intermediate", root, ca=True, end=2000)
other = make("otherroot", ca=True)
make("good", root)
make("chained", middle)
make("incomplete", middle)
make("expired", root, start=-400, end=-12)
make("notyet", root, start=30)
make("wrongname", root, hosts=("shop.bench.test",))
make("selfsigned")
make("client", root)
make("client-expired", root, start=-400, end=-3)
make("client-stranger", other)
make("deepwild", root, hosts=("*.bench.test",))
make("noip", root, hosts=("localhost", "api.bench.test"))
make("stranger", other)
make("rsa", root, key=rsa.generate_private_key(65537, 2048))
past = make("past", root, ca=True, start=-900, end=-20)
make("expiredmiddle", past)
two = make("second", middle, ca=True, end=1500)
make("disordered", two)
at = lambda name, end=".pem": os.path.join(folder, name + end)  # noqa: E731
read = lambda name: open(at(name)).read()  # noqa: E731
blocks = lambda text: [b + "-----END CERTIFICATE-----\n" for b in text.split("-----END CERTIFICATE-----\n") if "BEGIN" in b]  # noqa: E731
chain = blocks(read("disordered"))[:1] + blocks(read("intermediate")) + blocks(read("second"))[:1]  # the wrong way round
with open(at("disordered"), "w") as f:
    f.write("".join(chain))
with open(at("sha1", ".ext"), "w") as f:
    f.write("subjectAltName=DNS:localhost,DNS:api.bench.test,IP:127.0.0.1\n")
run = lambda *a: subprocess.run(["openssl", *a], check=True, capture_output=True)  # noqa: E731
run("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", at("sha1", ".key"), "-out", at("sha1", ".csr"), "-subj", "/CN=Bench sha1")
run("x509", "-req", "-sha1", "-in", at("sha1", ".csr"), "-CA", at("root"), "-CAkey", at("root", ".key"), "-set_serial", "77", "-days", "300", "-extfile", at("sha1", ".ext"), "-out", at("sha1"))
