package evidence

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

var (
	// fileTypeRE are names of kinds of files in a sentence: .png, JPEG, image/gif.
	fileTypeRE = lazyre.New(`(?i)(?:\.|\b(?:image|application|text|video|audio)/|\b)(png|jpe?g|gif|webp|svg|bmp|tiff?|heic|pdf|docx?|xlsx?|pptx?|csv|txt|json|xml|zip|gz|mp3|mp4|mov|wav)\b`)
	// onlySome are words for a choice of them.
	onlySome = lazyre.New(`(?i)\b(?:only|allowed|accepts?|accepted|supported|must be|permitted|should be|expected)\b`)
)

// fileType reads a sentence that lists the kinds of files that are taken: the one part of the request that holds a file of
// another kind is what it means.
func (r *reader) fileType(s said) bool {
	if st := r.resp.Status; st != 400 && st != 415 && st != 422 || r.x.Request.Body.Kind != request.MultipartBody || !onlySome.MatchString(short(s.text)) {
		return false
	}
	var taken []string
	for _, m := range fileTypeRE.FindAllStringSubmatch(short(s.text), 20) {
		kind := fileKind(m[1])
		if (kind == "json" || kind == "xml") && m[0][0] != '.' {
			return false // the whole body may be meant
		}
		taken = append(taken, kind)
	}
	parts := r.x.Request.Body.Parts
	var files []diagnose.ElementID
	for i := range r.els {
		if !r.els[i].ID.Is("multipart") || len(parts) == 0 {
			continue
		}
		f := parts[0] // the elements are in the order of the parts
		parts = parts[1:]
		if ext := fileKind(strings.TrimPrefix(path.Ext(cmp.Or(f.FileName, f.Path)), ".")); f.Path != "" && !slices.Contains(taken, ext) {
			files = append(files, r.els[i].ID)
		}
	}
	if len(taken) == 0 || len(files) != 1 {
		return false
	}
	r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "invalid_body_property_value", Element: files[0], Ratio: likely})
	return true
}

// strayFileRE says that a file has the name of no field, and leaves out which.
var strayFileRE = lazyre.New(`(?i)\bMulterError: Unexpected field(?:\W*at\b|\W*$)|^unexpected (?:file|field|file field)\W*$|\bLIMIT_UNEXPECTED_FILE$`)

// strayFile reads a complaint about a file under a name that is not expected: it can only be the one file that was sent.
func (r *reader) strayFile(s said) bool {
	if r.x.Request.Body.Kind != request.MultipartBody || r.resp.Status < 400 || !strayFileRE.MatchString(short(s.text)) {
		return false
	}
	parts := r.x.Request.Body.Parts
	var files []diagnose.ElementID
	for i := range r.els {
		if r.els[i].ID.Is("multipart") && len(parts) > 0 {
			if parts[0].Path != "" || parts[0].FileName != "" {
				files = append(files, r.els[i].ID)
			}
			parts = parts[1:]
		}
	}
	if len(files) == 1 {
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "unexpected_body_property", Element: files[0], Ratio: likely})
	}
	return len(files) == 1
}

// fileKind writes the endings of one kind of file alike.
func fileKind(ext string) string {
	switch ext = strings.ToLower(ext); ext {
	case "jpeg":
		return "jpg"
	case "tif":
		return "tiff"
	}
	return ext
}
