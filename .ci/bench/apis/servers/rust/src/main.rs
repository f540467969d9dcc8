// serde_json behind tiny_http, with the sentences of axum's extractors: bench PORT.
use serde::Deserialize;
use tiny_http::{Header, Method, Response, Server};

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code)]
enum Side { Buy, Sell }

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
enum Price { Market, Limit { cents: u64 }, Stop { cents: u64, trail: Option<u8> } }

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Leg { symbol: String, quantity: u32, side: Side }

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Order { account: u64, legs: Vec<Leg>, price: Price, day_only: bool, note: Option<String>, expires: Option<i64>, fee: f64 }

fn main() {
    let port = std::env::args().nth(1).unwrap();
    let server = Server::http(format!("127.0.0.1:{}", port)).unwrap();
    for mut r in server.incoming_requests() {
        let path = r.url().split('?').next().unwrap_or("").to_string();
        let json = r.headers().iter().any(|h| h.field.equiv("content-type") && h.value.as_str().starts_with("application/json"));
        let (code, text) = if path != "/orders" { (404, String::new()) }
            else if *r.method() != Method::Post { (405, String::new()) }
            else if !json { (415, "Expected request with `Content-Type: application/json`".to_string()) }
            else {
                let mut body = String::new();
                r.as_reader().read_to_string(&mut body).ok();
                match serde_json::from_str::<Order>(&body) {
                    Ok(_) => (201, "{\"order\":5}".to_string()),
                    Err(e) if e.is_data() => (422, format!("Failed to deserialize the JSON body into the target type: {}", e)),
                    Err(e) => (400, format!("Failed to parse the request body as JSON: {}", e)),
                }
            };
        let kind = if code == 201 { "application/json" } else { "text/plain; charset=utf-8" };
        r.respond(Response::from_string(text).with_status_code(code).with_header(Header::from_bytes(&b"Content-Type"[..], kind.as_bytes()).unwrap())).ok();
    }
}
