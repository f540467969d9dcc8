#!/usr/bin/env bash
# Installs what the bench needs (npm, Debian, the Go proxy) below the cache and starts all servers on free ports of loopback;
# their ports are in run/ports.json, their pids in run/pids.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/mocks
. "$here/../up.bash"
mkdir -p "$home/java" "$run/tomcat"
packages libmojolicious-plugin-openapi-perl libjson-validator-perl libdancer2-perl python3-pyramid python3-webargs python3-cerberus python3-voluptuous \
	python3-flask-restful python3-tornado python3-spyne python3-bottle python3-django python3-yaml default-jdk-headless libtomcat10-embed-java libjakarta-annotation-api-java \
	libhibernate-validator-java libgeronimo-validation-1.1-spec-java libjackson2-databind-java ruby-json-schemer ruby-activemodel puma php-json-schema php-cli
cp "$here/servers/node.mjs" "$here/servers/restify.mjs" "$here/../frameworks/servers/hush.mjs" "$home/npm/"
cp "$here/servers/go/main.go" "$home/go/" && cp "$here/servers/go/mod" "$home/go/go.mod" && cp "$here/servers/go/sum" "$home/go/go.sum"
(cd "$home/go" && CGO_ENABLED=0 go build -o bench . && CGO_ENABLED=0 go build -o stripe-mock github.com/stripe/stripe-mock)
jars=$(printf '/usr/share/java/%s.jar:' tomcat10-embed-core tomcat10-embed-el jakarta-annotation-api jackson-core jackson-databind jackson-annotations hibernate-validator geronimo-validation-1.1-spec classmate jboss-logging)
[ "$home/java/Bench.class" -nt "$here/servers/java/Bench.java" ] || javac -cp "$jars" -d "$home/java" "$here/servers/java/Bench.java"

ports
: >"$run/log"
cd "$home/npm"
mod() { (cd "$home/go" && go mod download -json "$1" | python3 -c 'import json,sys; print(json.load(sys.stdin)["Dir"])'); }
[ -e "$run/docker.json" ] || /usr/bin/python3 "$here/servers/documents.py" "$run" node_modules/@figma/rest-api-spec/openapi/openapi.yaml \
	"$(mod github.com/docker/docker@v28.5.2+incompatible)/api/swagger.yaml" "$(mod github.com/DataDog/datadog-api-client-go/v2@v2.67.0)/.generator/schemas/v1/openapi.yaml"
cp node_modules/@directus/specs/dist/openapi.json "$run/directus.json"
for s in figma docker datadog; do start node node_modules/@stoplight/prism-cli/dist/index.js mock "$run/$s.json" -h 127.0.0.1 -p "$(port $s)"; done
start node node.mjs "$(cat "$run/ports.json")" "$here/servers/parcels.yaml" "$here/servers/rates.wsdl"
start node restify.mjs "$(port restify)"
start "$home/go/bench" "$(cat "$run/ports.json")" "$here/servers/clinic.json" node_modules/@directus/specs/dist/openapi.json
start "$home/go/stripe-mock" -http-addr "127.0.0.1:$(port stripe)" -https-addr 127.0.0.1:0
for s in django pyramid tornado restful webargs spyne; do start /usr/bin/python3 "$here/servers/py.py" $s "$(port $s)"; done
mkdir -p "$run/schemas" # what JSON::Validator would fetch from the network
cp node_modules/ajv-draft-04/dist/refs/json-schema-draft-04.json "$run/schemas/$(printf http://json-schema.org/draft-04/schema | md5sum | cut -d' ' -f1)"
for s in mojo dancer; do start env JSON_VALIDATOR_CACHE_PATH="$run/schemas" perl "$here/servers/mojo.pl" $s "$here/servers/clinic.json" "$(port $s)"; done
start ruby "$here/servers/rb.rb" "$(port rack)"
start php -S "127.0.0.1:$(port php)" "$here/servers/php.php"
start java -Xshare:auto -cp "$jars$home/java" Bench "$(port tomcat)" "$run/tomcat"
start node hush.mjs "$(python3 -c 'import json,sys
p = json.load(open(sys.argv[1]))
print(json.dumps([{"port": v, "to": p[n.split(".")[0]], "how": n.split(".")[1]} for n, v in p.items() if "." in n]))' "$run/ports.json")"
SECONDS=0
for p in $(python3 -c 'import json,sys; print(*json.load(open(sys.argv[1])).values())' "$run/ports.json"); do
	while [ $SECONDS -lt 240 ]; do (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && continue 2; sleep 0.5; done
	echo "nothing on port $p: see $run/log and ports.json" >&2
done
echo "up: $(wc -l <"$run/pids") processes, $run/ports.json"
