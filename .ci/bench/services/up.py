"""Writes the configuration of every server, starts them on free loopback ports, waits for them and puts in what the cases need: up.py CACHE"""
import base64, json, os, random, re, shutil, socket, sqlite3, subprocess, sys, time, urllib.error, urllib.request
from glob import glob

CACHE = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
RUN, ROOT, BIN, NPM = (os.path.join(CACHE, d) for d in ("run", "root", "bin", "npm/node_modules"))
shutil.rmtree(RUN, ignore_errors=True)
os.makedirs(RUN)
DEBIAN = {"LD_LIBRARY_PATH": f"{ROOT}/usr/lib/x86_64-linux-gnu:{ROOT}/usr/lib/x86_64-linux-gnu/icinga2:{ROOT}/usr/lib", "PYTHONPATH": f"{ROOT}/usr/lib/python3/dist-packages",
          "QT_PLUGIN_PATH": f"{ROOT}/usr/lib/x86_64-linux-gnu/qt5/plugins", "PATH": f"{ROOT}/usr/bin:{ROOT}/usr/sbin:{os.environ['PATH']}"}
ports, pids = {}, open(RUN + "/pids", "w")


def port(name):
    while name not in ports:  # below the range from which outgoing connections take theirs
        p = random.randrange(20000, 32000)
        with socket.socket() as s:
            if p not in ports.values() and s.connect_ex(("127.0.0.1", p)) != 0: ports[name] = p
    return ports[name]


def start(name, *words, env=None, cwd=None):
    log = open(f"{RUN}/{name}.log", "ab")
    p = subprocess.Popen([str(w) for w in words], env={**os.environ, "HOME": RUN, **(env or {})}, cwd=cwd or RUN, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    print(p.pid, name, file=pids, flush=True)


def folder(name):
    os.makedirs(f"{RUN}/{name}", exist_ok=True)
    return f"{RUN}/{name}"


def write(path, text):
    with open(f"{RUN}/{path}", "w") as f: f.write(text)
    return f"{RUN}/{path}"


def run(*words, env=None):
    r = subprocess.run([str(w) for w in words], env={**os.environ, "HOME": RUN, **(env or {})}, cwd=RUN, capture_output=True, text=True)
    if r.returncode: print("failed:", *words[:3], r.stdout[-500:], r.stderr[-500:], file=sys.stderr)
    return r.stdout


def waits(name, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port(name))) == 0: return True
        time.sleep(0.2)
    print(f"{name} is not up: see {RUN}/{name}.log", file=sys.stderr)


def pdns():
    db = folder("pdns") + "/pdns.db"
    sql = glob(f"{ROOT}/usr/share/*/pdns-backend-sqlite3/schema*.sql") + glob(f"{ROOT}/usr/share/pdns-backend-sqlite3/schema/*.sql")
    with sqlite3.connect(db) as c: c.executescript(open(sql[0]).read())
    write("pdns/pdns.conf", f"""module-dir={ROOT}/usr/lib/x86_64-linux-gnu/pdns
launch=gsqlite3
gsqlite3-database={db}
gsqlite3-pragma-synchronous=0
local-address=127.0.0.1
local-port={port("pdns.dns")}
socket-dir={RUN}/pdns
webserver=yes
webserver-address=127.0.0.1
webserver-port={port("pdns")}
api=yes
api-key=pdns-4f1c9a
""")
    start("pdns", f"{ROOT}/usr/sbin/pdns_server", f"--config-dir={RUN}/pdns", "--daemon=no", "--guardian=no", env=DEBIAN)


def rabbit():
    home = glob(f"{ROOT}/usr/lib/rabbitmq/lib/rabbitmq_server-*")[0]
    d = folder("rabbit")
    erl = f"{ROOT}/usr/lib/erlang/bin/erl"
    text = open(erl).read()
    open(erl, "w").write(re.sub(r"ROOTDIR=\S*/usr/lib/erlang", f"ROOTDIR={ROOT}/usr/lib/erlang", text))  # also where the cache was moved
    write("rabbit/enabled_plugins", "[rabbitmq_management].")
    write("rabbit/rabbitmq.conf", f"listeners.tcp.local = 127.0.0.1:{port('rabbit.amqp')}\nmanagement.tcp.ip = 127.0.0.1\nmanagement.tcp.port = {port('rabbit')}\n")
    env = {**DEBIAN, "ERL_ROOTDIR": f"{ROOT}/usr/lib/erlang", "ROOTDIR": f"{ROOT}/usr/lib/erlang", "RABBITMQ_CONFIG_FILE": d + "/rabbitmq.conf", "RABBITMQ_ENABLED_PLUGINS_FILE": d + "/enabled_plugins", "RABBITMQ_MNESIA_BASE": d + "/db",
           "RABBITMQ_LOG_BASE": d, "RABBITMQ_PID_FILE": d + "/pid", "RABBITMQ_NODENAME": "bench@localhost", "ERL_EPMD_PORT": str(port("rabbit.epmd")), "RABBITMQ_DIST_PORT": str(port("rabbit.dist")), "HOME": d,
           "PATH": f"{ROOT}/usr/lib/erlang/bin:{DEBIAN['PATH']}", "ERL_EPMD_ADDRESS": "127.0.0.1", "RABBITMQ_CONF_ENV_FILE": "/dev/null"}
    start("epmd", glob(f"{ROOT}/usr/lib/erlang/erts-*/bin/epmd")[0], "-port", port("rabbit.epmd"), "-address", "127.0.0.1")
    start("rabbit", home + "/sbin/rabbitmq-server", env=env)


def radicale():
    write("radicale.users", "anna:kalender\nben:termine\n")
    write("radicale.conf", f"[server]\nhosts = 127.0.0.1:{port('radicale')}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {RUN}/radicale.users\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {RUN}/dav\n")
    start("radicale", "/usr/bin/python3", "-m", "radicale", "--config", RUN + "/radicale.conf", env=DEBIAN)


def transmission():
    start("transmission", f"{ROOT}/usr/bin/transmission-daemon", "-f", "-g", folder("transmission"), "-w", folder("transmission/down"), "-p", port("transmission"), "-r", "127.0.0.1", "-a", "127.0.0.1",
          "-t", "-u", "admin", "-v", "seedbox", "-O", "-Y", "-M", "-P", port("transmission.peer"), env=DEBIAN)


def aria2():
    start("aria2", f"{ROOT}/usr/bin/aria2c", "--no-conf", "--enable-rpc", "--rpc-listen-all=false", f"--rpc-listen-port={port('aria2')}", "--rpc-secret=s3same", f"--dir={folder('aria2')}", "--enable-dht=false", "--pause=true", env=DEBIAN)


def syncthing():
    d = folder("syncthing")
    run(f"{ROOT}/usr/bin/syncthing", "generate", f"--home={d}", "--no-default-folder", "--skip-port-probing", env=DEBIAN)
    x = open(d + "/config.xml").read()
    for k in ("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled", "crashReportingEnabled"): x = x.replace(f"<{k}>true", f"<{k}>false")
    x = x.replace("<listenAddress>default", f"<listenAddress>tcp://127.0.0.1:{port('syncthing.sync')}")
    write("syncthing/config.xml", x)
    start("syncthing", f"{ROOT}/usr/bin/syncthing", "serve", f"--home={d}", "--no-browser", "--no-upgrade", "--no-restart", f"--gui-address=127.0.0.1:{port('syncthing')}", "--gui-apikey=st-7QmX2vLk", env=DEBIAN)


def jupyter():
    start("jupyter", "/usr/bin/python3", "-m", "jupyter_server", "--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port('jupyter')}", "--ServerApp.port_retries=0", "--ServerApp.token=9b1ce5d2", f"--ServerApp.root_dir={folder('notebooks')}", env=DEBIAN)


def qbittorrent():
    d = folder("qb/qBittorrent/config")
    write("qb/qBittorrent/config/qBittorrent.conf", f"""[LegalNotice]
Accepted=true
[Preferences]
WebUI\\Address=127.0.0.1
WebUI\\Port={port("qbittorrent")}
WebUI\\LocalHostAuth=false
[BitTorrent]
Session\\DHTEnabled=false
Session\\LSDEnabled=false
Session\\Interface=lo
""")
    start("qbittorrent", f"{ROOT}/usr/bin/qbittorrent-nox", f"--profile={RUN}/qb", f"--webui-port={port('qbittorrent')}", env=DEBIAN)


def pushgateway():
    start("pushgateway", f"{ROOT}/usr/bin/prometheus-pushgateway", f"--web.listen-address=127.0.0.1:{port('pushgateway')}", "--web.enable-admin-api")


def kea():
    write("kea.json", json.dumps({"Control-agent": {"http-host": "127.0.0.1", "http-port": port("kea"), "control-sockets": {"dhcp4": {"socket-type": "unix", "socket-name": RUN + "/kea4.sock"}}, "loggers": [{"name": "kea-ctrl-agent", "output_options": [{"output": "stdout"}], "severity": "WARN"}],
                                                    "authentication": {"type": "basic", "realm": "kea", "clients": [{"user": "netops", "password": "dhcp4ever"}]}}}))
    start("kea", f"{ROOT}/usr/sbin/kea-ctrl-agent", "-c", RUN + "/kea.json", env={**DEBIAN, "KEA_PIDFILE_DIR": RUN, "KEA_LOCKFILE_DIR": RUN})


def icinga():
    d = folder("icinga")
    for x in ("etc/icinga2", "var/lib", "var/log", "var/cache", "run"): os.makedirs(f"{d}/{x}", exist_ok=True)
    defs = [f"-D{k}={v}" for k, v in {"ConfigDir": f"{d}/etc/icinga2", "DataDir": f"{d}/var/lib/icinga2", "LogDir": f"{d}/var/log", "CacheDir": f"{d}/var/cache", "SpoolDir": f"{d}/spool", "InitRunDir": f"{d}/run", "RunAsUser": "root", "RunAsGroup": "root",
            "PrefixDir": f"{ROOT}/usr", "PkgDataDir": f"{ROOT}/usr/share/icinga2", "IncludeConfDir": f"{ROOT}/usr/share/icinga2/include", "NodeName": "bench", "ZonesDir": f"{d}/etc/zones.d"}.items()]
    for x in ("certs", "ca"): os.makedirs(f"{d}/var/lib/icinga2/{x}", exist_ok=True)
    for x in ("spool", "var/lib/icinga2/api/packages", "var/lib/icinga2/api/zones"): os.makedirs(f"{d}/{x}", exist_ok=True)
    c = f"{d}/var/lib/icinga2"
    exe = f"{ROOT}/usr/lib/x86_64-linux-gnu/icinga2/sbin/icinga2"
    run(exe, "pki", "new-ca", *defs, env=DEBIAN)
    run(exe, "pki", "new-cert", "--cn", "bench", "--key", c + "/certs/bench.key", "--csr", c + "/certs/bench.csr", *defs, env=DEBIAN)
    run(exe, "pki", "sign-csr", "--csr", c + "/certs/bench.csr", "--cert", c + "/certs/bench.crt", *defs, env=DEBIAN)
    shutil.copy(c + "/ca/ca.crt", c + "/certs/ca.crt")
    write("icinga/icinga2.conf", f"""include <itl>
object Endpoint "bench" {{}}
object Zone "bench" {{ endpoints = [ "bench" ] }}
object ApiListener "api" {{ bind_host = "127.0.0.1", bind_port = {port("icinga")} }}
object ApiUser "root" {{ password = "icinga", permissions = [ "*" ] }}
object ApiUser "viewer" {{ password = "look", permissions = [ "objects/query/*", "status/query" ] }}
object CheckCommand "always" {{ command = [ "/bin/true" ] }}
object Host "web1" {{ check_command = "always", enable_active_checks = false, address = "192.0.2.10" }}
object Service "http" {{ host_name = "web1", check_command = "always", enable_active_checks = false }}
object IcingaApplication "app" {{}}
""")
    start("icinga", exe, "daemon", "-c", d + "/icinga2.conf", *defs, env=DEBIAN)


def opa():
    write("policy.rego", """package shop

import rego.v1

default allow := false

allow if input.user.role == "admin"

allow if {
	input.action == "read"
	input.user.tenant == input.resource.tenant
}

discount := input.order.total * 0.1 if input.order.total > 100

deny contains "the quantity is not positive" if input.order.quantity <= 0
""")
    write("authz.rego", """package system.authz

import rego.v1

default allow := false

allow if input.identity == "opa-7d11b2"

allow if input.path == ["health"]
""")
    start("opa", BIN + "/opa", "run", "--server", f"--addr=127.0.0.1:{port('opa')}", "--authentication=token", "--authorization=basic", "--disable-telemetry", "--log-level=error", RUN + "/policy.rego", RUN + "/authz.rego")


def stripe(): start("stripe", BIN + "/stripe-mock", "-http-addr", f"127.0.0.1:{port('stripe')}")


def pocket():
    base, d = BIN + "/base", folder("pocket")
    run(base, "superuser", "upsert", "root@example.com", "pocketful-of-keys", f"--dir={d}")
    start("pocket", base, "serve", f"--http=127.0.0.1:{port('pocket')}", f"--dir={d}")


def gcs(): start("gcs", BIN + "/fake-gcs-server", "-scheme=http", "-host=127.0.0.1", f"-port={port('gcs')}", "-backend=memory", f"-public-host=127.0.0.1:{port('gcs')}", f"-external-url=http://127.0.0.1:{port('gcs')}")


def openfga():
    start("openfga", BIN + "/openfga", "run", f"--http-addr=127.0.0.1:{port('openfga')}", f"--grpc-addr=127.0.0.1:{port('openfga.grpc')}", "--playground-enabled=false", "--metrics-enabled=false", "--authn-method=preshared",
          "--authn-preshared-keys=fga-2c81e0", "--log-level=error")


def node(name, script, *words, **more): start(name, "node", f"{NPM}/{script}", *words, **more)


def mountebank(): node("mountebank", "mountebank/bin/mb", "--port", port("mountebank"), "--host", "127.0.0.1", "--localOnly", "--nologfile", "--pidfile", RUN + "/mb.pid")


def solid(): node("solid", "@solid/community-server/bin/server.js", "-p", port("solid"), "-c", "@css:config/default.json", "-l", "warn", "-b", f"http://127.0.0.1:{port('solid')}/")


def ganache(): node("ganache", "ganache/dist/node/cli.js", "--server.host=127.0.0.1", f"--server.port={port('ganache')}", "--wallet.deterministic", "--logging.quiet")


def postgres():
    d, bins = folder("pg"), glob("/usr/lib/postgresql/*/bin")[0]
    person = ("unshare", "--user", "--map-user=1000", "--map-group=1000")  # it does not run as root
    write("pg.pass", "postgres")
    run(*person, bins + "/initdb", "-D", d, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
    start("postgres", *person, bins + "/postgres", "-D", d, "-h", "127.0.0.1", "-p", port("postgres"), "-k", RUN, "-c", "fsync=off")
    waits("postgres")
    for n in range(40):
        if subprocess.run([bins + "/psql", "-h", "127.0.0.1", "-p", str(port("postgres")), "-U", "postgres", "-c", "select 1"], capture_output=True).returncode == 0: break
        time.sleep(0.25)
    run(bins + "/createdb", "-h", "127.0.0.1", "-p", port("postgres"), "-U", "postgres", "parse")


def parse():
    node("parse", "parse-server/bin/parse-server", "--appId", "shopApp", "--masterKey", "mk-91f0", "--restAPIKey", "rk-5d20", "--databaseURI", f"postgres://postgres@127.0.0.1:{port('postgres')}/parse", "--port", port("parse"), "--host", "127.0.0.1",
         "--mountPath", "/parse", "--serverURL", f"http://127.0.0.1:{port('parse')}/parse", "--allowClientClassCreation", "true", cwd=folder("parse"))


def oidc():
    start("oidc", "node", write("oidc.mjs", f"""import {{ pathToFileURL }} from 'node:url'
const {{ default: Provider }} = await import(pathToFileURL({json.dumps(NPM + "/oidc-provider/lib/index.js")}))
new Provider('http://127.0.0.1:{port("oidc")}', {{
  clients: [{{ client_id: 'billing', client_secret: 'b1ll-s3cret', grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope: 'invoices:read invoices:write' }},
    {{ client_id: 'reporting', client_secret: 'r3p0rt', grant_types: ['client_credentials'], redirect_uris: [], response_types: [], token_endpoint_auth_method: 'client_secret_post', scope: 'reports:read' }}],
  scopes: ['invoices:read', 'invoices:write', 'reports:read'],
  features: {{ clientCredentials: {{ enabled: true }}, introspection: {{ enabled: true }}, revocation: {{ enabled: true }}, devInteractions: {{ enabled: false }} }},
}}).listen({port("oidc")}, '127.0.0.1')
"""))


SERVERS = "pdns rabbit radicale transmission aria2 syncthing jupyter qbittorrent pushgateway kea icinga opa stripe pocket gcs openfga postgres mountebank solid parse oidc ganache".split()


def call(url, method="GET", body=None, headers=(), user=None):
    data = body if body is None or isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    r = urllib.request.Request(url, data, dict(headers), method=method)
    if data is not None and not r.has_header("Content-type"): r.add_header("Content-Type", "application/json")
    if user: r.add_header("Authorization", "Basic " + base64.b64encode(user.encode()).decode())
    for n in range(40):  # a port that is open is not yet a server that is ready
        try:
            with urllib.request.urlopen(r, timeout=10) as a: return a.read(), a.headers
        except urllib.error.HTTPError as e:
            if e.code < 500: return e.read(), e.headers
        except OSError: pass
        time.sleep(0.5)
    print(f"{method} {url} does not answer", file=sys.stderr)
    return b"{}", {}


def seed():
    """Puts in what the cases need, and returns what stands for $NAME in them."""
    at = lambda n: f"http://127.0.0.1:{port(n)}"
    values = {"IMPOSTER": str(port("mountebank.imposter"))}
    call(at("pdns") + "/api/v1/servers/localhost/zones", "POST", {"name": "shop.example.", "kind": "Native", "nameservers": ["ns1.shop.example."]}, {"X-API-Key": "pdns-4f1c9a"})
    r = at("rabbit") + "/api/"
    call(r + "queues/%2F/audit", "PUT", {"durable": True}, user="guest:guest")
    call(r + "users/shop", "PUT", {"password": "s3cret", "tags": "monitoring"}, user="guest:guest")
    from cases import BASES, EVENT, QB
    for p in ("kal/", "kal/inv-1.ics"): call(at("radicale") + "/anna/" + p, "PUT", EVENT, {"Content-Type": "text/calendar"}, user="anna:kalender")
    values["TSESSION"] = call(at("transmission") + "/transmission/rpc", "POST", "{}", user="admin:seedbox")[1]["X-Transmission-Session-Id"]
    call(at("syncthing") + "/rest/config/folders/photos", "PUT", {"id": "photos", "label": "Photos", "path": "photos", "type": "sendonly", "paused": True}, {"X-API-Key": "st-7QmX2vLk"})
    call(at("qbittorrent") + "/api/v2/torrents/add", "POST", "urls=magnet:?xt=urn:btih:" + QB, {"Content-Type": "application/x-www-form-urlencoded"})
    o = {"Authorization": "Bearer opa-7d11b2"}
    call(at("opa") + "/v1/data/users", "PUT", {"ben": {"role": "clerk"}}, o)
    call(at("opa") + "/v1/policies/cart", "PUT", "package cart\n", {**o, "Content-Type": "text/plain"})
    token = json.loads(call(at("pocket") + "/api/collections/_superusers/auth-with-password", "POST", {"identity": "root@example.com", "password": "pocketful-of-keys"})[0])["token"]
    head, claims, sign = token.split(".")
    old = json.loads(base64.urlsafe_b64decode(claims + "=="))
    old["exp"] = int(time.time()) - 86400
    values |= {"PTOKEN": token, "POLD": ".".join((head, base64.urlsafe_b64encode(json.dumps(old).encode()).decode().rstrip("="), sign))}
    kinds = [{"name": "title", "type": "text", "required": True, "max": 80}, {"name": "views", "type": "number", "onlyInt": True}, {"name": "mail", "type": "email"},
             {"name": "state", "type": "select", "maxSelect": 1, "values": ["draft", "live"]}, {"name": "due", "type": "date"}, {"name": "link", "type": "url"}]
    call(at("pocket") + "/api/collections", "POST", {"name": "posts", "type": "base", "listRule": "", "viewRule": "", "createRule": "", "updateRule": "", "fields": kinds}, {"Authorization": token})
    call(at("gcs") + "/storage/v1/b", "POST", {"name": "photos"})
    call(at("gcs") + "/upload/storage/v1/b/photos/o?uploadType=media&name=keep.txt", "POST", "kept", {"Content-Type": "text/plain"})
    f = {"Authorization": "Bearer fga-2c81e0"}
    values["STORE"] = json.loads(call(at("openfga") + "/stores", "POST", {"name": "shop"}, f)[0])["id"]
    users = {"directly_related_user_types": [{"type": "user"}]}
    call(at("openfga") + f"/stores/{values['STORE']}/authorization-models", "POST", {"schema_version": "1.1", "type_definitions": [{"type": "user"},
         {"type": "document", "relations": {"viewer": {"this": {}}, "owner": {"this": {}}}, "metadata": {"relations": {"viewer": users, "owner": users}}}]}, f)
    call(at("openfga") + f"/stores/{values['STORE']}/write", "POST", {"writes": {"tuple_keys": [{"user": "user:anna", "relation": "viewer", "object": "document:plan"}, {"user": "user:ben", "relation": "owner", "object": "document:plan"}]}}, f)
    call(at("mountebank") + "/imposters", "POST", {"protocol": "http", "port": port("mountebank.imposter"), "stubs": []})
    call(at("solid") + "/notes/me.ttl", "PUT", '<#me> <http://xmlns.com/foaf/0.1/name> "Anna".', {"Content-Type": "text/turtle"})
    p = {"X-Parse-Application-Id": "shopApp", "X-Parse-REST-API-Key": "rk-5d20"}
    call(at("parse") + "/parse/classes/Order", "POST", {"total": 12.5, "items": 3, "customer": "Anna", "placed": {"__type": "Date", "iso": "2026-11-22T10:00:00.000Z"}, "gift": False}, p)
    return values


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    sys.dont_write_bytecode = True
    for n in SERVERS: globals()[n]()
    for n in SERVERS: waits(n)
    from cases import BASES, CASES
    gates = sorted({re.search(r"\$([a-z]\w*)", BASES[c["base"]])[1] + "." + c["how"] for c in CASES if c["how"]})
    start("gates", "node", HERE + "/gate.mjs", json.dumps([{"port": port(g), "to": ports[g.split(".")[0]], "how": g.split(".")[1]} for g in gates]))
    for g in gates: waits(g)
    json.dump(seed(), open(RUN + "/values.json", "w"))
    json.dump(ports, open(RUN + "/ports.json", "w"))
    print(f"up: {len(SERVERS)} servers, {len(gates)} gates")
