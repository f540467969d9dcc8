"""Starts every server of the exam on free ports of loopback: up.py CACHE. Writes CACHE/run/vars.json and CACHE/run/pids."""
import base64, json, os, random, socket, subprocess, sys, time, urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
sys.dont_write_bytecode = True
from launch import CACHE, LIB, NPM, PIDS, ROOT, RUN, ask, fresh, seed, start, write  # noqa: E402
from cases import gates  # noqa: E402

fresh()
S, OTHERS = HERE + "/servers", os.path.dirname(CACHE)
INFRA, STORES, SERVICES = (f"{OTHERS}/{b}" for b in ("infra", "stores", "services"))
SERVERS = ["plaid", "docusign", "ld", "pay", "xsoar", "glue", "vjs", "effect", "zodapi", "mongoose", "koajoi", "wsme", "cattrs", "cpp", "fuego", "swaggest", "nette", "influx", "ch", "couch", "rqlite", "prest",
           "lura", "ngx", "ha", "caddy", "squid", "tiny", "zip"]
TLS = ["t_" + n for n in "good expired notyet wrongname selfsigned incomplete stranger mtls new".split()] + ["g_plain", "g_mtls", "g_old"]
P = {}
for n in SERVERS + TLS + sorted(gates()) + ["rev", "chtcp", "chinter", "raft", "pg", "dead", "dead2", "named"]:
    while n not in P:  # below the range from which outgoing connections take theirs
        p = random.randrange(20000, 32000)
        with socket.socket() as s:
            if p not in P.values() and s.connect_ex(("127.0.0.1", p)) != 0:
                P[n] = p
V = {k.replace(".", "_"): f"127.0.0.1:{v}" for k, v in P.items()} | {k.replace(".", "_") + "_port": str(v) for k, v in P.items()} | {"pki": RUN + "/pki", "run": RUN}
V["dns"] = f"127.{random.randint(60, 120)}.{random.randint(1, 250)}.53"
u = lambda n, path: f"http://127.0.0.1:{P[n]}{path}"  # noqa: E731
py = "/usr/bin/python3"
of = lambda home, *more: {"LD_LIBRARY_PATH": ":".join(home + "/root" + d for d in ("/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib", "/usr/lib/x86_64-linux-gnu/varnish", *more))}  # noqa: E731

# documents and their mock servers
goes = subprocess.run(["go", "env", "GOMODCACHE"], capture_output=True, text=True).stdout.strip() + "/github.com"
subprocess.run([py, S + "/documents.py", RUN, goes + "/plaid/plaid-go/v20@v20.0.0/api/openapi.yaml", goes + "/launchdarkly/api-client-go/v13@v13.0.0/api/openapi.yaml",
                *(f"{goes}/pb33f/libopenapi@v0.42.3/test_specs/{n}.json" for n in ("docusignv3.1", "xsoar"))], check=True)
for n in ("plaid", "docusign"):
    start(n, "node", CACHE + "/npm/node_modules/@stoplight/prism-cli/dist/index.js", "mock", f"{RUN}/{n}.json", "-h", "127.0.0.1", "-p", P[n])
for n in ("ld", "pay"):
    start(n, "node", CACHE + "/npm/node_modules/@stdy/cli/steady.js", "--host", "127.0.0.1", "-q", "-p", P[n], f"{RUN}/{n}.json")

# validators
start("node", "node", CACHE + "/npm/node.mjs", json.dumps(P), RUN, NODE_ENV="production")
for n in ("wsme", "cattrs"):
    start(n, py, S + "/py.py", n, P[n])
start("cpp", CACHE + "/bin/readings", P["cpp"], LD_LIBRARY_PATH="")
start("nette", "php", "-S", f"127.0.0.1:{P['nette']}", S + "/bookings.php", LD_LIBRARY_PATH="")
to = lambda path, method, name, back, headers=(), query=(), timeout="2s": {"endpoint": path, "method": method, "output_encoding": "no-op" if name == "raw" else "json", "input_headers": list(headers),  # noqa: E731
    "input_query_strings": list(query), "timeout": timeout, "backend": [{"url_pattern": back[1], "method": method, "host": [f"http://127.0.0.1:{P[back[0]]}"], "encoding": "json", "is_collection": back[1] == "/vehicles", "disable_host_sanitize": True}]}
write("lura.json", json.dumps({"version": 3, "name": "mobile", "port": P["lura"], "listen_ip": "127.0.0.1", "endpoints": [
    to("/m/claims", "POST", "", ("fuego", "/claims"), ["Content-Type", "X-Region"]), to("/m/rentals", "POST", "", ("swaggest", "/rentals"), ["Content-Type", "X-Fleet"]),
    to("/m/vehicles", "GET", "", ("swaggest", "/vehicles"), ["Accept"], ["class", "from", "seats"]), to("/m/tickets/{project}", "GET", "", ("koajoi", "/projects/{project}/tickets"), [], ["status", "page", "size"]),
    to("/m/old", "GET", "", ("dead", "/v1"), [])]}))
start("go", CACHE + "/bin/exam", json.dumps(P), RUN + "/lura.json")
start("gates", "node", os.path.dirname(HERE) + "/services/gate.mjs", json.dumps([{"port": P[g], "to": P[g.split(".")[0]], "how": g.split(".")[1]} for g in gates() if g.split(".")[1] in ("empty", "json", "html", "code", "trace")]))

# databases
write("influx.toml", f"""bind-address = "127.0.0.1:{P['rev']}"
reporting-disabled = true
[meta]
dir = "{RUN}/influx/meta"
[data]
dir = "{RUN}/influx/data"
wal-dir = "{RUN}/influx/wal"
[http]
bind-address = "127.0.0.1:{P['influx']}"
auth-enabled = true
max-body-size = 4000
""")
start("influx", INFRA + "/root/usr/bin/influxd", "-config", RUN + "/influx.toml")
write("ch/config.xml", f"""<yandex><logger><level>warning</level><log>{RUN}/log/ch1.log</log><errorlog>{RUN}/log/ch2.log</errorlog></logger>
<http_port>{P['ch']}</http_port><tcp_port>{P['chtcp']}</tcp_port><listen_host>127.0.0.1</listen_host><path>{RUN}/ch/data/</path><tmp_path>{RUN}/ch/tmp/</tmp_path>
<users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>100000000</mark_cache_size></yandex>""")
write("ch/users.xml", """<yandex><profiles><default><max_memory_usage>1000000000</max_memory_usage></default></profiles>
<users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default>
<ward><password>beds-4</password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></ward></users>
<quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors><result_rows>0</result_rows><read_rows>0</read_rows><execution_time>0</execution_time></interval></default></quotas></yandex>""")
ch = INFRA + "/root/usr/bin/clickhouse-server"
start("ch", ch if os.path.exists(ch) else ch.replace("/bin/", "/sbin/"), f"--config-file={RUN}/ch/config.xml", **of(INFRA))
os.makedirs(RUN + "/couch")
start("couch", "node", INFRA + "/npm/node_modules/.bin/pouchdb-server", "--in-memory", "--port", P["couch"], "--no-stdout-logs", cwd=RUN + "/couch")
start("rqlite", STORES + "/bin/rqlited", "-http-addr", V["rqlite"], "-raft-addr", V["raft"], "-auth",
      write("rq.json", json.dumps([{"username": "desk", "password": "front-2", "perms": ["all"]}, {"username": "report", "password": "read-only", "perms": ["query", "status"]}])), RUN + "/rqlite")
bins, person = SERVICES + "/root/usr/lib/postgresql/15/bin", ("unshare", "--user", "--map-user=1000", "--map-group=1000")
os.makedirs(RUN + "/pg")
env = {**os.environ, **of(SERVICES)}
subprocess.run([*person, bins + "/initdb", "-D", RUN + "/pg", "-U", "crew", "-A", "trust", "-E", "UTF8", "--locale=C", "-L", SERVICES + "/root/usr/share/postgresql/15"], check=True, stdout=subprocess.DEVNULL, env=env)
start("pg", *person, bins + "/postgres", "-D", RUN + "/pg", "-h", "127.0.0.1", "-p", P["pg"], "-k", RUN, "-c", "fsync=off", **of(SERVICES))
sql = """CREATE TABLE shifts (id serial PRIMARY KEY, nurse text NOT NULL, ward text NOT NULL CHECK (ward IN ('A1','A2','ICU')), starts timestamp NOT NULL, hours int NOT NULL CHECK (hours BETWEEN 1 AND 14),
 night boolean NOT NULL DEFAULT false, rate numeric(8,2), badge int, note varchar(20)); INSERT INTO shifts(nurse, ward, starts, hours, rate, badge) VALUES ('Ines Prado', 'A1', '2031-03-01 07:00', 8, 31.5, 4411);"""
for _ in range(40):
    if subprocess.run([bins + "/psql", "-h", "127.0.0.1", "-p", str(P["pg"]), "-U", "crew", "-d", "postgres", "-c", sql], env=env, capture_output=True).returncode == 0:
        break
    time.sleep(.25)
write("prest.toml", f"""debug = false
[http]
host = "127.0.0.1"
port = {P['prest']}
[pg]
host = "127.0.0.1"
user = "crew"
pass = "x"
port = {P['pg']}
database = "postgres"
[ssl]
mode = "disable"
[jwt]
default = false
[access]
restrict = false
""")
start("prest", CACHE + "/bin/prestd", PREST_CONF=RUN + "/prest.toml")

# gateways
libs = f"{ROOT}/usr/share/lua/5.1" if os.path.exists(f"{ROOT}/usr/share/lua/5.1") else f"{ROOT}/usr/share/lua"
write("nginx.conf", f"""load_module {ROOT}/usr/lib/nginx/modules/ndk_http_module.so;
load_module {ROOT}/usr/lib/nginx/modules/ngx_http_lua_module.so;
worker_processes 1; daemon off; pid {RUN}/nginx.pid; error_log {RUN}/log/nginx.err;
events {{ worker_connections 200; }}
http {{
 access_log off; client_body_temp_path {RUN}/ngxtmp; proxy_temp_path {RUN}/ngxtmp2; fastcgi_temp_path {RUN}/t3; uwsgi_temp_path {RUN}/t4; scgi_temp_path {RUN}/t5;
 lua_package_path "{libs}/?.lua;;"; client_max_body_size 3k; large_client_header_buffers 4 2k; server_tokens off;
 server {{ listen 127.0.0.1:{P['ngx']}; default_type application/json;
  location /partner/ {{
   access_by_lua_block {{
    local h = ngx.req.get_headers()
    local function no(status, text) ngx.status = status; ngx.header.content_type = "application/json"; ngx.say('{{"code":' .. status .. ',"error":"' .. text .. '"}}'); return ngx.exit(status) end
    if h["x-partner-key"] ~= "pk-nordwind-51" then return no(401, "partner key not recognised") end
    if not h["x-correlation-id"] or not ngx.re.match(h["x-correlation-id"], "^[0-9a-f-]{{36}}$") then return no(400, "correlation id must be a UUID") end
    if h["x-channel"] ~= "web" and h["x-channel"] ~= "app" and h["x-channel"] ~= "agent" then return ngx.exit(403) end
   }}
   rewrite ^/partner/(.*)$ /v2/$1 break; proxy_set_header Authorization "Bearer brk_live_7Qa2"; proxy_set_header X-Broker-Id nordwind; proxy_pass http://127.0.0.1:{P['vjs']}; }}
  location = /partner {{ return 301 /partner/quotes; }}
  location /archive/ {{ limit_except GET {{ deny all; }} rewrite ^/archive/(.*)$ /v2/$1 break; proxy_set_header Authorization "Bearer brk_live_7Qa2"; proxy_set_header X-Broker-Id n; proxy_pass http://127.0.0.1:{P['vjs']}; }}
  location /offline/ {{ proxy_pass http://127.0.0.1:{P['dead']}/; proxy_connect_timeout 1s; }}
  location / {{ return 404; }} }} }}
""")
start("ngx", "/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else ROOT + "/usr/sbin/nginx", "-p", RUN, "-e", RUN + "/log/nginx.err", "-c", RUN + "/nginx.conf")
write("haproxy.cfg", f"""global
  maxconn 200
  tune.http.maxhdr 24
defaults
  mode http
  timeout connect 1s
  timeout client 20s
  timeout server 3s
frontend desk
  bind 127.0.0.1:{P['ha']}
  option http-buffer-request
  http-request deny deny_status 403 if !{{ hdr(host) -m beg 127.0.0.1 localhost }}
  http-request deny deny_status 403 if {{ hdr(user-agent) -m sub -i nikto sqlmap python-requests }}
  http-request deny deny_status 413 if {{ req.body_size gt 1800 }}
  http-request return status 426 if !{{ req.hdr(x-client-version) -m reg ^[5-9][.] }}
  http-request return status 400 content-type application/json lf-string '{{"error":"tenant header missing or unknown"}}' if !{{ req.hdr(x-tenant) -m str acme globex }}
  http-request return status 415 if {{ method POST }} !{{ req.hdr(content-type) -m beg application/json }}
  http-request return status 405 hdr Allow 'GET, POST' if !{{ method GET POST HEAD OPTIONS }}
  http-request set-path %[path,regsub(^/desk,/projects)]
  default_backend tickets
backend tickets
  server t1 127.0.0.1:{P['koajoi']}
""")
start("haproxy", INFRA + "/root/usr/sbin/haproxy", "-f", RUN + "/haproxy.cfg", "-db", **of(INFRA))
write("Caddyfile", f"""{{
  admin off
  auto_https off
}}
http://127.0.0.1:{P['caddy']} {{
  request_body {{
    max_size 1500B
  }}
  @stranger not header X-Office *
  handle @stranger {{
    respond "office unknown" 403
  }}
  @typed {{
    method POST
    not header Content-Type application/json*
  }}
  handle @typed {{
    respond 415
  }}
  handle_path /hr/* {{
    reverse_proxy 127.0.0.1:{P['zodapi']} {{
      header_up X-Tenant acme-se
    }}
  }}
  handle {{
    respond 404
  }}
}}
""")
start("caddy", INFRA + "/root/usr/bin/caddy", "run", "--config", RUN + "/Caddyfile", "--adapter", "caddyfile", HOME=RUN, XDG_CONFIG_HOME=RUN, XDG_DATA_HOME=RUN)

# proxies
os.makedirs(RUN + "/squid")
os.chmod(RUN + "/squid", 0o777)
R = INFRA + "/root"
write("squidpw", "porter:" + subprocess.run(["openssl", "passwd", "-apr1", "gate-9"], capture_output=True, text=True).stdout)
write("squid.conf", f"""http_port 127.0.0.1:{P['squid']}
auth_param basic program {R}/usr/lib/squid/basic_ncsa_auth {RUN}/squidpw
auth_param basic realm outbound
acl known proxy_auth REQUIRED
acl bad urlpath_regex ^/projects/SECRET
acl cold method PUT DELETE
http_access deny bad
http_access deny cold
http_access allow known
http_access deny all
cache deny all
pid_filename {RUN}/squid/pid
access_log none
cache_log {RUN}/log/squid.cache
cache_effective_user proxy
coredump_dir {RUN}/squid
dns_nameservers {V['dns']}
dns_timeout 2 seconds
mime_table {R}/usr/share/squid/mime.conf
icon_directory {R}/usr/share/squid/icons
error_directory {R}/usr/share/squid-langpack/templates
unlinkd_program /bin/true
pinger_enable off
connect_timeout 2 seconds
""")
write("squid.conf", open(RUN + "/squid.conf").read().replace(RUN, "/srv").replace(R, ""))  # its helpers run as proxy, who sees no /root
start("squid", "unshare", "-m", "sh", "-c", f'mount --bind {RUN} /srv && exec "$@"', "squid", "/usr/sbin/squid", "-N", "-n", "exam", "-f", "/srv/squid.conf", LD_LIBRARY_PATH="")
write("tinyfilter", "wsme\n/v1/tariffs/export\n")
start("tiny", R + "/usr/bin/tinyproxy", "-d", "-c", write("tiny.conf", f"""Port {P['tiny']}
Listen 127.0.0.1
Timeout 5
Filter "{RUN}/tinyfilter"
FilterURLs On
ConnectPort {P['t_good']}
DefaultErrorFile "{R}/usr/share/tinyproxy/default.html"
"""), **of(INFRA))
write("ziproxy/empty", "")
start("zip", OTHERS + "/edge/root/usr/bin/ziproxy", "-d", "-p", RUN + "/zip.pid", "-c", write("ziproxy/ziproxy.conf", f"""Port = {P['zip']}
Address = "127.0.0.1"
OnlyFrom = "127.0.0.1"
MaxSize = 100000
RestrictOutPortHTTP = {{ {P['wsme']}, {P['koajoi']} }}
AllowMethodCONNECT = false
ConnTimeout = 3
ProcessHTML = false
ProcessCSS = false
ProcessJS = false
AuthMode = 1
AuthPasswdFile = "{write('ziproxy/passwd', 'meter:volt-3')}"
"""), **of(OTHERS + "/edge"))

# TLS of GnuTLS
gn = "/usr/bin/gnutls-serv" if os.path.exists("/usr/bin/gnutls-serv") else ROOT + "/usr/bin/gnutls-serv"
x = lambda n: ["--x509certfile", f"{RUN}/pki/{n}.pem", "--x509keyfile", f"{RUN}/pki/{n}.key"]  # noqa: E731
start("g_plain", gn, "--http", "-q", "-p", P["g_plain"], "--disable-client-cert", *x("rsa"))
start("g_mtls", gn, "--http", "-q", "-p", P["g_mtls"], "--require-client-cert", "--verify-client-cert", "--x509cafile", RUN + "/pki/root.pem", *x("chained"))
start("g_old", gn, "--http", "-q", "-p", P["g_old"], "--disable-client-cert", "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.1:+SHA1:%COMPAT:@SYSTEM" if False else "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT", *x("rsa"))

# names: BIND
write("named.zone", """$TTL 60
@ IN SOA ns hostmaster 1 60 60 60 60
@ IN NS ns
ns IN A 127.0.0.1
api IN A 127.0.0.1
labels IN A 127.0.0.1
six IN AAAA ::1
both IN A 127.0.0.1
both IN AAAA ::1
old IN A 127.66.3.9
moved IN CNAME gone
alias IN CNAME api
mail IN MX 10 api
sub IN NS ns.sub
ns.sub IN A 127.66.3.77
""")
write("named.conf", f"""options {{ directory "{RUN}"; listen-on port {P['named']} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; pid-file "{RUN}/named.pid"; session-keyfile "{RUN}/session.key"; recursion yes; allow-query {{ any; }};
 dnssec-validation no; empty-zones-enable no; resolver-query-timeout 1500; managed-keys-directory "{RUN}"; }};
controls {{ }};
zone "." {{ type hint; file "{write('hints', '. 3600 IN NS a.root.test.' + chr(10) + 'a.root.test. 3600 IN A 127.66.3.78' + chr(10))}"; }};
zone "clinic.test" {{ type primary; file "{RUN}/named.zone"; }};
zone "held.test" {{ type primary; file "{RUN}/named.zone"; allow-query {{ none; }}; }};
zone "lame.test" {{ type forward; forward only; forwarders {{ 127.0.0.1 port {P['dead2']}; }}; }};
""")
start("relay", py, S + "/py.py", "relay", P["named"], V["dns"])  # BIND takes the addresses of interfaces only
start("named", ROOT + "/usr/sbin/named", "-f", "-c", RUN + "/named.conf", "-n", "1", "-L", RUN + "/log/named.txt")

# data
J = {"Content_Type": "application/json"}
seed(u("influx", "/query?q=CREATE+USER+grid+WITH+PASSWORD+%27volt%27+WITH+ALL+PRIVILEGES"))
for q in ("CREATE DATABASE meters", "CREATE USER board WITH PASSWORD 'look'", "GRANT READ ON meters TO board"):
    ask(u("influx", "/query?u=grid&p=volt&q=" + urllib.parse.quote(q)), "POST")
ask(u("influx", "/write?u=grid&p=volt&db=meters&precision=s"), "POST", "power,meter=SEN00112233,phase=L1 watts=412.5,amps=1.9 1929000000\n")
for q in ("CREATE TABLE admissions (id UInt32, day Date, ward String, minutes UInt16, cost Float64) ENGINE = Memory", "INSERT INTO admissions VALUES (1, '2031-02-03', 'ICU', 412, 99.5)"):
    seed(u("ch", "/?user=ward&password=beds-4"), "POST", q)
seed(u("couch", "/shipments"), "PUT")
for i, st in (("s-1001", "created"), ("s-1002", "in_transit")):
    ask(u("couch", f"/shipments/{i}"), "PUT", json.dumps({"status": st, "weight": 12.5, "carrier": "DHL"}), **J)
V["rev_s1"] = json.loads(ask(u("couch", "/shipments/s-1001"))).get("_rev", "")
rq = {"Authorization": "Basic " + base64.b64encode(b"desk:front-2").decode(), **J}
for _ in range(20):
    if b"leader ok" in (seed(u("rqlite", "/readyz"), "GET", **rq) or b""):
        break
    time.sleep(.25)
ask(u("rqlite", "/db/execute"), "POST", json.dumps(["CREATE TABLE visits (id INTEGER PRIMARY KEY, patient TEXT NOT NULL, room INTEGER CHECK (room BETWEEN 1 AND 40), fee REAL, seen TEXT)",
    "INSERT INTO visits(patient, room, fee, seen) VALUES('Ada', 7, 12.5, '2031-01-05')"]), **rq)
V["counter"] = V["vjs_count"]
write("vars.json", json.dumps(V, indent=1))
if os.path.exists(RUN + "/zip.pid"):  # it goes into a session of its own
    with open(RUN + "/pids", "a") as f:
        f.write(f"{os.getpgid(int(open(RUN + '/zip.pid').read()))} ziproxy\n")
SECONDS = time.time()
QUIET = ("dead", "dead2", "chinter", "rev")
missing = [n for n in P if n not in QUIET]
while missing and time.time() - SECONDS < 40:
    for n in missing[:]:
        with socket.socket() as k:
            if k.connect_ex(("127.0.0.1", P[n])) == 0:
                missing.remove(n)
    time.sleep(.3)
if missing:
    print("nothing on", *missing)
print(len(PIDS), "programs;", *[n for n, p in PIDS if not os.path.exists(f"/proc/{p}/stat") or open(f"/proc/{p}/stat").read().split(")")[1].split()[0] == "Z"], "ended")
