#!/bin/bash
# Installs what the exam needs below ~/.cache/culprit-bench/exam (npm, Debian's packages, the Go proxy) and starts it on loopback.
# Needs: Debian 12 as root, node 20, go, g++, php, openssl, python3 with cryptography; and what ../infra, ../stores, ../services and ../edge install (their up.sh, once).
set -e
here="$(cd "$(dirname "$0")" && pwd)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/exam"
mkdir -p "$cache"/{deb,npm,bin,go/exam,go/prest}
if [ ! -f "$cache/installed" ]; then
  cp "$here/package.json" "$cache/npm/"
  (cd "$cache/npm" && npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps)
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-cattr python3-attr python3-pecan python3-wsme php-cli php-nette-schema nlohmann-json3-dev libcpp-httplib-dev g++ >/dev/null
  (cd "$cache/deb" && apt-get download -qq libnginx-mod-http-lua=1:0.10.23-1+deb12u1 libnginx-mod-http-ndk libluajit2-5.1-2 nginx=1.22.1-9+deb12u11 lua-resty-core lua-resty-lrucache libpcre3 \
    bind9=1:9.18.49-1~deb12u3 bind9-libs liburcu8 libfstrm0 libprotobuf-c1 libuv1 libmaxminddb0 liblmdb0 libjemalloc2 gnutls-bin=3.7.9-2+deb12u7 && for d in *.deb; do dpkg -x "$d" "$cache/root"; done)
  printf 'module prestbuild\ngo 1.26\nrequire github.com/prest/prest v1.5.5\n' >"$cache/go/prest/go.mod"
  (cd "$cache/go/prest" && CGO_ENABLED=0 GOFLAGS=-mod=mod go build -p 1 -o "$cache/bin/prestd" github.com/prest/prest/cmd/prestd)
  for m in github.com/plaid/plaid-go/v20@v20.0.0 github.com/launchdarkly/api-client-go/v13@v13.0.0 github.com/pb33f/libopenapi@v0.42.3; do (cd / && go mod download "$m"); done
  touch "$cache/installed"
fi
cp "$here/servers/node.mjs" "$cache/npm/"
if [ "$here/servers/go/main.go" -nt "$cache/bin/exam" ]; then
  cp "$here/servers/go/main.go" "$cache/go/exam/" && cp "$here/servers/go/mod" "$cache/go/exam/go.mod" && cp "$here/servers/go/sum" "$cache/go/exam/go.sum"
  (cd "$cache/go/exam" && CGO_ENABLED=0 go build -p 1 -o "$cache/bin/exam" .)
fi
[ "$cache/bin/readings" -nt "$here/servers/readings.cpp" ] || g++ -o "$cache/bin/readings" "$here/servers/readings.cpp" -lcpp-httplib -lpthread
"$here/down.sh"
python3 -W ignore "$here/up.py" "$cache"
