"""A name server for *.bench.test: dns.py ADDRESS. What it answers is in the first label."""
import socket, struct, sys, time

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
    code, data, flags = 3, None, 0x8180
    if name == "broken":
        code = 2
    elif name == "refusing":
        code = 5
    elif name in NAMES:
        code, data = 0, NAMES[name][{1: 0, 28: 1}.get(kind, 0)] if kind in (1, 28) else None
    elif name == "moved":  # an alias of a name that is not there
        s.sendto(q[:2] + struct.pack("!HHHHH", 0x8183, 1, 1, 0, 0) + q[12:end] + b"\xc0\x0c" + struct.pack("!HHIH", 5, 1, 30, 7) + b"\x04gone" + q[12 + 1 + len(labels[0]):][:0] + b"\xc0" + bytes([13 + len(labels[0])]), who)
        continue
    elif name == "late":
        time.sleep(.6)
        code, data = 0, A("127.0.0.1") if kind == 1 else None
    elif name == "cut":  # truncated, and no TCP to ask again
        flags |= 0x200
        code = 0
    head = q[:2] + struct.pack("!HHHHH", flags | code, 1, 1 if data else 0, 0, 0)
    answer = b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 30, len(data)) + data if data else b""
    s.sendto(head + q[12:end] + answer, who)
