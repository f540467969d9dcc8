"""The cases: T telling, O opaque, F flaky, W healthy (well). A row: id, curl, accepted causes, accepted elements, fix ("old => new" in the command,
which makes it pass), and more by name. "a b" is any of them, "a + b" is both. {name} is where the server of that name listens; {m_name} is
nginx before it, which keeps the status and hides the answer. Accepted answers were decided before the engine was run; `lead` says what a
skilled engineer could follow where it is not the answer's own words; where a row is unfair after all, `unfair` says why and it stays counted."""
import hashlib, hmac, base64, time

CASES = []
PICKUP = '{"date":"2027-03-01","parcels":["P-1001"]}'


def values(v):
    """What depends on the minute at which the bench runs."""
    now, sign = int(time.time()), lambda t, text: hmac.new(b"edge-hmac-secret", f"{t}.{text}".encode(), hashlib.sha256).hexdigest()
    digest = lambda text: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()  # noqa: E731
    return {**v, "now": str(now), "old": str(now - 900000), "sig": sign(now, PICKUP), "sig_old": sign(now - 900000, PICKUP), "digest": digest(PICKUP),
            "digest_other": digest(PICKUP.replace("P-1001", "P-1002")), "unique": str(time.time_ns()), "hash_shard": "P-1003"}


def row(kind):
    def add(id, curl, causes="", elements="", fix="", **more):
        CASES.append({"id": id, "kind": kind, "curl": curl, "causes": causes, "elements": elements, "fix": fix, **more})
    return add


T, O, F, W = row("telling"), row("opaque"), row("flaky"), row("healthy")
J = "-H 'Content-Type: application/json' "
PARCEL = '{"reference":"ORD-77","weight_g":850,"service":"standard","to":{"name":"Ada","street":"1 Rue Lu","city":"Lyon","postcode":"69001","country":"FR"},"insured":true,"notes":"leave at door"}'
REST = PARCEL[PARCEL.index("850") + 3:PARCEL.index("}")]
KEY, READ, TOK = "-H 'X-Api-Key: k_live_71c9' ", "-H 'X-Api-Key: k_read_05aa' ", "-H 'Authorization: Bearer {tok_%s}' "
DEPOT = '{"city":"Lyon","capacity":120,"opens":"07:30","email":"depot@bench.test","dock":"north"}'
MOLE = "-H 'Authorization: Bearer mole-3f9a' "
CA = "--cacert {pki}/root.pem "
LIST = "/v2/parcels?status=created&limit=5"
BAD = "invalid_credentials malformed_authorization wrong_environment_credentials expired_token"
AUTH, TCP, TLS = "auth header:Authorization", "tcp url.host url.port url", "tls tls.ca tls.certificate url.host"
LOST = "wrong_path resource_not_found gateway_route_not_found wrong_api_version"
PARAM = "invalid_request_parameter"
TYPE, VALUE, FORMAT = "invalid_body_property_type", "invalid_body_property_value", "invalid_body_property_format"
DOWN = "upstream_unavailable server_error"

# --- Fastify as a gateway: keys, scopes, limits, CSRF, versions
T("fast-no-key", "curl '{fast}/api/parcels?limit=5' -H 'Api-Key: k_live_71c9'", "missing_credentials credentials_in_wrong_place missing_request_header", "header:X-Api-Key header:Api-Key auth", "'Api-Key => 'X-Api-Key")
T("fast-wrong-key", "curl '{fast}/api/parcels?limit=5' -H 'X-Api-Key: k_test_71c9'", BAD, "header:X-Api-Key auth", "k_test => k_live")
T("fast-scope", "curl {fast}/api/parcels " + READ + J + "-d '" + PARCEL + "'", "insufficient_scope insufficient_permission", "header:X-Api-Key auth", "k_read_05aa => k_live_71c9")
T("fast-tenant", "curl '{fast}/api/parcels?limit=5' " + KEY + "-H 'X-Tenant: tenant-0042' -H 'X-Request-Id: 8f2'", "invalid_request_header", "header:X-Tenant", "tenant-0042 => t-0042")
T("fast-form", "curl {fast}/labels -d 'parcel=P-1001&format=pdf'", "unsupported_media_type content_type_mismatch malformed_request_body", "header:Content-Type body*", "-d 'parcel=P-1001&format=pdf' => -H 'Content-Type: application/json' -d '{\"parcel\":\"P-1001\",\"format\":\"pdf\"}'")
T("fast-large", "curl {fast}/labels " + J + """-d '{"parcel":"P-1001","format":"pdf","note":"%s"}'""" % ("x" * 3200), "payload_too_large", "body*", "x" * 3200 + " => leave at door")
T("fast-json", "curl {fast}/labels " + J + """-d '{"parcel":"P-1001","format":"pdf",}'""", "malformed_json", "body*", '"pdf", => "pdf"')
T("fast-empty", "curl -X POST {fast}/labels " + J, "malformed_json malformed_request_body missing_body_property", "body*", "application/json' => application/json' -d '{\"parcel\":\"P-1001\",\"format\":\"pdf\"}'")
T("fast-schema-two", "curl {fast}/labels " + J + """-d '{"parcel":"1001","format":"png","copies":2}'""", "invalid_body_property_format invalid_body_property_value + invalid_body_property_value", "body:/parcel + body:/format", '"1001","format":"png" => "P-1001","format":"pdf"')
T("fast-csrf", "curl -X POST {fast}/account/address " + J + """-H 'Cookie: theme=dark' -d '{"street":"1 Rue Lu"}'""", "csrf_or_origin_rejected missing_credentials session_cookie_invalid", "header:* cookie:*")
T("fast-rate", "curl '{fast}/limited/rates' -H 'X-Client: shop'", "rate_limit_exceeded", "server timeout rate url.path* header:X-Client", before="for i in 1 2 3 4; do curl -s '{fast}/limited/rates' -H 'X-Client: shop' >/dev/null; done")
T("fast-method", "curl -X PATCH {fast}/api/parcels/P-1001 " + KEY + J + "-d '" + PARCEL + "'", "method_not_allowed wrong_path", "method", "PATCH => PUT", lead="the same path answers GET")
O("fastq-key", "curl '{fastq}/api/parcels?limit=5' -H 'X-Api-Key: \"k_live_71c9\"'", "malformed_authorization invalid_credentials invalid_request_header", "header:X-Api-Key auth", '"k_live_71c9" => k_live_71c9')
O("fastq-tenant", "curl '{fastq}/api/parcels?limit=5' " + KEY + "-H 'X-Tenant: acme' -H 'X-Request-Id: 8f2' -H 'Accept-Language: de'", "invalid_request_header", "header:X-Tenant", "-H 'X-Tenant: acme'  => ", lead="leaving the header out passes")
O("fastq-json", "curl {fastq}/labels " + J + """-d '{"parcel":"P-1001",format:"pdf"}'""", "malformed_json", "body*", 'format: => "format":')
O("fastq-schema", "curl {fastq}/labels " + J + """-d '{"parcel":"P-1001","format":"pdf","copies":"two"}'""", TYPE + " " + VALUE, "body:/copies", '"two" => 2', lead="without copies it passes")
O("fastq-extra", "curl {fastq}/labels " + J + """-d '{"parcel":"P-1001","format":"zpl","copies":25}'""", VALUE, "body:/copies", "25 => 5", lead="without copies it passes")
O("fastq-large", "curl {fastq}/labels " + J + """-d '{"parcel":"P-1001","format":"pdf","note":"%s"}'""" % ("y" * 3200), "payload_too_large", "body*", "y" * 3200 + " => leave at door")
O("fast-mute-form", "curl {m_fast}/labels -d '{\"parcel\":\"P-1001\",\"format\":\"pdf\"}'", "unsupported_media_type content_type_mismatch", "header:Content-Type", "-d => " + J + "-d")
O("fast-mute-slash", "curl '{m_fast}/labels/' " + J + """-d '{"parcel":"P-1001","format":"pdf"}'""", "trailing_slash wrong_path", "url.path*", "labels/ => labels")
O("fast-version", "curl {m_fast}/versioned -H 'Accept-Version: 2.x'", "wrong_api_version invalid_request_header not_acceptable", "header:Accept-Version", "-H 'Accept-Version: 2.x' => ", lead="leaving the header out passes")

# --- Express before it: tokens by JWKS, rewritten paths, CORS
S = "curl '{xp}/secure/parcels?limit=5' "
T("jwt-none", "curl '{xp}/secure/parcels?limit=5' -H 'X-Token: {tok_good}'", "missing_credentials credentials_in_wrong_place", AUTH + " header:X-Token", "X-Token:  => Authorization: Bearer ")
T("jwt-expired", S + TOK % "expired", "expired_token", AUTH, "{tok_expired} => {tok_good}")
T("jwt-audience", S + TOK % "aud", "wrong_audience", AUTH, "{tok_aud} => {tok_good}")
T("jwt-issuer", S + TOK % "iss", "wrong_audience wrong_environment_credentials invalid_credentials", AUTH, "{tok_iss} => {tok_good}")
T("jwt-early", S + TOK % "future", "token_not_yet_valid clock_skew", AUTH, "{tok_future} => {tok_good}")
T("jwt-forged", S + TOK % "forged", "invalid_credentials signature_mismatch", AUTH, "{tok_forged} => {tok_good}")
T("jwt-kid", S + TOK % "kid", "invalid_credentials signature_mismatch expired_token wrong_environment_credentials malformed_authorization", AUTH, "{tok_kid} => {tok_good}")
T("jwt-alg", S + TOK % "hs", "invalid_credentials signature_mismatch malformed_authorization", AUTH, "{tok_hs} => {tok_good}")
T("jwt-scope", "curl {xp}/secure/parcels " + TOK % "scope" + J + "-d '" + PARCEL + "'", "insufficient_scope insufficient_permission", AUTH, "{tok_scope} => {tok_good}")
T("jwt-twice", S + "-H 'Authorization: Bearer Bearer {tok_good}'", "malformed_authorization", AUTH, "Bearer Bearer => Bearer")
O("jwtq-twice", "curl '{xpq}/secure/parcels?limit=5' -H 'Authorization: Bearer Bearer {tok_good}'", "malformed_authorization", AUTH, "Bearer Bearer => Bearer")
O("jwtq-expired", "curl '{xpq}/secure/parcels?limit=5' " + TOK % "expired", "expired_token", AUTH, "{tok_expired} => {tok_good}", lead="the token's own exp")
O("jwtq-early", "curl '{xpq}/secure/parcels?limit=5' " + TOK % "future", "token_not_yet_valid clock_skew", AUTH, "{tok_future} => {tok_good}", lead="the token's own nbf")
O("jwtq-id", "curl '{xpq}/secure/parcels?limit=5' " + TOK % "id", "wrong_audience invalid_credentials", AUTH, "{tok_id} => {tok_good}", lead="an ID token: it has a nonce")
O("jwtq-cut", "curl '{xpq}/secure/parcels?limit=5' -H 'Authorization: {tok_good}'", "malformed_authorization missing_credentials credentials_in_wrong_place", AUTH, "Authorization:  => Authorization: Bearer ")
T("xp-case", "curl {xp}/tracking/CX-55012", LOST, "url.path*", "tracking => Tracking")
T("xp-slash", "curl {xp}/hooks " + J + """-d '{"event":"delivered"}'""", "trailing_slash wrong_path method_not_allowed", "url.path*", "/hooks => /hooks/")
T("xp-twice", "curl '{xp}/once?page=1&size=20&page=2'", PARAM, "query:page query:page#*", "&page=2 => ")
O("xpq-twice", "curl '{xpq}/once?sort=date&size=20&sort=name'", PARAM + " interacting_parameters", "query:sort query:sort#*", "&sort=name => ")
T("xp-origin", "curl {xp}/browser -H 'Origin: https://app.bench.test.evil.example' -H 'Accept: */*'", "csrf_or_origin_rejected invalid_request_header", "header:Origin", "-H 'Origin: https://app.bench.test.evil.example'  => ")
O("xpq-origin", "curl {xpq}/browser " + J + "-H 'Origin: http://localhost:3000' -H 'Referer: http://localhost:3000/a' -H 'X-Requested-With: fetch' -d '{\"a\":1}'", "csrf_or_origin_rejected invalid_request_header", "header:Origin", "-H 'Origin: http://localhost:3000'  => ")
T("xp-slow", "curl '{xp}/slow/report?detail=full'", "gateway_timeout response_timeout slow_response " + DOWN, "query:detail server timeout url.path*", "?detail=full => ", lead="it answers at once without detail=full", unfair="an input that makes the server fail by its time is as good an answer")
T("xp-gone", "curl {xp}/gone/parcels", DOWN + " gateway_timeout", "server url.path*")
T("xp-burst", "curl '{xp}/burst/rates' -H 'X-Client: shop'", "rate_limit_exceeded", "server timeout url.path* header:X-Client", before="for i in 1 2 3; do curl -s '{xp}/burst/rates' -H 'X-Client: shop' >/dev/null; done")
O("xpq-burst", "curl '{xpq}/burst/rates' -H 'X-Client: shop'", "rate_limit_exceeded", "server timeout url.path* header:X-Client", before="for i in 1 2 3; do curl -s '{xpq}/burst/rates' -H 'X-Client: shop' >/dev/null; done")
O("xpq-upload", "curl {xpq}/upload -H 'Content-Type: text/plain' --data-raw '" + "z" * 1700 + "'", "payload_too_large", "body*", "z" * 1700 + " => " + "z" * 100)
O("xp-mute-two", "curl '{m_xp}/secure/rates?from=DE&to=FRA&weight_g=0.9' " + TOK % "good", PARAM + " + " + PARAM, "query:to + query:weight_g", "FRA&weight_g=0.9 => FR&weight_g=900", lead="from is right by its form; both others are not")
O("xp-mute-param", "curl '{m_xp}/secure/parcels?limit=500&status=created' " + TOK % "good", PARAM, "query:limit", "500 => 50")
T("xp-two", "curl '{xp}/secure/parcels?limit=five&status=created' " + TOK % "expired", "expired_token + " + PARAM, AUTH + " + query:limit", flags="--good-curl 'curl {xp}/secure/parcels?limit=5 -H \"Authorization: Bearer {tok_good}\"'", lead="a request that works is given")

# --- Moleculer's gateway
T("mole-token", "curl {mole}/api/depots -H 'Authorization: mole-3f9a'", "malformed_authorization invalid_credentials", AUTH, "n: mole => n: Bearer mole")
T("mole-type", "curl {mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace("120", '"many"') + "'", TYPE, "body:/capacity", '"many" => 120')
T("mole-two", "curl {mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace("07:30", "7.30").replace("north", "west") + "'", "invalid_body_property_format invalid_body_property_value + invalid_body_property_value", "body:/opens + body:/dock", '7.30","email":"depot@bench.test","dock":"west => 07:30","email":"depot@bench.test","dock":"north')
T("mole-strict", "curl {mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace('"dock"', '"phone":"+33 4","dock"') + "'", "unexpected_body_property", "body:/phone", '"phone":"+33 4", => ')
T("mole-query", "curl '{mole}/api/depots?country=FRA&page=1' " + MOLE, PARAM, "query:country", "FRA => FR")
T("mole-id", "curl {mole}/api/depots/north-7 " + MOLE, PARAM + " resource_not_found", "url.path*", "north-7 => 7")
T("mole-missing", "curl {mole}/api/depots/404 " + MOLE, "resource_not_found", "url.path*", "404 => 405")
T("mole-route", "curl {mole}/api/depot " + MOLE, LOST, "url.path*", "/depot => /depots")
O("mole-mute-type", "curl {m_mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace("120", "-120") + "'", VALUE, "body:/capacity", "-120 => 120", lead="a capacity below zero")
O("mole-mute-mail", "curl {m_mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace("depot@bench.test", "depot at bench.test") + "'", FORMAT + " " + VALUE, "body:/email", "depot at bench => depot@bench")
O("mole-mute-missing", "curl {m_mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace('"opens":"07:30"', '"opens":""') + "'", FORMAT + " " + VALUE + " missing_body_property", "body:/opens", '"opens":"" => "opens":"07:30"')
O("mole-mute-large", "curl {m_mole}/api/depots " + MOLE + J + "-d '" + DEPOT.replace("Lyon", "L" * 2500) + "'", "payload_too_large", "body*", "L" * 2500 + " => Lyon")

# --- signatures verified in front
SIG = "curl {%s}/aws/orders?limit=2 --user 'AKIDBENCH:%s' --aws-sigv4 'aws:amz:%s:%s'"
T("aws-region", SIG % ("sign", "bench/secret+key", "us-east-1", "execute-api"), "signature_mismatch invalid_credentials", AUTH + " option*", "us-east-1 => eu-central-1")
T("aws-service", SIG % ("sign", "bench/secret+key", "eu-central-1", "s3"), "signature_mismatch invalid_credentials", AUTH + " option*", ":s3 => :execute-api")
T("aws-key", SIG % ("sign", "bench/secret+kez", "eu-central-1", "execute-api"), "signature_mismatch invalid_credentials", AUTH, "kez => key")
T("aws-id", SIG.replace("AKIDBENCH", "AKIDBENHC") % ("sign", "bench/secret+key", "eu-central-1", "execute-api"), "invalid_credentials", AUTH, "BENHC => BENCH")
H = "curl {%s}/hmac/pickups -H 'Content-Type: application/json' -H 'X-Timestamp: {%s}' -H 'X-Signature: {%s}' -d '%s'"
T("hmac-body", H % ("sign", "now", "sig", PICKUP.replace("1001", "1002")), "signature_mismatch", "header:X-Signature body*", "1002 => 1001")
T("hmac-old", H % ("sign", "old", "sig_old", PICKUP), "expired_token signature_mismatch clock_skew invalid_request_header webhook_stale_timestamp", "header:X-Timestamp", "{old}' -H 'X-Signature: {sig_old} => {now}' -H 'X-Signature: {sig}")
T("hmac-milli", (H % ("sign", "now", "sig", PICKUP)).replace("{now}", "{now}000"), "expired_token signature_mismatch clock_skew invalid_request_header webhook_stale_timestamp", "header:X-Timestamp", "{now}000 => {now}")
T("digest", "curl {sign}/digest/pickups " + J + "-H 'Content-Digest: sha-256=:{digest_other}:' -d '" + PICKUP + "'", "signature_mismatch invalid_request_header interacting_parameters", "header:Content-Digest body*", "{digest_other} => {digest}")
O("signq-digest", "curl {signq}/digest/pickups " + J + "-H 'Content-Digest: sha-256=:{digest_other}:' -d '" + PICKUP + "'", "signature_mismatch invalid_request_header interacting_parameters", "header:Content-Digest body*", "{digest_other} => {digest}", lead="RFC 9530: the digest can be computed")
O("signq-key", SIG % ("signq", "bench/secret+kez", "eu-central-1", "execute-api"), "signature_mismatch " + BAD + " insufficient_permission", AUTH, "kez => key", lead="a 403 with a signature: only the credential is left")

# --- Traffic Server
T("ats-host", "curl '{ats}" + LIST + "' -H 'Host: parcel.bench.test'", "host_header_mismatch gateway_route_not_found wrong_host_or_environment", "header:Host url.host", "parcel. => parcels.")
T("ats-delete", "curl -X DELETE {ats}/carrier/parcels/P-1001", "method_not_allowed insufficient_permission blocked_by_waf ip_not_allowed", "method", lead="GET of it passes")
T("ats-dead", "curl {ats}/v2/parcels -H 'Host: dead.bench.test'", DOWN, "server header:Host url.host")
T("ats-slow", "curl '{ats}/carrier/report?detail=full&lang=en'", "gateway_timeout", "query:detail server timeout", "detail=full& => ", unfair="an input that makes the server fail by its time is as good an answer")
T("ats-uri", "curl '{ats}/carrier/parcels?limit=5&ids=" + ",".join(f"P-{n}" for n in range(1000, 1300)) + "'", "uri_too_long", "query:ids url*", "&ids=" + ",".join(f"P-{n}" for n in range(1000, 1300)) + " => ")
O("ats-mute-uri", "curl '{m_ats}/carrier/parcels?limit=5&ids=" + ",".join(f"P-{n}" for n in range(1000, 1300)) + "'", "uri_too_long", "query:ids url*", "&ids=" + ",".join(f"P-{n}" for n in range(1000, 1300)) + " => ")
O("ats-mute-host", "curl '{m_ats}" + LIST + "' -H 'Host: parcels.bench.tset'", "host_header_mismatch gateway_route_not_found wrong_host_or_environment " + LOST, "header:Host url.host", "tset => test", flags="--good-curl 'curl {m_ats}/v2/parcels -H \"Host: parcels.bench.test\"'", lead="a request that works is given")

# --- nghttpx, h2o, hitch, stunnel, sslh
T("nghx-header", "curl '{nghx}" + LIST + "' -H 'Cookie: trail=" + "c" * 2600 + "; lang=de'", "request_header_too_large", "cookie:trail header:Cookie", "trail=" + "c" * 2600 + "; => ")
T("nghx-dead", "curl '{nghxdead}" + LIST + "'", DOWN, "server url*")
T("nghx-slow", "curl '{nghx}/v2/report?detail=full'", "gateway_timeout", "query:detail server timeout", "?detail=full => ", unfair="an input that makes the server fail by its time is as good an answer")
O("nghx-count", "curl '{nghx}" + LIST + "' " + " ".join(f"-H 'X-Meta-{n}: {n}'" for n in range(24)), "request_header_too_large", "header:*", "-H 'X-Meta-0: 0' -H 'X-Meta-1: 1' -H 'X-Meta-2: 2' -H 'X-Meta-3: 3' -H 'X-Meta-4: 4'  => ")
O("nghx-h1", "curl --http1.1 " + CA + "'https://{nghxh2}" + LIST + "'", "http_version_mismatch tls_version_or_cipher", "http_version tls* option*", "--http1.1 => --http2")
O("h2c-only", "curl 'http://{h2conly}" + LIST + "'", "http_version_mismatch not_http_service malformed_response", "http_version server url* tcp", "curl => curl --http2-prior-knowledge")
T("h2o-large", "curl {h2o}/api/parcels " + J + "-d '" + PARCEL.replace("leave at door", "w" * 3100) + "'", "payload_too_large", "body*", "w" * 3100 + " => leave at door")
T("h2o-moved", "curl -L {h2o}/v1/pickups " + J + "-d '" + PICKUP + "'", "redirect_changed_method", "redirect method url.path* url", "/v1/ => /api/")
O("h2o-loop", "curl -L --max-redirs 8 {h2o}/loop/parcels", "redirect_loop", "redirect url*")
O("h2o-dead", "curl {m_h2o}/down/parcels", DOWN, "server url*")
O("h2o-mute-enum", "curl {m_h2o}/api/parcels " + J + "-d '" + PARCEL.replace("standard", "Express") + "'", VALUE, "body:/service", '"Express" => "express"', lead="values of this kind are in small letters; another of them is")
T("h2o-tls-ca", "curl 'https://{h2otls}" + LIST + "'", "tls_unknown_authority tls_incomplete_chain tls_intercepted", TLS, "curl => curl --cacert {pki}/root.pem")
T("hitch-plain", "curl " + CA + "'http://{hitch}" + LIST + "'", "scheme_mismatch not_http_service empty_response connection_reset", "url.scheme", "http: => https:", lead="TLS answers on this port")
T("hitch-mtls", "curl " + CA + "'https://{hitchm}" + LIST + "'", "mtls_certificate_required", "tls*", "{pki}/root.pem => {pki}/root.pem --cert {pki}/client.pem --key {pki}/client.key")
T("stun-stranger", "curl " + CA + "--cert {pki}/client-stranger.pem --key {pki}/client-stranger.key 'https://{stun}" + LIST + "'", "mtls_certificate_rejected", "tls*", "client-stranger => client")
T("stun-expired", "curl " + CA + "--cert {pki}/client-expired.pem --key {pki}/client-expired.key 'https://{stun}" + LIST + "'", "mtls_certificate_rejected tls_certificate_expired", "tls*", "client-expired => client")
O("stun-tls13", "curl --tlsv1.3 " + CA + "--cert {pki}/client.pem --key {pki}/client.key 'https://{stun}" + LIST + "'", "tls_version_or_cipher", "tls* option*", "--tlsv1.3  => ")
O("sslh-tls", "curl " + CA + "'https://{sslh}" + LIST + "'", "scheme_mismatch not_http_service", "url.scheme url.port tls*", "https: => http:")

# --- TLS
for name, cause in {"expired": "tls_certificate_expired", "notyet": "tls_certificate_not_yet_valid clock_skew", "wrongname": "tls_hostname_mismatch", "noip": "tls_hostname_mismatch",
                    "incomplete": "tls_incomplete_chain tls_unknown_authority", "stranger": "tls_unknown_authority tls_intercepted", "expiredmiddle": "tls_certificate_expired"}.items():
    T("tls-" + name, "curl " + CA + "'https://{tls_%s}%s'" % (name, LIST), cause, TLS)
T("tls-selfsigned", "curl 'https://{tls_selfsigned}" + LIST + "'", "tls_unknown_authority tls_intercepted", TLS, "curl => curl --cacert {pki}/selfsigned.pem")
T("tls-deepwild", "curl " + CA + "--resolve v2.api.bench.test:{tls_deepwild_port}:127.0.0.1 'https://v2.api.bench.test:{tls_deepwild_port}" + LIST + "'", "tls_hostname_mismatch", TLS)
T("tls-sha1", "curl " + CA + "'https://{tls_sha1}" + LIST + "'", "tls_version_or_cipher tls_unknown_authority", TLS)
O("tls-old", "curl " + CA + "'https://{tls_old}" + LIST + "'", "tls_version_or_cipher", "tls* url.host")
O("tls-new", "curl --tls-max 1.2 " + CA + "'https://{tls_new}" + LIST + "'", "tls_version_or_cipher", "tls* option*", "--tls-max 1.2  => ")
T("mtls-none", "curl " + CA + "'https://{mtls_12}" + LIST + "'", "mtls_certificate_required", "tls*", "{pki}/root.pem => {pki}/root.pem --cert {pki}/client.pem --key {pki}/client.key")
T("mtls-13-expired", "curl " + CA + "--cert {pki}/client-expired.pem --key {pki}/client-expired.key 'https://{mtls_ask}" + LIST + "'", "mtls_certificate_rejected tls_certificate_expired", "tls*", "client-expired => client")
O("sni-needed", "curl " + CA + "'https://{snineed}" + LIST + "'", "sni_mismatch tls_version_or_cipher wrong_host_or_environment", "tls* url.host header:Host", lead="by its name it passes", good="curl " + CA + "--resolve api.bench.test:{snineed_port}:127.0.0.1 'https://api.bench.test:{snineed_port}" + LIST + "'")
T("sni-host", "curl " + CA + "--resolve api.bench.test:{snihost_port}:127.0.0.1 'https://api.bench.test:{snihost_port}" + LIST + "' -H 'Host: shop.bench.test'", "host_header_mismatch sni_mismatch", "header:Host url.host", "-H 'Host: shop.bench.test' => ")
O("tls-hangup", "curl " + CA + "'https://{tls_hangup}" + LIST + "'", "connection_reset tls_version_or_cipher empty_response scheme_mismatch mtls_certificate_required sni_mismatch not_http_service", "tls* tcp url* server")
T("tls-two", "curl " + CA + "'https://{tls_wrongname}/v2/parcels?limit=5&status=lost'", "tls_hostname_mismatch", TLS, lead="the second fault is behind the first")
T("tls-on-plain", "curl " + CA + "'https://{origin}" + LIST + "'", "scheme_mismatch", "url.scheme", "https: => http:")
O("tls13-only-server", "curl --tls-max 1.2 " + CA + "https://{sserver}/", "tls_version_or_cipher", "tls* option*", "--tls-max 1.2  => ")

# --- connections and ports
T("tcp-refused", "curl 'http://{dead}" + LIST + "'", "connection_refused", TCP)
O("tcp-hole", "curl --connect-timeout 3 'http://{hole}" + LIST + "'", "connection_timeout", TCP + " timeout")
O("tcp-reset", "curl 'http://{rst}" + LIST + "'", "connection_reset empty_response", "tcp server url*")
O("toxi-reset", "curl 'http://{t_reset}" + LIST + "'", "connection_reset empty_response", "tcp server url*")
O("tcp-hangup", "curl 'http://{hangup}" + LIST + "'", "empty_response connection_reset", "server tcp url*")
O("tcp-silent", "curl -m 3 'http://{silent}" + LIST + "'", "response_timeout", "timeout server tcp url*")
T("toxi-slow", "curl -m 1.5 'http://{t_slow}" + LIST + "'", "response_timeout slow_response", "timeout server option*", "-m 1.5 => -m 9")
T("toxi-cut", "curl 'http://{t_cut}/v2/parcels'", "truncated_response malformed_response connection_reset", "server response tcp url*")
T("short", "curl 'http://{short}" + LIST + "'", "truncated_response", "server response tcp url*")
T("badhead", "curl 'http://{badhead}" + LIST + "'", "malformed_response", "server response url*")
T("badgzip", "curl --compressed 'http://{badgzip}" + LIST + "'", "content_coding_error malformed_response", "server response header:Accept-Encoding url*")
T("port-ssh", "curl 'http://{ssh}" + LIST + "'", "not_http_service", "url.port server tcp url.host")
T("port-smtp", "curl 'http://{smtp}" + LIST + "'", "not_http_service", "url.port server tcp url.host")
T("port-redis", "curl 'http://{redis}" + LIST + "'", "not_http_service empty_response connection_reset", "url.port server tcp url.host")
O("port-mysql", "curl 'http://{mysql}" + LIST + "'", "not_http_service", "url.port server tcp url.host")
O("http10-chunked", "curl {http10}/v2/notes -H 'Transfer-Encoding: chunked' " + J + """-d '{"text":"hello"}'""", "invalid_request_header http_version_mismatch missing_request_header", "header:Transfer-Encoding header:Content-Length", "-H 'Transfer-Encoding: chunked'  => ", lead="411 Length Required")
O("http10-gzip", "curl {http10}/v2/notes -H 'Content-Encoding: gzip' " + J + """-d '{"text":"hello"}'""", "unsupported_charset_or_encoding invalid_request_header content_type_mismatch", "header:Content-Encoding", "-H 'Content-Encoding: gzip'  => ")
O("http10-expect", "curl {http10}/v2/notes -H 'Expect: 100-continue' " + J + """-d '{"text":"hello"}'""", "invalid_request_header", "header:Expect", "-H 'Expect: 100-continue'  => ")

# --- proxies
T("proxy-auth", "curl -x http://{proxyauth} 'http://{origin}" + LIST + "'", "proxy_auth_required", "proxy*", "-x http:// => -x http://bob:builder@")
T("proxy-auth-bad", "curl -x http://bob:bilder@{chain} 'http://{origin}" + LIST + "'", "proxy_auth_required", "proxy*", "bilder => builder")
T("proxy-blocked", "curl -x http://{proxyopen} 'http://127.0.0.2:{origin_port}" + LIST + "'", "proxy_misrouted blocked_by_waf", "proxy* url.host", "127.0.0.2 => 127.0.0.1", lead="the page says so; the proxy lets others pass")
T("proxy-chain-refused", "curl -x http://{chainopen} 'http://{dead}" + LIST + "'", DOWN + " connection_refused", "server tcp url* proxy*")
O("proxy-chain-deny", "curl -x http://{chainopen} 'http://127.0.0.2:{origin_port}" + LIST + "'", "proxy_misrouted blocked_by_waf", "proxy* url.host", "127.0.0.2 => 127.0.0.1")
O("proxy-strip", "curl -x http://{proxystrip} 'http://{fastq}/api/parcels?limit=5' " + KEY, "proxy_misrouted", "proxy*", "-x http://{proxystrip}  => ", lead="without the proxy it passes")
T("proxy-portal", "curl -x http://{proxyportal} 'http://{origin}" + LIST + "'", "captive_portal proxy_misrouted response_content_type_mismatch", "proxy* server", "-x http://{proxyportal}  => ", **{"not": "Hotel"}, unfair="nothing but the page itself says that it is none of the API, and no earlier answer is given")
T("proxy-dead", "curl -x http://{dead} 'http://{origin}" + LIST + "'", "proxy_unreachable", "proxy*", "-x http://{dead}  => ")
O("socks-anon", "curl -x socks5h://{socks} 'http://{origin}" + LIST + "'", "proxy_auth_required proxy_misrouted proxy_unreachable", "proxy*", "socks5h:// => socks5h://bob:builder@")
O("socks-bad", "curl -x socks5h://bob:bilder@{socks} 'http://{origin}" + LIST + "'", "proxy_auth_required proxy_misrouted", "proxy*", "bilder => builder")
O("dante-port", "curl -x socks5h://{dante} 'http://{xp}/secure/parcels' " + TOK % "good", "proxy_misrouted", "proxy*", "-x socks5h://{dante}  => ")
O("proxy-as-socks", "curl -x socks5h://{proxyopen} 'http://{origin}" + LIST + "'", "proxy_misrouted proxy_unreachable not_http_service", "proxy*", "socks5h => http")

# --- names
D = {"dns": True}
T("dns-typo", "curl 'http://apl.corp.test:{origin_port}" + LIST + "'", "dns_name_not_found", "url.host dns", "apl => api", **D)
T("dns-alias", "curl 'http://moved.bench.test:{origin_port}" + LIST + "'", "dns_name_not_found", "url.host dns", **D)
T("dns-old", "curl 'http://old.corp.test:{origin_port}" + LIST + "'", "connection_refused", TCP, "old => api", **D)
O("dns-fail", "curl 'http://broken.bench.test:{origin_port}" + LIST + "'", "dns_server_failure", "url.host dns", **D)
O("dns-silent", "curl 'http://silent.bench.test:{origin_port}" + LIST + "'", "dns_timeout dns_server_failure", "url.host dns timeout", **D)
O("dns-six", "curl 'http://six.corp.test:{origin_port}" + LIST + "'", "connection_refused ip_family_mismatch", TCP, "six => api", **D)
O("dns-six-only", "curl -4 'http://six.corp.test:{origin_port}" + LIST + "'", "dns_name_not_found ip_family_mismatch", "dns url.host option*", **D, unfair="tcp is as good an element: the address family that was asked for has no address")

# --- what guards the way in: Coraza, nginx with njs, the documented gateways
O("waf-sql", "curl {waf}/v2/parcels " + J + "-d '" + PARCEL.replace("leave at door", "1 UNION SELECT password FROM users--") + "'", "blocked_by_waf", "body:/notes body*", "1 UNION SELECT password FROM users-- => leave at door", lead="without the note it passes")
O("waf-path", "curl '{waf}/v2/labels?format=pdf&template=../../etc/passwd'", "blocked_by_waf " + PARAM, "query:template", "&template=../../etc/passwd => ")
O("waf-agent", "curl '{waf}" + LIST + "' -A 'sqlmap/1.7'", "blocked_by_waf", "header:User-Agent", " -A 'sqlmap/1.7' => ")
O("waf-script", "curl '{waf}/v2/labels?format=pdf&title=<script>alert(1)</script>&size=a4'", "blocked_by_waf " + PARAM, "query:title", "<script>alert(1)</script> => a")
O("waf-method", "curl -X PUT {waf}/v2/parcels/P-1001 " + J + "-d '" + PARCEL + "'", "method_not_allowed blocked_by_waf insufficient_permission", "method", lead="GET of it passes")
O("waf-type", "curl {waf}/v2/notes -H 'Content-Type: application/vnd.api+json; charset=utf-7' -d '{\"text\":\"hello\"}'", "blocked_by_waf unsupported_media_type unsupported_charset_or_encoding", "header:Content-Type", "vnd.api+json; charset=utf-7 => json")
T("fwd-token", "curl '{ngx}" + LIST + "' -H 'Authorization: Token fwd-6f1d'", BAD, AUTH, "Token => Bearer")
T("fwd-session", "curl '{ngx}" + LIST + "' -b 'theme=dark; sid=000000'", "session_cookie_invalid invalid_credentials expired_token", "cookie:sid auth", "000000 => 9c4f2e")
O("fwd-terse", "curl '{ngx}/terse/parcels?limit=5' -H 'Authorization: fwd-6f1d'", "malformed_authorization invalid_credentials missing_credentials", AUTH, "n: fwd => n: Bearer fwd")
O("ngx-param", "curl '{ngx}/public/rates?from=DE&to=fr&weight_g=900'", PARAM, "query:to", "=fr => =FR", lead="the sibling is in capitals")
O("ngx-two", "curl {ngx}/public/parcels " + J + "-d '" + PARCEL.replace("850", '"850"').replace('"FR"', '"France"') + "'", TYPE + " + " + FORMAT + " " + VALUE, "body:/weight_g + body:/to/country", '"850"' + REST.replace('"FR"', '"France"') + " => 850" + REST)
O("ngx-double", "curl '{ngx}//public/parcels?limit=5'", "wrong_path url_encoding", "url.path*", "//public => /public")
O("ngx-stale", "curl '{ngx}/cached/P-1002'", "stale_cache", "server url* header:*", "P-1002 => P-1002?fresh=1", lead="X-Cache: HIT, and another query passes")
O("ngx-cookies", "curl '{ngx}/public/parcels?limit=5' -b 'a=" + "k" * 1400 + "; lang=de'", "request_header_too_large", "cookie:a header:Cookie", "k" * 1400 + " => k")
O("ngx-moved", "curl -L {ngx}/legacy/parcels -H 'Authorization: Bearer fwd-6f1d'", "redirect_dropped_credentials", "redirect " + AUTH + " url*", "/legacy/parcels => /v2/parcels", lead="the target asks for the token, which curl keeps from another host")
O("ngx-loop", "curl -L --max-redirs 6 {ngx}/round/", "redirect_loop", "redirect url*")
T("kong-key", "curl '{kong}" + LIST + "' -H 'Authorization: Bearer kongkey-77a1'", "missing_credentials credentials_in_wrong_place", "header:apikey auth header:Authorization", "Authorization: Bearer => apikey:")
T("kong-route", "curl '{kong}/parcels?limit=5' -H 'apikey: kongkey-77a1'", "gateway_route_not_found wrong_path wrong_api_version", "url.path*", "/parcels => /v2/parcels")
O("kong-mute-size", "curl {m_kong}/v2/parcels -H 'apikey: kongkey-77a1' " + J + "-d '" + PARCEL.replace("leave at door", "v" * 2200) + "'", "payload_too_large", "body*", "v" * 2200 + " => leave at door")
T("aws-path", "curl '{awsgw}/v2/parcel?limit=5' -H 'X-Api-Key: aws-usage-plan-key-1'", "wrong_path gateway_route_not_found method_not_allowed resource_not_found missing_credentials", "url.path*", "parcel? => parcels?", lead="documented: this message is what an unknown path gets")
T("aws-forbidden", "curl '{awsgw}" + LIST + "' -H 'X-Api-Key: aws-usage-plan-key-9'", BAD + " insufficient_permission missing_credentials", "header:X-Api-Key auth", "key-9 => key-1", lead="documented: Forbidden is a missing or wrong key")
T("apigee-key", "curl '{apigee}" + LIST + "&apikey=Zx81kLqO'", BAD, "query:apikey auth", "LqO => Lq0")
T("apigee-missing", "curl '{apigee}" + LIST + "' -H 'apikey: Zx81kLq0'", "missing_credentials credentials_in_wrong_place missing_request_parameter", "query:apikey auth header:apikey")
T("apim-missing", "curl '{apim}" + LIST + "' -H 'Ocp-Apim-Subscription: 9f0c3d1e5a7b'", "missing_credentials credentials_in_wrong_place missing_request_header", "header:Ocp-Apim-Subscription-Key header:Ocp-Apim-Subscription auth", "Subscription: => Subscription-Key:")
T("istio-rbac", "curl -X DELETE {istio}/v2/parcels/P-1001", "insufficient_permission method_not_allowed ip_not_allowed", "auth method header:* server", lead="GET passes")
T("istio-healthless", "curl {istio}/v2/labels?format=zpl", DOWN, "server url*")
O("istio-slash", "curl '{istio}//v2/parcels?limit=5'", "wrong_path url_encoding malformed_url", "url.path*", "//v2 => /v2")
T("cf-agent", "curl '{cloudflare}" + LIST + "' -A 'python-requests/2.31'", "blocked_by_waf", "header:User-Agent", " -A 'python-requests/2.31' => ")
T("cf-challenge", "curl '{cloudflare}/admin/parcels'", "blocked_by_waf", "server url* header:* tls* cookie:*")
T("cf-522", "curl '{cloudflare}/v2/labels?format=pdf'", DOWN + " gateway_timeout connection_timeout", "server url*")
O("traefik-host", "curl '{traefik}/v2/rates?from=DE&to=FR&weight_g=900'", "host_header_mismatch gateway_route_not_found wrong_path", "header:Host url.host", "curl => curl -H 'Host: rates.bench.test'", good="curl '{traefik}/v2/rates?from=DE&to=FR&weight_g=900' -H 'Host: rates.bench.test'")
T("maintenance", "curl '{maintenance}" + LIST + "'", "maintenance", "server url*")

# --- what comes and goes
F("lb-turns", "curl '{lb_turns}" + LIST + "'", "intermittent_failure", "server")
F("lb-25", "curl '{lb_25}" + LIST + "'", "intermittent_failure", "server")
F("lb-55", "curl {lb_55}/v2/parcels " + J + "-d '" + PARCEL + "'", "intermittent_failure", "server")
F("lb-connection", "curl '{lb_hash}" + LIST + "'", "intermittent_failure", "server")
F("lb-cold", "curl '{lb_cold}/v2/parcels?limit=5&cold={unique}'", "intermittent_failure not_reproducible overloaded upstream_unavailable", "server*")
F("toxi-chance", "curl 'http://{t_chance}" + LIST + "'", "intermittent_failure connection_reset", "server tcp")
F("lb-25-write", "curl -X PUT {lb_25}/v2/parcels/P-1002 " + J + "-d '" + PARCEL + "'", "intermittent_failure", "server")
F("lb-55-many", "curl '{lb_55}/v2/rates?from=DE&to=FR&weight_g=900' -H 'X-Trace: 77' -H 'Accept-Language: de' -b 'lang=de'", "intermittent_failure", "server")

# --- healthy, and odd
W("ok-fast", "curl '{fast}/api/parcels?limit=5' " + KEY + "-H 'X-Tenant: t-0042'")
W("ok-fast-post", "curl {fast}/api/parcels " + KEY + J + "-d '" + PARCEL + "'")
W("ok-jwt", S + TOK % "good")
W("ok-mole", "curl {mole}/api/depots " + MOLE + J + "-d '" + DEPOT + "'")
W("ok-aws", SIG % ("sign", "bench/secret+key", "eu-central-1", "execute-api"))
W("ok-hmac", H % ("sign", "now", "sig", PICKUP))
W("ok-disordered", "curl " + CA + "'https://{tls_disordered}" + LIST + "'")
W("ok-mtls", "curl " + CA + "--cert {pki}/client.pem --key {pki}/client.key 'https://{mtls_ask}" + LIST + "'")
W("ok-hitch", "curl " + CA + "'https://{hitch}" + LIST + "'")
W("ok-stun", "curl " + CA + "--cert {pki}/client.pem --key {pki}/client.key 'https://{stun}" + LIST + "'")
W("ok-insecure", "curl -k 'https://{tls_expired}" + LIST + "'")
W("ok-sni", "curl " + CA + "--resolve api.bench.test:{snineed_port}:127.0.0.1 'https://api.bench.test:{snineed_port}" + LIST + "'")
W("ok-socks", "curl -x socks5h://bob:builder@{socks} 'http://{origin}" + LIST + "'")
W("ok-proxy", "curl -x http://bob:builder@{proxyauth} 'http://{origin}" + LIST + "'")
W("ok-ats-host", "curl '{ats}" + LIST + "' -H 'Host: parcels.bench.test'")
W("ok-moved", "curl -L {h2o}/v1/parcels")
W("ok-308", "curl -L {h2o}/v1s/parcels " + J + "-d '" + PARCEL + "'")
W("ok-http10", "curl -0 '{http10}/v2/notes' " + J + """-d '{"text":"hello"}'""")
W("ok-delete", "curl -X DELETE {origin}/v2/parcels/P-1005")
W("ok-h2", "curl --http2 " + CA + "'https://{nghxh2}" + LIST + "'")
W("ok-dns-late", "curl 'http://late.bench.test:{origin_port}" + LIST + "'", dns=True)
W("ok-waf", "curl {waf}/v2/parcels " + J + "-d '" + PARCEL + "'")
W("ok-kong", "curl '{kong}" + LIST + "' -H 'apikey: kongkey-77a1' -H 'User-Agent: python-requests/2.31'")
W("ok-empty", "curl '{origin}/v2/parcels?status=delivered&limit=1' -H 'If-None-Match: \"abc\"'")
