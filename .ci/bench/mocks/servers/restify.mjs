// restify: parking, alone in its process for it changes all requests of one. node restify.mjs PORT
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const restify = require('restify')
const parking = restify.createServer({ name: 'parking' })
parking.use(restify.plugins.acceptParser(['application/json'])); parking.use(restify.plugins.queryParser()); parking.use(restify.plugins.bodyParser({ rejectUnknown: true, mapParams: false }))
const E = require('restify-errors')
parking.get('/spaces', (q, r, n) => { const m = Number(q.query.max_height); if (q.query.max_height !== undefined && !(m > 0)) return n(new E.InvalidArgumentError('max_height must be a positive number')); if (!q.query.zone) return n(new E.MissingParameterError('zone is missing')); r.send([]); n() })
parking.post('/tickets', (q, r, n) => { const b = q.body ?? {}; if (!/^[A-Z]{1,3}[- ]?[A-Z0-9]{2,7}$/.test(b.plate ?? '')) return n(new E.InvalidContentError('plate is not a valid registration')); if (!Number.isInteger(b.minutes) || b.minutes < 15 || b.minutes > 1440) return n(new E.InvalidContentError('minutes must be an integer from 15 to 1440')); if (!['A', 'B', 'C'].includes(b.zone)) return n(new E.InvalidContentError('zone must be one of A, B, C')); r.send(201, { id: 9 }); n() })
parking.on('restifyError', (_, __, ___, cb) => cb())
parking.listen(process.argv[2], '127.0.0.1')
