"""Starts every server of the bench on free ports of loopback: up.py CACHE. Writes CACHE/run/vars.json and CACHE/run/pids."""
import hashlib, json, os, random, shutil, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
sys.dont_write_bytecode = True
from launch import CACHE, LIB, NPM, PIDS, ROOT, RUN, TAKEN, ask, port, seed, start, write  # noqa: E402

shutil.rmtree(RUN, ignore_errors=True)
for folder in ("log", "pki", "db"):
    os.makedirs(f"{RUN}/{folder}")
os.chmod(RUN, 0o755)
STORES = ["rqlite", "tusd", "nsq", "pilosa", "s3", "kinesis", "virt", "graphite", "map", "rc", "dav", "restic", "git"]
GATES = ["ngx", "ha", "apache", "varnish", "lighttpd", "oap", "origin", "quiet", "ill"]
TLS = "t_good t_eku t_notca t_constrained t_small t_cnonly t_late t_stage t_other t_bare t_h2 t_13 t_12 t_curve t_sni t_turns t_mtls".split()
CHANCE = {"c_rqlite": "rqlite 6 503", "c_graphite": "graphite 5 502", "c_pilosa": "pilosa 6 500", "c_rc": "rc 5 504"}
HIDE = ["rqlite", "tusd", "nsq", "pilosa", "kinesis", "virt", "graphite", "rc", "restic", "git"]
REST = ["raft", "nsqtcp", "virtsql", "sserver", "apachetls", "hatls", "mitm", "mitmauth", "squid", "squidopen", "tiny", "dead", "varnishadm", "ngxvhost", "ngxflip", "habal", "lb"]
P = {n: port() for n in STORES + GATES + TLS + list(CHANCE) + ["m_" + s for s in HIDE] + REST}
for s in TAKEN:
    s.close()
V = {k: f"127.0.0.1:{v}" for k, v in P.items()} | {k + "_port": str(v) for k, v in P.items()} | {"pki": RUN + "/pki", "run": RUN}
V["dns"] = f"127.{random.randint(60, 120)}.{random.randint(1, 250)}.53"
start("stores", CACHE + "/bin/stores", write("stores.json", json.dumps({"pki": RUN + "/pki", "ports": {k: f"127.0.0.1:{v}" for k, v in P.items()}, "hide": HIDE, "chance": CHANCE})))
o = f"http://127.0.0.1:{P['origin']}"
for _ in range(100):
    if os.path.exists(RUN + "/pki/client-late.key"):
        break
    time.sleep(.1)

# stores
libs = f"{ROOT}/usr/lib:{LIB}:{ROOT}/lib/x86_64-linux-gnu:{LIB}/blas:{LIB}/lapack"
start("rqlite", CACHE + "/bin/rqlited", "-http-addr", V["rqlite"], "-raft-addr", V["raft"], "-auth", write("rq.json", json.dumps(
    [{"username": "app", "password": "s3cret-rq", "perms": ["execute", "query", "status", "ready"]}, {"username": "viewer", "password": "look-rq", "perms": ["query", "status"]}])), RUN + "/db/rqlite")
start("tusd", CACHE + "/bin/tusd", "-host", "127.0.0.1", "-port", P["tusd"], "-upload-dir", os.makedirs(RUN + "/db/tus") or RUN + "/db/tus", "-base-path", "/files/", "-max-size", "5000000")
start("nsq", CACHE + "/bin/nsqd", "-http-address", V["nsq"], "-tcp-address", V["nsqtcp"], "-data-path", os.makedirs(RUN + "/db/nsq") or RUN + "/db/nsq", "-max-msg-size", "2000", "-max-body-size", "4000")
start("pilosa", CACHE + "/bin/pilosa", "server", "--bind", V["pilosa"], "--data-dir", RUN + "/db/pilosa", "--metric.diagnostics=false")
start("s3", CACHE + "/bin/gofakes3", "-host", V["s3"], "-backend", "memory", "-initialbucket", "invoices")
start("kinesis", "node", NPM + "kinesalite", "--port", P["kinesis"], "--createStreamMs", "0")
os.makedirs(RUN + "/db/virt/vsp")
shutil.copytree(ROOT + "/var/lib/virtuoso-opensource-7/vsp", RUN + "/db/virt/vsp", dirs_exist_ok=True)
ini = open(ROOT + "/usr/share/virtuoso-opensource-7/virtuoso.ini").read()
for a, b in (("/var/lib/virtuoso-opensource-7/db", RUN + "/db/virt"), ("/var/lib/virtuoso-opensource-7/vsp", RUN + "/db/virt/vsp"), ("/usr/share/virtuoso", ROOT + "/usr/share/virtuoso"),
             ("1111", f"127.0.0.1:{P['virtsql']}"), ("= 8890", f"= 127.0.0.1:{P['virt']}")):
    ini = ini.replace(a, b)
start("virtuoso", ROOT + "/usr/bin/virtuoso-t", "+foreground", "+configfile", write("virtuoso.ini", ini), LD_LIBRARY_PATH=libs)

# Graphite: Django with Debian's python, whisper files made here
write("gr/local_settings.py", f"""SECRET_KEY = 'bench'
GRAPHITE_ROOT = CONF_DIR = STORAGE_DIR = '{RUN}/gr'
LOG_DIR, WHISPER_DIR, INDEX_FILE, STATIC_ROOT = '{RUN}/log', '{RUN}/gr/whisper', '{RUN}/gr/index', '{RUN}/gr'
DATABASES = {{'default': {{'NAME': '{RUN}/gr/db', 'ENGINE': 'django.db.backends.sqlite3'}}}}
ALLOWED_HOSTS, FUNCTION_PLUGINS, LOG_ROTATION = ['*'], [], False
""")
write("gr/serve.py", f"""import sys, time, os
sys.path[:0] = ['{RUN}/gr', '{ROOT}/usr/lib/python3/dist-packages']
os.environ['DJANGO_SETTINGS_MODULE'], os.environ['GRAPHITE_SETTINGS_MODULE'] = 'graphite.settings', 'local_settings'
import whisper
for m in ('web.a.latency', 'web.b.latency', 'web.a.hits'):
    f = '{RUN}/gr/whisper/' + m.replace('.', '/') + '.wsp'
    os.makedirs(os.path.dirname(f), exist_ok=True)
    whisper.create(f, [(60, 1440)])
    for i in range(30): whisper.update(f, 20 + i, int(time.time()) - 60 * i)
from django.core.management import call_command
import django
django.setup()
call_command('migrate', run_syncdb=True, verbosity=0)
from wsgiref.simple_server import make_server, WSGIServer
from socketserver import ThreadingMixIn
from django.core.wsgi import get_wsgi_application
class S(ThreadingMixIn, WSGIServer): daemon_threads = True
make_server('127.0.0.1', {P['graphite']}, get_wsgi_application(), server_class=S).serve_forever()
""")
start("graphite", "/usr/bin/python3", RUN + "/gr/serve.py", LD_LIBRARY_PATH=libs)

# MapServer and git as CGI of lighttpd, which also guards some paths
write("map/ms.conf", "CONFIG ENV END MAPS END END\n")
write("map/towns.geojson", json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": n, "people": p}, "geometry": {"type": "Point", "coordinates": xy}}
      for n, p, xy in (("Ulm", 126000, [9.99, 48.4]), ("Bern", 134000, [7.45, 46.95]), ("Graz", 292000, [15.44, 47.07]))]}))
write("map/towns.map", f"""MAP NAME "towns" SIZE 200 200 EXTENT 5 45 17 55 PROJECTION "init=epsg:4326" END
WEB METADATA "wms_title" "Towns" "wms_onlineresource" "http://127.0.0.1/?" "wms_srs" "EPSG:4326 EPSG:3857" "wms_enable_request" "*" "wfs_title" "Towns" "wfs_onlineresource" "http://127.0.0.1/?"
  "wfs_srs" "EPSG:4326" "wfs_enable_request" "*" END END
OUTPUTFORMAT NAME "png" DRIVER "AGG/PNG" MIMETYPE "image/png" END
LAYER NAME "towns" TYPE POINT STATUS ON CONNECTIONTYPE OGR CONNECTION "{RUN}/map/towns.geojson" DATA "towns" TEMPLATE "x" PROJECTION "init=epsg:4326" END
METADATA "wms_title" "Towns" "wms_srs" "EPSG:4326" "wfs_title" "Towns" "gml_include_items" "all" "gml_featureid" "name" "wms_include_items" "all" END
CLASS STYLE COLOR 200 0 0 SIZE 6 END END END
END""")
write("map/towns", f"#!/bin/sh\nMAPSERVER_CONFIG_FILE={RUN}/map/ms.conf MS_MAPFILE={RUN}/map/towns.map PROJ_LIB={ROOT}/usr/share/proj LD_LIBRARY_PATH={libs} exec {ROOT}/usr/bin/mapserv\n")
os.chmod(RUN + "/map/towns", 0o755)
write("files/report.pdf", "%PDF-1.4\n")
write("files/2026/plan.txt", "plan\n")
write("digest", "ada:archive:" + hashlib.md5(b"ada:archive:lovelace").hexdigest() + "\n")
write("lighttpd.conf", f"""server.document-root = "{RUN}/files"
server.port = {P['lighttpd']}
server.bind = "127.0.0.1"
server.modules = ("mod_access","mod_auth","mod_authn_file","mod_alias","mod_cgi","mod_setenv","mod_redirect","mod_proxy")
mimetype.assign = (".txt" => "text/plain", ".pdf" => "application/pdf")
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "{RUN}/digest"
auth.require = ("/archive/" => ("method" => "digest", "realm" => "archive", "require" => "valid-user"))
alias.url = ("/archive/" => "{RUN}/files/2026/")
$HTTP["url"] =~ "^/export/" {{ $HTTP["querystring"] !~ "(^|&)format=(csv|xml)(&|$)" {{ url.access-deny = ("") }} alias.url += ("/export/" => "{RUN}/files/2026/") }}
$HTTP["url"] =~ "^/v3/" {{ proxy.server = ("" => (("host" => "127.0.0.1", "port" => {P['origin']}))) }}
$HTTP["url"] =~ "^/partner/" {{ $HTTP["useragent"] !~ "PartnerApp/[2-9]" {{ url.access-deny = ("") }} alias.url += ("/partner/" => "{RUN}/files/2026/") }}
$SERVER["socket"] == "127.0.0.1:{P['map']}" {{ cgi.assign = ("/towns" => "") alias.url = ("/towns" => "{RUN}/map/towns") }}
""")
start("lighttpd", ROOT + "/usr/sbin/lighttpd", "-D", "-f", RUN + "/lighttpd.conf", "-m", ROOT + "/usr/lib/lighttpd")

# rclone: its remote control, WebDAV and restic's REST
write("rc/photos/cat.jpg", "cat")
write("rc/photos/2026/dog.jpg", "dog")
rclone = lambda name, *more: start(name, ROOT + "/usr/bin/rclone", *more, HOME=RUN, XDG_CONFIG_HOME=RUN + "/rcc")  # noqa: E731
rclone("rc", "rcd", "--rc-addr", V["rc"], "--rc-user", "ops", "--rc-pass", "remote-42")
rclone("dav", "serve", "webdav", RUN + "/rc", "--addr", V["dav"], "--user", "ada", "--pass", "lovelace")
rclone("restic", "serve", "restic", RUN + "/db", "--addr", V["restic"], "--append-only")

# Apache: git, rules, digest, several names over TLS, a balancer with a dead node
git = lambda *a: subprocess.run(["git", *a], check=True, capture_output=True, cwd=RUN + "/git/work", env={**os.environ, "HOME": RUN, "GIT_CONFIG_NOSYSTEM": "1"})  # noqa: E731
os.makedirs(RUN + "/git/work")
git("init", "-q", "-b", "main")
write("git/work/README", "books\n")
git("add", ".")
git("-c", "user.name=b", "-c", "user.email=b@b", "commit", "-qm", "first")
git("clone", "-q", "--bare", ".", RUN + "/git/books.git")
open(RUN + "/git/books.git/git-daemon-export-ok", "w").close()
subprocess.run(["cp", "-r", RUN + "/git", RUN + "/gitroot"], check=True)
mods = "mpm_event authn_core authn_file authz_core authz_user authz_host authz_groupfile auth_basic auth_digest alias dir env mime cgid proxy proxy_http proxy_balancer lbmethod_byrequests slotmem_shm rewrite " \
       "headers setenvif ssl socache_shmcb allowmethods negotiation reqtimeout http2"
pem = lambda n: f"SSLCertificateFile {RUN}/pki/{n}.pem\nSSLCertificateKeyFile {RUN}/pki/{n}.key"  # noqa: E731
write("doc/guide.html.en", "<h1>guide</h1>\n")
write("doc/guide.html.de", "<h1>Anleitung</h1>\n")
write("apache.conf", "\n".join(f"LoadModule {m}_module {ROOT}/usr/lib/apache2/modules/mod_{m}.so" for m in mods.split()) + f"""
ServerRoot {RUN}
ServerName localhost
PidFile {RUN}/apache.pid
Listen 127.0.0.1:{P['apache']}
Listen 127.0.0.1:{P['git']}
Listen 127.0.0.1:{P['apachetls']}
User www-data
Group www-data
ErrorLog {RUN}/log/apache.err
ScriptSock {RUN}/cgisock
TypesConfig /etc/mime.types
AddLanguage en .en
AddLanguage de .de
<Directory {RUN}/doc>
Options +MultiViews
Require all granted
</Directory>
<VirtualHost 127.0.0.1:{P['apache']}>
DocumentRoot {RUN}/doc
AllowEncodedSlashes Off
RewriteEngine On
RewriteCond %{{HTTP:X-Tenant}} !^(north|south)$
RewriteRule ^/tenants/ - [F]
RewriteRule ^/tenants/(.*)$ {o}/v3/$1 [P]
RewriteRule ^/old/(.*)$ - [G]
RewriteCond %{{HTTP_COOKIE}} !consent=yes
RewriteRule ^/eu/ - [R=451,L]
RewriteRule ^/eu/(.*)$ {o}/v3/$1 [P]
<Location /readonly/>
AllowMethods GET HEAD
</Location>
ProxyPass /readonly/ {o}/v3/
<Location /office/>
Require expr "%{{HTTP:X-Forwarded-For}} =~ /^10[.]/"
</Location>
ProxyPass /office/ {o}/v3/
<Location /staff/>
AuthType Digest
AuthName staff
AuthUserFile {RUN}/staff
Require user ada
</Location>
ProxyPass /staff/ {o}/v3/
<Proxy balancer://pool>
BalancerMember http://127.0.0.1:{P['origin']}/v3 retry=0
BalancerMember http://127.0.0.1:{P['ill']}/v3 retry=0
</Proxy>
ProxyPass /pool/ balancer://pool/
ProxyPass /v3/ {o}/v3/
LimitRequestFieldSize 600
LimitRequestBody 700
</VirtualHost>
<VirtualHost 127.0.0.1:{P['git']}>
SetEnv GIT_PROJECT_ROOT {RUN}/gitroot
ScriptAlias /git/ /usr/lib/git-core/git-http-backend/
<Directory /usr/lib/git-core>
Options +ExecCGI
Require all granted
</Directory>
</VirtualHost>
<VirtualHost 127.0.0.1:{P['apachetls']}>
ServerName localhost
SSLEngine On
SSLStrictSNIVHostCheck On
{pem("good")}
Protocols http/1.1
ProxyPass / {o}/
</VirtualHost>
<VirtualHost 127.0.0.1:{P['apachetls']}>
ServerName staging.library.test
SSLEngine On
{pem("stage")}
SSLVerifyClient require
SSLCACertificateFile {RUN}/pki/root.pem
ProxyPass / {o}/
</VirtualHost>
""")
write("staff", "ada:staff:" + hashlib.md5(b"ada:staff:lovelace").hexdigest() + "\nbob:staff:" + hashlib.md5(b"bob:staff:builder").hexdigest() + "\n")
subprocess.run(["chown", "-R", "www-data", RUN + "/gitroot"], check=True)
# www-data cannot look below /root: it sees the folder as /srv
write("apache.conf", open(RUN + "/apache.conf").read().replace(RUN, "/srv"))
start("apache", "unshare", "-m", "sh", "-c", f'mount --bind {RUN} /srv && exec "$@"', "apache", ROOT + "/usr/sbin/apache2", "-f", "/srv/apache.conf", "-DFOREGROUND", APACHE_RUN_DIR="/srv")

# nginx: limits and maps that others made
write("www/index.html", "<!doctype html><title>Library</title><div id=app></div>\n")
write("htpasswd", "ada:" + subprocess.run(["openssl", "passwd", "-apr1", "lovelace"], capture_output=True, text=True).stdout.strip() + "\n")
write("nginx.conf", f"""user root; worker_processes 1; daemon off; pid {RUN}/nginx.pid; error_log {RUN}/log/nginx.err;
events {{ worker_connections 256; }}
http {{ access_log off; default_type application/octet-stream; server_tokens off;
client_body_temp_path {RUN}/t1; proxy_temp_path {RUN}/t2; fastcgi_temp_path {RUN}/t3; uwsgi_temp_path {RUN}/t4; scgi_temp_path {RUN}/t5;
limit_req_zone $http_x_api_key zone=keys:1m rate=1r/m; limit_req_status 429;
map $http_user_agent $robot {{ default 0; ~*(curl|wget|python|libwww) 1; }}
map $http_x_client_version $old {{ default 0; "" 0; ~^[01]\\. 1; }}
split_clients $request_id $node {{ 30% 127.0.0.1:{P['ill']}; * 127.0.0.1:{P['origin']}; }}
server {{ listen 127.0.0.1:{P['ngx']}; server_name localhost 127.0.0.1; merge_slashes off; client_max_body_size 300; large_client_header_buffers 2 1k; client_header_buffer_size 1k;
  root {RUN}/www; location / {{ try_files $uri /index.html; }}
  location /v3/ {{ proxy_pass {o}; }}
  location /busy/ {{ limit_req zone=keys; proxy_pass {o}/v3/; }}
  location /dl/ {{ secure_link $arg_md5,$arg_expires; secure_link_md5 "$secure_link_expires$uri bench-link"; if ($secure_link = "") {{ return 403; }} if ($secure_link = "0") {{ return 410; }} alias {RUN}/files/; }}
  location /img/ {{ valid_referers server_names *.library.test; if ($invalid_referer) {{ return 403; }} alias {RUN}/rc/photos/; }}
  location /feed/ {{ if ($robot) {{ return 403; }} proxy_pass {o}/v3/; }}
  location /app/ {{ if ($old) {{ return 426; }} proxy_pass {o}/v3/; }}
  location /lock/ {{ limit_except GET {{ deny all; }} proxy_pass {o}/v3/; }}
  location /ops/ {{ auth_basic ops; auth_basic_user_file {RUN}/htpasswd; proxy_pass {o}/v3/; }}
  location /q/ {{ proxy_pass http://127.0.0.1:{P['quiet']}/v3/; }}
  location /nodes/ {{ proxy_pass http://$node; rewrite ^/nodes/(.*) /v3/$1 break; }}
  location /slow/ {{ proxy_pass http://127.0.0.1:{P['dead']}/; }} }}
server {{ listen 127.0.0.1:{P['ngxvhost']} default_server; return 444; }}
server {{ listen 127.0.0.1:{P['ngxvhost']}; server_name api.library.test; location / {{ proxy_pass {o}; }} }}
}}""")
start("nginx", "/usr/sbin/nginx", "-p", RUN, "-e", RUN + "/log/nginx.err", "-c", RUN + "/nginx.conf")

write("haproxy.cfg", f"""global
  maxconn 100
defaults
  mode http
  timeout connect 1s
  timeout client 9s
  timeout server 2s
  retries 0
frontend main
  bind 127.0.0.1:{P['ha']}
  bind 127.0.0.1:{P['hatls']} ssl crt {RUN}/ha.pem alpn http/1.1 ssl-min-ver TLSv1.2
  acl jsonbody req.hdr(content-type) -m beg application/json
  http-request deny deny_status 400 content-type application/json string '{{"code":"header.duplicate","detail":"X-Api-Key was sent twice"}}' if {{ req.hdr_cnt(x-api-key) gt 1 }}
  http-request deny deny_status 403 if {{ path_beg /region }} !{{ req.cook(region) -m str eu us }}
  http-request deny deny_status 400 if {{ query -m sub debug= }}
  http-request return status 426 content-type text/plain string "use X-Client-Version 2 or later" if {{ path_beg /app }} {{ req.hdr(x-client-version) -m reg ^[01][.] }}
  http-request return status 414 if {{ url_len gt 300 }}
  http-request silent-drop if {{ path_beg /internal }}
  http-request tarpit deny_status 500 if {{ req.hdr(x-scan) -m found }}
  stick-table type string len 40 size 100 expire 10m store gpc0
  http-request track-sc0 req.hdr(x-client) if {{ path_beg /metered }}
  http-request deny deny_status 429 hdr Retry-After 600 if {{ path_beg /metered }} {{ sc0_get_gpc0 gt 1 }}
  http-request sc-inc-gpc0(0) if {{ path_beg /metered }}
  http-request return status 415 if {{ path_beg /json }} {{ method POST }} !jsonbody
  http-request set-path %[path,regsub(^/[rmja][a-z]+/,/v3/)] unless {{ path_beg /archive }}
  http-response del-header Server
  use_backend none if {{ path_beg /archive }}
  default_backend origin
frontend pool
  bind 127.0.0.1:{P['habal']}
  default_backend pool
backend origin
  server o1 127.0.0.1:{P['origin']}
backend none
  server n1 127.0.0.1:{P['dead']} check inter 500
backend pool
  balance random
  server o1 127.0.0.1:{P['origin']}
  server o2 127.0.0.1:{P['ill']}
""")
write("ha.pem", open(RUN + "/pki/good.pem").read() + open(RUN + "/pki/good.key").read())
start("haproxy", ROOT + "/usr/sbin/haproxy", "-f", RUN + "/haproxy.cfg", "-db")
write("varnish.vcl", f"""vcl 4.1;
backend default {{ .host = "127.0.0.1"; .port = "{P['origin']}"; }}
acl purgers {{ "10.0.0.0"/8; }}
sub vcl_recv {{
  if (req.method == "PURGE" && client.ip !~ purgers) {{ return (synth(405, "PURGE is not allowed from here")); }}
  if (req.url ~ "^/mobile/" && req.http.X-Device !~ "^(phone|tablet)$") {{ return (synth(400, "Unknown device")); }}
  set req.url = regsub(req.url, "^/mobile/", "/v3/");
  if (req.url ~ "[?&]utm_") {{ return (synth(403)); }}
  if (req.http.Accept-Language && req.http.Accept-Language !~ "en|de|\\*") {{ return (synth(406)); }}
  if (req.http.Authorization ~ "^Basic") {{ return (synth(401, "Bearer only")); }}
}}
sub vcl_synth {{ if (resp.status == 403 || resp.status == 406) {{ set resp.body = ""; return (deliver); }}
  set resp.http.Content-Type = "text/plain"; set resp.body = resp.reason; return (deliver); }}
""")
start("varnish", ROOT + "/usr/sbin/varnishd", "-F", "-a", V["varnish"], "-T", V["varnishadm"], "-f", RUN + "/varnish.vcl", "-n", RUN + "/varnish", "-j", "none",
      "-s", "malloc,20m", "-p", f"vmod_path={LIB}/varnish/vmods")
start("oap", CACHE + "/bin/oauth2-proxy", "--provider=github", "--client-id=bench", "--client-secret=bench", "--cookie-secret=0123456789abcdef", "--email-domain=*",
      f"--http-address={V['oap']}", f"--upstream={o}/", f"--htpasswd-file={RUN}/oaphtpasswd", "--skip-auth-route=GET=^/v3/books$", "--api-route=^/v3/me",
      "--cookie-secure=false", "--silence-ping-logging") if write("oaphtpasswd", "ada:{SHA}" + __import__("base64").b64encode(hashlib.sha1(b"lovelace").digest()).decode() + "\n") else 0

# forward proxies
write("mitm.py", """from mitmproxy import http
def request(flow):
    h = flow.request.headers
    if 'X-Api-Key' in h and flow.request.path.startswith('/v3/me') and 'X-Keep' not in h: del h['X-Api-Key']
    if flow.request.path.startswith('/v3/books/9'): flow.response = http.Response.make(403, b'<html><body><h1>Blocked by web filter</h1><p>Category: literature</p></body></html>', {'Content-Type': 'text/html'})
""")
env = {"PYTHONPATH": ROOT + "/usr/lib/python3/dist-packages", "LD_LIBRARY_PATH": libs}
mitm = lambda name, *more: start(name, "/usr/bin/python3", ROOT + "/usr/bin/mitmdump", "-q", "--listen-host", "127.0.0.1", "-p", P[name], "--set", f"confdir={RUN}/mitm",  # noqa: E731
                                 "--ssl-insecure", *more, **env)
mitm("mitm", "-s", RUN + "/mitm.py")
mitm("mitmauth", "--proxyauth", "bob:builder")
os.makedirs(RUN + "/squid")
for folder in ("squid", "log"):
    os.chmod(f"{RUN}/{folder}", 0o777)
for name, rules in (("squid", f"""auth_param digest program /usr/lib/squid/digest_file_auth -c {RUN}/sqdigest
auth_param digest realm corp
acl known proxy_auth REQUIRED
acl upload method POST PUT
acl tools browser ^Wget
http_access deny tools
http_access deny CONNECT !safe
http_access deny upload
http_access allow known
http_access deny all"""), ("squidopen", """request_body_max_size 1 KB
http_access deny CONNECT !safe
http_access allow all""")):
    write(f"{name}.conf", f"""http_port 127.0.0.1:{P[name]}
acl safe port 443
{rules}
cache deny all
pid_filename {RUN}/squid/{name}.pid
access_log none
cache_log {RUN}/log/{name}.cache
coredump_dir {RUN}/squid
dns_nameservers {V['dns']}
dns_timeout 2 seconds
pinger_enable off
connect_timeout 2 seconds
""")
    write(f"{name}.conf", open(f"{RUN}/{name}.conf").read().replace(RUN, "/srv"))
    start(name, "unshare", "-m", "sh", "-c", f'mount --bind {RUN} /srv && exec "$@"', name, "/usr/sbin/squid", "-N", "-n", name, "-f", f"/srv/{name}.conf")
write("sqdigest", "bob:corp:" + hashlib.md5(b"bob:corp:builder").hexdigest() + "\n")
write("filter", "blocked\\.library\\.test\n/v3/books/97801\n")
start("tiny", ROOT + "/usr/bin/tinyproxy", "-d", "-c", write("tiny.conf", f"""Port {P['tiny']}
Listen 127.0.0.1
Timeout 5
Filter "{RUN}/filter"
FilterURLs On
ConnectPort 443
DefaultErrorFile "{ROOT}/usr/share/tinyproxy/default.html"
"""))
start("sserver", "openssl", "s_server", "-accept", V["sserver"], "-cert", RUN + "/pki/good.pem", "-key", RUN + "/pki/good.key", "-CAfile", RUN + "/pki/root.pem", "-Verify", "1",
      "-verify_return_error", "-tls1_2", "-www", "-quiet")

# names
write("unbound.conf", f"""server:
  interface: {V['dns']}
  port: 53
  do-daemonize: no
  use-syslog: no
  username: ""
  chroot: ""
  directory: "{RUN}"
  pidfile: "{RUN}/unbound.pid"
  module-config: "iterator"
  do-not-query-localhost: no
  access-control: 127.0.0.0/8 allow
  local-zone: library.test. static
  local-data: "api.library.test. A 127.0.0.1"
  local-data: "staging.library.test. A 127.0.0.1"
  local-data: "blocked.library.test. A 127.0.0.1"
  local-data: "www.library.test. A 127.0.0.1"
  local-data: "my_api.library.test. A 127.0.0.1"
  local-data: "xn--bcher-kva.library.test. A 127.0.0.1"
  local-data: "six.library.test. AAAA ::1"
  local-data: "both.library.test. AAAA ::1"
  local-data: "both.library.test. A 127.0.0.1"
  local-data: "far.library.test. AAAA 2001:db8::7"
  local-data: "far.library.test. A 127.0.0.1"
  local-data: "mail.library.test. MX 10 mx.library.test."
  local-data: "moved.library.test. CNAME gone.library.test."
  local-data: "old.library.test. A 127.44.0.7"
  local-data: "text.library.test. TXT hello"
  local-zone: corp.test. refuse
  local-zone: parked.test. redirect
  local-data: "parked.test. A 127.0.0.2"
  local-zone: denied.test. deny
forward-zone:
  name: "signed.test."
  forward-addr: 127.0.0.1@{P['dead']}
remote-control:
  control-enable: no
""")
start("unbound", ROOT + "/usr/sbin/unbound", "-d", "-c", RUN + "/unbound.conf", LD_LIBRARY_PATH=libs)

# data
u = lambda n, path: f"http://127.0.0.1:{P[n]}{path}"  # noqa: E731
J = {"Content_Type": "application/json"}
rq = {"Authorization": "Basic " + __import__("base64").b64encode(b"app:s3cret-rq").decode(), **J}
for _ in range(60):
    if b"nope" not in (seed(u("rqlite", "/readyz"), "GET", **rq) or b"nope") and b"leader ok" in (ask(u("rqlite", "/readyz"), "GET", **rq) or b""):
        break
    time.sleep(.25)
ask(u("rqlite", "/db/execute"), "POST", json.dumps(["CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, copies INTEGER CHECK (copies >= 0), isbn TEXT UNIQUE)",
    "INSERT INTO books(title, copies, isbn) VALUES('Emma', 2, '9780141439587')"]), **rq)
seed(u("nsq", "/topic/create?topic=loans"), "POST")
ask(u("nsq", "/channel/create?topic=loans&channel=mailer"), "POST")
seed(u("pilosa", "/index/library"), "POST", "{}", **J)
ask(u("pilosa", "/index/library/field/lang"), "POST", "{}", **J)
ask(u("pilosa", "/index/library/field/pages"), "POST", json.dumps({"options": {"type": "int", "min": 0, "max": 5000}}), **J)
ask(u("pilosa", "/index/library/query"), "POST", "Set(7, lang=1) Set(7, pages=432)")
K = {"Content_Type": "application/x-amz-json-1.1", "Authorization": "AWS4-HMAC-SHA256 Credential=AK/20261122/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0123456789abcdef", "X_Amz_Date": "20261122T000000Z"}
seed(u("kinesis", "/"), "POST", json.dumps({"StreamName": "clicks", "ShardCount": 1}), X_Amz_Target="Kinesis_20131202.CreateStream", **K)
seed(u("s3", "/invoices/2026/11.txt"), "PUT", "total 12")
seed(u("virt", "/sparql?query=ask%7B%3Fs%20%3Fp%20%3Fo%7D"), "GET")
import urllib.request  # noqa: E402
up = urllib.request.urlopen(urllib.request.Request(u("tusd", "/files/"), method="POST", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "11"}))
V["upload"] = up.headers["Location"].rsplit("/", 1)[1]
write("vars.json", json.dumps(V, indent=1))
time.sleep(1)
print(len(PIDS), "programs;", *[n for n, p in PIDS if not os.path.exists(f"/proc/{p}/stat") or open(f"/proc/{p}/stat").read().split(")")[1].split()[0] == "Z"], "ended")
