"""A small API behind the gateways: items, orders, credentials of several kinds, limits, faults by chance.

PORT, and in the environment ILL=1 for a node that fails, TERSE=1 for answers without a reason.
"""
import base64, gzip, hashlib, hmac, json, os, random, re, sys, threading, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ILL, TERSE = os.environ.get("ILL"), os.environ.get("TERSE")
SECRET = b"bench-signing-secret"
SEEN, LOCK, DICE = {}, threading.Lock(), random.Random(7)
ITEM = {"id": 1, "sku": "TEA-0001", "price": 4.5, "tags": ["tea"], "in_stock": True}


def unb64(s):
    return base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))


class Handler(BaseHTTPRequestHandler):
    protocol_version, server_version, sys_version = "HTTP/1.1", "origin", ""

    def log_message(self, *a):
        pass

    def reply(self, status, value=None, **headers):
        body = value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        for k, v in {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
            self.send_header(k, v)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def refuse(self, status, code, message, **headers):
        return self.reply(status, {"error": "request failed"} if TERSE else {"error": code, "message": message}, **headers)

    def count(self, key):
        with LOCK:
            SEEN[key] = SEEN.get(key, 0) + 1
            return SEEN[key]

    def handle_any(self):
        n = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(n) if n else b""
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                self.body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        url = urllib.parse.urlsplit(self.path)
        self.q = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        if ILL:
            return self.refuse(500, "internal", "no connection to the database")
        for pattern, methods, f in ROUTES:
            if m := re.fullmatch(pattern, url.path):
                if self.command not in methods.split():
                    return self.refuse(405, "method_not_allowed", f"{self.command} is not allowed here", Allow=methods.replace(" ", ", "))
                return f(self, *m.groups())
        self.refuse(404, "not_found", f"no route {url.path}")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_any

    def items(self):
        limit, sort = self.q.get("limit", "10"), self.q.get("sort", "id")
        if not limit.isdigit() or not 0 < int(limit) <= 100:
            return self.refuse(400, "invalid_parameter", f"limit must be an integer between 1 and 100, got {limit!r}")
        if sort not in ("id", "price", "-price"):
            return self.refuse(400, "invalid_parameter", f"sort must be one of id, price, -price, got {sort!r}")
        if self.q.get("after") and self.q.get("page"):
            return self.refuse(400, "invalid_parameter", "after and page exclude each other")
        self.reply(200, {"items": [ITEM], "limit": int(limit)}, ETag='"v1"')

    def item(self, id):
        if not id.isdigit():
            return self.refuse(400, "invalid_id", f"id {id!r} is not a number")
        if int(id) > 99:
            return self.refuse(404, "no_such_item", f"item {id} does not exist")
        if self.command in ("PUT", "PATCH") and self.headers.get("If-Match") not in (None, '"v1"'):
            return self.refuse(412, "precondition_failed", "If-Match does not fit the current ETag")
        self.reply(200, {**ITEM, "id": int(id)}, ETag='"v1"')

    def order(self):
        if self.headers.get_content_type() != "application/json":
            return self.refuse(415, "unsupported_media_type", "send application/json")
        try:
            o = json.loads(self.body)
        except ValueError as e:
            return self.refuse(400, "malformed_json", str(e))
        if not isinstance(o, dict):
            return self.refuse(400, "malformed_json", "an object is expected")
        if not isinstance(o.get("customer_id"), int):
            return self.refuse(422, "invalid", "customer_id: an integer is required")
        if not isinstance(o.get("lines"), list) or not o["lines"]:
            return self.refuse(422, "invalid", "lines: at least one is required")
        for i, l in enumerate(o["lines"]):
            if not isinstance(l.get("qty"), int) or l["qty"] < 1:
                return self.refuse(422, "invalid", f"lines[{i}].qty: a positive integer is required")
        if o.get("currency") not in ("EUR", "USD", "GBP"):
            return self.refuse(422, "invalid", "currency: one of EUR, USD, GBP")
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", o.get("due", "2026-12-01")):
            return self.refuse(422, "invalid", "due: a date, YYYY-MM-DD")
        if o.get("coupon") and o.get("gift_card"):
            return self.refuse(422, "invalid", "coupon and gift_card cannot be used together")
        if "\u00df" in o.get("note", ""):
            return self.refuse(500, "internal", "codec error")
        self.reply(201, {"id": 77, "status": "new"}, Location="/v1/orders/77")

    def jwt(self):
        def no(code, text, status=401, extra=""):
            challenge = "Bearer" if TERSE else f'Bearer error="{code}", error_description="{text}"{extra}'
            self.refuse(status, code, text, WWW_Authenticate=challenge)
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer":
            return self.refuse(401, "unauthorized", "a bearer token is required", WWW_Authenticate="Bearer")
        try:
            head, claims, sig = token.split(".")
            good = hmac.compare_digest(unb64(sig), hmac.new(SECRET, f"{head}.{claims}".encode(), hashlib.sha256).digest())
            c = json.loads(unb64(claims))
        except ValueError:
            return no("invalid_token", "the token is malformed")
        if not good:
            return no("invalid_token", "the signature is invalid")
        if c["exp"] < time.time():
            return no("invalid_token", "the token expired")
        if c.get("nbf", 0) > time.time():
            return no("invalid_token", "the token is not valid yet")
        if c.get("aud") != "orders-api":
            return no("invalid_token", "the audience is invalid")
        if "read" not in c.get("scope", "").split():
            return no("insufficient_scope", "the scope read is required", 403, ', scope="read"')
        self.reply(200, {"me": c["sub"]})

    def key(self):
        k = self.headers.get("X-Api-Key")
        if k is None:
            return self.refuse(401, "unauthorized", "header X-Api-Key is missing")
        if k != "k-live-5f2a9c":
            return self.refuse(403 if k.startswith("k-test-") else 401, "forbidden", "the API key is not valid")
        self.reply(200, {"plan": "pro"})

    def basic(self):
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "basic" or unb64(value.strip()) != b"ada:lovelace":
            return self.refuse(401, "unauthorized", "user or password wrong", WWW_Authenticate='Basic realm="shop"')
        self.reply(200, {"user": "ada"})

    def session(self):
        cookies = dict(c.strip().split("=", 1) for c in self.headers.get("Cookie", "").split(";") if "=" in c)
        if cookies.get("sid") != "s-1234":
            return self.refuse(401, "no_session", "the session has ended, log in again")
        if self.command == "POST" and self.headers.get("X-CSRF-Token") != cookies.get("csrf"):
            return self.refuse(403, "csrf", "CSRF token missing or incorrect")
        self.reply(200, {"cart": []})

    def signed(self):
        ts, sig = self.headers.get("X-Timestamp", ""), self.headers.get("X-Signature", "")
        if not ts.isdigit():
            return self.refuse(401, "signature", "X-Timestamp is missing")
        if abs(int(ts) - time.time()) > 300:
            return self.refuse(401, "signature", "X-Timestamp is outside of the window of 300 s")
        want = hmac.new(SECRET, ts.encode() + b"." + self.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(sig, want):
            return self.refuse(401, "signature", "X-Signature does not match")
        self.reply(200, {"accepted": True})

    def idem(self):
        k = self.headers.get("Idempotency-Key")
        if not k:
            return self.refuse(400, "idempotency_key", "Idempotency-Key header is required")
        self.reply(201, {"paid": True})

    def rate(self, most):
        key = ("rate", most, int(time.time()) // 30)
        if self.count(key) > int(most):
            return self.refuse(429, "rate_limited", "too many requests", Retry_After="30")
        self.reply(200, {"ok": True})

    def chance(self, percent):
        if DICE.random() * 100 < int(percent):
            return self.refuse(503, "unavailable", "try again")
        self.reply(200, {"ok": True})

    def heals(self, key):
        if self.count(("heals", key)) == 1:
            return self.refuse(503, "unavailable", "warming up")
        self.reply(200, {"ok": True})

    def maintenance(self):
        self.reply(503, {"message": "Down for scheduled maintenance until 18:00 UTC"} if not TERSE else None, Retry_After="3600")

    def slow(self, ms):
        time.sleep(int(ms) / 1000)
        self.reply(200, {"ok": True})

    def soft(self):
        self.reply(200, {"success": False, "error": {"code": "ACCOUNT_SUSPENDED", "message": "The account is suspended"}})

    def form(self):
        f = dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True))
        if self.headers.get_content_type() != "application/x-www-form-urlencoded":
            return self.refuse(400, "invalid_request", "parameters must be sent as application/x-www-form-urlencoded")
        if f.get("grant_type") != "client_credentials":
            return self.refuse(400, "unsupported_grant_type", "grant_type must be client_credentials")
        if (f.get("client_id"), f.get("client_secret")) != ("shop", "s3cr3t"):
            return self.refuse(401, "invalid_client", "client authentication failed")
        if f.get("scope", "read") not in ("read", "write", "read write"):
            return self.refuse(400, "invalid_scope", f"unknown scope {f['scope']!r}")
        self.reply(200, {"access_token": "t", "token_type": "Bearer"})

    def raw(self, what):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        self.wfile.write({
            "short": head + b'Content-Length: 500\r\n\r\n{"items": [1,2,3',
            "gzip": head + b"Content-Encoding: gzip\r\nContent-Length: 15\r\n\r\n" + b'{"ok": true}   ',
            "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 61\r\n\r\n"
                    b"<html><title>Sign in</title><form>Sign in here</form></html>\n",
            "none": b"", "junk": b"220 mail.example.test ESMTP ready\r\n",
            "headers": b"HTTP/1.1 200 OK\r\nContent-Type application/json\r\nContent-Length: 2\r\n\r\n{}",
        }[what])
        self.close_connection = True

    def odd(self, what):
        if what == "error-in-data":
            return self.reply(200, {"id": 9, "last_error": None, "errors": [], "status": "failed-orders-report", "error_rate": 0.0})
        if what == "empty":
            return self.reply(204)
        if what == "gzip":
            return self.reply(200, gzip.compress(b'{"ok": true}'), Content_Encoding="gzip")
        if what == "text":
            return self.reply(200, b"OK\n", Content_Type="text/plain")
        if what == "null":
            return self.reply(200, b"null")
        if what == "partial":
            return self.reply(206, b"abc", Content_Range="bytes 0-2/10", Content_Type="application/octet-stream")
        if what == "multi":
            return self.reply(207, b"<multistatus/>", Content_Type="application/xml")
        return self.reply(202, {"job": what, "state": "error_check_pending"})

    def echo(self):
        self.reply(200, {"host": self.headers.get("Host"), "method": self.command, "bytes": len(self.body)})

    def reset(self):
        SEEN.clear()
        self.reply(200, {})


H = Handler
ROUTES = [
    (r"/v1/items", "GET HEAD", H.items), (r"/v1/items/([^/]+)", "GET PUT PATCH DELETE HEAD", H.item), (r"/v1/orders", "POST", H.order),
    (r"/v1/me", "GET", H.jwt), (r"/v1/plan", "GET", H.key), (r"/v1/account", "GET", H.basic), (r"/v1/cart", "GET POST", H.session),
    (r"/v1/hooks", "POST", H.signed), (r"/v1/payments", "POST", H.idem), (r"/v1/rate/(\d+)", "GET", H.rate), (r"/v1/chance/(\d+)", "GET", H.chance),
    (r"/v1/heals/(\w+)", "GET", H.heals), (r"/v1/down", "GET", H.maintenance), (r"/v1/slow/(\d+)", "GET", H.slow), (r"/v1/soft", "GET", H.soft),
    (r"/oauth/token", "POST", H.form), (r"/raw/(\w+)", "GET", H.raw), (r"/odd/([\w-]+)", "GET POST", H.odd),
    (r"/echo", "GET POST PUT", H.echo), (r"/reset", "GET", H.reset),
]

if __name__ == "__main__":
    ThreadingHTTPServer.daemon_threads = True
    ThreadingHTTPServer((sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
