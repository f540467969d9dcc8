// A gateway that lets errors through with their status alone: node hush.mjs '[{"port":P,"to":P,"how":"json"},…]'.
// how: empty, json, html, code, trace (with a random id), merge (422 becomes 400), flaky (fails four times of ten).
import http from 'node:http'
import { randomUUID } from 'node:crypto'
const say = {
  empty: () => ['', ''], json: s => ['application/json', JSON.stringify({ error: http.STATUS_CODES[s] })],
  html: s => ['text/html', `<html><head><title>${s} ${http.STATUS_CODES[s]}</title></head><body><center><h1>${s} ${http.STATUS_CODES[s]}</h1></center></body></html>`],
  code: s => ['application/json', JSON.stringify({ code: 10000 + s, message: s < 500 ? 'The request could not be processed.' : 'Something went wrong.' })],
  trace: s => ['application/json', JSON.stringify({ status: s, message: http.STATUS_CODES[s], requestId: randomUUID(), timestamp: new Date().toISOString() })],
}
for (const { port, to, how } of JSON.parse(process.argv[2])) {
  http.createServer((req, res) => {
    if (how === 'flaky' && Math.random() < 0.4) { req.resume(); res.writeHead(503, { 'content-type': 'application/json' }); return res.end('{"error":"Service Unavailable"}') }
    const up = http.request({ host: '127.0.0.1', port: to, method: req.method, path: req.url, headers: req.headers }, r => {
      if (r.statusCode < 400 || !say[how]) { res.writeHead(r.statusCode, r.rawHeaders); return r.pipe(res) }
      r.resume()
      const s = r.statusCode === 422 ? 400 : r.statusCode
      const [type, text] = say[how](s)
      const h = { 'content-length': Buffer.byteLength(text) }
      if (type) h['content-type'] = type
      for (const k of ['allow', 'www-authenticate']) if (r.headers[k]) h[k] = r.headers[k]
      res.writeHead(s, h); res.end(text)
    })
    up.on('error', () => { res.writeHead(502); res.end() })
    req.pipe(up)
  }).listen(port, '127.0.0.1')
}
