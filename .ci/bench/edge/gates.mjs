// The API behind everything (parcels and their carriers), and gateways of npm before it: gates.mjs PORTS.json, which up.py writes.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createRequire } from 'node:module'

const c = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const require = createRequire(c.npm + '/x.js')
const listen = (name, h) => createServer(typeof h === 'function' ? h : h.callback).listen(+c.ports[name].split(':')[1], '127.0.0.1')
const origin = 'http://' + c.ports.origin

// --- the API
const parcels = new Map(['Ada', 'Linus', 'Grace', 'Ken', 'Barbara'].map((n, i) => [`P-100${i + 1}`,
  { id: `P-100${i + 1}`, reference: `ORD-${i + 1}`, weight_g: 400 + 250 * i, service: i % 2 ? 'express' : 'standard', status: ['created', 'in_transit', 'delivered'][i % 3], to: { name: n, city: 'Lyon', country: 'FR' } }]))
const fail = (status, code, message) => { throw Object.assign(new Error(message), { status, code }) }
const integer = (v, name, low, high) => /^\d+$/.test(v) && +v >= low && +v <= high ? +v : fail(400, 'invalid_parameter', `${name} must be an integer between ${low} and ${high}`)
const country = (v, name) => /^[A-Z]{2}$/.test(v ?? '') ? v : fail(400, 'invalid_parameter', v ? `${name} must be an ISO 3166-1 alpha-2 code` : `${name} is required`)

function parcel(b) {
  if (!b || typeof b !== 'object') fail(400, 'bad_body', 'a JSON object is expected')
  for (const k of ['reference', 'weight_g', 'service', 'to']) if (b[k] === undefined) fail(422, 'missing', `${k} is required`)
  if (!Number.isInteger(b.weight_g)) fail(422, 'type', 'weight_g must be an integer')
  if (b.weight_g < 1 || b.weight_g > 30000) fail(422, 'range', 'weight_g must be between 1 and 30000')
  if (!['standard', 'express'].includes(b.service)) fail(422, 'enum', 'service must be one of standard, express')
  if (!/^[A-Z]{2}$/.test(b.to?.country ?? '')) fail(422, 'format', 'to.country must be an ISO 3166-1 alpha-2 code')
  if (!/^[0-9A-Z -]{3,10}$/.test(b.to?.postcode ?? '')) fail(422, 'format', 'to.postcode must be a postcode')
}

async function api(req, res, url, body) {
  const q = url.searchParams, p = url.pathname
  const json = () => { try { return JSON.parse(body.toString()) } catch (e) { fail(400, 'malformed', e.message) } }
  const m = p.match(/^\/v2\/parcels\/([^/]+)$/)
  if (p === '/health') return { ok: true }
  if (p === '/v2/parcels' && req.method === 'GET') {
    if (q.has('status') && !['created', 'in_transit', 'delivered'].includes(q.get('status'))) fail(400, 'invalid_parameter', 'status must be created, in_transit or delivered')
    return { parcels: [...parcels.values()].filter(x => !q.has('status') || x.status === q.get('status')).slice(0, q.has('limit') ? integer(q.get('limit'), 'limit', 1, 100) : 20) }
  }
  if (p === '/v2/parcels' && req.method === 'POST') {
    if (!/json/.test(req.headers['content-type'] ?? '')) fail(415, 'media_type', 'application/json is expected')
    const b = json()
    parcel(b)
    res.statusCode = 201
    return { id: 'P-2001', ...b }
  }
  if (m && req.method === 'GET') return parcels.get(decodeURIComponent(m[1])) ?? fail(404, 'not_found', `there is no parcel ${decodeURIComponent(m[1])}`)
  if (m && req.method === 'PUT') { const b = json(); parcel(b); return b }
  if (m && req.method === 'DELETE') { res.statusCode = 204; return }
  if (p === '/v2/parcels' || m) fail(405, 'method', 'method not allowed')
  if (p === '/v2/rates' && req.method === 'GET') {
    const [from, dest, w] = [country(q.get('from'), 'from'), country(q.get('to'), 'to'), integer(q.get('weight_g') ?? '', 'weight_g', 1, 30000)]
    return { from, to: dest, currency: 'EUR', price: 4 + w / 500 }
  }
  if (p === '/v2/pickups' && req.method === 'POST') {
    const b = json()
    if (!/^\d{4}-\d\d-\d\d$/.test(b.date ?? '')) fail(422, 'format', 'date must be YYYY-MM-DD')
    if (!Array.isArray(b.parcels) || !b.parcels.length) fail(422, 'missing', 'parcels must have at least one entry')
    res.statusCode = 201
    return { id: 'U-1', ...b }
  }
  if (p === '/v2/notes' && req.method === 'POST') { const b = json(); if (!b.text) fail(422, 'missing', 'text is required'); res.statusCode = 201; return { id: 'N-1' } }
  if (p === '/v2/whoami') return { user: req.headers['x-user'] ?? null, host: req.headers.host }
  if (p === '/v2/labels') return { format: q.get('format') ?? 'pdf', bytes: 1024 }
  if (p === '/v2/report') { await new Promise(r => setTimeout(r, q.get('detail') === 'full' ? 3000 : 5)); return { rows: 12, detail: q.get('detail') ?? 'short' } }
  if (p === '/v2/big') return { data: 'x'.repeat(60000) }
  fail(404, 'no_route', `no route ${req.method} ${p}`)
}

const serving = quiet => async (req, res) => {
  const parts = []
  for await (const part of req) parts.push(part)
  res.setHeader('Content-Type', 'application/json')
  try {
    if (req.headers['content-encoding']) fail(415, 'encoding', 'Content-Encoding is not supported')
    const out = await api(req, res, new URL(req.url, 'http://x'), Buffer.concat(parts))
    res.end(out === undefined ? '' : JSON.stringify(out))
  } catch (e) {
    res.statusCode = e.status ?? 500
    res.end(JSON.stringify(quiet ? { error: 'request failed' } : { error: { code: e.code, message: e.message } }))
  }
}
listen('origin', serving(false))
listen('quiet', serving(true))

// --- Fastify: API keys, scopes, rates, CSRF, versions
const Fastify = require('fastify')
for (const name of ['fast', 'fastq']) {
  const f = Fastify({ bodyLimit: 3000, exposeHeadRoutes: false })
  if (name === 'fastq') f.setErrorHandler((e, req, rep) => rep.code(e.statusCode ?? 500).send())
  const keys = { k_live_71c9: ['read', 'write'], k_read_05aa: ['read'] }
  const guard = async (req, rep) => {
    const scopes = keys[req.headers['x-api-key']]
    if (!scopes) throw Object.assign(new Error(req.headers['x-api-key'] ? 'Unknown API key' : 'Missing X-Api-Key header'), { statusCode: 401 })
    if (req.method !== 'GET' && !scopes.includes('write')) throw Object.assign(new Error('This key lacks the scope parcels:write'), { statusCode: 403 })
    if (req.headers['x-tenant'] && !/^t-\d{4}$/.test(req.headers['x-tenant'])) throw Object.assign(new Error('X-Tenant must match ^t-[0-9]{4}$'), { statusCode: 400 })
  }
  await f.register(require('@fastify/cookie'))
  await f.register(require('@fastify/rate-limit'), { global: false })
  await f.register(require('@fastify/csrf-protection'), { sessionPlugin: '@fastify/cookie', cookieOpts: { path: '/' } })
  const proxy = require('@fastify/http-proxy')
  await f.register(proxy, { upstream: origin, prefix: '/api', rewritePrefix: '/v2', preHandler: guard, httpMethods: ['GET', 'POST', 'PUT'] })
  f.get('/limited/rates', { config: { rateLimit: { max: 3, timeWindow: '2 minutes', keyGenerator: r => r.headers['x-client'] ?? 'x' } } }, async r => ({ rate: 4.2 }))
  f.get('/session', async (req, rep) => ({ token: rep.generateCsrf() }))
  f.post('/account/address', { onRequest: f.csrfProtection }, async () => ({ saved: true }))
  f.get('/versioned', { constraints: { version: '1.2.0' } }, async () => ({ version: '1.2.0' }))
  f.get('/versioned', async () => ({ version: 'any' }))
  f.post('/labels', { schema: { body: { type: 'object', required: ['parcel', 'format'], additionalProperties: false, properties: { parcel: { type: 'string', pattern: '^P-\\d{4}$' }, format: { enum: ['pdf', 'zpl'] }, copies: { type: 'integer', maximum: 9 }, note: { type: 'string' } } } } }, async (r, rep) => rep.code(201).send({ label: 1 }))
  await f.listen({ port: +c.ports[name].split(':')[1], host: '127.0.0.1' })
}

// --- Express: tokens by JWKS, parameters once, rewritten paths
const express = require('express')
const jose = require('jose')
const { privateKey, publicKey } = await jose.generateKeyPair('RS256', { extractable: true })
const stranger = (await jose.generateKeyPair('RS256')).privateKey
const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'edge-1', use: 'sig', alg: 'RS256' }
const now = Math.floor(Date.now() / 1000), iss = 'https://id.bench.test/', aud = 'https://api.bench.test'
const mint = (claims, key = privateKey, head = {}) => new jose.SignJWT({ sub: 'u-17', iss, aud, scope: 'parcels:read parcels:write', iat: now - 60, exp: now + 86400, ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'edge-1', typ: 'JWT', ...head }).sign(key)
const tokens = {
  good: await mint({}), expired: await mint({ iat: now - 7200, exp: now - 3600 }), future: await mint({ iat: now + 3600, nbf: now + 3600, exp: now + 90000 }),
  aud: await mint({ aud: 'https://billing.bench.test' }), iss: await mint({ iss: 'https://id.staging.bench.test/' }), forged: await mint({}, stranger),
  kid: await mint({}, privateKey, { kid: 'edge-0' }), scope: await mint({ scope: 'parcels:read' }),
  hs: await new jose.SignJWT({ sub: 'u-17', iss, aud, exp: now + 86400 }).setProtectedHeader({ alg: 'HS256', kid: 'edge-1' }).sign(new TextEncoder().encode('shared-secret-shared-secret-1234')),
  id: await mint({ aud: 'web-client-77', nonce: 'n-1', email: 'ada@bench.test', scope: undefined }),
}
const { expressjwt } = require('express-jwt')
const { createProxyMiddleware } = require('http-proxy-middleware')
const rateLimit = require('express-rate-limit').rateLimit
const jwks = createServer((q, r) => { r.setHeader('Content-Type', 'application/json'); r.end(JSON.stringify({ keys: [jwk] })) }).listen(+c.ports.jwks.split(':')[1], '127.0.0.1')
for (const name of ['xp', 'xpq']) {
  const x = express()
  x.set('strict routing', true)
  x.set('case sensitive routing', true)
  x.use('/secure', expressjwt({ secret: require('jwks-rsa').expressJwtSecret({ jwksUri: `http://${c.ports.jwks}/`, cache: true }), algorithms: ['RS256'], audience: aud, issuer: iss }))
  x.use('/secure', (req, res, next) => req.method === 'GET' || (req.auth.scope ?? '').includes('parcels:write') ? next() : res.status(403).json(name === 'xp' ? { error: 'insufficient_scope', error_description: 'The token lacks the scope parcels:write', scope: 'parcels:write' } : {}))
  x.use('/secure', createProxyMiddleware({ target: origin + '/v2', changeOrigin: true }))
  x.use('/slow', createProxyMiddleware({ target: origin + '/v2', proxyTimeout: 700 }))
  x.use('/gone', createProxyMiddleware({ target: 'http://' + c.ports.dead }))
  x.use('/burst', rateLimit({ windowMs: 120000, limit: 2, standardHeaders: 'draft-7', legacyHeaders: false, keyGenerator: r => r.get('x-client') ?? 'none', message: name === 'xp' ? undefined : '' }), (q, r) => r.json({ ok: true }))
  x.get('/once', (req, res) => Object.values(req.query).some(Array.isArray) ? res.status(400).json(name === 'xp' ? { error: 'Duplicate query parameter: ' + Object.keys(req.query).find(k => Array.isArray(req.query[k])) } : {}) : res.json({ ok: true }))
  x.get('/Tracking/:n', (req, res) => res.json({ number: req.params.n, status: 'in_transit' }))
  x.post('/hooks/', (req, res) => res.status(202).json({ queued: true }))
  x.post('/upload', express.raw({ type: () => true, limit: 1500 }), (req, res) => res.json({ bytes: req.body.length }))
  const cors = new Set(['https://app.bench.test'])
  x.all('/browser', express.json(), (req, res) => req.get('origin') && !cors.has(req.get('origin')) ? res.status(403).json(name === 'xp' ? { error: `Origin ${req.get('origin')} is not allowed` } : {}) : res.json({ ok: true }))
  x.use((err, req, res, next) => name === 'xp' ? res.status(err.status ?? 500).json({ error: err.name, message: err.message }) : res.status(err.status ?? 500).end())
  x.use((req, res) => name === 'xp' ? res.status(404).json({ error: 'NotFound', message: `Cannot ${req.method} ${req.path}` }) : res.status(404).end())
  listen(name, x)
}

// --- Moleculer's gateway
const { ServiceBroker } = require('moleculer')
const broker = new ServiceBroker({ logger: false })
broker.createService({ name: 'depots', actions: {
  list: { params: { country: { type: 'string', length: 2, optional: true }, page: { type: 'number', integer: true, convert: true, min: 1, optional: true } }, handler: () => [{ id: 1, city: 'Lyon' }] },
  get: { params: { id: { type: 'number', convert: true } }, handler: x => x.params.id === 404 ? Promise.reject(new (require('moleculer').Errors.MoleculerClientError)('Depot not found', 404, 'DEPOT_NOT_FOUND')) : { id: x.params.id } },
  create: { params: { $$strict: true, city: 'string', capacity: { type: 'number', integer: true, positive: true }, opens: { type: 'string', pattern: '^\\d\\d:\\d\\d$' }, email: 'email', dock: { type: 'enum', values: ['north', 'south'] } }, handler: () => ({ id: 9 }) } } })
broker.createService({ name: 'gate', mixins: [require('moleculer-web')], settings: { port: +c.ports.mole.split(':')[1], ip: '127.0.0.1', routes: [{ path: '/api', authorization: true, whitelist: ['depots.*'], autoAliases: false,
  aliases: { 'GET depots': 'depots.list', 'GET depots/:id': 'depots.get', 'POST depots': 'depots.create' }, mappingPolicy: 'restrict', bodyParsers: { json: { limit: '2kb' } } }] }, methods: {
  authorize(ctx, route, req) {
    const { UnAuthorizedError, ERR_NO_TOKEN, ERR_INVALID_TOKEN } = require('moleculer-web').Errors
    if (!req.headers.authorization) return Promise.reject(new UnAuthorizedError(ERR_NO_TOKEN))
    return req.headers.authorization === 'Bearer mole-3f9a' ? Promise.resolve() : Promise.reject(new UnAuthorizedError(ERR_INVALID_TOKEN))
  } } })
await broker.start()

// --- signatures verified in front: AWS's, an HMAC of one's own, HTTP message signatures' digest (RFC 9530)
const aws4 = require('aws4')
const sha = s => createHash('sha256').update(s).digest()
for (const name of ['sign', 'signq']) listen(name, async (req, res) => {
  const parts = []
  for await (const part of req) parts.push(part)
  const body = Buffer.concat(parts), no = (status, code, message) => { res.writeHead(status, { 'Content-Type': 'application/json' }); res.end(name === 'sign' ? JSON.stringify({ code, message }) : '') }
  const ok = () => { res.writeHead(200, { 'Content-Type': 'application/json' }); res.end('{"ok":true}') }
  const h = req.headers
  if (req.url.startsWith('/aws/')) {
    const a = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(h.authorization ?? '')
    if (!a) return no(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
    if (a[1] !== 'AKIDBENCH') return no(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.')
    if (a[3] !== 'eu-central-1') return no(403, 'InvalidSignatureException', `Credential should be scoped to a valid region, not '${a[3]}'.`)
    if (a[4] !== 'execute-api') return no(403, 'InvalidSignatureException', `Credential should be scoped to correct service: 'execute-api'.`)
    const headers = Object.fromEntries(a[5].split(';').map(k => [k, h[k]]))
    const s = new aws4.RequestSigner({ host: h.host, path: req.url, method: req.method, headers, body, service: a[4], region: a[3], doNotModifyHeaders: true, datetime: h['x-amz-date'] }, { accessKeyId: a[1], secretAccessKey: 'bench/secret+key' })
    s.parsedPath || s.parsePath()
    s.request.headers = headers
    s.datetime = h['x-amz-date']
    return s.signature() === a[6] ? ok() : no(403, 'InvalidSignatureException', 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.')
  }
  if (req.url.startsWith('/hmac/')) {
    if (!h['x-timestamp'] || !h['x-signature']) return no(401, 'missing_signature', `Header ${h['x-timestamp'] ? 'X-Signature' : 'X-Timestamp'} is missing`)
    if (Math.abs(Date.now() / 1000 - h['x-timestamp']) > 86400) return no(401, 'stale_timestamp', 'X-Timestamp is more than a day away from the clock of this server')
    const want = createHmac('sha256', 'edge-hmac-secret').update(`${h['x-timestamp']}.${body}`).digest('hex')
    return h['x-signature'] === want ? ok() : no(401, 'invalid_signature', 'The signature does not match the body')
  }
  if (req.url.startsWith('/digest/')) {
    const want = `sha-256=:${sha(body).toString('base64')}:`
    if (!h['content-digest']) return no(400, 'digest_required', 'Content-Digest is required')
    return h['content-digest'] === want ? ok() : no(400, 'digest_mismatch', 'Content-Digest does not match the content')
  }
  no(404, 'NotFound', 'no such route')
})

// --- proxies and mail
const { Server, RequestError } = require('proxy-chain')
new Server({ port: +c.ports.chain.split(':')[1], host: '127.0.0.1', prepareRequestFunction: ({ username, password }) => ({ requestAuthentication: username !== 'bob' || password !== 'builder' }) }).listen()
new Server({ port: +c.ports.chainopen.split(':')[1], host: '127.0.0.1', prepareRequestFunction: ({ hostname, port }) => {
  if (hostname === '127.0.0.2') throw new RequestError('Destination is not on the allow list', 403)
  return {}
} }).listen()
const { SMTPServer } = require('smtp-server')
new SMTPServer({ name: 'mx.bench.test', logger: false }).on('error', () => {}).listen(+c.ports.smtp.split(':')[1], '127.0.0.1')
process.on('uncaughtException', e => console.error(e))
process.stdout.write(JSON.stringify(tokens) + '\n')
