#!/bin/bash
# Installs what the bench needs, below ~/.cache/culprit-bench/infra (Debian's packages unpacked, not installed; npm; one Go program), and starts it.
# Needs: Debian 12 as root (user and mount namespaces, port 53 on a loopback address), node 20, go, python3 with cryptography, openssl.
set -e
here="$(cd "$(dirname "$0")" && pwd)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/infra"
debs="nginx=1.22.1-9+deb12u11 haproxy=2.6.12-1+deb12u4 liblua5.3-0 libopentracing1 libopentracing-c-wrapper0 apache2-bin=2.4.71-1~deb12u1 libapr1
 libaprutil1 libaprutil1-dbd-sqlite3 libaprutil1-ldap libapache2-mod-security2=2.9.7-1+deb12u2 modsecurity-crs liblua5.1-0 libyajl2 caddy=2.6.2-5
 squid=5.7-2+deb12u6 squid-common squid-langpack libecap3 libltdl7 libnfnetlink0 libnetfilter-conntrack3 libtdb1 tinyproxy-bin=1.11.1-2.1+deb12u1
 privoxy=3.0.34-1 libmbedcrypto7 libmbedx509-1 libmbedtls14 libpcre3 libjemalloc2 libvarnishapi3 varnish=7.1.1-2+deb12u1
 prometheus=2.42.0+ds-5+deb12u1 libcapnp-0.9.2 libcctz2 libcpuinfo0 libdouble-conversion3 libfarmhash0 libmariadb3 libmetrohash1 libpocofoundation80
 libpocodata80 libodbc2 libpocodataodbc80 libpoconet80 libpocomongodb80 libpococrypto80 libpocojson80 libpocoxml80 libpocoutil80 libpoconetssl80
 librdkafka1 libre2-9 clickhouse-common clickhouse-server=18.16.1+ds-7.3+b2 etcd-server=3.4.23-4+b4 influxdb=1.6.7~rc0-1+b13 libb64-0d
 libhiredis0.14 webdis=0.1.9+dfsg-1.1 liblzf1 redis-server redis-tools nats-server=2.9.10-1+b3 victoria-metrics=1.79.5+ds1-2+b5
 prometheus-alertmanager=0.25.0-1+b4 docker-registry=2.8.2+ds1-1 lighttpd"
if [ ! -f "$cache/installed" ]; then
  mkdir -p "$cache/deb" "$cache/npm" "$cache/bin"
  (cd "$cache/deb" && apt-get download $debs && for d in *.deb; do dpkg -x "$d" "$cache/root"; done)
  (cd "$cache/npm" && echo '{"private":true}' > package.json && npm install --no-audit --no-fund --ignore-scripts \
    pouchdb-server@4.2.0 dynalite@4.0.0 s3rver@3.7.1 azurite@3.37.0 express-gateway@1.16.11 oauth2-mock-server@9.3.0)
  (cd / && CGO_ENABLED=0 GOBIN="$cache/bin" go install -p 1 github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c)
  touch "$cache/installed"
fi
"$here/down.sh"
sleep 1
python3 -W ignore "$here/up.py" "$cache"
