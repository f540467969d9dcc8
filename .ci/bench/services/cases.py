"""The table: right requests (BASES), what went wrong with them and what an expert would accept (CASES). Written before the engine was run.

$name is where the server of that name listens, $VALUE what up.py has noted. A fault is a pair of texts, old and new, of the curl command.
how: "" (as the server says it) or a way of gate.mjs to hide it or to fail now and then."""
TYPE, VAL, FMT, MISS, UNX = "invalid_body_property_type", "invalid_body_property_value", "invalid_body_property_format", "missing_body_property", "unexpected_body_property"
PQ, MP, PATH, RNF = "invalid_request_parameter", "missing_request_parameter", "wrong_path", "resource_not_found"
CRED, NOCRED, MAL, PERM, CSRF = "invalid_credentials", "missing_credentials", "malformed_authorization", "insufficient_permission", "csrf_or_origin_rejected"
JSON, BODY, METH, ISE, ENC = "malformed_json", "malformed_request_body", "method_not_allowed", "input_triggered_server_error", "url_encoding"
CT = {"content_type_mismatch", "unsupported_media_type"}
HV, HM, PRE, EXISTS, CONFLICT = "invalid_request_header", "missing_request_header", "precondition_failed", "already_exists", "conflict"
VF, NAME, TEXT, AUTH = {VAL, FMT}, {MISS, UNX}, {BODY, VAL, FMT, TYPE}, {CRED, MAL}

J = "-H 'Content-Type: application/json'"
PDNS = "-H 'X-API-Key: pdns-4f1c9a' " + J
ZONES = "$pdns/api/v1/servers/localhost/zones/shop.example."
RABBIT = "-u guest:guest " + J
EVENT = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Shop//EN\r\nBEGIN:VEVENT\r\nUID:inv-1\r\nDTSTAMP:20261122T100000Z\r\nDTSTART:20261124T100000Z\r\nDTEND:20261124T110000Z\r\nSUMMARY:Inventory\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
SYNC = "-H 'X-API-Key: st-7QmX2vLk' " + J
JUP = "-H 'Authorization: token 9b1ce5d2' " + J
QB = "c12fe1c06bba254a9dc9f519b335aa7c1367a88a"
KEA = "curl -u netops:dhcp4ever " + J + " $kea/ -d "
ICINGA = "curl -k -u root:icinga -H 'Accept: application/json' "
OPA = "-H 'Authorization: Bearer opa-7d11b2' "
STRIPE = "-H 'Authorization: Bearer sk_test_4eC39HqLyjWD' "
FGA = "-H 'Authorization: Bearer fga-2c81e0' " + J
PARSE = "-H 'X-Parse-Application-Id: shopApp' -H 'X-Parse-REST-API-Key: rk-5d20' " + J
TR = "curl -u admin:seedbox -H 'X-Transmission-Session-Id: $TSESSION' " + J + " $transmission/transmission/rpc -d "

BASES = {
    "rr": f"curl -X PATCH {ZONES} {PDNS} -d '" + '{"rrsets":[{"name":"www.shop.example.","type":"A","ttl":300,"changetype":"REPLACE","records":[{"content":"192.0.2.7","disabled":false}]},{"name":"shop.example.","type":"MX","ttl":3600,"changetype":"REPLACE","records":[{"content":"10 mail.shop.example.","disabled":false}]}]}' + "'",
    "zone": f"curl {ZONES} -H 'X-API-Key: pdns-4f1c9a'",
    "search": "curl '$pdns/api/v1/servers/localhost/search-data?q=www*&max=10&object_type=record' -H 'X-API-Key: pdns-4f1c9a'",
    "queue": f"curl -X PUT $rabbit/api/queues/%2F/orders {RABBIT} -d '" + '{"durable":true,"auto_delete":false,"arguments":{"x-message-ttl":60000,"x-max-length":1000}}' + "'",
    "publish": f"curl -X POST $rabbit/api/exchanges/%2F/amq.default/publish {RABBIT} -d '" + '{"properties":{"delivery_mode":2,"content_type":"application/json"},"routing_key":"audit","payload":"{\\"order\\":17}","payload_encoding":"string"}' + "'",
    "get": f"curl -X POST $rabbit/api/queues/%2F/audit/get {RABBIT} -d '" + '{"count":1,"ackmode":"ack_requeue_true","encoding":"auto","truncate":50000}' + "'",
    "policy": f"curl -X PUT $rabbit/api/policies/%2F/ttl {RABBIT} -d '" + '{"pattern":"^tmp\\\\.","definition":{"message-ttl":60000,"max-length":500},"priority":1,"apply-to":"queues"}' + "'",
    "perm": f"curl -X PUT $rabbit/api/permissions/%2F/shop {RABBIT} -d '" + '{"configure":"^shop\\\\.","write":".*","read":".*"}' + "'",
    "user": f"curl -X PUT $rabbit/api/users/shop {RABBIT} -d '" + '{"password":"s3cret","tags":"monitoring"}' + "'",
    "queues": "curl '$rabbit/api/queues?page=1&page_size=50&name=orders&use_regex=false' -u guest:guest",
    "event": "curl -X PUT $radicale/anna/kal/inv-1.ics -u anna:kalender -H 'Content-Type: text/calendar; charset=utf-8' --data-binary '" + EVENT + "'",
    "report": "curl -X REPORT $radicale/anna/kal/ -u anna:kalender -H 'Depth: 1' -H 'Content-Type: application/xml' -d '" + '<?xml version="1.0"?><C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>' + "'",
    "ics": "curl $radicale/anna/kal/inv-1.ics -u anna:kalender",
    "session": TR + "'" + '{"method":"session-set","arguments":{"peer-limit-global":300,"speed-limit-down":500,"encryption":"preferred"}}' + "'",
    "torrents": TR + "'" + '{"method":"torrent-get","arguments":{"fields":["id","name","status"]}}' + "'",
    "waiting": f"curl $aria2/jsonrpc {J} -d '" + '{"jsonrpc":"2.0","id":"q","method":"aria2.tellWaiting","params":["token:s3same",0,10]}' + "'",
    "option": f"curl $aria2/jsonrpc {J} -d '" + '{"jsonrpc":"2.0","id":"q","method":"aria2.changeGlobalOption","params":["token:s3same",{"max-overall-download-limit":"1M","log-level":"warn","max-concurrent-downloads":"3"}]}' + "'",
    "uri": f"curl $aria2/jsonrpc {J} -d '" + '{"jsonrpc":"2.0","id":"q","method":"aria2.addUri","params":["token:s3same",["http://192.0.2.1/a.iso"],{"split":"4","out":"a.iso"}]}' + "'",
    "folder": f"curl -X PUT $syncthing/rest/config/folders/photos {SYNC} -d '" + '{"id":"photos","label":"Photos","path":"photos","type":"sendonly","rescanIntervalS":3600,"paused":true,"minDiskFree":{"value":1,"unit":"%"}}' + "'",
    "options": f"curl -X PATCH $syncthing/rest/config/options {SYNC} -d '" + '{"maxSendKbps":1000,"maxRecvKbps":2000,"limitBandwidthInLan":false}' + "'",
    "status": "curl '$syncthing/rest/db/status?folder=photos' -H 'X-API-Key: st-7QmX2vLk'",
    "folders": "curl $syncthing/rest/config/folders -H 'X-API-Key: st-7QmX2vLk'",
    "file": f"curl -X PUT $jupyter/api/contents/b.bin {JUP} -d '" + '{"type":"file","format":"base64","content":"aGVsbG8gd29ybGQ="}' + "'",
    "notebook": f"curl -X PUT $jupyter/api/contents/r.ipynb {JUP} -d '" + '{"type":"notebook","content":{"cells":[{"cell_type":"code","source":"1","metadata":{},"outputs":[],"execution_count":null},{"cell_type":"markdown","source":"# a","metadata":{}}],"metadata":{},"nbformat":4,"nbformat_minor":4}}' + "'",
    "contents": "curl '$jupyter/api/contents?content=0&type=directory' -H 'Authorization: token 9b1ce5d2'",
    "share": f"curl $qbittorrent/api/v2/torrents/setShareLimits -d hashes={QB} -d ratioLimit=2 -d seedingTimeLimit=60",
    "rename": f"curl $qbittorrent/api/v2/torrents/rename -d hash={QB} -d name=linux",
    "properties": f"curl '$qbittorrent/api/v2/torrents/properties?hash={QB}'",
    "push": "curl -X PUT $pushgateway/metrics/job/backup/instance/db1 --data-binary '# TYPE backup_bytes gauge\n# HELP backup_bytes Size.\nbackup_bytes{disk=\"a\"} 3.5\nbackup_ok 1\n'",
    "list": KEA + "'" + '{"command":"list-commands"}' + "'",
    "test": KEA + "'" + '{"command":"config-test","arguments":{"Control-agent":{"http-host":"127.0.0.1","http-port":8000}}}' + "'",
    "check": ICINGA + "-X POST $icinga/v1/actions/process-check-result -d '" + '{"type":"Service","filter":"host.name==\\"web1\\"","exit_status":2,"plugin_output":"CRITICAL: 0 of 3","ttl":300}' + "'",
    "host": ICINGA + "'$icinga/v1/objects/hosts/web1?attrs=name&attrs=address'",
    "data": f"curl -X PATCH $opa/v1/data/users {OPA} -H 'Content-Type: application/json-patch+json' -d '" + '[{"op":"add","path":"/anna","value":{"role":"admin"}},{"op":"replace","path":"/ben","value":{"role":"clerk"}}]' + "'",
    "rego": f"curl -X PUT $opa/v1/policies/cart {OPA} -H 'Content-Type: text/plain' --data-binary 'package cart\n\ndefault allow := false\n\nallow if input.total > 10\n'",
    "compile": f"curl $opa/v1/compile {OPA} {J} -d '" + '{"query":"data.shop.allow == true","input":{"action":"read"},"unknowns":["input.resource"]}' + "'",
    "allow": f"curl $opa/v1/data/shop/allow {OPA} {J} -d '" + '{"input":{"action":"read","user":{"tenant":7},"resource":{"tenant":7}}}' + "'",
    "policies": f"curl $opa/v1/policies/cart {OPA}",
    "charge": f"curl $stripe/v1/charges {STRIPE} -d amount=2000 -d currency=usd -d source=tok_visa -d 'metadata[order]=6735' -d capture=true",
    "intent": f"curl $stripe/v1/payment_intents {STRIPE} -d amount=2000 -d currency=usd -d 'payment_method_types[]=card'",
    "subscription": f"curl $stripe/v1/subscriptions {STRIPE} -d customer=cus_1 -d 'items[0][price]=price_1' -d collection_method=send_invoice -d days_until_due=14",
    "charges": f"curl '$stripe/v1/charges?limit=10&customer=cus_1' {STRIPE}",
    "post": f"curl $pocket/api/collections/posts/records {J} -d '" + '{"title":"Hello","views":3,"mail":"a@example.com","state":"draft","due":"2026-12-01 10:00:00.000Z","link":"https://example.com"}' + "'",
    "posts": "curl '$pocket/api/collections/posts/records?page=1&perPage=5&sort=-views&filter=(state=%27draft%27)'",
    "login": f"curl $pocket/api/collections/_superusers/auth-with-password {J} -d '" + '{"identity":"root@example.com","password":"pocketful-of-keys"}' + "'",
    "admin": "curl '$pocket/api/collections?page=1&perPage=5' -H 'Authorization: Bearer $PTOKEN'",
    "upload": "curl '$gcs/upload/storage/v1/b/photos/o?uploadType=media&name=a.txt' -H 'Content-Type: text/plain' -d hello",
    "objects": "curl '$gcs/storage/v1/b/photos/o?prefix=a&maxResults=10'",
    "meta": f"curl -X PATCH $gcs/storage/v1/b/photos/o/keep.txt {J} -d '" + '{"contentType":"text/plain","metadata":{"owner":"anna","shelf":"12"}}' + "'",
    "fcheck": f"curl $openfga/stores/$STORE/check {FGA} -d '" + '{"tuple_key":{"user":"user:anna","relation":"viewer","object":"document:plan"}}' + "'",
    "fwrite": f"curl $openfga/stores/$STORE/write {FGA} -d '" + '{"writes":{"tuple_keys":[{"user":"user:anna","relation":"viewer","object":"document:plan"},{"user":"user:ben","relation":"owner","object":"document:plan"}],"on_duplicate":"ignore"}}' + "'",
    "fread": f"curl $openfga/stores/$STORE/read {FGA} -d '" + '{"tuple_key":{"user":"user:anna","object":"document:"},"page_size":50}' + "'",
    "stub": f"curl -X PUT $mountebank/imposters/$IMPOSTER/stubs {J} -d '" + '{"stubs":[{"predicates":[{"equals":{"method":"GET","path":"/orders"}}],"responses":[{"is":{"statusCode":200,"headers":{"Content-Type":"application/json"},"body":"[]"}}]},{"responses":[{"is":{"statusCode":404}}]}]}' + "'",
    "card": "curl -X PUT $solid/notes/card.ttl -H 'Content-Type: text/turtle' -d '<#me> <http://xmlns.com/foaf/0.1/name> \"Anna\".'",
    "cardget": "curl $solid/notes/me.ttl -H 'Accept: text/turtle'",
    "sparql": "curl -X PATCH $solid/notes/me.ttl -H 'Content-Type: application/sparql-update' -d 'INSERT DATA { <#me> <http://xmlns.com/foaf/0.1/age> 3 . }'",
    "order": f"curl $parse/parse/classes/Order {PARSE} -d '" + '{"total":12.5,"items":3,"customer":"Anna","placed":{"__type":"Date","iso":"2026-11-22T10:00:00.000Z"},"gift":false}' + "'",
    "orders": "curl '$parse/parse/classes/Order?where=%7B%22total%22%3A%7B%22%24gt%22%3A10%7D%7D&limit=5&order=-total' " + PARSE,
    "token": "curl $oidc/token -u billing:b1ll-s3cret -d grant_type=client_credentials -d scope=invoices:read",
    "tokenpost": "curl $oidc/token -d grant_type=client_credentials -d scope=reports:read -d client_id=reporting -d client_secret=r3p0rt",
    "introspect": "curl $oidc/token/introspection -u billing:b1ll-s3cret -d token=abc -d token_type_hint=access_token",
    "balance": f"curl $ganache {J} -d '" + '{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1","latest"]}' + "'",
    "send": f"curl $ganache {J} -d '" + '{"jsonrpc":"2.0","id":1,"method":"eth_sendTransaction","params":[{"from":"0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1","to":"0xFFcf8FDEE72ac11b5c542428B35EEF5769C409f0","value":"0x3e8","gas":"0x5208"}]}' + "'",
}
SOFT = {"list": '"result": 0', "test": '"result": 0', "session": '"result":"success"', "torrents": '"result":"success"'}  # what a success says, where the status never fails
CASES = []


def c(name, faults, causes, elements, how="", why="", **more):
    """causes and elements: a set for one fault, lists of sets for two; the first word of the name is the base."""
    if isinstance(faults, tuple): faults = [faults]
    one = lambda v: v if isinstance(v, list) else [{v} if isinstance(v, str) else set(v)]
    CASES.append({"name": name, "base": more.pop("base", name.partition("/")[0]), "faults": faults, "causes": one(causes), "elements": one(elements), "how": how, "why": why, **more})


def ok(name, faults=(), how="", **more): c(name, list(faults), [], [], how, healthy=True, **more)


# PowerDNS' API
c("rr/dot", ('"www.shop.example."', '"www.shop.example"'), VF, "body:/rrsets/0/name", why="named: not canonical")
c("rr/dot-silent", ('"www.shop.example."', '"www.shop.example"'), VF, "body:/rrsets/0/name", "json", "the other name ends in a dot, and so does the zone")
c("rr/mx", ("mail.shop.example.", "mail.shop.example"), VF, "body:/rrsets/1/records/0/content", why="named: not in expected format (parsed as …)")
c("rr/type", ('"type":"MX"', '"type":"MXX"'), VF, "body:/rrsets/1/type", why="named: unknown type")
c("rr/change", ('"changetype":"REPLACE","records":[{"content":"192', '"changetype":"UPDATE","records":[{"content":"192'), VF, "body:/rrsets/0/changetype", why="named: Changetype; the other one says REPLACE")
c("rr/ttl-silent", ('"ttl":3600,', ""), MISS, "body:/rrsets/1/ttl", "empty", "the other set has one")
c("rr/content-list", ('[{"content":"192.0.2.7","disabled":false}]', '["192.0.2.7"]'), {TYPE, MISS}, {"body:/rrsets/0/records/0", "body:/rrsets/0/records/0/content"}, why="named: Key 'content'; the other set has objects")
c("rr/key", ("pdns-4f1c9a", "pdns-4f1c9"), AUTH, {"header:X-API-Key", "auth"}, terse=True, why="401 Unauthorized")
c("zone/typo", ("shop.example.", "shop.exmaple."), {RNF, PATH}, "path", terse=True, why="404; the list of zones has another")
c("zone/servers", ("/servers/", "/server/"), {PATH, RNF}, "path", terse=True, why="/api/v1/servers answers")
c("search/kind", ("object_type=record", "object_type=rrset"), PQ, "query:object_type", why="named, with what is allowed")
c("search/max", ("max=10", "max=ten"), {PQ, ISE}, "query:max", terse=True, why="500; a number was meant")
# RabbitMQ's management
c("queue/ttl", ("60000", '"60000"'), TYPE, "body:/arguments/x-message-ttl", why="named: expected integer")
c("queue/durable", ('"durable":true', '"durable":"yes"'), TYPE, "body:/durable", why="its value is named, and that it is no boolean")
c("queue/durable-silent", ('"durable":true', '"durable":"yes"'), TYPE, "body:/durable", "json", "auto_delete is a boolean")
c("queue/vhost", ("/%2F/orders", "///orders"), {ENC, PATH, METH}, "path", terse=True, why="405 with nothing; an empty segment in the path")
c("publish/payload", ('"payload":"{\\"order\\":17}"', '"payload":{"order":17}'), TYPE, "body:/payload", why="payload_not_string")
c("publish/encoding", ('"payload_encoding":"string"', '"payload_encoding":"json"'), VF, "body:/payload_encoding", why="unsupported_encoding json")
c("publish/mode-silent", ('"delivery_mode":2', '"delivery_mode":"2"'), TYPE, "body:/properties/delivery_mode", "html", "a number in quotes")
c("publish/props", ('"properties":{"delivery_mode":2,"content_type":"application/json"},', ""), MISS, "body:/properties", why="key_missing,properties")
c("get/ackmode", ("ack_requeue_true", "ack_requeue"), {*VF, ISE}, "body:/ackmode", terse=True, good_curl=True, why="500 with nothing; yesterday's command passed")
c("policy/apply", ('"apply-to":"queues"', '"apply-to":"queue"'), VF, "body:/apply-to", why="named, with what is allowed")
c("policy/two", [('"apply-to":"queues"', '"apply-to":"queue"'), (":60000", ':"60000"')], [VF, {TYPE, *VF}], [{"body:/apply-to"}, {"body:/definition/message-ttl"}], why="both are named")
c("policy/ttl-silent", (":60000", ':"60000"'), {TYPE}, "body:/definition/message-ttl", "code", "a number in quotes, the other one is none")
c("perm/read", (',"read":".*"', ""), MISS, "body:/read", why="key_missing,read")
c("perm/regexp", ('"configure":"^shop\\\\."', '"configure":"*"'), VF, "body:/configure", why="invalid_regexp: nothing to repeat")
c("user/tags", (',"tags":"monitoring"', ""), MISS, "body:/tags", why="tags_not_present")
c("queues/page", ("page=1", "page=0"), PQ, "query:page", why="Invalid pagination parameters: page number 0")
c("queues/size-silent", ("page_size=50", "page_size=5000"), PQ, "query:page_size", "html", "a smaller page passes")
c("queues/password", ("guest:guest", "guest:guset"), AUTH, "auth", why="Login failed")
# Radicale, terse as it is
c("event/start", ("DTSTART:20261124T100000Z", "DTSTART:24.11.2026"), TEXT, {"body*"}, terse=True, good_curl=True, why="the other dates are iCalendar's; another event passed")
c("event/end", ("END:VEVENT\r\n", ""), TEXT, {"body*"}, terse=True, good_curl=True, why="what begins has no end")
c("event/collection", ("/anna/kal/", "/anna/calendar/"), {RNF, PATH, CONFLICT}, "path", terse=True, why="409 for a collection that is not there")
c("event/other", ("/anna/kal/", "/ben/kal/"), {PERM, PATH, CRED, "hidden_by_permission"}, {"path", "auth"}, terse=True, why="403 outside of what is one's own")
c("event/password", ("anna:kalender", "anna:Kalender"), AUTH, "auth", terse=True, why="401")
c("event/match", ("-H 'Content-Type", "-H 'If-Match: \"5f3c\"' -H 'Content-Type"), PRE, "header:If-Match", why="412")
c("report/xml", ('<C:comp-filter name="VCALENDAR"/>', '<C:comp-filter name="VCALENDAR">'), {BODY}, {"body*"}, terse=True, why="it is not well-formed")
c("ics/typo", ("inv-1.ics", "inv1.ics"), {RNF, PATH}, "path", why="the requested resource could not be found")
# Transmission
c("session/stale", ("$TSESSION", "Zk1vUm9QcTM0eXdOaWpTeGZl"), {CSRF, HV, "session_cookie_invalid", CONFLICT, PRE}, "header:X-Transmission-Session-Id", why="the answer says it, and brings the right one")
c("session/none", (" -H 'X-Transmission-Session-Id: $TSESSION'", ""), {CSRF, HM, "session_cookie_invalid", CONFLICT}, "header:X-Transmission-Session-Id", why="the answer says it, and brings one")
c("session/password", ("seedbox", "Seedbox"), AUTH, "auth", why="401")
c("torrents/method", ("torrent-get", "torrents-get"), {*VF, METH}, "body:/method", why="method name not recognized")
c("torrents/fields", ('{"fields":["id","name","status"]}', "{}"), MISS, {"body:/arguments/fields", "body:/arguments"}, why="no fields specified")
# aria2
c("waiting/secret", ("token:s3same", "token:s3sam"), {CRED, *VF}, "body:/params/0", why="Unauthorized")
c("waiting/offset", (",0,10", ',"0",10'), TYPE, "body:/params/1", why="the parameter at 0 (after the token) has the wrong type")
c("waiting/offset-silent", (",0,10", ',"0",10'), TYPE, "body:/params/1", "json", "a number in quotes beside one without")
c("waiting/number", (",0,10]", ",0]"), MISS, {"body:/params/2", "body:/params"}, why="The parameter at 1 is required but missing")
c("waiting/method", ("aria2.tellWaiting", "tellWaiting"), VF, "body:/method", why="No such method")
c("waiting/json", ("0,10]}", "0,10]"), JSON, {"body"}, why="Parse error, and it is seen")
c("option/level", ('"warn"', '"warning"'), VF, "body:/params/1/log-level", why="named")
c("option/level-silent", ('"warn"', '"warning"'), VF, "body:/params/1/log-level", "trace", "the options can be left out one by one")
c("uri/list", ('["http://192.0.2.1/a.iso"]', '"http://192.0.2.1/a.iso"'), TYPE, "body:/params/1", why="the parameter at 0 (after the token) has the wrong type")
# Syncthing
c("folder/interval", ("3600", '"3600"'), TYPE, "body:/rescanIntervalS", why="named by Go's decoder")
c("folder/paused-silent", ('"paused":true', '"paused":"true"'), TYPE, "body:/paused", "code", "a boolean in quotes")
c("folder/path", ('"path":"photos"', '"path":""'), {*VF, ISE, MISS}, "body:/path", why="500: folder has empty path")
c("folder/unit-silent", ('"value":1,', '"value":"1",'), TYPE, "body:/minDiskFree/value", "html", "a number in quotes")
c("options/two", [(":1000", ':"1000"'), (":2000", ':"2000"')], [{TYPE}, {TYPE}], [{"body:/maxSendKbps"}, {"body:/maxRecvKbps"}], why="each is named in its turn")
c("status/folder", ("folder=photos", "folder=photo"), {PQ, RNF}, "query:folder", why="no such folder")
c("folders/key", ("st-7QmX2vLk", "st-7QmX2vL"), {*AUTH, CSRF}, {"header:X-API-Key", "auth"}, terse=True, why="CSRF Error, which is no help")
c("folders/path", ("config/folders", "config/folder"), {PATH, RNF}, "path", terse=True, why="404 page not found")
# Jupyter
c("file/format", ('"format":"base64"', '"format":"binary"'), VF, "body:/format", why="named, with what is allowed")
c("file/padding", ("aGVsbG8gd29ybGQ=", "aGVsbG8gd29ybGQ"), VF, "body:/content", why="Incorrect padding")
c("file/padding-silent", ("aGVsbG8gd29ybGQ=", "aGVsbG8gd29ybGQ"), VF, "body:/content", "json", "base64 has a length of four times n")
c("file/type", ('"type":"file"', '"type":"text"'), VF, "body:/type", why="Unhandled contents type: text")
c("file/folder", ("contents/b.bin", "contents/out/b.bin"), {RNF, PATH, ISE}, "path", why="500: no such directory")
c("notebook/outputs", (',"outputs":[]', ""), {MISS, ISE}, "body:/content/cells/0/outputs", why="500: 'outputs'")
c("contents/content", ("content=0", "content=no"), PQ, "query:content", why="named")
c("contents/scheme", ("token 9b", "Bearer 9b"), {*AUTH, NOCRED}, "auth", terse=True, good_curl=True, why="403; a command that passed says token")
c("contents/plural", ("/contents", "/content"), {PATH, RNF}, "path", terse=True, why="a page of 404")
# qBittorrent, terse as it is
c("share/missing", (" -d seedingTimeLimit=60", ""), MISS, {"form:seedingTimeLimit"}, terse=True, good_curl=True, why="a command that passed has it")
c("rename/empty", ("name=linux", "name="), {*VF, CONFLICT, MISS}, "form:name", why="Incorrect torrent name")
c("rename/origin", ("-d hash", "-H 'Origin: http://nas.example.com' -d hash"), {CSRF, HV}, "header:Origin", terse=True, why="401 that goes without that header")
c("rename/get", ("curl ", "curl -G "), METH, "method", terse=True, why="405")
c("properties/hash", (QB, QB[:30]), {PQ, RNF}, "query:hash", terse=True, why="a hash has 40 digits")
c("properties/path", ("/properties", "/property"), {PATH, RNF}, "path", terse=True, why="404")
# Pushgateway
c("push/type", ("gauge", "guage"), TEXT, {"body*"}, why="unknown metric type, with its line")
c("push/comma", ("3.5", "3,5"), TEXT, {"body*"}, why="expected float, with its line")
c("push/comma-silent", ("3.5", "3,5"), TEXT, {"body*"}, "empty", "a decimal comma", good_curl=True)
c("push/newline", ("backup_ok 1\n", "backup_ok 1"), TEXT, {"body*"}, why="unexpected end of input stream")
c("push/odd", ("/instance/db1", "/instance"), {PATH, MP, PQ}, "path", why="odd number of components")
c("push/jobs", ("/job/", "/jobs/"), {PATH, RNF}, "path", terse=True, why="404 page not found")
# Kea's control agent, where nearly all is 200
c("list/command", ("list-commands", "list-command"), VF, "body:/command", why="command not supported")
c("list/member", ('"command"', '"comand"'), NAME, {"body:/command", "body:/comand"}, why="mandatory 'command'")
c("list/type", ("application/json", "text/plain"), CT, "header:Content-Type", terse=True, why="400 for a body that is JSON")
c("list/put", ("curl ", "curl -X PUT "), METH, "method", terse=True, why="400; what has a body is posted")
c("list/password", ("dhcp4ever", "dhcp4evr"), AUTH, "auth", why="401")
c("test/port", (":8000", ':"8000"'), TYPE, "body:/arguments/Control-agent/http-port", why="named: invalid type")
c("test/range", (":8000", ":80000"), VF, "body:/arguments/Control-agent/http-port", why="named: out of range")
c("test/case", ('"Control-agent"', '"control-agent"'), NAME, {"body:/arguments/Control-agent", "body:/arguments/control-agent"}, why="Missing mandatory 'Control-agent'")
# Icinga 2
c("check/type", ('"Service"', '"service"'), {*VF, RNF}, "body:/type", terse=True, good_curl=True, why="404 no objects found; another command passed")
c("check/accept", (" -H 'Accept: application/json'", ""), {HM, "not_acceptable"}, "header:Accept", why="Accept header is missing")
c("check/output", ('"plugin_output":"CRITICAL: 0 of 3",', ""), MISS, "body:/plugin_output", why="named")
c("check/filter", ('\\"web1\\"', "web1"), {*VF, RNF}, "body:/filter", terse=True, good_curl=True, why="404 no objects found; another command passed")
c("check/password", ("root:icinga", "root:icinga2"), AUTH, "auth", terse=True, why="401")
c("host/plural", ("/hosts/", "/host/"), {PATH, RNF}, "path", why="the type is named as invalid")
# Open Policy Agent
c("data/op", ('"op":"replace"', '"op":"update"'), VF, "body:/1/op", why="bad patch operation")
c("data/op-silent", ('"op":"replace"', '"op":"set"'), VF, "body:/1/op", "code", "the content type is JSON Patch's, which has no such operation; the other one passes alone")
c("data/gone", ('"path":"/ben"', '"path":"/carl"'), {RNF, *VF}, "body:/1/path", why="document does not exist")
c("rego/if", ("allow if input.total > 10", "allow { input.total > 10 }"), TEXT, {"body*"}, why="named with its line")
c("compile/query", (" == true", " = = true"), TEXT, "body:/query", why="parse error with its column")
c("compile/unknowns", ('["input.resource"]', '"input.resource"'), TYPE, "body:/unknowns", why="named by Go's decoder")
c("compile/unknowns-silent", ('["input.resource"]', '"input.resource"'), TYPE, "body:/unknowns", "json", "the name is a plural")
c("allow/json", ('7}}}', '7}}'), JSON, {"body"}, why="unexpected EOF")
c("allow/none", (OPA, ""), NOCRED, "auth", why="unauthorized; rejected by policy")
c("policies/token", ("opa-7d11b2", "opa-7d11b"), AUTH, "auth", why="unauthorized; rejected by policy")
c("policies/gone", ("policies/cart", "policies/carts"), {RNF, PATH}, "path", why="policy_not_found")
# stripe-mock, the form-encoded API of the document that Stripe publishes
c("charge/cents", ("amount=2000", "amount=20.00"), {TYPE, *VF}, "form:amount", why="named: not numeric")
c("charge/name", ("amount=", "amout="), NAME, {"form:amout", "form:amount"}, why="additional properties are not allowed")
c("charge/name-silent", ("amount=", "amout="), NAME, {"form:amout", "form:amount"}, "json", "leave out what is optional", good_curl=True)
c("charge/boolean-silent", ("capture=true", "capture=yes"), {TYPE, *VF}, "form:capture", "empty", "leave it out and it passes")
c("intent/currency", (" -d currency=usd", ""), MISS, "form:currency", why="named: required")
c("intent/list", ("payment_method_types[]", "payment_method_types"), {TYPE, *VF}, {"form:payment_method_types", "form:payment_method_types[]"}, why="named: must be a slice")
c("intent/json", (" -d amount=2000 -d currency=usd -d 'payment_method_types[]=card'", " " + J + " -d '" + '{"amount":2000,"currency":"usd"}' + "'"), CT, {"header:Content-Type", "body"}, why="named, with what is expected")
c("subscription/method", ("send_invoice", "invoice"), VF, "form:collection_method", why="named: not in enumeration")
c("subscription/method-silent", ("send_invoice", "invoice"), VF, "form:collection_method", "trace", "leave it out and it passes")
c("subscription/two", [("send_invoice", "invoice"), ("due=14", "due=2w")], [VF, {TYPE, *VF}], [{"form:collection_method"}, {"form:days_until_due"}], why="each is named in its turn")
c("charges/limit", ("limit=10", "limit=all"), PQ, "query:limit", why="named: not numeric")
c("charges/path", ("/v1/charges", "/v1/charge"), {PATH, RNF}, "path", why="Unrecognized request URL")
c("charges/none", (STRIPE, ""), NOCRED, "auth", why="please authenticate")
c("charges/quotes", ("Bearer sk_test", "Bearer \"sk_test"), AUTH, "auth", why="a quote before the key", base="charges")
# PocketBase
c("post/mail", ("a@example.com", "a.example.com"), VF, "body:/mail", why="named")
c("post/state", ('"draft"', '"drafts"'), VF, "body:/state", why="named")
c("post/views", (':3,', ':3.5,'), {TYPE, *VF}, "body:/views", why="named: only integers")
c("post/state-silent", ('"draft"', '"Draft"'), VF, "body:/state", "json", "leave it out and it passes")
c("post/mail-silent", ("a@example.com", "a.example.com"), VF, "body:/mail", "empty", "no @")
c("post/title-silent", ('"title":"Hello",', '"title":"",'), {*VF, MISS}, "body:/title", "html", "it is empty")
c("post/two", [("a@example.com", "a.example.com"), ('"draft"', '"published"')], [VF, VF], [{"body:/mail"}, {"body:/state"}], why="both are named")
c("posts/filter", ("(state=%27draft%27)", "(state=draft)"), PQ, "query:filter", terse=True, why="leave it out and it passes")
c("posts/sort", ("sort=-views", "sort=-view"), PQ, "query:sort", terse=True, why="leave it out and it passes")
c("posts/collection", ("collections/posts", "collections/post"), {RNF, PATH}, "path", why="404 Missing collection context")
c("login/password", ("pocketful-of-keys", "pocketful-of-key"), {CRED, *VF}, {"body:/password", "body:/identity"}, why="Failed to authenticate")
c("admin/token", ("$PTOKEN", "$POLD"), {CRED, "expired_token", MAL}, "auth", why="its exp is past, and the server asks for a valid one")
# fake-gcs-server
c("upload/kind", ("uploadType=media", "uploadType=simple"), PQ, "query:uploadType", why="invalid uploadType")
c("upload/name", ("&name=a.txt", ""), MP, "query:name", why="name is required")
c("upload/bucket", ("/photos/", "/photo/"), {RNF, PATH}, "path", terse=True, why="Not Found; the list of buckets has another")
c("objects/max", ("maxResults=10", "maxResults=ten"), PQ, "query:maxResults", terse=True, why="Bad Request; a number was meant")
c("meta/number", ('"shelf":"12"', '"shelf":12'), TYPE, "body:/metadata/shelf", why="metadata couldn't be decoded; the other value is text")
c("meta/number-silent", ('"shelf":"12"', '"shelf":12'), TYPE, "body:/metadata/shelf", "empty", "the other value is text")
# OpenFGA
c("fcheck/user", ("user:anna", "anna"), VF, "body:/tuple_key/user", why="named")
c("fcheck/relation", ('"viewer"', '"view"'), {*VF, RNF}, "body:/tuple_key/relation", why="named: not found")
c("fcheck/object-silent", ('"document:plan"', '"plan"'), VF, "body:/tuple_key/object", "json", "the user has type:id", good_curl=True)
c("fcheck/store", ("$STORE", "shop"), {PQ, PATH, RNF}, "path", why="StoreId does not match …")
c("fcheck/two", [("user:anna", "anna"), ('"document:plan"', '"documents:plan"')], [VF, {*VF, RNF}], [{"body:/tuple_key/user"}, {"body:/tuple_key/object"}], why="each is named in its turn")
c("fwrite/again", (',"on_duplicate":"ignore"', ""), {EXISTS, CONFLICT}, {"body*", "body:/writes", "body:/writes/tuple_keys", "body:/writes/tuple_keys/0", "body:/writes/tuple_keys/1", "body:/writes/on_duplicate"}, why="cannot write a tuple which already exists")
c("fwrite/relation-silent", ('"relation":"owner"', '"relation":"owns"'), {*VF, RNF}, "body:/writes/tuple_keys/1/relation", "json", "the other tuple's relation passes", good_curl=True)
c("fread/page", ('"page_size":50', '"page_size":500'), VF, "body:/page_size", why="named, with the range")
c("fread/page-silent", ('"page_size":50', '"page_size":500'), VF, "body:/page_size", "code", "a smaller page passes")
c("fread/token", ("fga-2c81e0", "fga-2c81e"), AUTH, "auth", why="unauthenticated")
# mountebank
c("stub/predicate", ('"equals"', '"equal"'), {*NAME, VAL}, {"body:/stubs/0/predicates/0/equal", "body:/stubs/0/predicates/0/equals", "body:/stubs/0/predicates/0"}, why="missing predicate, with its source")
c("stub/name", ('{"stubs"', '{"stub"'), NAME, {"body:/stubs", "body:/stub"}, why="'stubs' is a required field")
c("stub/json", ('"body":"[]"}}]}', '"body":"[]",}}]}'), JSON, {"body"}, why="Unable to parse body as JSON, and it is seen")
c("stub/method", ("-X PUT", "-X PATCH"), METH, "method", terse=True, why="nothing but a page of 404 or 405")
# Community Solid Server
c("card/type", ("Content-Type: text/turtle", "Content-Type:"), {HM, *CT}, "header:Content-Type", why="named")
c("sparql/type", ("application/sparql-update", "application/json"), CT, "header:Content-Type", terse=True, why="415; and it is no JSON")
c("sparql/data", ("INSERT DATA {", "INSERT {"), {BODY, *VF}, {"body*"}, why="expecting WHERE, with its place")
c("cardget/accept", ("text/turtle", "image/png"), {"not_acceptable", HV}, "header:Accept", why="501: no conversion from text/turtle to image/png")
c("cardget/path", ("/notes/", "/note/"), {RNF, PATH}, "path", why="404")
# Parse Server on PostgreSQL
c("order/total", ("12.5", '"12.5"'), TYPE, "body:/total", why="named: expected Number")
c("order/name", ('"gift"', '"gift wrap"'), {*NAME, *VF}, {"body:/gift wrap", "body:/gift"}, why="Invalid field name")
c("order/items-silent", (":3,", ':"3",'), TYPE, "body:/items", "json", "a number in quotes")
c("order/two", [("12.5", '"12.5"'), (":false", ':"no"')], [{TYPE}, {TYPE}], [{"body:/total"}, {"body:/gift"}], why="each is named in its turn")
c("order/app", ("shopApp", "shop-app"), AUTH | {HV}, {"header:X-Parse-Application-Id", "auth"}, terse=True, good_curl=True, why="403 unauthorized; another command passed")
c("order/key", (" -H 'X-Parse-REST-API-Key: rk-5d20'", ""), {NOCRED, HM}, {"header:X-Parse-REST-API-Key", "auth"}, terse=True, good_curl=True, why="403 unauthorized; another command passed")
c("orders/operator", ("%24gt", "%24greater"), PQ, "query:where", why="named in its text")
c("orders/where", ("%7B%22total%22%3A%7B", "%7Btotal%3A%7B"), {PQ, JSON}, "query:where", why="where parameter is not valid JSON")
c("orders/limit", ("limit=5", "limit=five"), {PQ, ISE}, "query:limit", terse=True, why="500; a number was meant")
# oidc-provider
c("token/secret", ("b1ll-s3cret", "b1ll-secret"), AUTH, "auth", why="invalid_client")
c("token/grant", ("client_credentials", "client_credential"), VF | {PQ}, "form:grant_type", why="unsupported_grant_type")
c("token/scope", ("invoices:read", "reports:read"), VF | {"insufficient_scope", PERM}, "form:scope", why="requested scope is not allowed")
c("token/grant-silent", ("client_credentials", "client-credentials"), VF | {PQ}, "form:grant_type", "json", "RFC 6749 has the name")
c("token/json", ("-d grant_type=client_credentials -d scope=invoices:read", J + " -d '" + '{"grant_type":"client_credentials"}' + "'"), CT, {"header:Content-Type", "body"}, why="named")
c("tokenpost/client", ("client_id=reporting", "client_id=reports"), {CRED, *VF}, {"form:client_id", "form:client_secret", "auth"}, why="invalid_client")
c("introspect/token", ("-d token=abc", "-d access_token=abc"), NAME, {"form:token", "form:access_token"}, why="missing required parameter 'token'")
# Ganache, JSON-RPC with a 200 for all
c("balance/method", ("eth_getBalance", "eth_getbalance"), {*VF, METH}, "body:/method", why="does not exist/is not available")
c("balance/hex", ("8c9C1\"", "8c9CG\""), VF, "body:/params/0", why="invalid hex character")
c("send/gas", ('"0x5208"', '"0x5207"'), {*VF, "business_rule_violation"}, "body:/params/0/gas", why="intrinsic gas too low")
# What comes and goes: a gate that fails now and then
for base, way in (("zone", "flaky"), ("queues", "turns"), ("charges", "reset"), ("posts", "flaky"), ("allow", "turns")):
    c(base + "/" + way, [], {"intermittent_failure", "upstream_unavailable", "overloaded", "connection_reset"}, [set()], way, flaky=True)

# Healthy, but odd
ok("zone/healthy-slashless", [("shop.example.", "shop.example")])
ok("rr/healthy-quoted-ttl", [("300", '"300"')])
ok("search/healthy-none", [("q=www*", "q=zzz*")])
ok("get/healthy-empty")
ok("publish/healthy-unrouted", [("audit", "nowhere")])
ok("report/healthy-207")
ok("event/healthy-lf", [("\r\n", "\n")] * 11)
ok("waiting/healthy-empty")
ok("options/healthy-empty", [('{"maxSendKbps":1000,"maxRecvKbps":2000,"limitBandwidthInLan":false}', "{}")])
ok("folder/healthy-typo-type", [('"sendonly"', '"send-only"')])
ok("notebook/healthy-warning", [('"cell_type":"markdown"', '"cell_type":"mark"')])
ok("push/healthy-labels", [('{disk="a"}', '{disk="ä b",error="none"}')])
ok("list/healthy-empty-arguments", [('"list-commands"', '"list-commands","arguments":{}')])
ok("allow/healthy-false", [('"resource":{"tenant":7}', '"resource":{"tenant":8}')])
ok("allow/healthy-undefined", [("/shop/allow", "/shop/discount")])
ok("charge/healthy-error-text", [("metadata[order]=6735", "metadata[error]=invalid amount")])
ok("posts/healthy-empty", [("%27draft%27", "%27live%27")])
ok("post/healthy-extra", [('"views":3', '"views":3,"error":null,"status":"failed"')])
ok("fcheck/healthy-not-allowed", [("user:anna", "user:carl")])
ok("introspect/healthy-inactive")
ok("tokenpost/healthy-basic", [(" -d client_id=reporting -d client_secret=r3p0rt", " -u reporting:r3p0rt")])
ok("orders/healthy-none", [("%3A10", "%3A10000")])
ok("cardget/healthy-star", [("text/turtle", "*/*")])
ok("balance/healthy-zero", [("0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1", "0x0000000000000000000000000000000000000001")])
ok("upload/healthy-empty", [("-d hello", "-d ''")])
