#!/bin/bash
# Installs what the bench needs, below ~/.cache/culprit-bench/stores (Debian's packages unpacked, not installed; npm; Go programs), and starts it.
# Needs: Debian 12 as root (mount namespaces, port 53 on a loopback address), node 20, go, gcc, python3, openssl, and of Debian's packages installed:
# nginx, squid, git, python3-django.
set -e
here="$(cd "$(dirname "$0")" && pwd)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/stores"
debs="apache2-bin=2.4.71-1~deb12u1 cgi-mapserver=8.0.0-3+deb12u1 graphite-web=1.1.8-2 haproxy=2.6.12-1+deb12u4 lighttpd=1.4.69-1
 mapserver-bin=8.0.0-3+deb12u1 mitmproxy=8.1.1-2 rclone=1.60.1+dfsg-2+b5 tinyproxy-bin=1.11.1-2.1+deb12u1 unbound=1.17.1-2+deb12u4
 varnish=7.1.1-2+deb12u1 virtuoso-opensource-7-bin=7.2.5.1+dfsg1-0.3 virtuoso-opensource-7-common=7.2.5.1+dfsg1-0.3
 virtuoso-opensource-7=7.2.5.1+dfsg1-0.3 gdal-data gdal-plugins libaec0 libapr1 libaprutil1-dbd-sqlite3 libaprutil1-ldap libaprutil1
 libarmadillo11 libarpack2 libblas3 libblosc1 libbrotli1 libcfitsio10 libfcgi0ldbl libfreexl1 libfyba0 libgdal32 libgeos-c1v5 libgeos3.11.1
 libgeotiff5 libgfortran5 libhdf4-0-alt libhdf5-103-1 libhdf5-hl-100 libhiredis0.14 libjemalloc2 libkmlbase1 libkmldom1 libkmlengine1 liblapack3
 liblua5.3-0 libmapserver2 libmariadb3 libminizip1 libnetcdf19 libodbc2 libodbcinst2 libogdi4.1 libopentracing-c-wrapper0 libopentracing1 libpcre3
 libpoppler126 libproj25 libprotobuf-c1 libprotobuf32 libqhull-r8.0 librttopo1 libsnappy1v5 libspatialite7 libsuperlu5 libsz2 libunbound8
 liburiparser1 libvarnishapi3 libxerces-c3.2 mariadb-common mysql-common proj-data python3-brotli python3-cairo python3-cairocffi python3-certifi
 python3-cffi python3-django-tagging python3-h2 python3-hpack python3-hyperframe python3-kaitaistruct python3-ldap3 python3-passlib python3-ply
 python3-protobuf python3-publicsuffix2 python3-pyasn1 python3-pycparser python3-pyperclip python3-ruamel.yaml.clib python3-ruamel.yaml
 python3-simplejson python3-sortedcontainers python3-urllib3 python3-urwid python3-whisper python3-xcffib python3-zstandard unixodbc-common"
# program NAME MODULE VERSION PACKAGE [REPLACEMENT] builds a pinned program, as go install cannot where a module replaces another.
program() {
  mkdir -p "$cache/gosrc/$1" && cd "$cache/gosrc/$1"
  printf 'module bench\ngo 1.22\nrequire %s %s\n' "$2" "$3" > go.mod
  [ -z "$5" ] || go mod edit -replace="$5"
  go build -mod=mod -p 1 -trimpath -o "$cache/bin/$1" "$2/$4"
}
if [ ! -f "$cache/installed" ]; then
  mkdir -p "$cache/deb" "$cache/npm" "$cache/bin"
  (cd "$cache/deb" && apt-get download $debs && for d in *.deb; do dpkg -x "$d" "$cache/root"; done)
  (cd "$cache/npm" && echo '{"private":true}' > package.json && npm install --no-audit --no-fund --ignore-scripts kinesalite@3.3.3)
  (
    export CGO_ENABLED=0
    program nsqd github.com/nsqio/nsq v1.3.0 apps/nsqd github.com/judwhite/go-svc=github.com/mreiferson/go-svc@v1.2.2-0.20210815184239-7a96e00010f6
    program tusd github.com/tus/tusd/v2 v2.4.0 cmd/tusd
    program oauth2-proxy github.com/oauth2-proxy/oauth2-proxy/v7 v7.6.0 .
    program pilosa github.com/pilosa/pilosa v1.4.1 cmd/pilosa
    program gofakes3 github.com/johannesboyne/gofakes3 v1.2.0 cmd/gofakes3
    CGO_ENABLED=1 program rqlited github.com/rqlite/rqlite/v8 v8.36.0 cmd/rqlited github.com/armon/go-metrics=github.com/armon/go-metrics@v0.4.1
  )
  touch "$cache/installed"
fi
if [ "$here/go/main.go" -nt "$cache/bin/stores" ] || [ "$here/go/tls.go" -nt "$cache/bin/stores" ]; then
  mkdir -p "$cache/gosrc/main"
  cp "$here"/go/*.go "$cache/gosrc/main/" && cp "$here/go/mod" "$cache/gosrc/main/go.mod"
  (cd "$cache/gosrc/main" && CGO_ENABLED=0 go build -p 1 -o "$cache/bin/stores" .)
fi
"$here/down.sh"
sleep 1
python3 -W ignore "$here/up.py" "$cache"
