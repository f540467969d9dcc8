# What frameworks and mocks share: they set here (the bench's folder) and home (its place below the cache), then source this.
run=$home/run
mkdir -p "$home/npm" "$home/go" "$run"
[ ! -s "$run/pids" ] || "$here/down.sh"

# packages PACKAGE ... installs package.json's below $home/npm, and Debian's.
packages() {
	if [ ! -e "$home/npm/installed" ]; then
		cp "$here/package.json" "$home/npm/"
		(cd "$home/npm" && npm install --silent --no-audit --no-fund --ignore-scripts) && touch "$home/npm/installed"
	fi
	dpkg -s "$@" >/dev/null 2>&1 || {
		apt-get update -qq
		RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"
	} >/dev/null
}

# ports writes a free port of loopback for each server of cases.py into run/ports.json; port NAME prints one.
ports() {
	python3 - "$here" "$run" <<'PY'
import json, random, socket, sys
sys.path.insert(0, sys.argv[1])
from cases import SERVERS, hushed
ports = {}
for name in sorted(set(SERVERS) | hushed()):
    while name not in ports:  # below the range from which outgoing connections take theirs
        p = random.randrange(20000, 32000)
        with socket.socket() as s:
            if p not in ports.values() and s.connect_ex(("127.0.0.1", p)) != 0:
                ports[name] = p
json.dump(ports, open(sys.argv[2] + "/ports.json", "w"))
PY
}
port() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$run/ports.json" "$1"; }

# start COMMAND ... begins a server; its pid is in run/pids.
start() { "$@" >>"$run/log" 2>&1 </dev/null & echo $! >>"$run/pids"; }
