#!/bin/bash
# Installs what the bench needs, below ~/.cache/culprit-bench/edge (Debian's packages unpacked, not installed; npm; two Go programs), and starts it.
# Needs: Debian 12 as root (user and mount namespaces, port 53 on a loopback address), node 20, go, python3 with cryptography, openssl.
set -e
here="$(cd "$(dirname "$0")" && pwd)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/edge"
debs="trafficserver=9.2.5+ds-0+deb12u4 libhwloc15 libyaml-cpp0.7 libluajit-5.1-2 libunwind8 libpcre3 nghttp2-proxy=1.52.0-1+deb12u3 libjemalloc2 libev4 libc-ares2
 h2o=2.2.5+dfsg2-7 hitch=1.7.2-1+b1 stunnel4=3:5.68-2+deb12u1 libwrap0 sslh=1.20-1+deb12u1 libconfig9 dnsmasq-base=2.90-4~deb12u2 libnftables1 libjansson4
 libnftnl11 libmnl0 libnetfilter-conntrack3 libnfnetlink0 microsocks=1.0.3-2 dante-server=1.4.2+dfsg-7+b8 nginx=1.22.1-9+deb12u11
 libnginx-mod-http-js=0.7.9-2 redis-server liblzf1 redis-tools"
if [ ! -f "$cache/installed" ]; then
  mkdir -p "$cache/deb" "$cache/npm" "$cache/bin"
  (cd "$cache/deb" && apt-get download $debs && for d in *.deb; do dpkg -x "$d" "$cache/root"; done)
  (cd "$cache/npm" && echo '{"private":true}' > package.json && npm install --no-audit --no-fund --ignore-scripts \
    fastify@5.12.8 @fastify/http-proxy@11.6.3 @fastify/rate-limit@11.2.0 @fastify/csrf-protection@8.0.2 @fastify/cookie@11.1.5 express@4.22.3 \
    http-proxy-middleware@3.0.10 express-jwt@8.5.1 jwks-rsa@4.1.0 express-rate-limit@8.7.4 moleculer@0.14.36 moleculer-web@0.10.8 jose@6.2.17 aws4@1.13.2 \
    proxy-chain@3.0.1 smtp-server@3.21.6)
  (cd / && CGO_ENABLED=0 GOBIN="$cache/bin" go install -p 1 github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0 && mv "$cache/bin/server" "$cache/bin/toxiproxy")
  touch "$cache/installed"
fi
if [ "$here/go/main.go" -nt "$cache/bin/edge" ] || [ "$here/go/pages.go" -nt "$cache/bin/edge" ]; then
  mkdir -p "$cache/gosrc"
  cp "$here"/go/*.go "$cache/gosrc/" && cp "$here/go/mod" "$cache/gosrc/go.mod" && cp "$here/go/sum" "$cache/gosrc/go.sum"
  (cd "$cache/gosrc" && CGO_ENABLED=0 go build -p 1 -o "$cache/bin/edge" .)
fi
"$here/down.sh"
sleep 1
python3 -W ignore "$here/up.py" "$cache"
