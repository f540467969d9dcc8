"""Starts every server of the bench on free ports of loopback: up.py CACHE. Writes CACHE/run/vars.json and CACHE/run/pids."""
import json, os, random, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
sys.dont_write_bytecode = True
from launch import CACHE, LIB, NPM, PIDS, ROOT, RUN, TAKEN, ask, fresh, port, seed, start, write  # noqa: E402

fresh()
NPMGATES = ["origin", "quiet", "fast", "fastq", "xp", "xpq", "mole", "sign", "signq", "jwks", "chain", "chainopen", "smtp"]
GO = ["waf", "proxyopen", "proxyauth", "proxystrip", "proxyportal", "tlsgood", "tls_expired", "tls_notyet", "tls_wrongname", "tls_selfsigned",
      "tls_incomplete", "tls_deepwild", "tls_noip", "tls_disordered", "tls_sha1", "tls_stranger", "tls_expiredmiddle", "tls_old", "tls_new", "mtls_ask", "mtls_12",
      "h1tls", "snineed", "snihost", "tls_hangup", "lb_turns", "lb_25", "lb_55", "lb_hash", "lb_path", "lb_cold", "ssh", "mysql", "hangup", "rst", "silent",
      "short", "badhead", "badgzip", "h2conly", "http10", "kong", "awsgw", "apigee", "apim", "istio", "cloudflare", "traefik", "maintenance"]
REST = ["ngx", "ats", "nghx", "nghxh2", "h2o", "h2otls", "hitch", "hitchm", "stun", "sslh", "socks", "dante", "redis", "toxi", "dead", "hole", "sserver",
        "t_reset", "t_cut", "t_slow", "t_chance", "nghxdead"]
BEHIND = ["origin", "fast", "xp", "mole", "sign", "kong", "apim", "h2o", "ats"]  # of these there is one more, that hides what an error says
P = {n: port() for n in NPMGATES + GO + REST + ["m_" + s for s in BEHIND]}
for s in TAKEN:
    s.close()
V = {k: f"127.0.0.1:{v}" for k, v in P.items()} | {k + "_port": str(v) for k, v in P.items()} | {"pki": RUN + "/pki", "run": RUN}
ADDRESSES = {n: f"127.0.0.1:{P[n]}" for n in P}
start("gates", "node", HERE + "/gates.mjs", write("gates.json", json.dumps({"npm": CACHE + "/npm", "ports": ADDRESSES})))
start("edge", CACHE + "/bin/edge", write("edge.json", json.dumps({"pki": RUN + "/pki", "ports": ADDRESSES})))

# names: a company's dnsmasq, which asks dns.py for bench.test
V["dns"], upstream = (f"127.{random.randint(60, 120)}.{random.randint(1, 250)}.{n}" for n in (53, 54))
start("names", sys.executable, os.path.dirname(HERE) + "/dns.py", upstream)
start("dnsmasq", ROOT + "/usr/sbin/dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", f"--listen-address={V['dns']}", "--bind-interfaces",
      f"--server=/bench.test/{upstream}", "--local=/corp.test/", "--address=/api.corp.test/127.0.0.1", "--host-record=six.corp.test,::1",
      "--host-record=two.corp.test,127.0.0.1", "--address=/old.corp.test/127.33.0.7", f"--server=/gone.corp.test/{V['dns'][:-2]}99", "--pid-file=", "--user=root", "--cache-size=0")
start("hole", sys.executable, "-c", f"""import socket, time
s = socket.socket(); s.bind(('127.0.0.1', {P['hole']})); s.listen(0); kept = []
for _ in range(3):
    k = socket.socket(); k.setblocking(False); k.connect_ex(('127.0.0.1', {P['hole']})); kept.append(k)
time.sleep(1e6)""")

# nginx: forward auth by auth_request and njs, a cache with a stale answer, and the ones that hide
write("auth.js", """function auth(r) {
  var t = r.headersIn['Authorization'] || '', s = /(?:^|;\\s*)sid=([^;]*)/.exec(r.headersIn['Cookie'] || '');
  if (t === 'Bearer fwd-6f1d' || s && s[1] === '9c4f2e') { r.headersOut['X-User'] = 'ada'; r.return(200); return }
  r.headersOut['X-Why'] = t ? 'the token is not known' : s ? 'the session has expired' : 'no token and no session';
  r.return(401);
}
export default { auth };
""")
write("err/err.html", "<html><body><h1>Something went wrong</h1></body></html>\n")
CODES = "400 401 403 404 405 406 408 409 411 412 413 414 415 417 421 422 426 428 429 431 500 501 502 503 504"
hide = "".join(f"""server {{ listen 127.0.0.1:{P['m_' + s]}; client_max_body_size 9m; proxy_intercept_errors on; error_page {CODES} /_err; location = /_err {{ internal; default_type text/html;
  root {RUN}/err; try_files /err.html =500; }} location / {{ proxy_pass http://127.0.0.1:{P[s]}; proxy_set_header Host $http_host; }} }}\n""" for s in BEHIND)
write("nginx.conf", f"""load_module {ROOT}/usr/lib/nginx/modules/ngx_http_js_module.so;
user root; worker_processes 1; daemon off; pid {RUN}/nginx.pid; error_log {RUN}/log/nginx.err;
events {{ worker_connections 512; }}
http {{ access_log off; default_type application/octet-stream; server_tokens off; merge_slashes off;
client_body_temp_path {RUN}/t1; proxy_temp_path {RUN}/t2; fastcgi_temp_path {RUN}/t3; uwsgi_temp_path {RUN}/t4; scgi_temp_path {RUN}/t5;
proxy_cache_path {RUN}/cache keys_zone=c:1m inactive=2d; js_path {RUN}; js_import auth from auth.js;
map $http_x_seed $where {{ default /v2/parcels/; absent /v2/none/; }}
{hide}
server {{ listen 127.0.0.1:{P['ngx']} default_server; client_max_body_size 2k; large_client_header_buffers 2 1k; client_header_buffer_size 1k;
  location / {{ return 404; }}
  location /v2/ {{ auth_request /_auth; auth_request_set $why $upstream_http_x_why; error_page 401 = @refused; proxy_pass http://127.0.0.1:{P['origin']}; }}
  location @refused {{ default_type application/json; return 401 '{{"error":"unauthorized","reason":"$why"}}'; }}
  location /terse/ {{ auth_request /_auth; proxy_pass http://127.0.0.1:{P['quiet']}/v2/; }}
  location = /_auth {{ internal; js_content auth.auth; }}
  location ~ ^/cached/(.*)$ {{ proxy_cache c; proxy_cache_valid 200 404 8h; proxy_cache_key $uri$is_args$args; add_header X-Cache $upstream_cache_status always; proxy_cache_bypass $http_x_refresh;
    proxy_set_header Host $host; proxy_pass http://127.0.0.1:{P['origin']}$where$1$is_args$args; }}
  location /public/ {{ proxy_pass http://127.0.0.1:{P['quiet']}/v2/; }}
  location /legacy/ {{ return 301 http://localhost:{P['ngx']}/v2/parcels; }}
  location /go/ {{ rewrite ^/go/(.*)$ /public/$1/ permanent; }}
  location /round/ {{ return 302 /round/; }} }}
}}""")
start("nginx", ROOT + "/usr/sbin/nginx", "-p", RUN, "-e", RUN + "/log/nginx.err", "-c", RUN + "/nginx.conf")

# Apache Traffic Server
ats = RUN + "/ats"
for d in ("etc", "run", "log", "cache"):
    os.makedirs(f"{ats}/{d}")
subprocess.run(["cp", "-r", ROOT + "/etc/trafficserver/.", ats + "/etc"], check=True)
write("ats/runroot.yaml", f"""prefix: {ROOT}/usr
exec_prefix: {ROOT}/usr
bindir: {ROOT}/usr/bin
sbindir: {ROOT}/usr/sbin
sysconfdir: {ats}/etc
datadir: {ROOT}/usr/share
includedir: {ROOT}/usr/include
libdir: {LIB}
libexecdir: {ROOT}/usr/lib/trafficserver/modules
localstatedir: {ats}/run
runtimedir: {ats}/run
logdir: {ats}/log
cachedir: {ats}/cache
""")
write("ats/etc/records.config", f"""CONFIG proxy.config.http.server_ports STRING {P['ats']}:ip-in=127.0.0.1
CONFIG proxy.config.http.cache.required_headers INT 0
CONFIG proxy.config.http.connect_attempts_timeout INT 1
CONFIG proxy.config.http.transaction_no_activity_timeout_out INT 1
CONFIG proxy.config.http.connect_attempts_max_retries INT 0
CONFIG proxy.config.url_remap.remap_required INT 1
CONFIG proxy.config.http.request_header_max_size INT 3000
CONFIG proxy.config.http.request_line_max_size INT 1500
CONFIG proxy.config.exec_thread.autoconfig INT 0
CONFIG proxy.config.exec_thread.limit INT 1
CONFIG proxy.config.body_factory.enable_customizations INT 1
CONFIG proxy.config.admin.user_id STRING #-1
CONFIG proxy.config.body_factory.template_sets_dir STRING {ats}/etc/body_factory
CONFIG proxy.config.crash_log_helper STRING
""")
write("ats/etc/remap.config", f"""map http://parcels.bench.test/ http://127.0.0.1:{P['origin']}/
map http://dead.bench.test/ http://127.0.0.1:{P['dead']}/
map /carrier/ http://127.0.0.1:{P['origin']}/v2/ @action=allow @method=GET @method=POST @method=HEAD
map /down/ http://127.0.0.1:{P['dead']}/
""")
write("ats/etc/storage.config", f"{ats}/cache 64M\n")
start("ats", "unshare", "--user", "--map-user=1000", ROOT + "/usr/bin/traffic_server", f"--run-root={ats}/runroot.yaml")

# nghttpx, h2o, hitch, stunnel, sslh, openssl
o, pem, key = f"127.0.0.1,{P['origin']}", f"{RUN}/pki/good.pem", f"{RUN}/pki/good.key"
nghttpx = lambda name, *more: start(name, ROOT + "/usr/sbin/nghttpx", "--conf=/dev/null", "--workers=1", "--no-via", *more)  # noqa: E731
nghttpx("nghx", f"-f127.0.0.1,{P['nghx']};no-tls", f"-b{o}", "--request-header-field-buffer=2048", "--max-request-header-fields=24", "--backend-read-timeout=1s")
nghttpx("nghxh2", f"-f127.0.0.1,{P['nghxh2']}", f"-b{o}", "--npn-list=h2", key, pem)
nghttpx("nghxdead", f"-f127.0.0.1,{P['nghxdead']};no-tls", f"-b127.0.0.1,{P['dead']}")
write("h2o.conf", f"""user: root
pid-file: {RUN}/h2o.pid
error-log: {RUN}/log/h2o.err
limit-request-body: 3000
hosts:
  "localhost:{P['h2o']}":
    listen: {{host: 127.0.0.1, port: {P['h2o']}}}
    paths:
      "/api":
        proxy.reverse.url: http://127.0.0.1:{P['origin']}/v2
        proxy.timeout.io: 900
      "/v1":
        redirect: {{status: 301, url: "http://127.0.0.1:{P['h2o']}/api"}}
      "/v1s":
        redirect: {{status: 308, url: "http://127.0.0.1:{P['h2o']}/api"}}
      "/loop":
        redirect: {{status: 302, url: "http://127.0.0.1:{P['h2o']}/loop"}}
      "/down":
        proxy.reverse.url: http://127.0.0.1:{P['dead']}/
  "localhost:{P['h2otls']}":
    listen: {{host: 127.0.0.1, port: {P['h2otls']}, ssl: {{certificate-file: {pem}, key-file: {key}}}}}
    paths: {{"/": {{proxy.reverse.url: "http://127.0.0.1:{P['origin']}/"}}}}
""")
start("h2o", ROOT + "/usr/bin/h2o", "-c", RUN + "/h2o.conf")
for name, more in (("hitch", ""), ("hitchm", f'client-verify = required\nclient-verify-ca = "{RUN}/pki/root.pem"')):
    both = write(f"{name}.pem", open(key).read() + open(pem).read())
    os.chmod(both, 0o600)
    start(name, ROOT + "/usr/sbin/hitch", "--config=" + write(name + ".conf", f"""frontend = "[127.0.0.1]:{P[name]}"
backend = "[127.0.0.1]:{P['origin']}"
pem-file = "{both}"
workers = 1
daemon = off
user = "root"
alpn-protos = "http/1.1"
ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384"
tls-protos = TLSv1.2
{more}
"""))
start("stun", ROOT + "/usr/bin/stunnel4", write("stunnel.conf", f"""foreground = yes
pid = {RUN}/stunnel.pid
[api]
accept = 127.0.0.1:{P['stun']}
connect = 127.0.0.1:{P['origin']}
cert = {pem}
key = {key}
sslVersionMax = TLSv1.2
CAfile = {RUN}/pki/root.pem
verifyChain = yes
requireCert = yes
"""))
start("sslh", ROOT + "/usr/sbin/sslh", "-f", "--listen", f"127.0.0.1:{P['sslh']}", "--ssh", f"127.0.0.1:{P['ssh']}", "--http", f"127.0.0.1:{P['origin']}", "-P", RUN + "/sslh.pid")
start("sserver", "openssl", "s_server", "-accept", f"127.0.0.1:{P['sserver']}", "-cert", pem, "-key", key, "-www", "-tls1_3", "-quiet")
start("redis", ROOT + "/usr/bin/redis-server", "--port", P["redis"], "--bind", "127.0.0.1", "--save", "")

# proxies that speak SOCKS, and the one that breaks connections
start("socks", ROOT + "/usr/bin/microsocks", "-i", "127.0.0.1", "-p", P["socks"], "-u", "bob", "-P", "builder")
start("dante", ROOT + "/usr/sbin/danted", "-f", write("dante.conf", f"""logoutput: stderr
internal: 127.0.0.1 port = {P['dante']}
external: 127.0.0.1
clientmethod: none
socksmethod: none
user.privileged: root
user.unprivileged: root
client pass {{ from: 127.0.0.0/8 to: 0.0.0.0/0 }}
socks block {{ from: 127.0.0.0/8 to: 0.0.0.0/0 port = {P['xp']} }}
socks pass {{ from: 127.0.0.0/8 to: 0.0.0.0/0 }}
"""), "-p", RUN + "/dante.pid")
start("toxi", CACHE + "/bin/toxiproxy", "-host", "127.0.0.1", "-port", P["toxi"])
for name, toxic in {"t_reset": ("reset_peer", 1, {"timeout": 0}), "t_cut": ("limit_data", 1, {"bytes": 300}), "t_slow": ("latency", 1, {"latency": 2500}),
                    "t_chance": ("reset_peer", .4, {"timeout": 0})}.items():
    seed(f"http://127.0.0.1:{P['toxi']}/proxies", "POST", json.dumps({"name": name, "listen": f"127.0.0.1:{P[name]}", "upstream": f"127.0.0.1:{P['origin']}"}))
    ask(f"http://127.0.0.1:{P['toxi']}/proxies/{name}/toxics", "POST", json.dumps({"type": toxic[0], "stream": "downstream", "toxicity": toxic[1], "attributes": toxic[2]}))

for _ in range(80):
    try:
        V.update({"tok_" + k: v for k, v in json.loads(open(RUN + "/log/gates.log").read().splitlines()[0]).items()})
        break
    except (ValueError, IndexError):
        time.sleep(.25)
seed(f"http://127.0.0.1:{P['ngx']}/cached/P-1002", "GET", X_Seed="absent")
write("vars.json", json.dumps(V))
time.sleep(1)
print(len(PIDS), "programs;", *[n for n, p in PIDS if subprocess.run(["kill", "-0", str(p)], capture_output=True).returncode or
                                open(f"/proc/{p}/stat").read().split()[2] == "Z"], "are not running")
