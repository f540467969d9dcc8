#!/usr/bin/env bash
# Installs what the bench needs (npm, Debian's packages and crates, the Go proxy) below the cache and starts all servers on free
# ports of loopback; their ports are in run/ports.json, their pids in run/pids.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/apis
. "$here/../up.bash"
mkdir -p "$home/java" "$run/controllers"
packages python3-yaml python3-quart python3-wtforms python3-email-validator python3-starlette python3-pydantic python3-uvicorn python3-cherrypy3 libcatalyst-perl libtype-tiny-perl \
	default-jdk-headless libspring-web-servlet-java libspring-web-java libspring-context-java libjetty9-java libservlet-api-java libjackson2-databind-java \
	cargo librust-tiny-http-dev librust-serde-json-dev librust-serde-dev librust-serde-derive-dev
cp "$here"/servers/*.mjs "$here"/servers/*.cjs "$here/../frameworks/servers/hush.mjs" "$home/npm/"
cp "$here/servers/go/main.go" "$home/go/" && cp "$here/servers/go/mod" "$home/go/go.mod" && cp "$here/servers/go/sum" "$home/go/go.sum"
(cd "$home/go" && CGO_ENABLED=0 go build -o bench .)
(cd "$here/servers/rust" && CARGO_HOME="$home/cargo" CARGO_TARGET_DIR="$home/rust" cargo build -q --offline \
	--config 'source.crates-io.replace-with="debian"' --config 'source.debian.directory="/usr/share/cargo/registry"')
jars=$(printf '/usr/share/java/%s.jar:' spring3-{aop,beans,context,core,expression,web,web.servlet} commons-logging \
	jetty9-{server,servlet,http,io,util,security} servlet-api jackson-{core,databind,annotations})
[ "$home/java/Spring.class" -nt "$here/servers/java/Spring.java" ] || javac -nowarn -parameters -cp "$jars" -d "$home/java" "$here/servers/java/Spring.java"

ports
: >"$run/log"
cd "$home/npm"
mod() { (cd "$home" && go mod download -json "$1" | python3 -c 'import json,sys; print(json.load(sys.stdin)["Dir"])'); }
if [ ! -e "$run/k8s.json" ]; then
	oas=$(mod github.com/pb33f/libopenapi@v0.42.3)/test_specs
	/usr/bin/python3 "$here/servers/documents.py" "$run" "$(mod github.com/speakeasy-api/openapi@v1.26.3)/jsonschema/oas3/testdata/pagerduty.json" "$oas/asana.yaml" \
		"$(mod github.com/okta/okta-sdk-golang/v5@v5.0.2)/okta/api/openapi.yaml" "$(mod github.com/ory/client-go@v1.22.92)/api/openapi.yaml" "$oas/k8s.json"
fi
for s in pagerduty asana okta; do start node node_modules/@stoplight/prism-cli/dist/index.js mock "$run/$s.json" -h 127.0.0.1 -p "$(port $s)"; done
start env NODE_ENV=test node node.mjs "$(cat "$run/ports.json")" "$here/servers" "$run"
start node sails.cjs "$(port ferry)"
start node cap.cjs "$(port cap)" "$here/servers/bookshop.cds"
echo 'exports.search = (q, r) => r.json({ tracks: [] }); exports.createPlaylist = (q, r) => r.status(201).json({ id: 1 }); exports.reorderTracks = (q, r) => r.json({ snapshot_id: "a" })' >"$run/controllers/player.js"
start node spotify.mjs "$(port spotify)" "$here/servers/spotify.yaml" "$run/controllers"
start "$home/go/bench" "$(cat "$run/ports.json")" "$run/ory.json"
for s in quart starlette cherrypy; do start /usr/bin/python3 "$here/servers/py.py" $s "$(port $s)"; done
start perl "$here/servers/catalyst.pl" "$(port catalyst)"
start java -Xshare:auto -cp "$jars$home/java" Spring "$(port spring)"
start "$home/rust/debug/bench" "$(port rust)"
start node hush.mjs "$(python3 -c 'import json,sys
p = json.load(open(sys.argv[1]))
print(json.dumps([{"port": v, "to": p[n.split(".")[0]], "how": n.split(".")[1]} for n, v in p.items() if "." in n]))' "$run/ports.json")"
SECONDS=0
for p in $(python3 -c 'import json,sys; print(*json.load(open(sys.argv[1])).values())' "$run/ports.json"); do
	while [ $SECONDS -lt 60 ]; do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && continue 2; sleep 0.5; done
	echo "nothing on port $p: see $run/log and ports.json" >&2
done
echo "up: $(wc -l <"$run/pids") processes, $run/ports.json"
