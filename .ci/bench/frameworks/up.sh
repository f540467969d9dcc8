#!/usr/bin/env bash
# Installs what the bench needs (npm, Debian, the Go proxy) below the cache and starts all servers on free ports of loopback;
# their ports are in run/ports.json, their pids in run/pids.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/frameworks
. "$here/../up.bash"
packages python3-flask python3-marshmallow python3-djangorestframework python3-fastapi python3-aiohttp python3-falcon python3-jsonschema python3-uvicorn \
	python3-email-validator python3-multipart ruby-sinatra ruby-grape ruby-rails puma php-cli php-mbstring php-symfony-validator php-illuminate-validation php-slim
cp "$here"/servers/*.mjs "$home/npm/"
cp "$here"/servers/go/main.go "$home/go/" && cp "$here/servers/go/mod" "$home/go/go.mod" && cp "$here/servers/go/sum" "$home/go/go.sum"
(cd "$home/go" && CGO_ENABLED=0 go build -o bench .)

ports
: >"$run/log"
cd "$home/npm"
oas=node_modules/@readme/oas-examples
[ -e "$run/github.json" ] || python3 "$here/servers/subset.py" node_modules/@octokit/openapi/generated/api.github.com.json "$run/github.json" \
	'/repos/{owner}/{repo}/issues' '/repos/{owner}/{repo}/pulls' '/search/issues' /gists '/repos/{owner}/{repo}/milestones' '/repos/{owner}/{repo}/labels'
prism() { start node node_modules/@stoplight/prism-cli/dist/index.js mock "$2" -h 127.0.0.1 -p "$(port "$1")"; }
prism github "$run/github.json"
# POST /pet of the Petstore has no answer for success, and Prism would answer 405.
python3 -c 'import json,sys; d = json.load(open(sys.argv[1])); d["paths"]["/pet"]["post"]["responses"]["200"] = {"description": "ok"}; json.dump(d, open(sys.argv[2], "w"))' $oas/3.0/json/petstore.json "$run/petstore.json"
prism petstore "$run/petstore.json"
prism train $oas/3.1/json/train-travel.json
start node node_modules/@stdy/cli/steady.js --host 127.0.0.1 -q -p "$(port galaxy)" node_modules/@scalar/galaxy/dist/latest.json
start node node.mjs "$(cat "$run/ports.json")"
for s in flask drf fastapi aiohttp falcon; do start /usr/bin/python3 "$here/servers/py.py" $s "$(port $s)"; done
for s in sinatra grape rails; do start ruby "$here/servers/rb.rb" $s "$(port $s)"; done
for s in symfony laravel slim; do start env FRAMEWORK=$s php -S "127.0.0.1:$(port $s)" "$here/servers/php.php"; done
start "$home/go/bench" "$(cat "$run/ports.json")" "$home/npm/node_modules/@blockfrost/openapi/openapi.yaml"
start node hush.mjs "$(python3 -c 'import json,sys
p = json.load(open(sys.argv[1]))
print(json.dumps([{"port": v, "to": p[n.split(".")[0]], "how": n.split(".")[1]} for n, v in p.items() if "." in n]))' "$run/ports.json")"
SECONDS=0
for p in $(python3 -c 'import json,sys; print(*json.load(open(sys.argv[1])).values())' "$run/ports.json"); do
	while [ $SECONDS -lt 90 ]; do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && continue 2; sleep 0.25; done
	echo "nothing on port $p: see $run/log and ports.json" >&2
done
echo "up: $(wc -l <"$run/pids") processes, $run/ports.json"
