package file

import (
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"culprit/collections"
)

// fillEntry reads a request, a folder or the collection's root into e. d is nil when the file cannot be read.
func fillEntry(e *collections.Entry, d *Document, fault *Fault) {
	if fault != nil {
		if e.Kind != collections.Folder {
			e.Kind = collections.Broken
		}
		e.Problems = append(e.Problems, collections.Problem{File: e.File, Line: fault.Line, Column: fault.Column, Text: fault.Text})
		return
	}
	r := &decoder{d: d, file: e.File}
	r.keys(place{node: d.root}, "the file", topKeys)
	if info, ok := d.find("info"); ok {
		r.keys(info, "info", infoKeys)
		if name := r.textAt(info, "name"); name != "" {
			e.Name = name
		}
		e.Type = r.textAt(info, "type")
		if seq := r.textAt(info, "seq"); seq != "" {
			e.Seq, _ = strconv.Atoi(seq)
		}
	}
	if e.Type == "" {
		e.Type = r.textAt(place{node: d.root}, "type")
	}
	switch {
	case e.Kind == collections.Folder:
		r.sections(folderLayout)
		e.Saved = r.saved(folderLayout)
	case e.Type == "http" || e.Type == collections.GraphQL:
		e.Kind = collections.HTTP
		l := d.layout(false)
		r.sections(l)
		e.Saved = collections.InStep(r.saved(l))
	case e.Type == "":
		e.Kind = collections.Broken
		e.Problems = append(e.Problems, collections.Problem{File: e.File, Line: 1, Column: 1,
			Text: "the file does not say what it is: info.type is missing"})
	default:
		e.Kind = collections.Other
		r.met = append(r.met, e.Type+" requests")
	}
	e.Problems = append(e.Problems, r.problems...)
	e.Met = append(e.Met, r.met...)
}

// sections warns about unknown keys and notes what the file asks for that is not done.
func (r *decoder) sections(l layout) {
	base, ok := r.d.find(l.base)
	if ok {
		known := httpKeys
		if l.folder() {
			known = defaultKeys
		}
		r.keys(base, l.base, known)
	}
	if !l.folder() {
		if !ok {
			r.warn(r.d.root, "the request has no %s section", l.base)
		}
		if at, ok := r.d.find("runtime"); ok {
			r.keys(at, "runtime", runtimeKeys)
		}
	}
	for _, path := range []string{"runtime/scripts", "request/scripts"} {
		r.scripts(path)
	}
	for _, path := range []string{"runtime/actions", "request/actions"} {
		at, ok := r.d.find(path)
		for i := 0; ok && i < at.len(); i++ {
			if path == "request/actions" || !r.takes(at.child(i)) {
				r.met = append(r.met, "action")
				break
			}
		}
	}
	if at, ok := r.d.find("config/proxy"); ok && at.node.Kind == yaml.MappingNode && !isTrue(at, "disabled") {
		r.met = append(r.met, "proxy of the collection")
	}
	if at, ok := r.d.find("config/clientCertificates"); ok && at.len() > 0 {
		r.met = append(r.met, "client certificates of the collection")
	}
}

func (r *decoder) scripts(path string) {
	at, ok := r.d.find(path)
	if !ok || at.node.Kind != yaml.SequenceNode {
		return
	}
	for i := range at.len() {
		if what := "script " + r.textAt(at.child(i), "type"); !slices.Contains(r.met, what) {
			r.met = append(r.met, what)
		}
	}
}

// fillEnvironment reads an environment.
func fillEnvironment(e *collections.Environment, d *Document) []collections.Problem {
	r := &decoder{d: d, file: e.File}
	root := place{node: d.root}
	r.keys(root, "the environment", []string{"name", "color", "description", "variables", "externalSecrets",
		"clientCertificates", "extends", "dotEnvFilePath"})
	e.Variables = r.variables("variables")
	if _, ok := root.get("externalSecrets"); ok {
		r.warn(d.root, "external secrets are not read yet")
	}
	return r.problems
}
