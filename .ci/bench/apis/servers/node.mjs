// The servers of Node in one process: node node.mjs PORTS DOCUMENTS (a folder with spotify.yaml, chat.yaml and the run's k8s.json).
import 'reflect-metadata'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'
import express from 'express'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import localize from 'ajv-i18n'
import { z } from 'zod'
import { z as z3 } from 'zod/v3'
const require = createRequire(import.meta.url)
const ports = JSON.parse(process.argv[2]), docs = process.argv[3], run = process.argv[4]
const on = name => [ports[name], '127.0.0.1']
const ran = []
const server = (name, f) => ran.push(Promise.resolve().then(f).catch(e => console.error(name, e)))
const decorate = (cls, key, ...ds) => Reflect.decorate(ds, cls.prototype, key, Object.getOwnPropertyDescriptor(cls.prototype, key))
const fields = (cls, of) => { for (const [k, ds] of Object.entries(of)) for (const d of ds) d(cls.prototype, k) }

// Ajv with its messages in the caller's language (ajv-i18n).
server('library', () => {
  const ajv = addFormats(new Ajv({ allErrors: true, strict: false }))
  const id = { type: 'string', pattern: '^[A-Z]{2}-[0-9]{5}$' }
  const loan = ajv.compile({ type: 'object', required: ['reader', 'books', 'branch'], additionalProperties: false, properties: {
    reader: id, branch: { enum: ['centre', 'north', 'harbour'] }, due: { type: 'string', format: 'date' }, renewals: { type: 'integer', minimum: 0, maximum: 3 },
    reminder: { type: 'object', required: ['by'], properties: { by: { enum: ['mail', 'sms', 'none'] }, days: { type: 'integer', minimum: 1 } } },
    books: { type: 'array', minItems: 1, items: { type: 'object', required: ['isbn'], properties: { isbn: { type: 'string', pattern: '^97[89][0-9]{10}$' }, copy: { type: 'integer' } } } } } })
  const find = ajv.compile({ type: 'object', additionalProperties: false, properties: { q: { type: 'string', minLength: 2 }, lang: { enum: ['de', 'fr', 'en'] }, year: { type: 'string', pattern: '^[0-9]{4}$' }, page: { type: 'string', pattern: '^[1-9][0-9]*$' } } })
  const app = express().use(express.json())
  const check = (v, at) => (req, res, next) => {
    if (v(req[at])) return next()
    const lang = req.acceptsLanguages(['en', 'de', 'fr', 'es', 'pt-BR', 'zh', 'ja']) || 'en'
    localize[lang](v.errors)
    res.status(422).json({ fehler: v.errors.map(e => ({ pfad: e.instancePath, text: e.message, ...(e.keyword === 'required' || e.keyword === 'additionalProperties' ? e.params : {}) })) })
  }
  app.post('/loans', check(loan, 'body'), (req, res) => res.status(201).json({ loan: 5521 }))
  app.get('/catalogue', check(find, 'query'), (req, res) => res.json({ total: 1, hits: [{ isbn: '9783161484100' }] }))
  app.use((e, req, res, next) => res.status(e.status || 500).json({ fehler: [{ text: 'Anfrage nicht lesbar' }] }))
  app.listen(...on('library'))
})

// h3 with Zod in Japanese.
server('yoyaku', async () => {
  const { createApp, createRouter, eventHandler, readValidatedBody, getValidatedQuery, toNodeListener, setResponseStatus } = await import('h3')
  const ja = z.locales.ja().localeError
  const parse = s => v => { const r = s.safeParse(v, { error: ja }); if (!r.success) throw r.error; return r.data }
  const booking = z.object({ course: z.enum(['omote', 'ura', 'beginner']), date: z.iso.date(), guests: z.array(z.object({ name: z.string().min(1), age: z.number().int().min(6) })).min(1).max(4), email: z.email(), kimono: z.boolean().optional(), note: z.string().max(80).optional() })
  const router = createRouter()
  router.post('/api/reservations', eventHandler(async e => { await readValidatedBody(e, parse(booking)); setResponseStatus(e, 201); return { id: 'r-812' } }))
  router.get('/api/slots', eventHandler(async e => { await getValidatedQuery(e, parse(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), course: z.enum(['omote', 'ura', 'beginner']).optional(), seats: z.coerce.number().int().max(4).optional() }))); return { slots: ['10:00'] } }))
  http.createServer(toNodeListener(createApp().use(router))).listen(...on('yoyaku'))
})

// NestJS with nestjs-zod.
server('recipes', async () => {
  const { Controller, Post, Get, Body, Query, Param, Module, ParseIntPipe } = await import('@nestjs/common')
  const { NestFactory } = await import('@nestjs/core')
  const { createZodDto, ZodValidationPipe } = await import('nestjs-zod')
  class Recipe extends createZodDto(z.object({ title: z.string().min(3), servings: z.number().int().positive(), difficulty: z.enum(['easy', 'medium', 'hard']), ingredients: z.array(z.strictObject({ name: z.string(), grams: z.number().positive(), optional: z.boolean().optional() })).min(1), source: z.url().optional(), minutes: z.object({ prep: z.number().int(), cook: z.number().int() }) }).strict()) {}
  class Find extends createZodDto(z.object({ diet: z.enum(['vegan', 'vegetarian', 'any']).default('any'), max: z.coerce.number().int().min(1).max(50).default(10), after: z.iso.datetime().optional() })) {}
  class Recipes { make() { return { id: 91 } } find() { return { items: [{ id: 1 }] } } one(id) { return { id } } }
  decorate(Recipes, 'make', Post()); Body()(Recipes.prototype, 'make', 0)
  decorate(Recipes, 'find', Get()); Query()(Recipes.prototype, 'find', 0)
  decorate(Recipes, 'one', Get(':id')); Param('id', ParseIntPipe)(Recipes.prototype, 'one', 0)
  Reflect.defineMetadata('design:paramtypes', [Recipe], Recipes.prototype, 'make')
  Reflect.defineMetadata('design:paramtypes', [Find], Recipes.prototype, 'find')
  Reflect.defineMetadata('design:paramtypes', [Number], Recipes.prototype, 'one')
  Reflect.decorate([Controller('recipes')], Recipes)
  class App {}
  Reflect.decorate([Module({ controllers: [Recipes] })], App)
  const app = await NestFactory.create(App, { logger: ['error'] })
  app.useGlobalPipes(new ZodValidationPipe())
  await app.listen(...on('recipes'))
})

// routing-controllers with class-validator.
server('vets', async () => {
  const v = await import('class-validator'), { Type } = await import('class-transformer')
  const rc = await import('routing-controllers')
  class Owner {}
  fields(Owner, { name: [v.IsString(), v.Length(2, 60)], phone: [v.Matches(/^\+\d{7,15}$/)], email: [v.IsOptional(), v.IsEmail()] })
  class Shot {}
  fields(Shot, { vaccine: [v.IsIn(['rabies', 'distemper', 'fvrcp'])], given: [v.IsDateString()], batch: [v.IsOptional(), v.IsAlphanumeric()] })
  class Animal {}
  fields(Animal, { name: [v.IsString(), v.IsNotEmpty()], species: [v.IsIn(['dog', 'cat', 'rabbit'])], kilos: [v.IsNumber(), v.Max(120), v.Min(0.1)], chipped: [v.IsBoolean()], chip: [v.IsOptional(), v.IsNumberString(), v.Length(15, 15)],
    owner: [v.IsDefined(), v.ValidateNested(), Type(() => Owner)], shots: [v.IsOptional(), v.IsArray(), v.ValidateNested({ each: true }), Type(() => Shot)] })
  class Animals { add() { return { id: 31 } } list() { return [{ id: 31 }] } }
  decorate(Animals, 'add', rc.Post('/animals'), rc.HttpCode(201)); rc.Body({ validate: { whitelist: true, forbidNonWhitelisted: true } })(Animals.prototype, 'add', 0)
  Reflect.defineMetadata('design:paramtypes', [Animal], Animals.prototype, 'add')
  decorate(Animals, 'list', rc.Get('/animals')); rc.QueryParam('limit')(Animals.prototype, 'list', 0); rc.QueryParam('chipped', { required: true })(Animals.prototype, 'list', 1)
  Reflect.defineMetadata('design:paramtypes', [Number, Boolean], Animals.prototype, 'list')
  Reflect.decorate([rc.JsonController()], Animals)
  rc.createExpressServer({ controllers: [Animals], development: false }).listen(...on('vets'))
})

// An API that answers 200 to everything and says in the envelope whether it went well, as Slack's does (fastest-validator).
server('huddle', async () => {
  const V = (await import('fastest-validator')).default
  const v = new V({ haltOnFirstError: true })
  const channel = { type: 'string', pattern: /^[CDG][A-Z0-9]{8,}$/ }
  const methods = {
    'chat.postMessage': v.compile({ $$strict: true, channel, text: { type: 'string', max: 4000 }, thread_ts: { type: 'string', pattern: /^\d{10}\.\d{6}$/, optional: true }, unfurl_links: { type: 'boolean', optional: true }, username: { type: 'string', optional: true }, blocks: { type: 'array', optional: true, max: 50, items: { type: 'object', props: { type: { type: 'enum', values: ['section', 'divider', 'header', 'image'] }, text: { type: 'object', optional: true, props: { type: { type: 'enum', values: ['plain_text', 'mrkdwn'] }, text: 'string' } } } } } }),
    'conversations.list': v.compile({ limit: { type: 'number', convert: true, min: 1, max: 1000, optional: true }, types: { type: 'string', optional: true, pattern: /^(public_channel|private_channel|mpim|im)(,(public_channel|private_channel|mpim|im))*$/ }, cursor: { type: 'string', optional: true } }),
    'reminders.add': v.compile({ text: 'string', time: { type: 'number', positive: true, integer: true }, user: { type: 'string', optional: true, pattern: /^U[A-Z0-9]{8}$/ } }),
  }
  for (const [name, words] of [['huddle', true], ['huddleq', false]]) {
    const app = express().use(express.json(), (e, req, res, next) => res.json({ ok: false, error: 'invalid_json' }))
    app.all('/api/:method', (req, res) => {
      const say = (error, extra) => res.json({ ok: false, error, ...(words ? extra : {}) })
      const token = req.get('authorization')
      if (!token) return say('not_authed')
      if (!/^Bearer xoxb-[0-9]+-[A-Za-z0-9]+$/.test(token)) return say('invalid_auth')
      const check = methods[req.params.method]
      if (!check) return say('unknown_method', { req_method: req.params.method })
      const input = req.method === 'GET' ? { ...req.query } : req.body
      if (req.method !== 'GET' && !req.is('json')) return say('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing_charset or json content type expected'] } })
      const r = check(input)
      if (r !== true) return say('invalid_arguments', { response_metadata: { messages: r.map(e => `[ERROR] ${e.message} [json-pointer:/${e.field.replace(/\[(\d+)\]/g, '/$1').replace(/\./g, '/')}]`) } })
      if (input.channel && input.channel !== 'C061EG9SL') return say('channel_not_found')
      res.json({ ok: true, ts: '1718000000.000100' })
    })
    app.listen(...on(name))
  }
})

// Hono with valibot.
server('stations', async () => {
  const { Hono } = await import('hono'), { serve } = await import('@hono/node-server'), { vValidator } = await import('@hono/valibot-validator'), v = await import('valibot')
  const app = new Hono()
  app.post('/stations', vValidator('json', v.strictObject({ code: v.pipe(v.string(), v.regex(/^[A-Z]{3}\d{2}$/)), elevation: v.number(), operator: v.picklist(['dwd', 'metno', 'smhi']), sensors: v.pipe(v.array(v.object({ kind: v.picklist(['temp', 'wind', 'rain']), every: v.pipe(v.number(), v.integer(), v.minValue(10)) })), v.minLength(1)), since: v.optional(v.pipe(v.string(), v.isoDate())), at: v.tuple([v.number(), v.number()]), public: v.boolean() })), c => c.json({ id: 7 }, 201))
  app.get('/readings', vValidator('query', v.object({ station: v.pipe(v.string(), v.regex(/^[A-Z]{3}\d{2}$/)), from: v.pipe(v.string(), v.isoTimestamp()), step: v.optional(v.picklist(['10m', '1h', '1d'])) })), c => c.json({ values: [1.2] }))
  app.get('/me', vValidator('header', v.object({ 'x-client-id': v.pipe(v.string(), v.uuid()) })), c => c.json({ me: 1 }))
  serve({ fetch: app.fetch, port: ports.stations, hostname: '127.0.0.1' })
})

// Elysia on Node.
server('cinema', async () => {
  const { Elysia, t } = await import('elysia'), { node } = await import('@elysiajs/node')
  new Elysia({ adapter: node() })
    .post('/tickets', () => ({ ticket: 9 }), { body: t.Object({ show: t.String({ format: 'uuid' }), seats: t.Array(t.Object({ row: t.String({ pattern: '^[A-Z]$' }), number: t.Integer({ minimum: 1, maximum: 40 }) }), { minItems: 1, maxItems: 8 }), tariff: t.Union([t.Literal('full'), t.Literal('student'), t.Literal('senior')]), email: t.String({ format: 'email' }), snacks: t.Optional(t.Array(t.String())), three_d: t.Boolean() }) })
    .get('/shows', () => [{ title: 'Stalker' }], { query: t.Object({ day: t.String({ format: 'date' }), hall: t.Optional(t.Numeric({ minimum: 1 })) }), headers: t.Object({ 'x-cinema': t.String() }) })
    .listen({ port: ports.cinema, hostname: '127.0.0.1' })
})

// Fastify with fastify-type-provider-zod.
server('freight', async () => {
  const { default: fastify } = await import('fastify'), { serializerCompiler, validatorCompiler } = await import('fastify-type-provider-zod')
  const app = fastify(); app.setValidatorCompiler(validatorCompiler); app.setSerializerCompiler(serializerCompiler)
  const wagon = z.object({ number: z.string().regex(/^\d{12}$/), tons: z.number().max(90), goods: z.enum(['grain', 'steel', 'coal', 'containers']), hazard: z.string().nullable() })
  app.post('/trains', { schema: { body: z.object({ number: z.number().int(), from: z.string().length(5), to: z.string().length(5), departs: z.iso.datetime({ offset: true }), wagons: z.array(wagon).min(1), loco: z.object({ series: z.string(), kw: z.number() }).optional() }), headers: z.object({ 'x-operator': z.string().regex(/^\d{4}$/) }) } }, (req, r) => r.code(201).send({ id: 1 }))
  app.get('/trains/:day', { schema: { params: z.object({ day: z.iso.date() }), querystring: z.object({ from: z.string().length(5).optional(), delayed: z.enum(['true', 'false']).optional(), limit: z.coerce.number().max(100).optional() }) } }, () => ({ trains: [4711] }))
  await app.listen({ port: ports.freight, host: '127.0.0.1' })
})

// GraphQL by mercurius and by graphql-http.
const museum = `enum Wing { NORTH SOUTH EAST } input Size { h: Float! w: Float! } input Loan { work: ID! borrower: String! until: String! insured: Int! wing: Wing sizes: [Size!] }
type Work { id: ID! title: String! year: Int artist(full: Boolean): String } type Query { works(wing: Wing, first: Int = 10): [Work!]! work(id: ID!): Work } type Mutation { lend(loan: Loan!): Work }`
const works = { works: () => [{ id: 1, title: 'Nocturne', year: 1875, artist: () => 'Whistler' }], work: () => ({ id: 1, title: 'Nocturne' }), lend: () => ({ id: 1, title: 'Nocturne' }) }
server('mercurius', async () => {
  const { default: fastify } = await import('fastify'), { default: mercurius } = await import('mercurius')
  const app = fastify()
  app.register(mercurius, { schema: museum, resolvers: { Query: { works: works.works, work: works.work }, Mutation: { lend: works.lend } } })
  await app.listen({ port: ports.mercurius, host: '127.0.0.1' })
})
server('graphqlhttp', async () => {
  const { createHandler } = await import('graphql-http/lib/use/http'), { buildSchema } = require('graphql')
  const h = createHandler({ schema: buildSchema(museum), rootValue: works })
  http.createServer((req, res) => req.url.startsWith('/graphql') ? h(req, res) : res.writeHead(404).end()).listen(...on('graphqlhttp'))
})

// ts-rest on Express.
server('choir', async () => {
  const { initContract } = await import('@ts-rest/core'), { createExpressEndpoints, initServer } = await import('@ts-rest/express')
  const c = initContract(), s = initServer()
  const contract = c.router({
    join: { method: 'POST', path: '/singers', responses: { 201: z3.any() }, body: z3.object({ name: z3.string().min(2), voice: z3.enum(['soprano', 'alto', 'tenor', 'bass']), born: z3.number().int().min(1920), contact: z3.object({ email: z3.string().email(), phone: z3.string().optional() }), rehearsals: z3.array(z3.string().date()).nonempty(), reads_music: z3.boolean() }) },
    list: { method: 'GET', path: '/singers', responses: { 200: z3.any() }, query: z3.object({ voice: z3.enum(['soprano', 'alto', 'tenor', 'bass']).optional(), per_page: z3.coerce.number().int().max(100).optional() }), headers: z3.object({ 'x-ensemble': z3.string().regex(/^[a-z-]+$/) }) },
  })
  const app = express().use(express.json())
  createExpressEndpoints(contract, s.router(contract, { join: async () => ({ status: 201, body: { id: 3 } }), list: async () => ({ status: 200, body: [{ id: 3 }] }) }), app)
  app.listen(...on('choir'))
})

// OpenAPI: oas-tools, openapi-mock-express-middleware, swagger-express-middleware.
server('chat', () => {
  const { createMockMiddleware } = require('openapi-mock-express-middleware')
  express().use('/v1', createMockMiddleware({ spec: path.join(docs, 'chat.yaml') })).listen(...on('chat'))
})
server('kube', () => {
  const middleware = require('swagger-express-middleware')
  const app = express()
  middleware(path.join(run, 'k8s.json'), app, (err, mw) => {
    if (err) throw err
    app.use(mw.metadata(), mw.parseRequest(), mw.validateRequest(), mw.mock())
    app.use((e, req, res, next) => res.status(e.status || 500).type('json').send({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: e.message, code: e.status }))
    app.listen(...on('kube'))
  })
})
await Promise.all(ran)
