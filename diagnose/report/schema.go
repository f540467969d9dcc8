package report

import _ "embed" // the schema

//go:embed report.schema.json
var schema string

// Schema is the JSON Schema (draft 2020-12) of what JSON writes, culprit.report/1.
func Schema() string { return schema }
