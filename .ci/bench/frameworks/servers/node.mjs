// All servers of Node's frameworks in one process: node node.mjs '{"joi":PORT,…}'. Each is what its documentation's first
// page shows, with one or two routes of a small domain.
import 'reflect-metadata'
import express from 'express'
import { body, query, validationResult } from 'express-validator'
import Joi from 'joi'
import { z } from 'zod'
import * as yup from 'yup'
import fastify from 'fastify'
import multer from 'multer'
import jsonServer from 'json-server'
import vine from '@vinejs/vine'
import * as OpenApiValidator from 'express-openapi-validator'
import { OpenAPIBackend } from 'openapi-backend'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const require = createRequire(import.meta.url)
const ports = JSON.parse(process.argv[2])
const on = (name, app) => app.listen(ports[name], '127.0.0.1')
const api = () => { const a = express(); a.use(express.json()); return a }
let n = 1000

// express-validator: an account and a search.
{
  const a = api()
  const check = (req, res, next) => {
    const e = validationResult(req)
    e.isEmpty() ? next() : res.status(400).json({ errors: e.array() })
  }
  a.post('/api/register',
    body('email').isEmail(), body('password').isLength({ min: 8 }),
    body('profile.first_name').notEmpty(), body('profile.birthdate').isISO8601(),
    body('address.country').isISO31661Alpha2(), body('address.zip').isPostalCode('DE'),
    body('phones.*.number').isMobilePhone('any', { strictMode: true }), body('newsletter').isBoolean({ strict: true }),
    check, (req, res) => res.status(201).json({ id: ++n, email: req.body.email }))
  a.get('/api/search', query('q').notEmpty(), query('limit').optional().isInt({ min: 1, max: 100 }),
    query('sort').optional().isIn(['price', 'name', 'created_at']), check,
    (req, res) => res.json({ results: [{ id: 1, name: 'Lamp' }], total: 1 }))
  on('ev', a)
}
// Joi: bookings behind an API key.
{
  const a = api()
  a.use('/v1', (req, res, next) => req.get('x-api-key') === 'bk_live_7Qm2xT9r' ? next()
    : res.status(401).json({ error: req.get('x-api-key') ? 'Invalid API key' : 'API key is missing' }))
  const booking = Joi.object({
    room_id: Joi.string().guid().required(), arrival: Joi.date().iso().required(), nights: Joi.number().integer().strict().min(1).max(28).required(),
    currency: Joi.string().valid('EUR', 'USD', 'GBP'), note: Joi.string().max(200),
    guests: Joi.array().min(1).max(6).items(Joi.object({ name: Joi.string().required(), age: Joi.number().strict().min(0).max(120).required(), email: Joi.string().email() })).required(),
    voucher: Joi.string(), partner_code: Joi.string(),
  }).oxor('voucher', 'partner_code')
  a.post('/v1/bookings', (req, res) => {
    const { error } = booking.validate(req.body)
    error ? res.status(422).json({ error: 'ValidationError', message: error.message }) : res.status(201).json({ id: ++n, status: 'confirmed' })
  })
  a.get('/v1/bookings/:id', (req, res) => req.params.id === '1001' ? res.json({ id: 1001, nights: 3 }) : res.status(404).json({ error: 'Booking not found' }))
  on('joi', a)
}
// Zod: invoices, strict.
{
  const a = api()
  const invoice = z.object({
    number: z.string().regex(/^INV-\d{6}$/), customer: z.object({ id: z.string().uuid(), vat_id: z.string().min(8).optional() }).strict(),
    issued_at: z.string().datetime(), due_in_days: z.number().int().positive(),
    lines: z.array(z.object({ text: z.string(), amount: z.number(), tax: z.enum(['full', 'reduced', 'none']) }).strict()).nonempty(),
    method: z.discriminatedUnion('type', [z.object({ type: z.literal('sepa'), iban: z.string() }), z.object({ type: z.literal('card'), token: z.string() })]),
  }).strict()
  a.post('/v1/invoices', (req, res) => {
    const r = invoice.safeParse(req.body)
    r.success ? res.status(201).json({ id: ++n }) : res.status(400).json({ error: { issues: r.error.issues } })
  })
  on('zod', a)
}
// yup: a profile.
{
  const a = api()
  const profile = yup.object({
    username: yup.string().strict().min(3).max(20).matches(/^[a-z0-9_]+$/, 'username may have only a-z, 0-9 and _').required(), age: yup.number().strict().integer().min(13),
    website: yup.string().url().nullable(), theme: yup.string().oneOf(['light', 'dark']), contacts: yup.array().of(yup.object({ kind: yup.string().required(), value: yup.string().required() })),
  }).noUnknown().strict()
  a.put('/v1/profile', async (req, res) => {
    try { await profile.validate(req.body, { abortEarly: false }); res.json({ ok: true }) } catch (e) { res.status(400).json({ name: e.name, errors: e.errors }) }
  })
  on('yup', a)
}
// Fastify with its own Ajv.
{
  const a = fastify()
  a.post('/shipments', { schema: {
    headers: { type: 'object', required: ['x-tenant'], properties: { 'x-tenant': { type: 'string', pattern: '^[a-z]{3,12}$' } } },
    querystring: { type: 'object', properties: { notify: { type: 'boolean' }, label_format: { enum: ['pdf', 'zpl'] } }, additionalProperties: false },
    body: { type: 'object', required: ['to', 'parcels'], properties: {
      reference: { type: 'string', maxLength: 20 }, service: { enum: ['standard', 'express'] }, pickup: { type: 'string', format: 'date' },
      to: { type: 'object', required: ['name', 'city', 'country'], properties: { name: { type: 'string' }, street: { type: 'string' }, city: { type: 'string' }, country: { type: 'string', pattern: '^[A-Z]{2}$' } } },
      parcels: { type: 'array', minItems: 1, items: { type: 'object', required: ['weight'], properties: { weight: { type: 'number', exclusiveMinimum: 0, maximum: 31.5 }, length: { type: 'integer' } } } },
    } } } }, (req, rep) => rep.code(201).send({ id: 'shp_' + ++n }))
  a.get('/shipments/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } }, (req, rep) =>
    req.params.id === 7 ? { id: 7, state: 'in_transit' } : rep.code(404).send({ statusCode: 404, error: 'Not Found', message: 'shipment not found' }))
  a.listen({ port: ports.fastify, host: '127.0.0.1' })
}
// NestJS with class-validator; the second with the pipe's own disableErrorMessages.
{
  const { NestFactory } = require('@nestjs/core')
  const c = require('@nestjs/common'), v = require('class-validator'), { Type } = require('class-transformer')
  const dto = (cls, fields) => { for (const [f, ds] of Object.entries(fields)) for (const d of ds) d(cls.prototype, f); return cls }
  const Variant = dto(class Variant {}, { sku: [v.IsString(), v.Length(4, 16)], price: [v.IsNumber(), v.IsPositive()], stock: [v.IsInt(), v.Min(0)] })
  const Product = dto(class Product {}, {
    name: [v.IsString(), v.IsNotEmpty()], category: [v.IsEnum({ A: 'books', B: 'tools', C: 'toys' })], releasedOn: [v.IsDateString()], tags: [v.IsString({ each: true }), v.ArrayMaxSize(5)],
    active: [v.IsBoolean()], supportEmail: [v.IsOptional(), v.IsEmail()], variants: [v.ValidateNested({ each: true }), Type(() => Variant)],
  })
  class Products { create() { return { id: ++n } } get(id) { return { id, name: 'Saw' } } list(page) { return { page, items: [] } } }
  const P = Products.prototype, at = k => Object.getOwnPropertyDescriptor(P, k)
  Reflect.defineMetadata('design:paramtypes', [Product], P, 'create'); c.Body()(P, 'create', 0); c.Post()(P, 'create', at('create'))
  Reflect.defineMetadata('design:paramtypes', [String], P, 'get'); c.Param('id', new c.ParseUUIDPipe())(P, 'get', 0); c.Get(':id')(P, 'get', at('get'))
  Reflect.defineMetadata('design:paramtypes', [Number], P, 'list'); c.Query('page', new c.ParseIntPipe())(P, 'list', 0); c.Get()(P, 'list', at('list'))
  c.Controller('products')(Products)
  class App {}
  c.Module({ controllers: [Products] })(App)
  for (const [name, disableErrorMessages] of [['nest', false], ['nestquiet', true]]) {
    const app = await NestFactory.create(App, { logger: false })
    app.useGlobalPipes(new c.ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true, disableErrorMessages }))
    app.listen(ports[name], '127.0.0.1')
  }
}
// hapi: terse by itself in production (failAction's default).
{
  const Hapi = require('@hapi/hapi')
  const s = Hapi.server({ port: ports.hapi, host: '127.0.0.1' })
  await s.register(require('@hapi/basic'))
  s.auth.strategy('simple', 'basic', { validate: (r, u, p) => ({ isValid: u === 'ops' && p === 'tulip-42', credentials: { u } }) })
  s.route({ method: 'POST', path: '/jobs', options: { auth: 'simple', validate: { payload: Joi.object({
    name: Joi.string().required(), schedule: Joi.string().regex(/^(\S+ ){4}\S+$/).required(), retries: Joi.number().integer().max(10), timeout: Joi.number().integer().min(1).max(3600),
    env: Joi.object().pattern(Joi.string(), Joi.string()), notify: Joi.array().items(Joi.string().email()), priority: Joi.string().valid('low', 'normal', 'high'),
  }), query: Joi.object({ dry_run: Joi.boolean(), wait: Joi.number() }) } }, handler: (r, h) => h.response({ id: ++n }).code(201) })
  s.route({ method: 'GET', path: '/jobs', options: { auth: 'simple', validate: { query: Joi.object({ state: Joi.string().valid('queued', 'running', 'done'), limit: Joi.number().integer().max(100), since: Joi.date().iso() }) } }, handler: () => ({ jobs: [] }) })
  await s.start()
}
// Koa: what a handler with ctx.assert says.
{
  const Koa = require('koa'), parse = require('koa-bodyparser'), { Router } = require('@koa/router')
  const a = new Koa(), r = new Router()
  a.silent = true
  r.post('/api/contacts', ctx => {
    const b = ctx.request.body
    ctx.assert(typeof b.name === 'string' && b.name, 400)
    ctx.assert(/^\S+@\S+\.\S+$/.test(b.email ?? ''), 400)
    ctx.assert(b.phone === undefined || /^\+\d{8,15}$/.test(b.phone), 400)
    ctx.assert(Number.isInteger(b.age) && b.age > 0, 400)
    ctx.assert((b.labels ?? []).every(l => typeof l === 'string' && l.length <= 12), 400)
    ctx.status = 201; ctx.body = { id: ++n }
  })
  r.get('/api/contacts', ctx => {
    const { page = '1', order = 'asc' } = ctx.query
    ctx.assert(/^\d+$/.test(page) && +page > 0, 400); ctx.assert(['asc', 'desc'].includes(order), 400)
    ctx.body = { page: +page, contacts: [] }
  })
  a.use(parse()).use(r.routes()).use(r.allowedMethods()).listen(ports.koa, '127.0.0.1')
}
// Hono with its Zod validator.
{
  const { Hono } = require('hono'), { serve } = require('@hono/node-server'), { zValidator } = require('@hono/zod-validator'), { bearerAuth } = require('hono/bearer-auth')
  const a = new Hono()
  a.use('/posts', bearerAuth({ token: 'hn_2c1f9e77aa' }))
  a.post('/posts', zValidator('json', z.object({ title: z.string().min(3).max(60), body: z.string(), draft: z.boolean(), publishAt: z.string().datetime().optional(), authorId: z.number().int(), links: z.array(z.object({ url: z.string().url(), rel: z.enum(['self', 'next', 'alternate']) })) })), c => c.json({ id: ++n }, 201))
  a.get('/posts', zValidator('query', z.object({ page: z.coerce.number().int().min(1), tag: z.string().optional() })), c => c.json({ posts: [] }))
  serve({ fetch: a.fetch, port: ports.hono, hostname: '127.0.0.1' })
}
// tRPC.
{
  const { initTRPC } = require('@trpc/server'), { createHTTPServer } = require('@trpc/server/adapters/standalone')
  const t = initTRPC.create({ isDev: false })
  const router = t.router({
    'order.byId': t.procedure.input(z.object({ id: z.number().int() })).query(({ input }) => ({ id: input.id, state: 'open' })),
    'order.create': t.procedure.input(z.object({ sku: z.string(), quantity: z.number().int().min(1), ship: z.object({ country: z.string().length(2), express: z.boolean() }) })).mutation(() => ({ id: ++n })),
  })
  createHTTPServer({ router, onError() {} }).listen(ports.trpc, '127.0.0.1')
}
// GraphQL: Yoga and Apollo, one schema.
{
  const sdl = `enum Genre { FICTION SCIENCE HISTORY } type Book { id: ID! title: String! pages: Int genre: Genre }
    input NewBook { title: String! pages: Int! genre: Genre } type Query { book(id: ID!): Book books(first: Int!, genre: Genre): [Book!]! } type Mutation { addBook(input: NewBook!): Book! }`
  const book = { id: '1', title: 'Dune', pages: 412, genre: 'FICTION' }
  const resolvers = { Query: { book: (_, { id }) => id === '1' ? book : null, books: (_, { first }) => [book].slice(0, first) }, Mutation: { addBook: (_, { input }) => ({ id: '2', ...input }) } }
  const { createYoga, createSchema } = require('graphql-yoga')
  require('node:http').createServer(createYoga({ schema: createSchema({ typeDefs: sdl, resolvers }), logging: false })).listen(ports.yoga, '127.0.0.1')
  const { ApolloServer } = require('@apollo/server'), { startStandaloneServer } = require('@apollo/server/standalone')
  await startStandaloneServer(new ApolloServer({ typeDefs: sdl, resolvers, includeStacktraceInErrorResponses: false }), { listen: { port: ports.apollo, host: '127.0.0.1' } })
}
// json-server.
{
  const a = jsonServer.create()
  a.use(jsonServer.defaults({ logger: false }))
  a.use(jsonServer.router({ posts: [{ id: 1, title: 'one', authorId: 1 }], authors: [{ id: 1, name: 'Ada' }], profile: { name: 'x' } }))
  on('jsonserver', a)
}
// Feathers with its schema validators.
{
  const { feathers } = require('@feathersjs/feathers'), f = require('@feathersjs/koa'), { Ajv, hooks, getValidator } = require('@feathersjs/schema')
  const app = f.koa(feathers())
  app.use(f.errorHandler()); app.use(f.bodyParser()); app.configure(f.rest())
  app.use('messages', { async create(data) { return { id: ++n, ...data } }, async find(p) { return { total: 0, data: [] } } })
  const v = getValidator({ $id: 'Message', type: 'object', additionalProperties: false, required: ['text', 'roomId'], properties: { text: { type: 'string', minLength: 1, maxLength: 80 }, roomId: { type: 'integer' }, mentions: { type: 'array', items: { type: 'string' } }, pinned: { type: 'boolean' } } }, new Ajv({ coerceTypes: false }))
  app.service('messages').hooks({ before: { create: [hooks.validateData(v)] } })
  app.silent = true
  app.listen(ports.feathers, '127.0.0.1')
}
// AdonisJS's vine.
{
  const a = api()
  const v = vine.compile(vine.object({ title: vine.string().minLength(3), slug: vine.string().regex(/^[a-z0-9-]+$/), rating: vine.number({ strict: true }).range([1, 5]), published: vine.date({ formats: ['YYYY-MM-DD'] }), authors: vine.array(vine.object({ name: vine.string(), email: vine.string().email() })), visibility: vine.enum(['public', 'private']) }))
  a.post('/reviews', async (req, res) => { try { await v.validate(req.body); res.status(201).json({ id: ++n }) } catch (e) { res.status(422).json({ errors: e.messages }) } })
  on('vine', a)
}
// multer: an upload.
{
  const a = express()
  const up = multer({ limits: { fileSize: 64 << 10 } })
  a.post('/avatars', up.single('avatar'), (req, res) => {
    if (!req.file) return res.status(400).json({ message: 'No file uploaded' })
    if (!req.file.mimetype.startsWith('image/')) return res.status(415).json({ message: 'Only images are allowed, got ' + req.file.mimetype })
    if (!/^\d+$/.test(req.body.user_id ?? '')) return res.status(400).json({ message: 'user_id must be numeric' })
    res.status(201).json({ id: ++n })
  })
  a.use((e, req, res, next) => res.status(e instanceof multer.MulterError ? 400 : 500).json({ code: e.code, message: e.message }))
  on('multer', a)
}
// express-openapi-validator on Train Travel (3.1) and openapi-backend on the Petstore (3.0).
{
  const spec = JSON.parse(readFileSync('node_modules/@readme/oas-examples/3.1/json/train-travel.json'))
  delete spec.security
  spec.servers = [{ url: '/' }]
  delete spec.webhooks
  const a = api()
  a.use(OpenApiValidator.middleware({ apiSpec: spec, validateRequests: true, validateResponses: false, validateSecurity: false }))
  a.use((req, res) => res.status(req.method === 'POST' ? 201 : 200).json({ data: [] }))
  a.use((e, req, res, next) => res.status(e.status || 500).json({ message: e.message, errors: e.errors }))
  on('eov', a)
}
{
  const spec = JSON.parse(readFileSync('node_modules/@readme/oas-examples/3.0/json/petstore.json'))
  spec.servers = [{ url: '/' }]
  const b = new OpenAPIBackend({ definition: spec, quick: false, strict: false, ajvOpts: { strict: false, formats: { int64: true, int32: true } } })
  b.register({
    validationFail: (c, req, res) => res.status(400).json({ err: c.validation.errors }), notFound: (c, req, res) => res.status(404).json({ err: 'not found' }),
    methodNotAllowed: (c, req, res) => res.status(405).json({ err: 'method not allowed' }), notImplemented: (c, req, res) => res.status(200).json({ ok: true }),
    unauthorizedHandler: (c, req, res) => res.status(401).json({ err: 'unauthorized' }),
  })
  b.registerSecurityHandler('petstore_auth', c => /^Bearer \S+$/.test(c.request.headers.authorization ?? ''))
  b.registerSecurityHandler('api_key', c => c.request.headers.api_key === 'special-key')
  await b.init()
  const a = api()
  a.use((req, res) => b.handleRequest({ method: req.method, path: req.path, body: req.body, query: req.query, headers: req.headers }, req, res))
  on('oab', a)
}
process.on('uncaughtException', e => console.error(e))
console.log('ready')
