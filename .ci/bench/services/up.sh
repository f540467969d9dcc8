#!/usr/bin/env bash
# Installs what the bench needs below ~/.cache/culprit-bench/services (Debian's packages unpacked, not installed; npm; Go programs) and starts it.
# Needs: Debian 12 as root (user namespaces for PostgreSQL), node 20, go, python3. The first time 5 to 10 minutes, then about 1.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/services
if [ ! -e "$cache/installed" ]; then
	mkdir -p "$cache/deb/partial" "$cache/npm" "$cache/bin"
	apt-get update -qq
	[ -d /usr/lib/postgresql ] || apt-get install -y -qq --no-install-recommends postgresql-15 >/dev/null
	apt-get install -y -qq -d --no-install-recommends -o Dir::Cache::archives="$cache/deb" pdns-server=4.7.3-2 pdns-backend-sqlite3 rabbitmq-server=3.10.8-1.1+deb12u1 \
		radicale=3.1.8-2 transmission-daemon=3.00-2.1+deb12u1 aria2=1.36.0-1 syncthing icinga2-bin=2.13.6-2+deb12u2 icinga2-common jupyter-server=1.23.3-1 \
		qbittorrent-nox=4.5.2-3+deb12u1 prometheus-pushgateway kea-ctrl-agent=2.2.0-6
	for d in "$cache"/deb/*.deb; do dpkg -x "$d" "$cache/root"; done
	(cd "$cache/npm" && echo '{"private":true}' >package.json && npm install --silent --no-audit --no-fund --ignore-scripts \
		mountebank@2.9.1 @solid/community-server@7.2.0 parse-server@9.10.0 ganache@7.9.2 oidc-provider@9.13.3)
	for p in github.com/stripe/stripe-mock@v0.203.0 github.com/open-policy-agent/opa@v1.9.0 github.com/pocketbase/pocketbase/examples/base@v0.30.0 \
		github.com/fsouza/fake-gcs-server@v1.52.3 github.com/openfga/openfga/cmd/openfga@v1.10.2; do
		(cd / && CGO_ENABLED=0 GOBIN="$cache/bin" go install -p 2 "$p")
	done
	touch "$cache/installed"
fi
"$here/down.sh"
python3 "$here/up.py" "$cache"
