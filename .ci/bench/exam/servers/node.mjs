// The servers of the bench that Node runs: node.mjs PORTS(JSON) RUN SPEC_FOLDER.
import express from 'express'
import http from 'node:http'
import https from 'node:https'
import fs from 'node:fs'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const P = JSON.parse(process.argv[2]), RUN = process.argv[3]
const listen = (app, name) => app.listen(P[name], '127.0.0.1')
process.on('uncaughtException', e => console.error(e))

{ // motor insurance: validatorjs, as Laravel has it
  const Validator = require('validatorjs')
  const rules = {
    product: 'required|in:motor,home,travel', start_date: 'required|date', term_months: 'required|integer|in:6,12', currency: 'required|in:EUR,GBP,SEK',
    'policyholder.first_name': 'required|string|max:40', 'policyholder.last_name': 'required|string|max:40', 'policyholder.birth_date': 'required|date',
    'policyholder.email': 'required|email', 'policyholder.phone': ['required', 'regex:/^\\+[0-9]{7,15}$/'], 'policyholder.address.line1': 'required|string',
    'policyholder.address.postcode': 'required|string|max:10', 'policyholder.address.country': 'required|size:2',
    'vehicle.vin': 'required|alpha_num|size:17', 'vehicle.make': 'required|string', 'vehicle.year': 'required|integer|min:1980|max:2027', 'vehicle.value': 'required|numeric|min:500',
    'vehicle.overnight': 'required|in:garage,driveway,street', drivers: 'required|array', 'drivers.*.name': 'required|string', 'drivers.*.licence_years': 'required|integer|min:0',
    'drivers.*.claims': 'integer|max:5', 'cover.level': 'required|in:third_party,comprehensive', 'cover.excess': 'required|integer|in:100,250,500,1000', consent: 'required|boolean',
  }
  const app = express()
  app.use((req, res, next) => req.get('authorization') === 'Bearer brk_live_7Qa2' ? next() : res.status(401).set('www-authenticate', 'Bearer realm="quotes"').json({ message: 'Unauthenticated.' }))
  app.use((req, res, next) => req.get('x-broker-id') ? next() : res.status(400).json({ message: 'The X-Broker-Id header is missing.' }))
  app.use(express.json())
  app.post('/v2/quotes', (req, res) => {
    const v = new Validator(req.body || {}, rules)
    if (v.fails()) return res.status(422).json({ message: 'The given data was invalid.', errors: v.errors.all() })
    res.status(201).json({ id: 'q_81', premium: { gross: 41250, currency: req.body.currency } })
  })
  app.get('/v2/quotes', (req, res) => {
    const v = new Validator(req.query, { status: 'in:draft,bound,lapsed', per_page: 'integer|max:50', from: 'date', sort: 'in:created_at,-created_at' })
    if (v.fails()) return res.status(422).json({ message: 'The given data was invalid.', errors: v.errors.all() })
    res.json({ data: [], meta: { per_page: +req.query.per_page || 15, total: 0 } })
  })
  app.use((err, req, res, next) => res.status(err.status || 500).json({ message: err.message }))
  listen(app, 'vjs')
}

{ // shipping labels: Effect's Schema
  const { Schema, ParseResult, Either } = await import('effect')
  const S = Schema
  const Address = S.Struct({ name: S.NonEmptyString, company: S.optional(S.String), street: S.NonEmptyString, city: S.NonEmptyString, postal_code: S.String, country: S.String.pipe(S.pattern(/^[A-Z]{2}$/)), phone: S.optional(S.String) })
  const Parcel = S.Struct({ weight_grams: S.Int.pipe(S.between(1, 31500)), length_mm: S.Int.pipe(S.positive()), width_mm: S.Int.pipe(S.positive()), height_mm: S.Int.pipe(S.positive()), reference: S.optional(S.String) })
  const Item = S.Struct({ description: S.String.pipe(S.minLength(3)), quantity: S.Int, unit_value: S.Number, currency: S.Literal('EUR', 'USD', 'GBP'), hs_code: S.String.pipe(S.pattern(/^\d{6,10}$/)), origin: S.String.pipe(S.length(2)) })
  const Label = S.Struct({
    service: S.Literal('EXPRESS', 'STANDARD', 'ECONOMY'), label_format: S.Literal('PDF', 'ZPL'), reference: S.String, ship_date: S.String.pipe(S.pattern(/^\d{4}-\d{2}-\d{2}$/)), shipper: Address, recipient: Address,
    parcels: S.NonEmptyArray(Parcel), customs: S.optional(S.Struct({ contents: S.Literal('MERCHANDISE', 'GIFT', 'DOCUMENTS'), incoterm: S.Literal('DAP', 'DDP'), items: S.NonEmptyArray(Item) })), insured: S.Boolean,
  })
  const decode = S.decodeUnknownEither(Label, { onExcessProperty: 'error' })
  http.createServer(async (req, res) => {
    const say = (status, body) => { res.writeHead(status, { 'content-type': 'application/json' }); res.end(JSON.stringify(body)) }
    let text = ''
    for await (const b of req) text += b
    if (!req.url.startsWith('/v1/labels')) return say(404, { error: 'NotFound', path: req.url })
    if (req.headers['x-api-key'] !== 'shp_9d1c77') return say(403, { error: 'Forbidden', detail: 'unknown API key' })
    if (req.method === 'GET') return say(200, { labels: [] })
    if (req.method !== 'POST') { res.setHeader('allow', 'GET, POST'); return say(405, { error: 'MethodNotAllowed' }) }
    let doc
    try { doc = JSON.parse(text) } catch (e) { return say(400, { error: 'SyntaxError', detail: e.message }) }
    const out = decode(doc)
    if (Either.isLeft(out)) return say(400, { error: 'ParseError', detail: ParseResult.TreeFormatter.formatErrorSync(out.left) })
    if (doc.shipper.country !== doc.recipient.country && !doc.customs) return say(409, { error: 'CustomsRequired', detail: `a parcel from ${doc.shipper.country} to ${doc.recipient.country} needs customs` })
    say(201, { id: 'lbl_5512', tracking: 'JD0146', url: '/v1/labels/lbl_5512.pdf' })
  }).listen(P.effect, '127.0.0.1')
}

{ // leave of employees: express-zod-api
  const { createConfig, createServer, EndpointsFactory, defaultResultHandler, Middleware } = await import('express-zod-api')
  const { z } = await import('zod')
  const createHttpError = require('http-errors')
  const auth = new Middleware({ security: { type: 'header', name: 'X-Tenant' }, input: z.object({}), handler: async ({ request }) => { if (request.get('x-tenant') !== 'acme-se') throw createHttpError(401, 'Unknown tenant'); return {} } })
  const make = new EndpointsFactory(defaultResultHandler).addMiddleware(auth)
  const leave = make.build({
    method: 'post', output: z.object({ id: z.string() }), handler: async () => ({ id: 'lv-44' }),
    input: z.object({
      employee_no: z.string().regex(/^E\d{6}$/), kind: z.enum(['annual', 'sick', 'parental', 'unpaid']), starts_on: z.iso.date(), ends_on: z.iso.date(), half_day: z.boolean(), days: z.number().int().min(1).max(60),
      approver: z.object({ employee_no: z.string(), email: z.email() }), contact: z.object({ phone: z.string().min(7), address: z.string().optional() }), cover: z.array(z.object({ employee_no: z.string(), share: z.number().max(1) })).min(1),
      attachments: z.array(z.url()).max(3), note: z.string().max(200).optional(), notify: z.array(z.enum(['payroll', 'team', 'manager'])), paid: z.literal(true),
    }).refine(o => o.starts_on <= o.ends_on, { message: 'ends before it starts', path: ['ends_on'] }),
  })
  const list = make.build({ method: 'get', input: z.object({ year: z.string().regex(/^\d{4}$/), status: z.enum(['open', 'approved', 'rejected']).optional(), limit: z.coerce.number().int().max(100).default(20) }), output: z.object({ items: z.array(z.string()) }), handler: async () => ({ items: [] }) })
  await createServer(createConfig({ http: { listen: { port: P.zodapi, host: '127.0.0.1' } }, cors: false, logger: { level: 'silent' }, startupLogo: false }), { v1: { 'leave-requests': leave, leaves: list } })
}

{ // a hospital's appointments: mongoose
  const { Schema, model, set } = require('mongoose')
  set('bufferCommands', false)
  const Contact = new Schema({ kind: { type: String, enum: ['phone', 'email', 'post'], required: true }, value: { type: String, required: true } }, { _id: false, strict: 'throw' })
  const Appointment = model('Appointment', new Schema({
    patient: { mrn: { type: String, required: true, match: /^MRN-\d{7}$/ }, family_name: { type: String, required: true }, given_name: { type: String, required: true }, birth_date: { type: Date, required: true }, sex: { type: String, enum: ['female', 'male', 'other', 'unknown'] }, contacts: [Contact] },
    clinic: { type: String, required: true, enum: ['cardiology', 'oncology', 'radiology', 'orthopaedics'] }, practitioner: { type: Schema.Types.ObjectId, required: true }, starts_at: { type: Date, required: true }, duration: { type: Number, required: true, min: 5, max: 240 },
    reason: { code: { type: String, required: true, minlength: 3 }, system: { type: String, enum: ['ICD-10', 'SNOMED'] }, text: { type: String, maxlength: 80 } }, priority: { type: Number, min: 1, max: 5 }, interpreter: Boolean, referral: { number: String, from: String }, reminders: [Number],
  }, { strict: 'throw' }))
  const app = express()
  app.use(express.json())
  app.post('/fhirish/appointments', async (req, res) => {
    const said = (s, e) => res.status(s).json({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', diagnostics: e.message }] })
    try { const a = new Appointment(req.body); await a.validate(); res.status(201).json({ id: a._id, status: 'booked' }) } catch (e) { said(400, e) }
  })
  app.use((err, req, res, next) => res.status(err.status || 500).json({ resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'structure', diagnostics: err.message }] }))
  listen(app, 'mongoose')
}

{ // tickets of a help desk: koa-joi-router
  const Koa = require('koa'), router = require('koa-joi-router'), Joi = router.Joi, r = router()
  r.route({ method: 'post', path: '/projects/:project/tickets', validate: {
    type: 'json', params: { project: Joi.string().uppercase().max(6) }, header: Joi.object({ 'x-agent': Joi.string().email().required() }).unknown(),
    body: Joi.object({ subject: Joi.string().min(5).max(120).required(), description: Joi.string().required(), priority: Joi.string().valid('low', 'normal', 'high', 'urgent').required(), channel: Joi.string().valid('mail', 'web', 'phone').required(),
      requester: Joi.object({ name: Joi.string().required(), email: Joi.string().email().required(), locale: Joi.string().pattern(/^[a-z]{2}-[A-Z]{2}$/) }).required(), tags: Joi.array().items(Joi.string().max(20)).max(5), due_at: Joi.date().iso(),
      custom: Joi.array().items(Joi.object({ id: Joi.number().integer().required(), value: Joi.any().required() })), cc: Joi.array().items(Joi.string().email()), assignee: Joi.object({ group: Joi.number().integer(), agent: Joi.number().integer() }).xor('group', 'agent'), satisfaction: Joi.number().min(1).max(5) }),
  }, handler: ctx => { ctx.status = 201; ctx.body = { key: 'OPS-1204' } } })
  r.route({ method: 'get', path: '/projects/:project/tickets', validate: { query: { status: Joi.string().valid('open', 'pending', 'solved'), page: Joi.number().integer().min(1), size: Joi.number().integer().max(100), since: Joi.date().iso(), fields: Joi.string() } }, handler: ctx => { ctx.body = { tickets: [], page: 1 } } })
  const app = new Koa()
  app.silent = true
  app.use(r.middleware())
  listen(app, 'koajoi')
}

{ // Cortex XSOAR's document behind openapi-validator-middleware
  const v = require('openapi-validator-middleware')
  await v.initAsync(RUN + '/xsoar.json', { framework: 'express' })
  const app = express()
  app.use(express.json())
  const key = (req, res, next) => req.get('authorization') === 'XS-51F0C2' ? next() : res.status(403).json({ id: 'forbidden', status: 403, title: 'Forbidden', detail: 'Issue with authentication', error: '', encrypted: false })
  app.post('/incident', key, v.validate, (req, res) => res.json({ id: '1042', version: 1 }))
  app.use((err, req, res, next) => err instanceof v.InputValidationError ? res.status(400).json({ id: 'bad_request', status: 400, title: 'Bad request', detail: err.errors }) : res.status(err.status || 500).json({ id: 'errUnmarshal', status: err.status, detail: err.message }))
  listen(app, 'xsoar')
}

{ // Plaid's document behind fastify-openapi-glue
  const app = require('fastify')({ ajv: { customOptions: { strict: false, coerceTypes: false, allErrors: false } } }), glue = require('fastify-openapi-glue')
  const answer = async () => ({ link_token: 'link-sandbox-1', expiration: '2031-01-01T00:00:00Z', request_id: 'r1' })
  app.register(glue.default || glue, { specification: JSON.parse(fs.readFileSync(RUN + '/plaidlink.json')), serviceHandlers: new Proxy({}, { get: () => answer, has: () => true }) })
  app.ready().then(() => app.listen({ port: P.glue, host: '127.0.0.1' }), e => console.error('glue', e))
}

{ // TLS as Node speaks it, a certificate of pki.py each; the last asks for the client's
  const pki = n => ({ cert: fs.readFileSync(`${RUN}/pki/${n}.pem`), key: fs.readFileSync(`${RUN}/pki/${n}.key`) })
  const app = (req, res) => { res.writeHead(200, { 'content-type': 'application/json' }); res.end('{"balance":"120.50"}') }
  for (const [name, more] of Object.entries({ good: {}, expired: {}, notyet: {}, wrongname: {}, selfsigned: {}, incomplete: {}, stranger: {} })) https.createServer({ ...pki(name), ...more }, app).listen(P['t_' + name], '127.0.0.1')
  https.createServer({ ...pki('good'), ca: fs.readFileSync(RUN + '/pki/root.pem'), requestCert: true, rejectUnauthorized: true }, app).listen(P.t_mtls, '127.0.0.1')
  https.createServer({ ...pki('good'), minVersion: 'TLSv1.3' }, app).listen(P.t_new, '127.0.0.1')
}

{ // what comes and goes, and a counter of the writes that arrive whole
  const to = (port, req, res, body) => {
    const up = http.request({ host: '127.0.0.1', port, method: req.method, path: req.url, headers: req.headers }, r => { res.writeHead(r.statusCode, r.rawHeaders); r.pipe(res) })
    up.on('error', () => { res.writeHead(502); res.end() })
    body === undefined ? req.pipe(up) : up.end(body)
  }
  let writes = 0
  for (const name of Object.keys(P).filter(n => n.endsWith('.count'))) {
    const gate = async (req, res) => {
      if (req.url === '/__writes') return res.end(String(writes))
      const parts = []
      try { for await (const b of req) parts.push(b) } catch { return }
      if (!['GET', 'HEAD', 'OPTIONS'].includes(req.method)) writes++
      to(P[name.split('.')[0]], req, res, Buffer.concat(parts))
    }
    http.createServer(gate).on('checkContinue', (req, res) => { res.writeContinue(); gate(req, res) }).listen(P[name], '127.0.0.1')
  }
  let n = 0
  const flaws = {
    busy: res => { res.writeHead(503, { 'content-type': 'text/html', 'retry-after': '1' }); res.end('<html><body><h1>503 Service Unavailable</h1>No server is available to handle this request.</body></html>') },
    pool: res => { res.writeHead(500, { 'content-type': 'application/json' }); res.end('{"error":"TimeoutError: ResourceRequest timed out: pool exhausted"}') },
    cut: (res, req) => req.socket.destroy(),
  }
  for (const name of Object.keys(P)) {
    const [of, how] = name.split('.'), every = how === 'third'
    if (!flaws[how] && !every) continue
    http.createServer((req, res) => {
      n++
      const fails = every ? n % 3 !== 0 : Math.random() < 0.5
      if (!fails) return to(P[of], req, res)
      req.resume()
      every ? flaws.busy(res) : flaws[how](res, req)
    }).listen(P[name], '127.0.0.1')
  }
}
