"""The cases: T telling, O opaque, F flaky, W healthy (well). A row: id, curl, accepted causes, accepted elements, fix ("old => new" in the command,
which makes it pass), and more by name. "a b" is any of them, "a + b" is both. {name} is where the server of that name listens; {m_name} is
a gate before it, which keeps the status and hides the answer. Accepted answers were decided before the engine was run; `lead` says what a
skilled engineer could follow where it is not the answer's own words; where a row is unfair after all, `unfair` says why and it stays counted."""
import base64, hashlib, time

CASES = []


def values(v):
    """What depends on the minute at which the bench runs."""
    def link(expires, uri="/dl/report.pdf"):
        return base64.urlsafe_b64encode(hashlib.md5(f"{expires}{uri} bench-link".encode()).digest()).rstrip(b"=").decode()
    now = int(time.time())
    return {**v, "end": str(now + 7200), "md5": link(now + 7200), "past": str(now - 900), "md5past": link(now - 900), "unique": str(time.time_ns()),
            "rq": "-u app:s3cret-rq -H 'Content-Type: application/json' http://" + v["rqlite"], "mrq": "-u app:s3cret-rq -H 'Content-Type: application/json' http://" + v["m_rqlite"],
            "kin": KIN + "http://" + v["kinesis"] + "/", "mkin": KIN + "http://" + v["m_kinesis"] + "/", "ops": f"-u ops:remote-42 -H 'Content-Type: application/json' http://{v['rc']}",
            "mops": f"-u ops:remote-42 -H 'Content-Type: application/json' http://{v['m_rc']}", "ca": f"--cacert {v['pki']}/root.pem", "cert": f"--cert {v['pki']}/client"}


KIN = ("-H 'Content-Type: application/x-amz-json-1.1' -H 'X-Amz-Date: 20261122T000000Z' -H 'Authorization: AWS4-HMAC-SHA256 Credential=AK/20261122/us-east-1/kinesis/aws4_request,"
       " SignedHeaders=host;x-amz-date;x-amz-target, Signature=0123456789abcdef' ")


def row(kind):
    def add(id, curl, causes="", elements="", fix="", **more):
        CASES.append({"id": id, "kind": kind, "curl": curl, "causes": causes, "elements": elements, "fix": fix, **more})
    return add


T, O, F, W = row("telling"), row("opaque"), row("flaky"), row("healthy")
PARAM = "invalid_request_parameter"
VALUE = "invalid_body_property_value invalid_body_property_format invalid_body_property_type"
PATH = "wrong_path resource_not_found invalid_request_parameter"
SQL = "malformed_request_body soft_error_in_success business_rule_violation invalid_body_property_value invalid_body_property_format resource_not_found"

# rqlite: SQL over HTTP; most errors come with 200
T("rq/table", "curl {rq}/db/query -d '[\"SELECT title FROM book WHERE copies > 0\"]'", SQL, "body* ", "FROM book => FROM books", **{"not": '"error"'})
T("rq/check", "curl {rq}/db/execute -d '[[\"INSERT INTO books(title, copies) VALUES(?, ?)\", \"Persuasion\", -1]]'", SQL, "body*", "-1 => 1", **{"not": '"error"'})
T("rq/null", "curl {rq}/db/execute -d '[[\"INSERT INTO books(title, copies) VALUES(?, ?)\", null, 3]]'", SQL + " missing_body_property", "body*", "null => \"Sanditon\"", **{"not": '"error"'})
T("rq/unique", "curl {rq}/db/execute -d '[[\"INSERT INTO books(title, copies, isbn) VALUES(?, ?, ?)\", \"Emma\", 1, \"9780141439587\"]]'", SQL + " already_exists conflict", "body*",
  "\"9780141439587\" => \"{unique}\"", **{"not": '"error"'})
T("rq/timeout", "curl -u app:s3cret-rq 'http://{rqlite}/db/query?q=SELECT+count(*)+FROM+books&level=weak&timeout=5'", PARAM, "query:timeout", "timeout=5 => timeout=5s")
O("rq/timeout-silent", "curl -u app:s3cret-rq 'http://{m_rqlite}/db/query?q=SELECT+count(*)+FROM+books&level=weak&timeout=5&pretty'", PARAM, "query:timeout", "timeout=5& => timeout=5s&", lead="without it, it passes")
O("rq/object", "curl {rq}/db/execute -d '{\"statements\":[\"UPDATE books SET copies = 3 WHERE id = 1\"]}'", "malformed_request_body invalid_body_property_type unexpected_body_property malformed_json", "body*",
  "{\"statements\":[\"UPDATE books SET copies = 3 WHERE id = 1\"]} => [\"UPDATE books SET copies = 3 WHERE id = 1\"]", lead="the answer says only: invalid request; the good one", good="curl {rq}/db/execute -d '[\"UPDATE books SET copies = 2 WHERE id = 1\"]'")
T("rq/json", "curl {rq}/db/execute -d '[\"UPDATE books SET copies = 4 WHERE id = 1\",]'", "malformed_json", "body*", "1\",] => 1\"]")
O("rq/password", "curl -u app:s3cret-rg 'http://{rqlite}/db/query?q=SELECT+1'", "invalid_credentials", "header:Authorization auth* auth", "s3cret-rg => s3cret-rq", lead="401 with an empty body, without credentials too")
O("rq/viewer", "curl -u viewer:look-rq -H 'Content-Type: application/json' http://{rqlite}/db/execute -d '[\"UPDATE books SET copies = 3 WHERE id = 1\"]'", "insufficient_permission insufficient_scope invalid_credentials", "header:Authorization auth* auth",
  "viewer:look-rq => app:s3cret-rq", lead="the same credentials may query")
O("rq/path", "curl -u app:s3cret-rq 'http://{m_rqlite}/db/querry?q=SELECT+1'", PATH, "url.path*", "querry => query")

# tusd: resumable uploads
T("tus/big", "curl -X POST http://{tusd}/files/ -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: 9000000' -H 'Upload-Metadata: filename cGxhbi50eHQ='", "payload_too_large invalid_request_header", "header:Upload-Length", "9000000 => 90000")
T("tus/version", "curl -X POST http://{tusd}/files/ -H 'Upload-Length: 90' -H 'Upload-Metadata: filename cGxhbi50eHQ='", "missing_request_header precondition_failed", "header:Tus-Resumable", "-X POST => -X POST -H 'Tus-Resumable: 1.0.0'")
T("tus/length", "curl -X POST http://{tusd}/files/ -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: 12kB' -H 'Upload-Metadata: filename cGxhbi50eHQ='", "invalid_request_header", "header:Upload-Length", "12kB => 12000")
O("tus/length-silent", "curl -X POST http://{m_tusd}/files/ -H 'Tus-Resumable: 1.0.0' -H 'Upload-Length: 12kB' -H 'Upload-Metadata: filename cGxhbi50eHQ=' -H 'X-Request-Id: 7f'", "invalid_request_header", "header:Upload-Length", "12kB => 12000")
T("tus/offset", "curl -X PATCH http://{tusd}/files/{upload} -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 5' -H 'Content-Type: application/offset+octet-stream' -d hello", "conflict invalid_request_header precondition_failed", "header:Upload-Offset", lead="HEAD tells the offset")
T("tus/type", "curl -X PATCH http://{tusd}/files/{upload} -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 0' -d hello", "unsupported_media_type content_type_mismatch invalid_request_header missing_request_header", "header:Content-Type")
T("tus/gone", "curl -I http://{tusd}/files/0a9d1c11fd4b7d4a8c6d3f6a0e1b2c3d -H 'Tus-Resumable: 1.0.0'", "resource_not_found wrong_path invalid_request_parameter", "url.path*")

# NSQ
T("nsq/topic", "curl -X POST 'http://{nsq}/pub?topic=loans%20eu&defer=100' -d hello", PARAM, "query:topic", "loans%20eu => loans-eu")
T("nsq/defer", "curl -X POST 'http://{nsq}/pub?topic=loans&defer=3h' -d hello", PARAM, "query:defer", "3h => 3600000")
T("nsq/missing", "curl -X POST 'http://{nsq}/pub?topc=loans' -d hello", "missing_request_parameter invalid_request_parameter", "query:topic query:topc", "topc => topic")
T("nsq/method", "curl 'http://{nsq}/topic/create?topic=returns'", "method_not_allowed", "method", "curl  => curl -X POST ", consent=True)
O("nsq/defer-silent", "curl -X POST 'http://{m_nsq}/pub?topic=loans&defer=3h' -d '{\"loan\":4711,\"until\":\"2027-03-01\"}'", PARAM, "query:defer", "3h => 3600000")
O("nsq/topic-silent", "curl -X POST 'http://{m_nsq}/pub?topic=loans%20eu' -d '{\"loan\":4711}'", PARAM, "query:topic", "loans%20eu => loans-eu", lead="a space in a name")
T("nsq/large", "curl -X POST 'http://{nsq}/pub?topic=loans' -d '" + "x" * 2600 + "'", "payload_too_large", "body*", "x" * 2600 + " => " + "x" * 1200)
T("nsq/channel", "curl -X POST 'http://{nsq}/channel/pause?topic=loans&channel=mailr'", "resource_not_found invalid_request_parameter", "query:channel", "mailr => mailer")
T("nsq/two", "curl -X POST 'http://{nsq}/pub?topic=loans%20eu&defer=3h' -d hello", PARAM + " + " + PARAM, "query:topic + query:defer", "loans%20eu&defer=3h => loans&defer=300")

# Pilosa
T("pil/field", "curl -X POST 'http://{pilosa}/index/library/query?shards=0' -d 'Count(Row(langs=1))'", "resource_not_found malformed_request_body invalid_body_property_value", "body*", "langs => lang")
T("pil/index", "curl -X POST http://{pilosa}/index/libary/query -d 'Count(Row(lang=1))'", PATH, "url.path*", "libary => library")
T("pil/parse", "curl -X POST http://{pilosa}/index/library/query -d 'Count(Row(lang=1)'", "malformed_request_body malformed_json", "body*", "lang=1) => lang=1))")
T("pil/kind", "curl -X POST http://{pilosa}/index/library/field/sa{unique} -d '{\"options\":{\"type\":\"integer\",\"min\":0,\"max\":900}}'", VALUE + " input_triggered_server_error", "body:/options/type", "integer => int", status=[200, 409], lead="500 that says: invalid field type: integer")
T("pil/member", "curl -X POST http://{pilosa}/index/library/field/sb{unique} -d '{\"options\":{\"type\":\"int\",\"minimum\":0,\"max\":900}}'", "unexpected_body_property input_triggered_server_error", "body:/options/minimum", "minimum => min", status=[200, 409])
O("pil/type", "curl -X POST http://{m_pilosa}/index/library/field/sc{unique} -d '{\"options\":{\"type\":\"set\",\"cacheType\":\"ranked\",\"cacheSize\":\"5000\"}}'", VALUE + " input_triggered_server_error", "body:/options/cacheSize",
  "\"5000\" => 5000", status=[200, 409], lead="a number in quotes; 500 that goes away without it")
O("pil/name", "curl -X POST http://{m_pilosa}/index/library/field/Size{unique} -d '{\"options\":{\"type\":\"set\"}}'", PATH + " input_triggered_server_error url_encoding", "url.path*", "Size => size", status=[200, 409], lead="the other fields are in small letters")

# gofakes3
T("s3/bucket", "curl 'http://{s3}/invoces?list-type=2&prefix=2026/'", PATH, "url.path*", "invoces => invoices")
T("s3/key", "curl http://{s3}/invoices/2026/31.txt", "resource_not_found wrong_path", "url.path*", "31.txt => 11.txt")
T("s3/keys", "curl 'http://{s3}/invoices?list-type=2&prefix=2026/&max-keys=all'", PARAM, "query:max-keys", "max-keys=all => max-keys=50", lead="InvalidArgument, without a name")
T("s3/digest", "curl -X PUT http://{s3}/invoices/2026/12.txt -H 'Content-Type: text/plain' -H 'Content-MD5: q1w2e3' -d 'total 14'", "invalid_request_header", "header:Content-MD5 header:Content-Md5", "-H 'Content-MD5: q1w2e3'  => ")

# Kinesis
T("kin/blob", "curl {kin} -H 'X-Amz-Target: Kinesis_20131202.PutRecord' -d '{\"StreamName\":\"clicks\",\"Data\":\"hello\",\"PartitionKey\":\"a\"}'", VALUE, "body:/Data", "\"hello\" => \"aGVsbG8=\"", unfair="the signature is no real one, and a signed body cannot be varied")
T("kin/key", "curl {kin} -H 'X-Amz-Target: Kinesis_20131202.PutRecord' -d '{\"StreamName\":\"clicks\",\"Data\":\"aGVsbG8=\",\"PartitionKey\":7}'", VALUE, "body:/PartitionKey", "7} => \"7\"}", lead="a number can't be a String: there is one number", unfair="the signature is no real one, and a signed body cannot be varied")
T("kin/kind", "curl {kin} -H 'X-Amz-Target: Kinesis_20131202.GetShardIterator' -d '{\"StreamName\":\"clicks\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"NEWEST\"}'", VALUE, "body:/ShardIteratorType", "NEWEST => LATEST")
T("kin/target", "curl {kin} -H 'X-Amz-Target: Kinesis_20131202.DescribeStreams' -d '{\"StreamName\":\"clicks\"}'", "invalid_request_header wrong_path method_not_allowed", "header:X-Amz-Target", "DescribeStreams => DescribeStream")
O("kin/kind-silent", "curl {mkin} -H 'X-Amz-Target: Kinesis_20131202.GetShardIterator' -d '{\"StreamName\":\"clicks\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"trim_horizon\"}'", VALUE, "body:/ShardIteratorType", "trim_horizon => TRIM_HORIZON", unfair="the signature is no real one, and a signed body cannot be varied")
O("kin/key-silent", "curl {mkin} -H 'X-Amz-Target: Kinesis_20131202.PutRecord' -d '{\"StreamName\":\"clicks\",\"Data\":\"aGVsbG8=\",\"PartitionKey\":7}'", VALUE, "body:/PartitionKey", "7} => \"7\"}", unfair="the signature is no real one, and a signed body cannot be varied")
T("kin/two", "curl {kin} -H 'X-Amz-Target: Kinesis_20131202.PutRecord' -d '{\"StreamName\":\"clicks\",\"Data\":\"hello\",\"PartitionKey\":\"a\",\"ExplicitHashKey\":12}'", VALUE + " + " + VALUE, "body:/Data + body:/ExplicitHashKey", "\"hello\",\"PartitionKey\":\"a\",\"ExplicitHashKey\":12 => \"aGVsbG8=\",\"PartitionKey\":\"a\",\"ExplicitHashKey\":\"12\"", unfair="the signature is no real one, and a signed body cannot be varied")

# Virtuoso: SPARQL
SPARQL = "malformed_request_body invalid_request_parameter"
T("sp/syntax", "curl -G http://{virt}/sparql -H 'Accept: application/sparql-results+json' --data-urlencode 'query=select ?s where { ?s ?p ?o } limit ten'", SPARQL, "query:query", "limit ten => limit 10")
T("sp/prefix", "curl -G http://{virt}/sparql -H 'Accept: application/sparql-results+json' --data-urlencode 'query=select ?s where { ?s a library:Book } limit 5'", SPARQL, "query:query", "select ?s => prefix library: <urn:l:> select ?s")
T("sp/name", "curl -G http://{virt}/sparql --data-urlencode 'qery=select ?s where { ?s ?p ?o } limit 1' -d format=json", "missing_request_parameter invalid_request_parameter", "query:query query:qery", "qery => query")
T("sp/update", "curl http://{virt}/sparql --data-urlencode 'query=insert data { graph <urn:g> { <urn:a> <urn:b> 1 } }'", "insufficient_permission missing_credentials insufficient_scope", "")
O("sp/syntax-silent", "curl -G http://{m_virt}/sparql --data-urlencode 'query=select ?s where { ?s ?p ?o } limit ten' -d format=json -d timeout=5000", SPARQL, "query:query", "limit ten => limit 10", lead="another query passes")

# Graphite
G = "http://{graphite}/render?format=json&from=-10min"
T("gr/function", "curl '" + G + "&target=averag(web.a.latency,web.b.latency)'", PARAM, "query:target", "averag( => averageSeries(")
T("gr/from", "curl 'http://{graphite}/render?target=web.a.latency&format=json&from=10minn&until=now'", PARAM, "query:from", "10minn => -10min")
T("gr/find", "curl 'http://{graphite}/metrics/find?qury=web.*'", "missing_request_parameter invalid_request_parameter", "query:query query:qury", "qury => query")
T("gr/format", "curl 'http://{graphite}/metrics/find?query=web.*&format=xml&wildcards=1'", PARAM, "query:format", "xml => completer")
O("gr/from-silent", "curl 'http://{m_graphite}/render?target=web.a.latency&format=json&from=ystrday&until=now&maxDataPoints=40'", PARAM, "query:from", "ystrday => yesterday")
O("gr/function-silent", "curl 'http://{m_graphite}/render?target=sumSerie(web.a.hits)&format=json&from=-10min'", PARAM, "query:target", "sumSerie( => sumSeries(")
O("gr/empty", "curl '" + G + "&target=web.a.latncy'", "unexpected_empty_response resource_not_found invalid_request_parameter soft_error_in_success", "query:target ", "latncy => latency", ok="datapoints", flags="--expect datapoints", lead="[] with 200")
T("gr/two", "curl 'http://{graphite}/render?target=averag(web.a.latency)&format=json&from=10minn'", PARAM + " + " + PARAM, "query:target + query:from", "averag(web.a.latency)&format=json&from=10minn => averageSeries(web.a.latency)&format=json&from=-10min")

# MapServer: exceptions with 200
M = "http://{map}/towns?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&STYLES=&CRS=EPSG:4326&WIDTH=200&HEIGHT=200"
X = {"not": "Exception"}
SOFT = "invalid_request_parameter soft_error_in_success resource_not_found"
T("map/layer", "curl '" + M + "&LAYERS=cities&BBOX=45,5,55,17&FORMAT=image/png'", SOFT, "query:LAYERS", "cities => towns", **X)
T("map/bbox", "curl '" + M + "&LAYERS=towns&BBOX=55,17,45,5&FORMAT=image/png'", SOFT, "query:BBOX", "55,17,45,5 => 45,5,55,17", **X)
T("map/format", "curl '" + M + "&LAYERS=towns&BBOX=45,5,55,17&FORMAT=image/tif'", SOFT, "query:FORMAT", "image/tif => image/png", **X)
T("map/size", "curl '" + M.replace("WIDTH=200", "WIDTH=20000") + "&LAYERS=towns&BBOX=45,5,55,17&FORMAT=image/png'", SOFT, "query:WIDTH", "WIDTH=20000 => WIDTH=2000", **X)
T("map/type", "curl 'http://{map}/towns?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=town&COUNT=2'", SOFT, "query:TYPENAMES", "TYPENAMES=town& => TYPENAMES=towns&", **X)
T("map/request", "curl 'http://{map}/towns?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeatures&TYPENAMES=towns&COUNT=2'", SOFT, "query:REQUEST", "GetFeatures => GetFeature", **X)
T("map/two", "curl '" + M + "&LAYERS=cities&BBOX=45,5,55,17&FORMAT=image/tif'", SOFT + " + " + SOFT, "query:LAYERS + query:FORMAT", "cities&BBOX=45,5,55,17&FORMAT=image/tif => towns&BBOX=45,5,55,17&FORMAT=image/png", **X)

# rclone's remote control, WebDAV, restic
T("rc/missing", "curl {ops}/operations/list -d '{\"fs\":\"{run}/rc\",\"path\":\"photos\"}'", "missing_body_property unexpected_body_property", "body:/remote body:/path", "\"path\" => \"remote\"")
T("rc/bool", "curl {ops}/operations/list -d '{\"fs\":\"{run}/rc\",\"remote\":\"photos\",\"opt\":{\"recurse\":\"yes\",\"noModTime\":true}}'", VALUE, "body:/opt/recurse", "\"yes\" => true")
O("rc/bool-silent", "curl {mops}/operations/list -d '{\"fs\":\"{run}/rc\",\"remote\":\"photos\",\"opt\":{\"recurse\":\"true\",\"noModTime\":true}}'", VALUE, "body:/opt/recurse", "\"true\" => true")
T("rc/get", "curl -u ops:remote-42 http://{rc}/core/version", "method_not_allowed wrong_path resource_not_found", "method", "curl  => curl -X POST ", consent=True, lead="404; every call is a POST")
O("rc/remote", "curl {mops}/operations/list -d '{\"fs\":\"backups:archive\",\"remote\":\"photos\"}'", "invalid_body_property_value resource_not_found input_triggered_server_error", "body:/fs", "backups:archive => {run}/rc", lead="500 that goes away with another fs", good="curl {mops}/operations/list -d '{\"fs\":\"{run}/rc\",\"remote\":\"photos\"}'")
T("rc/rate", "curl {ops}/core/bwlimit -d '{\"rate\":\"10X\"}'", VALUE + " input_triggered_server_error", "body:/rate", "10X => 10M")
O("rc/auth", "curl -u ops:remote42 http://{rc}/core/version -X POST", "invalid_credentials", "header:Authorization auth* auth", "remote42 => remote-42")
O("dav/depth", "curl -u ada:lovelace -X PROPFIND http://{dav}/photos/ -H 'Depth: 2' -H 'Content-Type: application/xml'", "invalid_request_header", "header:Depth", "Depth: 2 => Depth: 1", lead="RFC 4918: 0, 1 or infinity", consent=True)
O("dav/parent", "curl -u ada:lovelace -X MKCOL http://{dav}/phots/{unique}", "conflict wrong_path resource_not_found", "url.path*", "phots => photos", lead="RFC 4918: 409, the parent is not there", consent=True)
O("dav/destination", "curl -u ada:lovelace -X COPY http://{dav}/photos/cat.jpg -H 'Destination: http://files.library.test/photos/{unique}.jpg'", "invalid_request_header", "header:Destination", "files.library.test => {dav}", lead="RFC 4918: 502, another server", consent=True)
T("restic/v2", "curl http://{restic}/keys/", "missing_request_header invalid_request_header not_acceptable wrong_api_version", "header:Accept", "curl  => curl -H 'Accept: application/vnd.x.restic.rest.v2' ", lead="it asks for the v2 API", unfair="which type restic asks for stands in its documentation alone")

# git over HTTP
GIT = "http://{git}/git/books.git/"
O("git/repo", "curl 'http://{git}/git/book.git/info/refs?service=git-upload-pack'", "resource_not_found wrong_path", "url.path*", "book.git => books.git")
O("git/service", "curl '" + GIT + "info/refs?service=git-uploadpack'", PARAM + " insufficient_permission", "query:service", "git-uploadpack => git-upload-pack", lead="403; without the parameter it passes")
T("git/type", "curl -X POST " + GIT + "git-upload-pack -H 'Content-Type: application/x-git-upload-pack' -H 'Accept: application/x-git-upload-pack-result' -d 0000", "unsupported_media_type content_type_mismatch invalid_request_header", "header:Content-Type", "upload-pack' -H 'Accept => upload-pack-request' -H 'Accept")
O("git/push", "curl '" + GIT + "info/refs?service=git-receive-pack'", "insufficient_permission missing_credentials invalid_request_parameter", "query:service header:Authorization ", lead="403 where fetching passes")

# nginx
O("ngx/agent", "curl http://{ngx}/feed/books", "blocked_by_waf invalid_request_header", "header:User-Agent", "curl http => curl -A 'Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0' http", lead="403, and a browser passes")
O("ngx/referer", "curl http://{ngx}/img/cat.jpg -H 'Referer: https://blog.example.com/cats'", "blocked_by_waf invalid_request_header csrf_or_origin_rejected", "header:Referer", "https://blog.example.com/cats => http://www.library.test/cats", lead="a Referer of another site",
  good="curl http://{ngx}/img/cat.jpg -H 'Referer: http://www.library.test/'")
T("ngx/link-late", "curl 'http://{ngx}/dl/report.pdf?md5={md5past}&expires={past}'", "expired_token api_deprecated_or_removed invalid_request_parameter signature_mismatch", "query:expires query:md5", "{md5past}&expires={past} => {md5}&expires={end}", lead="410, and expires lies in the past")
O("ngx/link-bad", "curl 'http://{ngx}/dl/report.pdf?md5=A{md5}&expires={end}'", "signature_mismatch invalid_request_parameter invalid_credentials malformed_authorization", "query:md5", "md5=A => md5=", good="curl 'http://{ngx}/dl/report.pdf?md5={md5}&expires={end}'")
T("ngx/old", "curl http://{ngx}/app/books -H 'X-Client-Version: 1.9' -H 'X-Device: phone'", "invalid_request_header wrong_api_version", "header:X-Client-Version", "1.9 => 2.1", lead="426, and the version")
O("ngx/lock", "curl -X POST http://{ngx}/lock/loans -H 'Content-Type: application/json' -d '{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-03-01\"}'", "method_not_allowed insufficient_permission gateway_route_not_found wrong_path", "method url.path*", "/lock/ => /v3/", lead="403 for every POST below /lock", good="curl -X POST http://{ngx}/v3/loans -H 'Content-Type: application/json' -d '{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-03-01\"}'")
T("ngx/basic", "curl http://{ngx}/ops/books -u ada:lovlace", "invalid_credentials", "header:Authorization auth* auth", "lovlace => lovelace")
T("ngx/nobasic", "curl http://{ngx}/ops/books", "missing_credentials", "header:Authorization auth* auth", "curl http => curl -u ada:lovelace http")
O("ngx/underscore", "curl http://{ngx}/v3/me -H 'X_Api_Key: lib-51c07e'", "missing_credentials credentials_in_wrong_place invalid_request_header missing_request_header invalid_header_characters", "header:X_Api_Key header:X-Api-Key header:X_api_key", "X_Api_Key => X-Api-Key", lead="it says: no X-Api-Key")
T("ngx/body", "curl http://{ngx}/v3/loans -H 'Content-Type: application/json' -d '{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-03-01\",\"note\":\"" + "please " * 60 + "\"}'", "payload_too_large", "body*", "please " * 60 + " => please")
T("ngx/cookie", "curl http://{ngx}/v3/books -H 'Cookie: sid=4f; prefs=" + "c2V0dGluZw" * 130 + "'", "request_header_too_large", "header:Cookie cookie:prefs", "; prefs=" + "c2V0dGluZw" * 130 + " => ")
O("ngx/slashes", "curl http://{ngx}//v3/books", "wrong_path url_encoding response_content_type_mismatch malformed_url", "url.path*", "//v3 => /v3", ok="isbn", flags="--expect isbn", lead="a page where JSON is expected")
O("ngx/host", "curl http://{ngxvhost}/v3/books -H 'Host: api.libary.test'", "host_header_mismatch empty_response connection_reset", "header:Host url.host", "libary => library", lead="nothing comes back; the name is spelt wrong", good="curl http://{ngxvhost}/v3/books -H 'Host: api.library.test'")
O("ngx/limit", "curl http://{ngx}/q/books?limit=500", PARAM, "query:limit", "500 => 50")
T("ngx/down", "curl http://{ngx}/slow/books", "upstream_unavailable", "")
T("ngx/busy", "curl http://{ngx}/busy/books -H 'X-Api-Key: k-1'", "rate_limit_exceeded", "", before="for i in 1 2; do curl -s http://{ngx}/busy/books -H 'X-Api-Key: k-1'; done")
O("q/lang", "curl 'http://{ngx}/q/books?limit=20&lang=EN'", PARAM, "query:lang", "lang=EN => lang=en")
LOAN = "curl http://{quiet}/v3/loans -H 'Content-Type: application/json' -d "
O("q/date", LOAN + "'{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"01.03.2027\",\"notify\":\"ada@library.test\"}'", VALUE, "body:/until", "01.03.2027 => 2027-03-01")
O("q/isbn", LOAN + "'{\"reader\":7,\"isbn\":\"978-0-14-143951-8\",\"until\":\"2027-03-01\",\"notify\":\"ada@library.test\"}'", VALUE, "body:/isbn", "978-0-14-143951-8 => 9780141439518", good=LOAN + "'{\"reader\":8,\"isbn\":\"9780141439587\",\"until\":\"2027-04-01\"}'")
O("q/two", LOAN + "'{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-3-1\",\"notify\":\"ada(at)library.test\"}'", VALUE + " + " + VALUE, "body:/until + body:/notify", "2027-3-1\",\"notify\":\"ada(at) => 2027-03-01\",\"notify\":\"ada@")
T("o/two", LOAN.replace("quiet", "origin") + "'{\"reader\":7,\"isbn\":\"978-0-14-143951-8\",\"until\":\"1 March\"}'", VALUE + " + " + VALUE, "body:/until + body:/isbn", "978-0-14-143951-8\",\"until\":\"1 March => 9780141439518\",\"until\":\"2027-03-01")

# HAProxy, Apache, Varnish, lighttpd, oauth2-proxy
O("ha/region", "curl http://{ha}/region/books -H 'Cookie: region=EU; theme=dark'", "blocked_by_waf session_cookie_invalid invalid_request_header insufficient_permission", "cookie:region header:Cookie", "region=EU => region=eu", good="curl http://{ha}/region/books -H 'Cookie: region=us; theme=dark'")
T("ha/twice", "curl http://{ha}/v3/me -H 'X-Api-Key: lib-51c07e' -H 'X-Api-Key: lib-51c07e'", "invalid_request_header", "header:X-Api-Key", " -H 'X-Api-Key: lib-51c07e' -H 'X-Api-Key: lib-51c07e' =>  -H 'X-Api-Key: lib-51c07e'")
O("ha/debug", "curl 'http://{ha}/v3/books?limit=20&debug=1'", PARAM + " blocked_by_waf", "query:debug", "&debug=1 => ")
T("ha/version", "curl http://{ha}/app/books -H 'X-Client-Version: 1.4' -H 'X-Device: phone'", "invalid_request_header wrong_api_version", "header:X-Client-Version", "1.4 => 2.0")
T("ha/archive", "curl http://{ha}/archive/books", "upstream_unavailable", "")
T("ha/long", "curl 'http://{ha}/v3/books?limit=20&fields=" + ",".join(f"field{i}" for i in range(45)) + "'", "uri_too_long", "query:fields url*", "&fields=" + ",".join(f"field{i}" for i in range(45)) + " => &fields=field1")
T("ha/metered", "curl http://{ha}/metered/books -H 'X-Client: m1'", "rate_limit_exceeded quota_exhausted", "", before="for i in 1 2 3; do curl -s http://{ha}/metered/books -H 'X-Client: m1'; done")
O("ha/type", "curl http://{ha}/json/loans -H 'Content-Type: text/json' -d '{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-03-01\"}'", "unsupported_media_type content_type_mismatch", "header:Content-Type", "text/json => application/json")
O("ha/scan", "curl -m 20 http://{ha}/v3/books -H 'X-Scan: nightly' -H 'X-Device: phone'", "blocked_by_waf invalid_request_header input_triggered_server_error", "header:X-Scan", " -H 'X-Scan: nightly' => ")
O("ap/tenant", "curl http://{apache}/tenants/books -H 'X-Tenant: North'", "invalid_request_header blocked_by_waf insufficient_permission", "header:X-Tenant", "North => north", good="curl http://{apache}/tenants/books -H 'X-Tenant: south'")
T("ap/method", "curl http://{apache}/readonly/loans -H 'Content-Type: application/json' -d '{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-03-01\"}'", "method_not_allowed", "method")
O("ap/slash", "curl http://{apache}/v3/files/2026%2Fplan.txt", "url_encoding wrong_path resource_not_found", "url.path*", "2026%2Fplan => 2026/plan", lead="404 for every path with %2F")
T("ap/field", "curl http://{apache}/v3/books -H 'X-Trace: " + "abcdef0123" * 70 + "' -H 'X-Device: phone'", "request_header_too_large", "header:X-Trace", "abcdef0123" * 70 + " => abcdef")
T("ap/digest", "curl --digest -u ada:lovelase http://{apache}/staff/books", "invalid_credentials", "header:Authorization auth* auth", "lovelase => lovelace")
T("ap/scheme", "curl -u ada:lovelace http://{apache}/staff/books", "malformed_authorization invalid_credentials credentials_in_wrong_place missing_credentials", "header:Authorization auth* auth", "-u => --digest -u", lead="the challenge is Digest")
T("ap/language", "curl http://{apache}/guide.html -H 'Accept-Language: pt'", "not_acceptable", "header:Accept-Language", "pt => de")
O("ap/consent", "curl http://{apache}/eu/books -H 'Cookie: consent=true'", "session_cookie_invalid invalid_request_header blocked_by_waf ip_not_allowed insufficient_permission", "cookie:consent header:Cookie", "consent=true => consent=yes", good="curl http://{apache}/eu/books -H 'Cookie: consent=yes; theme=dark'")
T("ap/gone", "curl http://{apache}/old/books", "api_deprecated_or_removed", "url.path*", "/old/ => /v3/")
T("va/device", "curl http://{varnish}/mobile/books -H 'X-Device: iPhone' -H 'Accept: application/json'", "invalid_request_header", "header:X-Device", "iPhone => phone", lead="Unknown device", good="curl http://{varnish}/mobile/books -H 'X-Device: tablet' -H 'Accept: application/json'")
O("va/utm", "curl 'http://{varnish}/v3/books?limit=10&utm_source=newsletter'", "blocked_by_waf invalid_request_parameter", "query:utm_source", "&utm_source=newsletter => ")
O("va/language", "curl http://{varnish}/v3/books -H 'Accept-Language: pt-BR' -H 'Accept: application/json'", "not_acceptable", "header:Accept-Language", "pt-BR => pt-BR, *;q=0.1")
T("va/basic", "curl http://{varnish}/v3/books -u ada:lovelace", "malformed_authorization invalid_credentials credentials_in_wrong_place blocked_by_waf", "header:Authorization auth* auth", "-u ada:lovelace => ")
O("li/export", "curl 'http://{lighttpd}/export/plan.txt?format=xlsx&year=2026'", PARAM + " blocked_by_waf insufficient_permission", "query:format", "xlsx => xml", good="curl 'http://{lighttpd}/export/plan.txt?format=csv&year=2026'")
O("li/partner", "curl http://{lighttpd}/partner/plan.txt -A 'PartnerApp/1.8 (build 77)'", "blocked_by_waf invalid_request_header", "header:User-Agent", "PartnerApp/1.8 => PartnerApp/2.0", good="curl http://{lighttpd}/partner/plan.txt -A 'PartnerApp/2.1 (build 90)'")
T("li/digest", "curl --digest -u ada:lovelase http://{lighttpd}/archive/plan.txt", "invalid_credentials", "header:Authorization auth* auth", "lovelase => lovelace")
O("oap/none", "curl http://{oap}/v3/files/plan.txt -H 'Accept: application/json'", "missing_credentials session_cookie_invalid insufficient_permission", "header:Authorization auth* auth cookie* header:Cookie", "curl  => curl -u ada:lovelace ")
O("oap/session", "curl http://{oap}/v3/me -H 'Cookie: _oauth2_proxy=expired' -H 'X-Api-Key: lib-51c07e'", "session_cookie_invalid missing_credentials invalid_credentials expired_token", "cookie:_oauth2_proxy header:Cookie header:Authorization auth", "-H 'Cookie: _oauth2_proxy=expired' => -u ada:lovelace", lead="401 and {}")

# forward proxies
T("mitm/block", "curl -x http://{mitm} http://{origin}/v3/books/9780141439518", "blocked_by_waf proxy_misrouted captive_portal", "proxy* url.path* option:*", "-x http://{mitm} => ", lead="a page of a web filter")
O("mitm/strip", "curl -x http://{mitm} http://{origin}/v3/me -H 'X-Api-Key: lib-51c07e'", "proxy_misrouted missing_credentials", "proxy* header:X-Api-Key", "-x http://{mitm} => ", lead="it says there is no key; without the proxy it passes")
T("mitm/tls", "curl -x http://{mitm} {ca} https://localhost:{t_good_port}/v3/books", "tls_intercepted tls_unknown_authority proxy_misrouted", "tls* proxy*", "-x http://{mitm} => ")
T("mitm/none", "curl -x http://{mitmauth} http://{origin}/v3/books", "proxy_auth_required", "proxy* header:Proxy-Authorization", "-x http:// => -x http://bob:builder@")
T("mitm/wrong", "curl -x http://{mitmauth} --proxy-user bob:bilder http://{origin}/v3/books", "proxy_auth_required invalid_credentials", "proxy* header:Proxy-Authorization", "bilder => builder")
T("squid/digest", "curl -x http://{squid} --proxy-user bob:builder http://{origin}/v3/books", "proxy_auth_required malformed_authorization", "proxy* header:Proxy-Authorization", "--proxy-user => --proxy-digest --proxy-user", lead="Proxy-Authenticate: Digest")
T("squid/upload", "curl -x http://{squidopen} http://{origin}/v3/loans -H 'Content-Type: application/json' -d '{\"reader\":7,\"isbn\":\"9780141439518\",\"until\":\"2027-03-01\",\"note\":\"" + "please " * 200 + "\"}'", "payload_too_large proxy_misrouted", "body* proxy*", "please " * 200 + " => please")
T("squid/connect", "curl -x http://{squidopen} {ca} https://localhost:{t_good_port}/v3/books", "proxy_misrouted blocked_by_waf", "proxy* url.port", "-x http://{squidopen} => ", lead="403 to CONNECT: only port 443")
T("squid/name", "curl -x http://{squidopen} http://apl.library.test:{origin_port}/v3/books", "dns_name_not_found", "url.host", "apl. => api.", lead="Squid's page says that the name can't be found", unfair="Squid says ERR_READ_ERROR here")
T("tiny/filter", "curl -x http://{tiny} http://{origin}/v3/books/9780141439518", "blocked_by_waf proxy_misrouted", "proxy* url.path*", "-x http://{tiny} => ")
T("tiny/connect", "curl -p -x http://{tiny} http://{origin}/v3/books", "proxy_misrouted blocked_by_waf", "proxy* url.port", "-p -x => -x", unfair="culprit sends no CONNECT to an http server, and says so")
T("proxy/port", "curl -x http://127.0.0.1:{dead_port} http://{origin}/v3/books", "proxy_unreachable", "proxy*", "127.0.0.1:{dead_port} => {tiny}")
T("proxy/socks", "curl --socks5-hostname {tiny} http://{origin}/v3/books", "proxy_unreachable not_http_service proxy_misrouted scheme_mismatch malformed_response", "proxy*", "--socks5-hostname  => -x http://", lead="it doesn't speak SOCKS: it is the HTTP proxy")

# TLS
S = "curl {ca} https://localhost:"
T("tls/late", S + "{t_late_port}/v3/books", "tls_certificate_expired", "tls*")
T("tls/eku", S + "{t_eku_port}/v3/books", "tls_unknown_authority tls_incomplete_chain tls_hostname_mismatch tls_version_or_cipher", "tls*", lead="unsuitable purpose; no id of its own: any that blames the certificate")
T("tls/notca", S + "{t_notca_port}/v3/books", "tls_unknown_authority tls_incomplete_chain", "tls*")
T("tls/constrained", S + "{t_constrained_port}/v3/books", "tls_unknown_authority tls_hostname_mismatch tls_incomplete_chain", "tls* url.host")
T("tls/small", S + "{t_small_port}/v3/books", "tls_unknown_authority tls_version_or_cipher", "tls*")
T("tls/other", S + "{t_other_port}/v3/books", "tls_unknown_authority", "tls*", "root.pem => otherroot.pem")
T("tls/bare", S + "{t_bare_port}/v3/books", "tls_incomplete_chain tls_unknown_authority", "tls*")
T("tls/name", "curl {ca} https://api.library.test:{t_stage_port}/v3/books", "tls_hostname_mismatch", "url.host tls*", "api.library => staging.library", dns=True)
T("tls/h1", S + "{t_h2_port}/v3/books --http1.1", "http_version_mismatch tls_version_or_cipher", "http* tls* option:--http1.1", " --http1.1 => ")
T("tls/old", S + "{t_13_port}/v3/books --tls-max 1.2", "tls_version_or_cipher", "tls*", " --tls-max 1.2 => ")
T("tls/new", S + "{t_12_port}/v3/books --tlsv1.3", "tls_version_or_cipher", "tls*", " --tlsv1.3 => ")
T("tls/cipher", S + "{t_12_port}/v3/books --ciphers ECDHE-ECDSA-AES128-GCM-SHA256", "tls_version_or_cipher", "tls*", " --ciphers ECDHE-ECDSA-AES128-GCM-SHA256 => ")
T("tls/sni", S + "{t_sni_port}/v3/books", "sni_mismatch tls_hostname_mismatch", "tls* url.host", "https://localhost => https://api.library.test", dns=True, lead="the alert: unrecognized name")
T("tls/plain", "curl {ca} https://localhost:{origin_port}/v3/books", "scheme_mismatch", "url.scheme url.port", "https => http")
T("tls/http", "curl http://localhost:{t_good_port}/v3/books {ca}", "scheme_mismatch", "url.scheme url.port", "http://localhost => https://localhost")
T("mtls/none", S + "{t_mtls_port}/v3/books", "mtls_certificate_required", "tls*", "curl  => curl {cert}.pem --key {pki}/client.key ")
T("mtls/late", S + "{t_mtls_port}/v3/books {cert}-late.pem --key {pki}/client-late.key", "mtls_certificate_rejected", "tls*", "-late.pem --key {pki}/client-late.key => .pem --key {pki}/client.key")
T("mtls/use", S + "{t_mtls_port}/v3/books {cert}-server.pem --key {pki}/client-server.key", "mtls_certificate_rejected", "tls*", "-server.pem --key {pki}/client-server.key => .pem --key {pki}/client.key")
T("mtls/other", S + "{sserver_port}/ {cert}-other.pem --key {pki}/client-other.key", "mtls_certificate_rejected", "tls*", "-other.pem --key {pki}/client-other.key => .pem --key {pki}/client.key")
T("mtls/sserver", S + "{sserver_port}/", "mtls_certificate_required", "tls*", "curl  => curl {cert}.pem --key {pki}/client.key ")
T("tls/strict", "curl {ca} https://{apachetls}/v3/books", "sni_mismatch host_header_mismatch tls_hostname_mismatch", "url.host tls* header:Host", "{apachetls} => localhost:{apachetls_port}")
T("tls/misdirected", S + "{apachetls_port}/v3/books -H 'Host: staging.library.test'", "host_header_mismatch sni_mismatch", "header:Host url.host tls*", " -H 'Host: staging.library.test' => ")

# names
D = {"dns": True}
T("dns/typo", "curl http://api.libary.test:{origin_port}/v3/books", "dns_name_not_found dns_server_failure", "url.host dns*", "libary => library", **D)
T("dns/label", "curl http://apl.library.test:{origin_port}/v3/books", "dns_name_not_found", "url.host dns*", "apl. => api.", **D)
T("dns/alias", "curl http://moved.library.test:{origin_port}/v3/books", "dns_name_not_found", "url.host dns*", "moved => api", **D)
T("dns/nodata", "curl http://mail.library.test:{origin_port}/v3/books", "dns_name_not_found", "url.host dns*", "mail => api", **D)
T("dns/refused", "curl http://api.corp.test:{origin_port}/v3/books", "dns_server_failure", "url.host dns*", "api.corp => api.library", **D)
T("dns/servfail", "curl http://api.signed.test:{origin_port}/v3/books", "dns_server_failure", "url.host dns*", "api.signed => api.library", **D)
T("dns/silent", "curl http://api.denied.test:{origin_port}/v3/books", "dns_timeout dns_server_failure", "url.host dns*", "api.denied => api.library", **D)
T("dns/old", "curl http://old.library.test:{origin_port}/v3/books", "connection_refused", "url.host dns* tcp* url.port", "old. => api.", **D)
T("dns/six", "curl -4 http://six.library.test:{origin_port}/v3/books", "ip_family_mismatch dns_name_not_found connection_refused", "url.host dns* tcp* dns*", "-4 http://six => http://api", **D)
T("dns/six-only", "curl http://six.library.test:{origin_port}/v3/books", "connection_refused ip_family_mismatch", "url.host dns* tcp* url.port", "six. => api.", **D)
T("dns/parked", "curl http://api.parked.test:{origin_port}/v3/books", "connection_refused", "url.host dns* tcp* url.port", "parked => library", **D)

# what comes and goes
F("c/rqlite", "curl -u app:s3cret-rq 'http://{c_rqlite}/db/query?q=SELECT+1&pretty'", "intermittent_failure upstream_unavailable", "")
F("c/graphite", "curl 'http://{c_graphite}/metrics/find?query=web.*'", "intermittent_failure upstream_unavailable", "")
F("c/pilosa", "curl http://{c_pilosa}/schema", "intermittent_failure server_error", "")
F("c/rc", "curl -u ops:remote-42 -X POST http://{c_rc}/core/version", "intermittent_failure gateway_timeout", "")
F("c/haproxy", "curl http://{habal}/v3/books?limit=5", "intermittent_failure server_error", "")
F("c/apache", "curl http://{apache}/pool/books?lang=en", "intermittent_failure server_error", "")
F("c/nginx", "curl http://{ngx}/nodes/books -H 'Accept: application/json'", "intermittent_failure server_error", "")
F("c/tls", S + "{t_turns_port}/v3/books", "intermittent_failure tls_certificate_expired", "")

# healthy but odd
W("w/rq-empty", "curl {rq}/db/query -d '[\"SELECT * FROM books WHERE copies > 90\"]'")
W("w/rq-error-column", "curl {rq}/db/query -d '[\"SELECT 0 AS errors, title AS warning FROM books\"]'")
W("w/tus-options", "curl -X OPTIONS http://{tusd}/files/ -H 'Tus-Resumable: 1.0.0'", status=[200, 204])
W("w/nsq-ok", "curl -X POST 'http://{nsq}/pub?topic=loans' -d 'error: this is only a message'")
W("w/pilosa-zero", "curl http://{pilosa}/index/library/query -d 'Count(Row(lang=9))'")
W("w/s3-list", "curl 'http://{s3}/invoices?list-type=2&prefix=1999/'")
W("w/sparql-false", "curl -G http://{virt}/sparql --data-urlencode 'query=ask { <urn:nobody> <urn:knows> ?x }' -H 'Accept: text/plain'")
W("w/graphite-null", "curl '" + G + "&target=web.a.hits&until=now'")
W("w/graphite-none", "curl 'http://{graphite}/metrics/find?query=nothing.*'")
W("w/map-caps", "curl 'http://{map}/towns?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities'", ok="Capabilities")
W("w/map-png", "curl '" + M + "&LAYERS=towns&BBOX=45,5,55,17&FORMAT=image/png'")
W("w/git-refs", "curl '" + GIT + "info/refs?service=git-upload-pack'")
W("w/rc-empty", "curl {ops}/rc/noop -d '{\"error\":\"none\",\"status\":500}'")
W("w/dav", "curl -u ada:lovelace -X PROPFIND http://{dav}/photos/ -H 'Depth: 0'", status=[207], consent=True)
W("w/kinesis", "curl {kin} -H 'X-Amz-Target: Kinesis_20131202.DescribeStream' -d '{\"StreamName\":\"clicks\"}'")
W("w/page", "curl http://{ngx}/about")
W("w/digest", "curl --digest -u ada:lovelace http://{apache}/staff/books")
W("w/idn", "curl http://xn--bcher-kva.library.test:{origin_port}/v3/books", **D)
W("w/underscore", "curl http://my_api.library.test:{origin_port}/v3/books", **D)
W("w/dot", "curl http://api.library.test.:{origin_port}/v3/books", **D)
W("w/families", "curl http://both.library.test:{origin_port}/v3/books", **D)
W("w/far", "curl http://far.library.test:{origin_port}/v3/books", **D)
W("w/curve", S + "{t_curve_port}/v3/books")
W("w/mtls", S + "{t_mtls_port}/v3/books {cert}.pem --key {pki}/client.key")
W("w/socks-digest", "curl -x http://{squid} --proxy-digest -U bob:builder http://{origin}/v3/books")
