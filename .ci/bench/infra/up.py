"""Starts every server of the bench on free ports of loopback: up.py CACHE. Writes CACHE/run/vars.json and CACHE/run/pids."""
import base64, crypt, datetime as dt, hashlib, hmac, json, os, random, shutil, socket, subprocess, sys, time, urllib.parse, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
sys.dont_write_bytecode = True
from launch import CACHE, LIB, NPM, PIDS, ROOT, RUN, TAKEN, ask, fresh, port, seed, start, write  # noqa: E402

fresh()
SERVERS = ["couch", "dyn", "s3", "blob", "queue", "oidc", "eg", "influx", "vm", "prom", "am", "ch", "etcd", "webdis", "nats",
           "reg", "origin", "minio"]
GATES = ["ngx", "ha", "apache", "caddy", "squid", "tiny", "privoxy", "varnish", "lighttpd"]
TLS = ["tls", "chained", "incomplete", "expired", "notyet", "wrongname", "selfsigned", "tls12", "oldtls", "mtls", "resets"]
EXTRA = ["egadmin", "table", "chtcp", "chinter", "etcdpeer", "natsc", "redis", "terse", "ill", "dead", "ngxdead", "vhost", "waf", "flaky3",
         "flaky2", "hasticky", "redir", "h2c", "squidauth", "sixonly", "minioc", "varnishadm", "apachetls", "rev", "amc", "caddyadm", "promt"]
P = {n: port() for n in SERVERS + GATES + TLS + EXTRA + ["m_" + s for s in SERVERS] + ["b_" + s for s in SERVERS]}
for s in TAKEN:
    s.close()
V = {k: f"127.0.0.1:{v}" for k, v in P.items()} | {k + "_port": str(v) for k, v in P.items()}

# the small API, twice more as nodes
V["pki"], V["run"] = RUN + "/pki", RUN
py = sys.executable
start("origin", py, HERE + "/origin.py", P["origin"])
start("terse", py, HERE + "/origin.py", P["terse"], TERSE="1")
start("ill", py, HERE + "/origin.py", P["ill"], ILL="1")
V["dns"] = f"127.{random.randint(60, 120)}.{random.randint(1, 250)}.53"
start("dns", py, os.path.dirname(HERE) + "/dns.py", V["dns"])

# databases and stores
node = "node"
start("couch", node, NPM + "pouchdb-server", "--in-memory", "--port", P["couch"], "--no-stdout-logs", cwd=os.makedirs(RUN + "/couch") or RUN + "/couch")
start("dyn", node, NPM + "dynalite", "--port", P["dyn"], "--createTableMs", "0")
start("s3", node, NPM + "s3rver", "--address", "127.0.0.1", "--port", P["s3"], "--directory", os.makedirs(RUN + "/s3") or RUN + "/s3",
      "--configure-bucket", "photos")
start("azurite", node, NPM + "azurite", "--silent", "--location", RUN + "/az", "--blobPort", P["blob"], "--queuePort", P["queue"], "--tablePort", P["table"],
      "--skipApiVersionCheck")
start("oidc", node, NPM + "oauth2-mock-server", "-a", "127.0.0.1", "-p", P["oidc"])
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
max-body-size = 100000
""")
start("influx", ROOT + "/usr/bin/influxd", "-config", RUN + "/influx.toml")
start("vm", ROOT + "/usr/bin/victoria-metrics", f"-httpListenAddr=127.0.0.1:{P['vm']}", f"-storageDataPath={RUN}/vm", "-search.maxQueryLen=2000")
write("prometheus.yml", f"global: {{scrape_interval: 2s}}\nscrape_configs: [{{job_name: self, static_configs: [{{targets: ['127.0.0.1:{P['prom']}']}}]}}]\n")
start("prom", ROOT + "/usr/bin/prometheus", f"--config.file={RUN}/prometheus.yml", f"--storage.tsdb.path={RUN}/prom", f"--web.listen-address=127.0.0.1:{P['prom']}",
      "--web.enable-admin-api")
write("am.yml", "route: {receiver: none}\nreceivers: [{name: none}]\n")
# its templates are at a fixed path: seen there by this process alone
start("am", "unshare", "-m", "sh", "-c", f'mount --bind {ROOT}/usr/share /usr/share && exec "$@"', "am", ROOT + "/usr/bin/prometheus-alertmanager", f"--config.file={RUN}/am.yml", f"--storage.path={RUN}/am", f"--web.listen-address=127.0.0.1:{P['am']}",
      "--cluster.listen-address=")
write("ch/config.xml", f"""<yandex><logger><level>warning</level><log>{RUN}/log/ch1.log</log><errorlog>{RUN}/log/ch2.log</errorlog></logger>
<http_port>{P['ch']}</http_port><tcp_port>{P['chtcp']}</tcp_port><listen_host>127.0.0.1</listen_host><path>{RUN}/ch/data/</path><tmp_path>{RUN}/ch/tmp/</tmp_path>
<users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>100000000</mark_cache_size></yandex>""")
write("ch/users.xml", """<yandex><profiles><default><max_memory_usage>1000000000</max_memory_usage></default><reader><readonly>1</readonly></reader></profiles>
<users><default><password>clicky</password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default>
<reader><password>ro</password><networks><ip>::/0</ip></networks><profile>reader</profile><quota>default</quota></reader></users>
<quotas><default><interval><duration>3600</duration><queries>0</queries><errors>0</errors><result_rows>0</result_rows><read_rows>0</read_rows><execution_time>0</execution_time></interval></default></quotas></yandex>""")
start("ch", ROOT + "/usr/bin/clickhouse-server" if os.path.exists(ROOT + "/usr/bin/clickhouse-server") else ROOT + "/usr/sbin/clickhouse-server",
      f"--config-file={RUN}/ch/config.xml")
start("etcd", ROOT + "/usr/bin/etcd", "--data-dir", RUN + "/etcd", "--listen-client-urls", f"http://127.0.0.1:{P['etcd']}", "--advertise-client-urls",
      f"http://127.0.0.1:{P['etcd']}", "--listen-peer-urls", f"http://127.0.0.1:{P['etcdpeer']}", "--initial-advertise-peer-urls",
      f"http://127.0.0.1:{P['etcdpeer']}", "--initial-cluster", f"default=http://127.0.0.1:{P['etcdpeer']}", "--enable-v2=true")
start("redis", ROOT + "/usr/bin/redis-server", "--port", P["redis"], "--bind", "127.0.0.1", "--save", "")
write("webdis.json", json.dumps({"redis_host": "127.0.0.1", "redis_port": P["redis"], "http_host": "127.0.0.1", "http_port": P["webdis"], "threads": 2,
      "pool_size": 2, "daemonize": False, "websockets": False, "database": 0, "acl": [{"disabled": ["DEBUG", "FLUSHALL", "CONFIG"]},
      {"http_basic_auth": "ops:pw", "enabled": ["CONFIG"]}], "verbosity": 1, "logfile": RUN + "/log/webdis2.log"}))
start("webdis", ROOT + "/usr/bin/webdis", RUN + "/webdis.json")
start("nats", ROOT + "/usr/sbin/nats-server", "-a", "127.0.0.1", "-p", P["natsc"], "-m", P["nats"], "-js", "-sd", RUN + "/nats")
hashed = crypt.crypt("lovelace", crypt.mksalt(crypt.METHOD_BLOWFISH))
write("htpasswd", f"ada:{hashed}\n")
write("registry.yml", f"""version: 0.1
storage: {{filesystem: {{rootdirectory: {RUN}/registry}}}}
http: {{addr: 127.0.0.1:{P['reg']}}}
auth: {{htpasswd: {{realm: registry, path: {RUN}/htpasswd}}}}
log: {{level: error}}
""")
start("reg", ROOT + "/usr/bin/docker-registry", "serve", RUN + "/registry.yml")
if os.path.exists(CACHE + "/bin/minio"):
    start("minio", CACHE + "/bin/minio", "server", RUN + "/minio", "--address", f"127.0.0.1:{P['minio']}", "--console-address", f"127.0.0.1:{P['minioc']}",
          MINIO_ROOT_USER="benchkey", MINIO_ROOT_PASSWORD="benchsecret1")

# gateways
write("err/err.html", "<html><body><h1>Sorry</h1><p>The request could not be processed.</p></body></html>\n")
CODES = "400 401 402 403 404 405 406 408 409 410 411 412 413 414 415 416 421 422 423 424 426 428 429 431 500 501 502 503 504"


def vhost(listen, text, name="_", extra=""):
    return f"server {{ listen {listen}; server_name {name}; {extra} {text} }}\n"


mute = "".join(
    vhost(f"127.0.0.1:{P['m_' + s]}", f"""client_max_body_size 50m; proxy_intercept_errors on; error_page {CODES} /_err; location = /_err {{ internal; default_type text/html;
      root {RUN}/err; try_files /err.html =500; }} location / {{ proxy_pass http://127.0.0.1:{P['terse' if s == 'origin' else s]}; proxy_set_header Host $http_host; }}""")
    + vhost(f"127.0.0.1:{P['b_' + s]}", f"""client_max_body_size 50m; proxy_intercept_errors on; error_page 400 401 403 404 405 406 409 411 412 413 415 416 422 =400 /_err; error_page 500 501 502 503 /_err;
      location = /_err {{ internal; default_type text/plain; root {RUN}/err; try_files /err.html =500; }}
      location / {{ proxy_pass http://127.0.0.1:{P[s]}; proxy_set_header Host $http_host; }}""") for s in SERVERS)


def tls(name, cert, more=""):
    return vhost(f"127.0.0.1:{P[name]} ssl {'http2' if name == 'tls' else ''}", f"ssl_certificate {RUN}/pki/{cert}.pem; ssl_certificate_key {RUN}/pki/{cert}.key; {more} location / {{ proxy_pass http://origin; }}")


o = f"http://127.0.0.1:{P['origin']}"
write("nginx.conf", f"""user root; worker_processes 1; daemon off; pid {RUN}/nginx.pid; error_log {RUN}/log/nginx.err;
events {{ worker_connections 512; }}
http {{ access_log {RUN}/log/nginx.access; default_type application/octet-stream; server_tokens off;
client_body_temp_path {RUN}/t1; proxy_temp_path {RUN}/t2; fastcgi_temp_path {RUN}/t3; uwsgi_temp_path {RUN}/t4; scgi_temp_path {RUN}/t5;
upstream origin {{ server 127.0.0.1:{P['origin']}; }}
upstream three {{ server 127.0.0.1:{P['origin']}; server 127.0.0.1:{P['terse']}; server 127.0.0.1:{P['ill']}; }}
upstream two {{ server 127.0.0.1:{P['origin']} max_fails=0; server 127.0.0.1:{P['dead']} max_fails=0; }}
limit_req_zone $server_name zone=slow:1m rate=30r/m;
server {{ listen 127.0.0.1:{P['ngx']}; server_name _; client_max_body_size 4k; large_client_header_buffers 4 2k; client_header_buffer_size 1k;
  location / {{ return 404; }}
  location /api/ {{ proxy_pass http://origin/; }}
  location /old/ {{ return 301 http://$http_host/api/v1/items; }}
  location /readonly/ {{ limit_except GET {{ deny all; }} proxy_pass http://origin/; }}
  location /private/ {{ auth_basic "shop"; auth_basic_user_file {RUN}/htpasswd; proxy_pass http://origin/v1/; }}
  location /limited/ {{ limit_req zone=slow; limit_req_status 429; proxy_pass http://origin/; }}
  location /office/ {{ allow 10.20.0.0/16; deny all; proxy_pass http://origin/; }}
  location /gone/ {{ return 410; }}
  location /deadend/ {{ proxy_pass http://127.0.0.1:{P['dead']}/; }}
  location /sleepy/ {{ proxy_read_timeout 1s; proxy_pass http://origin/; }}
  location /nocontent/ {{ return 444; }}
  location = /exact {{ default_type application/json; return 200 '{{"ok":true}}'; }}
  location /dir/ {{ alias {RUN}/err/; }}
  location /agents/ {{ if ($http_user_agent ~* "curl|wget|python") {{ return 403; }} proxy_pass http://origin/; }} }}
server {{ listen 127.0.0.1:{P['redir']}; location /a {{ return 302 /b; }} location /b {{ return 302 /a; }}
  location /v0/orders {{ return 301 http://localhost:{P['origin']}/v1/orders; }} location /v0/plan {{ return 302 http://localhost:{P['origin']}/v1/plan; }}
  location /v0/account {{ return 307 http://localhost:{P['origin']}/v1/account; }} location /v0/cart {{ return 302 http://localhost:{P['origin']}/v1/cart; }}
  location /v0/items {{ return 308 http://127.0.0.1:{P['origin']}/v1/items$is_args$args; }} location / {{ return 404; }} }}
server {{ listen 127.0.0.1:{P['vhost']} default_server; return 421; }}
server {{ listen 127.0.0.1:{P['vhost']}; server_name api.bench.test; location / {{ proxy_pass http://origin; }} }}
server {{ listen 127.0.0.1:{P['flaky3']}; location / {{ proxy_next_upstream off; proxy_pass http://three; }} }}
server {{ listen 127.0.0.1:{P['flaky2']}; location / {{ proxy_next_upstream off; proxy_pass http://two; }} }}
server {{ listen 127.0.0.1:{P['deadsix'] if 'deadsix' in P else P['resets']}; return 444; }}
server {{ listen [::1]:{P['sixonly']}; location / {{ proxy_pass http://origin; }} }}
{tls('tls', 'good')}{tls('chained', 'chained')}{tls('incomplete', 'incomplete')}{tls('expired', 'expired')}{tls('notyet', 'notyet')}
{tls('wrongname', 'wrongname')}{tls('selfsigned', 'selfsigned')}{tls('tls12', 'good', 'ssl_protocols TLSv1.2;')}
{tls('oldtls', 'good', 'ssl_protocols TLSv1.3;')}
{tls('mtls', 'good', f'ssl_client_certificate {RUN}/pki/root.pem; ssl_verify_client on;')}
{mute} }}""")
start("nginx", ROOT + "/usr/sbin/nginx", "-p", RUN, "-e", RUN + "/log/nginx.err", "-c", RUN + "/nginx.conf")
write("haproxy.cfg", f"""global
  maxconn 200
  tune.http.maxhdr 40
defaults
  mode http
  timeout connect 1s
  timeout client 20s
  timeout server 2s
  retries 0
frontend main
  bind 127.0.0.1:{P['ha']}
  http-request deny deny_status 405 if METH_TRACE
  http-request deny deny_status 413 if {{ req.hdr_val(content-length) gt 3000 }}
  http-request deny deny_status 403 if {{ path_beg /admin }}
  http-request deny deny_status 400 if {{ path_beg /versioned }} !{{ req.hdr(X-Api-Version) -m reg ^202[4-6]- }}
  http-request set-path %[path,regsub(^/versioned,/v1)] if {{ path_beg /versioned }}
  http-request redirect scheme https code 301 if {{ path_beg /secure }}
  http-request auth realm shop if {{ path_beg /vip }} !{{ http_auth(users) }}
  http-request set-path /v1/items if {{ path_beg /vip }}
  http-request return status 415 if {{ path_beg /v1/orders }} {{ method POST }} !{{ req.hdr(content-type) -m beg application/json }}
  use_backend dead if {{ path_beg /legacy }}
  use_backend mixed if {{ path_beg /mixed }}
  default_backend origin
backend origin
  server o1 127.0.0.1:{P['origin']}
backend dead
  server d1 127.0.0.1:{P['dead']}
backend mixed
  balance roundrobin
  http-request set-path %[path,regsub(^/mixed,/v1)]
  server o1 127.0.0.1:{P['origin']}
  server o2 127.0.0.1:{P['ill']}
userlist users
  user ada insecure-password lovelace
frontend tcp
  bind 127.0.0.1:{P['hasticky']}
  mode tcp
  default_backend tcpmixed
backend tcpmixed
  mode tcp
  balance roundrobin
  server o1 127.0.0.1:{P['origin']}
  server o2 127.0.0.1:{P['ill']}
""")
start("haproxy", ROOT + "/usr/sbin/haproxy", "-f", RUN + "/haproxy.cfg", "-db")
M = f"{ROOT}/usr/lib/apache2/modules"
mods = "mpm_event authn_core authn_file authz_core authz_user authz_host auth_basic alias dir mime proxy proxy_http rewrite headers dav dav_fs reqtimeout negotiation unique_id security2"
write("dav/readme.txt", "hello\n")
write("dav/index.html", "<h1>files</h1>\n")
os.chmod(RUN + "/dav", 0o777)
crs = "\n".join(f"Include {ROOT}/usr/share/modsecurity-crs/rules/{f}" for f in ("REQUEST-901-INITIALIZATION.conf", "REQUEST-911-METHOD-ENFORCEMENT.conf", "REQUEST-920-PROTOCOL-ENFORCEMENT.conf",
      "REQUEST-930-APPLICATION-ATTACK-LFI.conf", "REQUEST-942-APPLICATION-ATTACK-SQLI.conf", "REQUEST-941-APPLICATION-ATTACK-XSS.conf", "REQUEST-949-BLOCKING-EVALUATION.conf"))
write("apache.conf", "\n".join(f"LoadModule {m}_module {M}/mod_{'mpm_event' if m == 'mpm_event' else m}.so" for m in mods.split()) + f"""
ServerRoot {RUN}
ServerName localhost
PidFile {RUN}/apache.pid
Listen 127.0.0.1:{P['apache']}
Listen 127.0.0.1:{P['waf']}
User www-data
Group www-data
ErrorLog {RUN}/log/apache.err
TypesConfig /etc/mime.types
LimitRequestFields 30
LimitRequestFieldSize 1024
LimitRequestLine 1500
DavLockDB /srv/davlock/db
SecTmpDir /srv/davlock
SecDataDir /srv/davlock
<VirtualHost 127.0.0.1:{P['apache']}>
DocumentRoot /srv/dav
<Directory /srv/dav>
Dav On
Require all granted
</Directory>
Alias /docs /srv/dav
ProxyPass /api/ {o}/v1/
<Location /api/>
LimitRequestBody 2000
</Location>
<Location /api/account>
RequestHeader unset Authorization
</Location>
<Location /vault>
AuthType Basic
AuthName vault
AuthUserFile /srv/htpasswd
Require valid-user
</Location>
ProxyPass /vault {o}/v1/items
</VirtualHost>
<VirtualHost 127.0.0.1:{P['waf']}>
SecRuleEngine On
SecRequestBodyAccess On
SecRule REQUEST_HEADERS:Content-Type "application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
SecAction "id:900000,phase:1,nolog,pass,t:none,setvar:tx.paranoia_level=1,setvar:tx.crs_setup_version=333"
SecAction "id:900250,phase:1,nolog,pass,t:none,setvar:'tx.allowed_methods=GET HEAD POST'"
{crs}
ProxyPass / {o}/
</VirtualHost>
""")
os.makedirs(RUN + "/davlock")
os.chmod(RUN + "/davlock", 0o777)
# www-data cannot look below /root: it sees the folder as /srv
start("apache", "unshare", "-m", "sh", "-c", f'mount --bind {RUN} /srv && exec "$@"', "apache", ROOT + "/usr/sbin/apache2", "-f", RUN + "/apache.conf", "-DFOREGROUND", APACHE_RUN_DIR=RUN)
chash = hashed.replace("$2b$", "$2a$")
write("Caddyfile", f"""{{
  admin off
  auto_https off
}}
http://127.0.0.1:{P['caddy']} {{
  request_body {{
    max_size 2KB
  }}
  handle_path /shop/* {{
    reverse_proxy 127.0.0.1:{P['origin']}
  }}
  handle /vault/* {{
    basicauth {{
      ada {base64.b64encode(chash.encode()).decode()}
    }}
    uri strip_prefix /vault
    reverse_proxy 127.0.0.1:{P['origin']}
  }}
  @tenant {{
    path /tenant/*
    header X-Tenant acme
  }}
  handle @tenant {{
    uri strip_prefix /tenant
    reverse_proxy 127.0.0.1:{P['origin']}
  }}
  handle /down/* {{
    reverse_proxy 127.0.0.1:{P['dead']}
  }}
  handle {{
    respond 404
  }}
}}
""")
start("caddy", ROOT + "/usr/bin/caddy", "run", "--config", RUN + "/Caddyfile", "--adapter", "caddyfile", HOME=RUN, XDG_CONFIG_HOME=RUN, XDG_DATA_HOME=RUN)
write("varnish.vcl", f"""vcl 4.1;
backend default {{ .host = "127.0.0.1"; .port = "{P['origin']}"; }}
sub vcl_recv {{ if (req.method != "GET" && req.method != "HEAD") {{ return (synth(405)); }} if (req.url ~ "^/internal") {{ return (synth(403)); }}
  if (req.http.Cookie ~ "theme=") {{ return (synth(400)); }} }}
sub vcl_backend_response {{ set beresp.ttl = 2m; }}
sub vcl_hash {{ hash_data(req.http.Accept); }}
""")
start("varnish", ROOT + "/usr/sbin/varnishd", "-F", "-a", f"127.0.0.1:{P['varnish']}", "-T", f"127.0.0.1:{P['varnishadm']}", "-f", RUN + "/varnish.vcl", "-n", RUN + "/varnish",
      "-j", "none", "-p", "http_req_hdr_len=1k", "-p", "http_req_size=6k", "-s", "malloc,20m", "-p", f"vmod_path={LIB}/varnish/vmods")
write("lighttpd.conf", f"""server.document-root = "{RUN}/dav"
server.port = {P['lighttpd']}
server.bind = "127.0.0.1"
server.max-request-size = 2
server.max-request-field-size = 1500
server.modules = ("mod_access","mod_proxy","mod_redirect")
mimetype.assign = (".txt" => "text/plain", ".html" => "text/html")
server.http-parseopts = ( "url-normalize" => "enable", "url-ctrls-reject" => "enable", "url-path-2f-decode" => "disable", "url-path-2f-reject" => "enable" )
$HTTP["url"] =~ "^/v1/" {{ proxy.server = ("" => (("host" => "127.0.0.1", "port" => {P['origin']}))) }}
""")
start("lighttpd", ROOT + "/usr/sbin/lighttpd", "-D", "-f", RUN + "/lighttpd.conf", "-m", LIB[:0] + ROOT + "/usr/lib/lighttpd")
write("eg/gateway.config.yml", f"""http: {{port: {P['eg']}, hostname: 127.0.0.1}}
admin: {{port: {P['egadmin']}, hostname: 127.0.0.1}}
apiEndpoints:
  items: {{host: '*', paths: ['/v1/items*'], methods: [GET]}}
  me: {{host: '*', paths: '/secure/*'}}
  plan: {{host: '*', paths: '/keyed/*'}}
serviceEndpoints: {{origin: {{url: '{o}'}}}}
policies: [basic-auth, cors, expression, key-auth, log, oauth2, proxy, rate-limit, jwt, request-transformer]
pipelines:
  open: {{apiEndpoints: [items], policies: [{{proxy: [{{action: {{serviceEndpoint: origin, changeOrigin: true}}}}]}}]}}
  jwt: {{apiEndpoints: [me], policies: [{{jwt: [{{action: {{secretOrPublicKey: bench-signing-secret, checkCredentialExistence: false}}}}]}}, {{proxy: [{{action: {{serviceEndpoint: origin, changeOrigin: true, stripPath: true}}}}]}}]}}
  keyed: {{apiEndpoints: [plan], policies: [{{key-auth: null}}, {{proxy: [{{action: {{serviceEndpoint: origin, stripPath: true}}}}]}}]}}
""")
write("eg/system.config.yml", "db: {redis: {emulate: true, namespace: EG}}\ncrypto: {cipherKey: sensitiveKey, algorithm: aes256, saltRounds: 10}\nsession: {secret: keyboard, resave: false, saveUninitialized: false}\naccessTokens: {timeToExpiry: 7200000}\nrefreshTokens: {timeToExpiry: 7200000}\nauthorizationCodes: {timeToExpiry: 300000}\n")
for m in ("users", "credentials", "applications"):
    src = f"{CACHE}/npm/node_modules/express-gateway/lib/config/models/{m}.json"
    if os.path.exists(src):
        os.makedirs(RUN + "/eg/models", exist_ok=True)
        shutil.copy(src, RUN + f"/eg/models/{m}.json")
start("eg", node, "-e", "require(process.argv[1])().load(process.argv[2]).run()", CACHE + "/npm/node_modules/express-gateway", RUN + "/eg", LOG_LEVEL="error", EG_DISABLE_CONFIG_WATCH="true")

# forward proxies
os.makedirs(RUN + "/squid")
os.chmod(RUN + "/squid", 0o777)
write("squid.conf", f"""http_port 127.0.0.1:{P['squid']}
acl bad dstdomain blocked.bench.test
acl badpath urlpath_regex ^/v1/plan
acl SSL_ports port 1-65535
http_access deny bad
http_access deny badpath
http_access allow all
cache deny all
pid_filename {RUN}/squid/pid
access_log none
cache_log {RUN}/log/squid.cache
cache_effective_user proxy
coredump_dir {RUN}/squid
request_header_max_size 4 KB
dns_nameservers {V['dns']}
dns_timeout 2 seconds
mime_table {ROOT}/usr/share/squid/mime.conf
icon_directory {ROOT}/usr/share/squid/icons
error_directory {ROOT}/usr/share/squid-langpack/templates
unlinkd_program /bin/true
pinger_enable off
connect_timeout 2 seconds
""")
start("squid", ROOT + "/usr/sbin/squid", "-N", "-f", RUN + "/squid.conf")
write("tiny.conf", f"""Port {P['tiny']}
Listen 127.0.0.1
Timeout 10
MaxClients 20
BasicAuth ada lovelace
ConnectPort 443
DefaultErrorFile "{ROOT}/usr/share/tinyproxy/default.html"
""")
start("tiny", ROOT + "/usr/bin/tinyproxy", "-d", "-c", RUN + "/tiny.conf")
write("privoxy/block.action", "{+block{not allowed here}}\n/v1/items/13\n")
write("privoxy/config", f"""confdir {RUN}/privoxy
templdir {ROOT}/etc/privoxy/templates
logdir {RUN}/log
listen-address 127.0.0.1:{P['privoxy']}
actionsfile block.action
""")
start("privoxy", ROOT + "/usr/sbin/privoxy", "--no-daemon", RUN + "/privoxy/config")


# credentials and data
def token(secret=b"bench-signing-secret", **claims):
    b = lambda v: base64.urlsafe_b64encode(json.dumps(v, separators=(",", ":")).encode()).rstrip(b"=").decode()
    now = int(time.time())
    text = b({"alg": "HS256", "typ": "JWT"}) + "." + b({"sub": "ada", "aud": "orders-api", "scope": "read", "iat": now - 60, "exp": now + 86400, **claims})
    return text + "." + base64.urlsafe_b64encode(hmac.new(secret, text.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()


def sas(perm="rwl", end=86400, container="docs"):
    key = base64.b64decode("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==")
    t = lambda d: (dt.datetime.utcnow() + dt.timedelta(seconds=d)).strftime("%Y-%m-%dT%H:%M:%SZ")
    st, se, v = t(end - 200000), t(end), "2020-12-06"
    text = "\n".join([perm, st, se, f"/blob/devstoreaccount1/{container}", "", "", "", v, "c", "", "", "", "", "", "", ""])
    q = {"sv": v, "st": st, "se": se, "sr": "c", "sp": perm, "sig": base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()}
    return urllib.parse.urlencode(q)


now = int(time.time())
V.update(jwt=token(), jwt_expired=token(exp=now - 7200), jwt_early=token(nbf=now + 7200), jwt_aud=token(aud="billing-api"), jwt_scope=token(scope="write"),
         jwt_forged=token(secret=b"another"), sas=sas(), sas_expired=sas(end=-3600), sas_read=sas(perm="r"), ns=str(now) + "000000000")
u = lambda n, path: f"http://127.0.0.1:{P[n]}{path}"
J = {"Content_Type": "application/json"}
seed(u("couch", "/shop"), "PUT")
for i in ("tea", "mug", "pot"):
    ask(u("couch", f"/shop/{i}"), "PUT", json.dumps({"name": i, "price": 4, "kind": "goods"}), **J)
V["rev_tea"] = json.loads(ask(u("couch", "/shop/tea"))).get("_rev", "")
D = {"Content_Type": "application/x-amz-json-1.0", "Authorization": "AWS4-HMAC-SHA256 Credential=AK/20261122/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0123456789abcdef", "X_Amz_Date": "20261122T000000Z"}
seed(u("dyn", "/"), "POST", json.dumps({"TableName": "Orders", "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "KeySchema":
     [{"AttributeName": "id", "KeyType": "HASH"}], "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}), X_Amz_Target="DynamoDB_20120810.CreateTable", **D)
time.sleep(1)
ask(u("dyn", "/"), "POST", json.dumps({"TableName": "Orders", "Item": {"id": {"S": "o-1"}, "total": {"N": "12.5"}}}), X_Amz_Target="DynamoDB_20120810.PutItem", **D)
seed(u("influx", "/query?q=CREATE+USER+admin+WITH+PASSWORD+%27secret%27+WITH+ALL+PRIVILEGES"))
for q in ("CREATE DATABASE metrics", "CREATE USER viewer WITH PASSWORD 'look'", "GRANT READ ON metrics TO viewer"):
    ask(u("influx", "/query?u=admin&p=secret&q=" + urllib.parse.quote(q)), "POST")
ask(u("influx", "/write?u=admin&p=secret&db=metrics"), "POST", f"cpu,host=a value=1 {V['ns']}")
seed(u("vm", "/api/v1/import/prometheus"), "POST", 'cpu_seconds_total{host="a"} 12\n')
seed(u("ch", "/?user=default&password=clicky&query=CREATE+TABLE+events+(id+UInt32,+day+Date,+price+Float64,+name+String)+ENGINE+Memory"))
ask(u("ch", "/?user=default&password=clicky&query=INSERT+INTO+events+VALUES+(1,%272026-11-01%27,2.5,%27tea%27)"), "POST")
seed(u("etcd", "/v3/kv/put"), "POST", json.dumps({"key": "Y29uZmln", "value": "b24="}))
seed(u("webdis", "/SET/greeting/hello"), "GET")
ask(u("webdis", "/LPUSH/queue/a"))
seed(u("blob", "/devstoreaccount1"), "GET")
AZ = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def az(kind, resource, query, method="PUT"):
    date = dt.datetime.utcnow().strftime("%a, %d %b %Y %H:%M:%S GMT")
    res = f"/devstoreaccount1/devstoreaccount1/{resource}" + "".join(f"\n{k}:{v}" for k, v in sorted(query.items()))
    text = f"{method}\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:{date}\nx-ms-version:2020-12-06\n{res}"
    sig = base64.b64encode(hmac.new(base64.b64decode(AZ), text.encode(), hashlib.sha256).digest()).decode()
    qs = "?" + urllib.parse.urlencode(query) if query else ""
    return ask(u(kind, f"/devstoreaccount1/{resource}{qs}"), method, x_ms_date=date, x_ms_version="2020-12-06", Authorization=f"SharedKey devstoreaccount1:{sig}")


print("azure", az("blob", "docs", {"restype": "container"})[:200])
ask(u("blob", "/devstoreaccount1/docs/a.txt?" + V["sas"]), "PUT", "hello", x_ms_blob_type="BlockBlob")
seed(u("egadmin", "/users"), "POST", json.dumps({"username": "ada", "firstname": "A", "lastname": "L"}), **J)
made = json.loads(ask(u("egadmin", "/credentials"), "POST", json.dumps({"consumerId": "ada", "type": "key-auth", "credential": {}}), **J) or b"{}")
V["eg_key"] = f"{made.get('keyId')}:{made.get('keySecret')}"
for args in ("-X PUT http://{}/photos", "-T /etc/hostname http://{}/photos/2026/cat.txt"):
    subprocess.run(f"curl -s -u benchkey:benchsecret1 --aws-sigv4 aws:amz:us-east-1:s3 -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' " + args.format(V["minio"]),
                   shell=True, stdout=subprocess.DEVNULL)
write("vars.json", json.dumps(V, indent=1))
for name, pid in PIDS:
    if os.path.exists(f"/proc/{pid}/stat") and open(f"/proc/{pid}/stat").read().split(")")[1].split()[0] == "Z":
        print("ended at once:", name)
