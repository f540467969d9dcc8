// oas-tools on spotify.yaml: node spotify.mjs PORT DOCUMENT CONTROLLERS.
import express from 'express'
import { initialize } from 'oas-tools'
const app = express()
app.use(express.json())
app.use((e, req, res, next) => res.status(400).json({ error: 'invalid JSON' }))
await initialize(app, { oasFile: process.argv[3], logger: { level: 'off' }, middleware: { router: { controllers: process.argv[4] }, validator: { requestValidation: true, responseValidation: false, strict: true }, swagger: { disable: true } } })
app.listen(+process.argv[2], '127.0.0.1')
