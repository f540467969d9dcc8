// Package evidence reads what an exchange already tells, without a probe.
//
// It knows who answered, what a transport error means, what status and header fields say, and the shapes in
// which servers name the element they refuse. It is pure: it looks at one exchange at a time, opens no
// socket, reads no file and asks no clock. It does not decide; package inquiry weighs what is found here.
//
// # Where what is
//
// Read in read.go says in which order an exchange is looked at:
//
//   - Without a body: transport.go and certificate.go, redirect.go and clients.go, timing.go, responder.go and proxystatus.go,
//     status.go, headers.go, challenge.go and digest.go, ratelimit.go, skew.go, signedurl.go.
//   - The body, in families.go: first the shapes of known servers and libraries (the table families; a shape is a func from a
//     doc to issues: cloud.go, services.go, frameworks.go, script.go, openapi.go, oauth.go, schemaoutput.go, violations.go, and
//     item.go for any other list of errors), then its sentences, then what of the request it repeats (echo.go, housewords.go,
//     mirror.go, repeated.go).
//   - A sentence, in prose.go: the tables of documented wordings in the files that end in rules.go, most telling first. To add
//     a wording, add a row there. Around them are sentence.go and plainly.go, which part and simplify it, and whole.go,
//     credentialwords.go, notfound.go, negotiated.go, fieldname.go, expected.go, which read what names no element by its path.
//   - An issue (issue.go) is what was read; class.go says what kind of complaint it is. settle finds its element: resolve.go by
//     the path as index.go has it, absent.go for one that is missing, narrow.go, which.go and thing.go where several fit,
//     position.go by an offset, settlewhole.go where it is about all of the body.
//   - A success: passed.go says whether it is one, soft.go, softtext.go and softwords.go find the failure in it. signature.go
//     tells two failures apart; topics.go gives the words of an answer that names nothing.
package evidence
