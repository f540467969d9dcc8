"""A name server for *.bench.test: dns.py ADDRESS. What it answers is in the first label."""
import socket, struct, sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], 53))
A, AAAA = socket.inet_aton, lambda a: socket.inet_pton(socket.AF_INET6, a)
NAMES = {"api": (A("127.0.0.1"), None), "v6": (None, AAAA("::1")), "both": (A("127.0.0.1"), AAAA("::1")),
         "dead": (A("127.77.0.9"), None), "deadsix": (A("127.0.0.1"), AAAA("::1")), "shop": (A("127.0.0.1"), None)}
while True:
    q, who = s.recvfrom(2048)
    labels, i = [], 12
    while q[i]:
        labels.append(q[i + 1:i + 1 + q[i]].decode().lower())
        i += 1 + q[i]
    kind, end = struct.unpack("!H", q[i + 1:i + 3])[0], i + 5
    name = labels[0] if labels[-2:] == ["bench", "test"] else ""
    if name == "silent":
        continue
    code, data = 3, None
    if name == "broken":
        code = 2
    elif name == "refusing":
        code = 5
    elif name in NAMES:
        code, data = 0, NAMES[name][{1: 0, 28: 1}.get(kind, 0)] if kind in (1, 28) else None
    head = q[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, 1 if data else 0, 0, 0)
    answer = b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 30, len(data)) + data if data else b""
    s.sendto(head + q[12:end] + answer, who)
