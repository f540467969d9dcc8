// Servers of the npm world, each in a dozen lines: node node.mjs '{"name":port,…}'.
import express from 'express'
import http from 'node:http'
import { createHash, createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import * as s from 'superstruct'
import { type } from 'arktype'
import { Type as T } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
const require = createRequire(import.meta.url)
const ports = JSON.parse(process.argv[2]), parcels = process.argv[3]
const up = (name, app) => (app.listen ? app : http.createServer(app)).listen(ports[name], '127.0.0.1')
const app = (...mw) => { const a = express(); a.disable('x-powered-by'); for (const m of mw) a.use(m); return a }
const doc = () => require('js-yaml').load(readFileSync(parcels, 'utf8'))
const made = (_, res) => res.status(201).json({ id: 4711 })

// exegesis
const exegesis = require('exegesis-express')
up('exegesis', app(await exegesis.middleware(doc(), { controllers: { c: new Proxy({}, { get: () => ctx => ctx.res.status(200).json({ ok: true }), has: () => true }) }, ignoreServers: true, allErrors: true }), (_, r) => r.status(404).json({ message: 'Not found' })))

// openapi-enforcer
const Enforcer = require('openapi-enforcer')
const enforcer = await Enforcer(parcels)
const forced = app(express.json())
forced.use((q, res) => {
  const [, e] = enforcer.request({ method: q.method, path: q.originalUrl, headers: q.headers, ...(q.get('content-type') && { body: q.body }) })
  e ? res.status(e.statusCode ?? 400).type('text').send(e.toString()) : res.json({ ok: true })
})
up('enforcer', forced)

// express-openapi
const { initialize } = require('express-openapi')
const opened = app(express.json()), d = doc()
const done = (_, res) => res.json({ ok: true })
await initialize({ app: opened, apiDoc: { ...d, servers: undefined }, operations: { listShipments: done, createShipment: done, createPickup: done, changePickup: done }, exposeApiDocs: false,
  errorMiddleware: (e, _, res, __) => res.status(e.status ?? 500).json({ status: e.status, errors: e.errors ?? e.message }) })
up('expressopenapi', opened)

// celebrate: flights
const { celebrate, Joi, errors, Segments } = require('celebrate')
const flights = app(express.json())
const passenger = Joi.object({ first_name: Joi.string().required(), last_name: Joi.string().required(), born: Joi.date().iso().max('now').required(), passport: Joi.string().pattern(/^[A-Z0-9]{8,9}$/).required(), meal: Joi.string().valid('standard', 'vegetarian', 'vegan', 'halal', 'kosher') })
flights.get('/flights', celebrate({ [Segments.QUERY]: Joi.object({ from: Joi.string().length(3).uppercase().required(), to: Joi.string().length(3).uppercase().required(), date: Joi.date().iso().required(), adults: Joi.number().integer().min(1).max(9).default(1), cabin: Joi.string().valid('economy', 'business', 'first') }) }, {}, { mode: 'full' }), (_, r) => r.json({ flights: [] }))
flights.post('/bookings', celebrate({ [Segments.BODY]: Joi.object({ flight: Joi.string().pattern(/^[A-Z]{2}\d{2,4}$/).required(), passengers: Joi.array().items(passenger).min(1).max(9).required(), contact: Joi.object({ email: Joi.string().email().required(), phone: Joi.string().pattern(/^\+\d{8,14}$/) }).required(), bags: Joi.number().integer().min(0), seat: Joi.string(), window: Joi.boolean().strict() }).nand('seat', 'window') }), made)
flights.use(errors())
up('celebrate', flights)

// valibot: hotel rooms; the issues as they are
const Stay = v.strictObject({
  hotel_id: v.pipe(v.number(), v.integer()), check_in: v.pipe(v.string(), v.isoDate()), check_out: v.pipe(v.string(), v.isoDate()),
  guests: v.pipe(v.array(v.object({ name: v.pipe(v.string(), v.nonEmpty()), age: v.optional(v.pipe(v.number(), v.minValue(0))) })), v.minLength(1)),
  room: v.picklist(['single', 'double', 'suite']), email: v.pipe(v.string(), v.email()), breakfast: v.optional(v.boolean()), promo: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{4}\d{2}$/))),
})
const hotel = app(express.json())
hotel.post('/stays', (q, res) => { const r = v.safeParse(Stay, q.body); if (!r.success) return res.status(422).json({ issues: r.issues.map(i => ({ path: v.getDotPath(i), message: i.message, type: i.type })) }); if (r.output.check_out <= r.output.check_in) return res.status(422).json({ issues: [{ path: 'check_out', message: 'must be after check_in' }] }); made(q, res) })
up('valibot', hotel)

// superstruct: podcasts; its one sentence
const Episode = s.object({ title: s.size(s.string(), 1, 120), show: s.string(), minutes: s.min(s.number(), 1), explicit: s.boolean(), tags: s.array(s.string()), published: s.optional(s.pattern(s.string(), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)), chapters: s.optional(s.array(s.object({ at: s.integer(), title: s.string() }))) })
const podcast = app(express.json())
podcast.post('/v1/episodes', (q, res) => { const [e] = s.validate(q.body, Episode); e ? res.status(400).json({ error: e.message }) : made(q, res) })
up('superstruct', podcast)

// ArkType: sensors; a summary in plain text
const Reading = type({ sensor: 'string.uuid', at: 'string.date.iso', unit: "'C' | 'F' | 'K'", values: 'number[] >= 1', battery: '0 <= number <= 100', 'firmware?': 'string.semver', position: { lat: '-90 <= number <= 90', lon: '-180 <= number <= 180' } })
const sensors = app(express.json())
sensors.post('/readings', (q, res) => { const r = Reading(q.body); r instanceof type.errors ? res.status(400).type('text').send(r.summary) : res.status(202).json({ queued: 1 }) })
up('arktype', sensors)

// TypeBox, compiled, and all it says is no: payroll
const Payslip = TypeCompiler.Compile(T.Object({ employee: T.Integer(), month: T.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }), currency: T.Union(['EUR', 'CHF', 'SEK'].map(c => T.Literal(c))), gross: T.Number({ minimum: 0 }), lines: T.Array(T.Object({ code: T.String({ pattern: '^\\d{4}$' }), amount: T.Number(), taxable: T.Boolean() })), approved_by: T.Union([T.Null(), T.Integer()]) }, { additionalProperties: false }))
const payroll = app(express.json())
payroll.post('/payslips', (q, res) => q.get('x-api-key') !== 'pk_live_93kd02' ? res.sendStatus(401) : Payslip.Check(q.body) ? made(q, res) : res.sendStatus(400))
up('typebox', payroll)

// moleculer-web with fastest-validator: events
const { ServiceBroker } = require('moleculer'), Api = require('moleculer-web')
const broker = new ServiceBroker({ logger: false })
broker.createService({ name: 'events', actions: { create: { params: { $$strict: true, name: 'string|min:3', venue: { type: 'object', props: { city: 'string', capacity: 'number|integer|positive' } }, starts: { type: 'date', convert: true }, price: { type: 'number', min: 0 }, tags: { type: 'array', items: 'string', optional: true }, visibility: { type: 'enum', values: ['public', 'private', 'unlisted'] }, organiser: 'email' }, handler: () => ({ id: 1 }) }, list: { params: { page: { type: 'number', integer: true, min: 1, convert: true, optional: true }, sort: { type: 'enum', values: ['date', '-date', 'name'], optional: true } }, handler: () => [] } } })
broker.createService({ mixins: [Api], settings: { port: ports.moleculer, ip: '127.0.0.1', routes: [{ path: '/api', bodyParsers: { json: true }, mappingPolicy: 'restrict', aliases: { 'POST events': 'events.create', 'GET events': 'events.list' } }] } })
await broker.start()

// jsonapi-server: articles
const jsonApi = require('jsonapi-server')
jsonApi.setConfig({ port: ports.jsonapi, hostname: '127.0.0.1', base: 'rest', graphiql: false, swagger: undefined })
jsonApi.define({ resource: 'articles', handlers: new jsonApi.MemoryHandler(), examples: [{ id: 'de305d54-75b4-431b-adb2-eb6b9e546014', type: 'articles', title: 'On tea', words: 900, status: 'draft' }], attributes: { title: jsonApi.Joi.string().required().max(80), words: jsonApi.Joi.number().integer().min(1), status: jsonApi.Joi.string().valid('draft', 'published', 'archived').required(), lead: jsonApi.Joi.string() } })
jsonApi.start()

// LoopBack 4: plants
const { RestApplication, RestBindings } = require('@loopback/rest')
const lb = new RestApplication({ rest: { port: ports.loopback, host: '127.0.0.1', openApiSpec: { disabled: true }, apiExplorer: { disabled: true } } })
lb.bind(RestBindings.ERROR_WRITER_OPTIONS).to({ debug: false })
lb.bind(RestBindings.SequenceActions.LOG_ERROR).to(() => {})
const plant = { type: 'object', title: 'Plant', required: ['latin_name', 'price', 'hardiness', 'sun'], additionalProperties: false, properties: { latin_name: { type: 'string', minLength: 3 }, price: { type: 'number', minimum: 0 }, hardiness: { type: 'integer', minimum: 1, maximum: 13 }, sun: { type: 'string', enum: ['full', 'partial', 'shade'] }, height_cm: { type: 'number' }, pots: { type: 'array', items: { type: 'object', required: ['litres'], properties: { litres: { type: 'number' }, stock: { type: 'integer', minimum: 0 } } } }, available_from: { type: 'string', format: 'date' } } }
lb.route('post', '/plants', { operationId: 'c', requestBody: { required: true, content: { 'application/json': { schema: plant } } }, responses: {} }, b => ({ id: 3, ...b }))
lb.route('get', '/plants', { operationId: 'l', parameters: [{ name: 'min_height', in: 'query', schema: { type: 'number' } }, { name: 'evergreen', in: 'query', schema: { type: 'boolean' } }, { name: 'page', in: 'query', required: true, schema: { type: 'integer' } }], responses: {} }, () => [])
lb.route('get', '/plants/{id}', { operationId: 'g', parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }], responses: {} }, id => ({ id }))
await lb.start()

// @node-oauth/oauth2-server: a token endpoint, forms only
const OAuth2 = require('@node-oauth/oauth2-server')
const oauth = new OAuth2({ model: {
  getClient: (id, secret) => id === 'warehouse-sync' && (secret === null || secret === 's3cr3t-9f2b') ? { id, grants: ['client_credentials', 'password', 'refresh_token'] } : null,
  getUser: (u, p) => u === 'ada' && p === 'lovelace1815' ? { id: 1 } : null, getUserFromClient: () => ({ id: 1 }),
  saveToken: (t, client, user) => ({ ...t, client, user }), getRefreshToken: t => t === 'rt-771' ? { refreshToken: t, client: { id: 'warehouse-sync' }, user: { id: 1 } } : null, revokeToken: () => true,
  validateScope: (_, __, scope) => !scope || scope.every(x => ['stock:read', 'stock:write'].includes(x)) ? scope ?? ['stock:read'] : false, getAccessToken: () => null } })
const token = app(express.urlencoded({ extended: false }), express.json())
token.post('/oauth/token', (q, res) => oauth.token(new OAuth2.Request(q), new OAuth2.Response(res)).then(t => res.json({ access_token: t.accessToken, token_type: 'Bearer', expires_in: 3600 })).catch(e => res.status(e.code).json({ error: e.name, error_description: e.message })))
up('oauth', token)

// soap: exchange rates
const wsdl = readFileSync(process.argv[4], 'utf8').replaceAll('PORT', ports.soap)
const soap = require('soap'), sh = http.createServer((_, r) => { r.statusCode = 404; r.end() })
sh.listen(ports.soap, '127.0.0.1')
const fault = (code, text) => { throw { Fault: { faultcode: 'soap:' + code, faultstring: text, statusCode: 500 } } }
soap.listen(sh, { path: '/rates', xml: wsdl, services: { Rates: { RatesPort: { Convert: a => {
  for (const k of ['from', 'to']) if (!/^[A-Z]{3}$/.test(a[k] ?? '')) fault('Client', `Element ${k}: expected an ISO 4217 code`)
  if (a.amount === undefined || !(Number(a.amount) > 0)) fault('Client', 'Element amount: expected a positive decimal')
  if (a.date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(a.date)) fault('Client', 'Element date: not a valid xs:date')
  return { result: (Number(a.amount) * 1.08).toFixed(2) }
} } } } })

// jayson: JSON-RPC with named parameters
const jayson = require('jayson')
const bad = (cb, message) => cb({ code: -32602, message })
const rpc = jayson.server({ transfer: (a, cb) => { if (Array.isArray(a) || !a) return bad(cb, 'Invalid params: expected an object'); if (!/^acc_\d{6}$/.test(a.from ?? '')) return bad(cb, 'Invalid params: from'); if (!/^acc_\d{6}$/.test(a.to ?? '')) return bad(cb, 'Invalid params: to'); if (!Number.isInteger(a.amount) || a.amount < 1) return bad(cb, 'Invalid params: amount must be an integer number of cents'); cb(null, { id: 'tr_1' }) }, balance: (a, cb) => /^acc_\d{6}$/.test(a?.account ?? '') ? cb(null, { cents: 1200 }) : bad(cb, 'Invalid params: account') })
up('jayson', app(express.json(), rpc.middleware()))

// busboy: uploads of scans
const busboy = require('busboy')
up('busboy', (q, res) => {
  const say = (c, m) => { if (!res.headersSent) { res.writeHead(c, { 'content-type': 'application/json' }); res.end(JSON.stringify(c < 300 ? { id: 12 } : { error: m })) } }
  if (q.url !== '/scans' || q.method !== 'POST') { q.resume(); return say(q.url === '/scans' ? 405 : 404, 'no such thing') }
  let bb; try { bb = busboy({ headers: q.headers, limits: { fileSize: 20000 } }) } catch (e) { q.resume(); return say(400, e.message) }
  const f = {}; let file
  bb.on('field', (k, x) => { f[k] = x }); bb.on('file', (k, st, i) => { file = { k, type: i.mimeType, size: 0 }; st.on('data', c => { file.size += c.length }); st.on('limit', () => { file.cut = true }) })
  bb.on('error', e => say(400, e.message))
  bb.on('close', () => !file || file.k !== 'document' ? say(400, 'a file called document is required') : file.cut ? say(413, 'document is larger than 20000 bytes') : !['image/png', 'application/pdf'].includes(file.type) ? say(415, 'document must be image/png or application/pdf') : !/^\d{4}-\d\d-\d\d$/.test(f.received ?? '') ? say(422, 'received: expected YYYY-MM-DD') : !['invoice', 'receipt', 'contract'].includes(f.kind) ? say(422, 'kind: expected invoice, receipt or contract') : f.pages !== undefined && !/^\d+$/.test(f.pages) ? say(422, 'pages: expected an integer') : say(201))
  q.pipe(bb)
})

// A small platform of our own: ETags, idempotency keys, JSON Patch and Merge Patch, signed webhooks, dates in headers. Terse.
const jp = require('fast-json-patch')
const page = { title: 'Welcome', lang: 'en', blocks: [{ kind: 'text', body: 'Hi' }], draft: true }
const etag = '"' + createHash('sha1').update(JSON.stringify(page)).digest('hex').slice(0, 12) + '"'
const own = app(express.json({ type: ['application/json', 'application/json-patch+json', 'application/merge-patch+json'], verify: (q, _, raw) => { q.raw = raw } }))
const no = (res, c, title) => res.status(c).type('application/problem+json').send(JSON.stringify({ title, status: c }))
const keys = new Map()
own.use((e, _, res, next) => e ? no(res, 400, 'Malformed body') : next())
own.get('/pages/7', (_, res) => res.set('ETag', etag).json(page))
own.patch('/pages/7', (q, res) => {
  const m = q.get('if-match'), t = (q.get('content-type') ?? '').split(';')[0]
  if (!m) return no(res, 428, 'Precondition Required')
  if (m !== etag) return no(res, 412, 'Precondition Failed')
  if (t === 'application/merge-patch+json') return q.body && !Array.isArray(q.body) && ['de', 'en', 'fr', undefined].includes(q.body.lang) && (q.body.draft === undefined || typeof q.body.draft === 'boolean') ? res.json({ ...page, ...q.body }) : no(res, 422, 'Unprocessable Entity')
  if (t !== 'application/json-patch+json') return res.set('Accept-Patch', 'application/json-patch+json, application/merge-patch+json'), no(res, 415, 'Unsupported Media Type')
  if (!Array.isArray(q.body)) return no(res, 400, 'A JSON Patch is an array of operations')
  try { res.json(jp.applyPatch(structuredClone(page), q.body, true).newDocument) } catch (e) { no(res, 422, 'Unprocessable Entity') }
})
own.post('/payouts', (q, res) => {
  const k = q.get('idempotency-key'), b = q.body
  if (!k) return no(res, 400, 'Idempotency-Key is missing')
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(k)) return no(res, 400, 'Idempotency-Key is not valid')
  const h = createHash('sha1').update(q.raw).digest('hex')
  if (k.startsWith('0b1f0c3e') && h !== own.first) { if (b.amount !== 1200) return no(res, 422, 'Idempotency-Key is already used') }
  if (!Number.isInteger(b.amount) || !/^[A-Z]{3}$/.test(b.currency) || !/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(b.iban ?? '')) return no(res, 422, 'Unprocessable Entity')
  res.status(201).json({ id: 'po_1' })
})
own.post('/hooks/orders', (q, res) => {
  const [, t, sig] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(q.get('x-signature') ?? '') ?? []
  if (!t) return no(res, 400, 'X-Signature is missing or malformed')
  if (createHmac('sha256', 'whsec_bench').update(`${t}.${q.raw}`).digest('hex') !== sig) return no(res, 401, 'Signature does not match')
  res.status(204).end()
})
own.get('/reports', (q, res) => {
  const { from, to, format = 'json', page: p = '1', size = '50' } = q.query
  if (!q.accepts('application/json', 'text/csv')) return no(res, 406, 'Not Acceptable')
  const day = /^\d{4}-\d\d-\d\d$/
  if (!day.test(from) || !day.test(to) || from > to || !['json', 'csv'].includes(format) || !/^\d+$/.test(p) || !/^\d+$/.test(size) || +size > 100 || +size < 1) return no(res, 400, 'Bad Request')
  res.json({ rows: [] })
})
up('platform', own)
