// SAP CAP's OData V4 without a database: node cap.cjs PORT FILE.cds.
const cds = require('@sap/cds'), express = require('express')
;(async () => {
  const app = express()
  cds.model = cds.compile.for.nodejs(await cds.load(process.argv[3]))
  cds.app = app
  await cds.serve('all').from(cds.model).in(app).with(srv => {
    srv.on('CREATE', '*', req => ({ ...req.data, ID: req.data.ID || '7b0e1c58-2c5e-4f3a-9d1b-0a1c2d3e4f50' }))
    srv.on('READ', '*', () => [{ ID: '7b0e1c58-2c5e-4f3a-9d1b-0a1c2d3e4f50', customer: 'Ada', copies: 2 }])
  })
  await cds.emit('served', cds.services)
  app.listen(+process.argv[2], '127.0.0.1')
})().catch(e => { console.error('cap', e); process.exit(1) })
