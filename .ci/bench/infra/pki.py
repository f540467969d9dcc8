"""The certificates of the TLS set-ups: pki.py FOLDER."""
import datetime as dt, ipaddress, os, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

folder, now = sys.argv[1], dt.datetime.utcnow()


def make(name, issuer=None, ca=False, hosts=("localhost", "127.0.0.1", "api.bench.test"), start=-2, end=400):
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bench " + name)])
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
