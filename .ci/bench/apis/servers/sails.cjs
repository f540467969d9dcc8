// Sails with machines as actions: node sails.cjs PORT.
const { Sails } = require('sails')
const book = {
  inputs: { route: { type: 'string', isIn: ['kiel-oslo', 'calais-dover', 'turku-stockholm'], required: true }, sails_on: { type: 'string', regex: /^\d{4}-\d\d-\d\d$/, required: true }, passengers: { type: 'number', min: 1, max: 9, isInteger: true, required: true },
    vehicle: { type: { plate: 'string', length_cm: 'number' } }, email: { type: 'string', isEmail: true, required: true }, cabin: { type: 'boolean' } },
  exits: { success: { statusCode: 200 } }, fn: async () => ({ crossing: 'F-1' }),
}
const timetable = { inputs: { route: { type: 'string', required: true }, limit: { type: 'number', max: 50, isInteger: true }, month: { type: 'string', regex: /^\d{4}-\d\d$/ } }, exits: { success: {} }, fn: async () => ({ sailings: ['08:00'] }) }
new Sails().lift({
  port: +process.argv[2], explicitHost: '127.0.0.1', appPath: process.cwd(), hooks: { grunt: false, views: false, pubsub: false, session: false, i18n: false }, log: { level: 'error' }, environment: 'production', globals: false,
  controllers: { moduleDefinitions: { book, timetable } }, routes: { 'POST /crossings': { action: 'book' }, 'GET /timetable': { action: 'timetable' } },
}, err => { if (err) throw err })
