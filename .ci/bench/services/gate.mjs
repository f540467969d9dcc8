// Gateways that let errors through with their status alone, or fail by themselves: node gate.mjs '[{"port":P,"to":P,"how":"json"},…]'.
// empty, json, html, code, trace (with a random id): how an error is hidden. flaky: fails three times of ten; turns: every second
// answer is a node's that is down; reset: the connection is cut three times of ten.
import http from 'node:http'
import { randomUUID } from 'node:crypto'
const say = {
  empty: () => ['', ''],
  json: s => ['application/json', JSON.stringify({ status: s, error: http.STATUS_CODES[s] })],
  html: s => ['text/html', `<!doctype html><html><head><title>${s} ${http.STATUS_CODES[s]}</title></head><body><h1>${http.STATUS_CODES[s]}</h1><hr>gateway</body></html>`],
  code: s => ['application/problem+json', JSON.stringify({ type: 'about:blank', title: http.STATUS_CODES[s], status: s })],
  trace: s => ['application/json', JSON.stringify({ success: false, requestId: randomUUID(), at: new Date().toISOString() })],
}
for (const { port, to, how } of JSON.parse(process.argv[2])) {
  let n = 0
  http.createServer((req, res) => {
    n++
    const fails = how === 'turns' ? n % 2 : Math.random() < 0.3
    if (fails && how === 'reset') return req.socket.destroy()
    if (fails && how === 'flaky') { req.resume(); res.writeHead(503, { 'content-type': 'text/plain' }); return res.end('upstream connect error or disconnect/reset before headers\n') }
    if (fails && how === 'turns') { req.resume(); res.writeHead(502, { 'content-type': 'text/html' }); return res.end('<html><head><title>502 Bad Gateway</title></head></html>') }
    const up = http.request({ host: '127.0.0.1', port: to, method: req.method, path: req.url, headers: req.headers }, r => {
      if (r.statusCode < 400 || !say[how]) { res.writeHead(r.statusCode, r.rawHeaders); return r.pipe(res) }
      r.resume()
      const [type, text] = say[how](r.statusCode)
      const h = { 'content-length': Buffer.byteLength(text) }
      if (type) h['content-type'] = type
      for (const k of ['allow', 'www-authenticate']) if (r.headers[k]) h[k] = r.headers[k]
      res.writeHead(r.statusCode, h); res.end(text)
    })
    up.on('error', () => { res.writeHead(502); res.end() })
    req.pipe(up)
  }).listen(port, '127.0.0.1')
}
