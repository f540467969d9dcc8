// Package inquiry is the method of a diagnosis: which question comes next, and when it is proved.
//
// It is one script, read from top to bottom (investigate): look at the request, replay it, read what came
// back, then try to make it pass: what the server names first, then what looks wrong, then the differences to a
// request that works, then repairs in bulk, then leaving things out. A pass is the only outcome that counts on
// every server (DIAGNOSIS.md §0.1); the fix that made it pass is narrowed down and proved by sending both
// forms again. It sends nothing itself and knows nothing of whom it talks to.
//
// # Where what is
//
// Three types lie in one another, and a method stands on the least of them that it needs. A failure (failure.go) is what is
// known: it asks nothing. An asker (asker.go) sends variations of the failure's request and learns from the answers. A
// detective decides: the script is investigate and layer in inquiry.go, whose table lists the moves in the order in which
// they are tried. Each move is a method of the detective without parameters; its name leads to its file. By what they
// are for:
//
//   - The ground: package ladder sends and counts probes and holds back what must not be sent; oracle.go judges an answer,
//     patience.go waits, idempotency.go takes another key; try.go makes one change and takes what comes of it.
//   - First: reproduce.go, drift.go; flaky.go where it comes and goes (with what, package circumstance finds); answered.go
//     where the answer is a success; prior.go and log.go for what is known from elsewhere.
//   - No answer: transport.go, with nameservers.go, certificates.go, chain.go, loopback.go, proxied.go.
//   - One kind of answer: status.go, notfound.go and respelled.go, method.go, unauthorised.go, tokens.go, keyname.go,
//     renew.go, preflight.go and content.go for a 403, redirect.go, precondition.go, cached.go.
//   - What the answer names: named.go, accused.go, refine.go, choices.go, denied.go, nested.go, descend.go, packed.go,
//     patch.go, topics.go.
//   - What the request, a document or a neighbour says: search.go, documented.go, describe.go, example.go, neighbour.go,
//     lookaround.go.
//   - Differences to a request that works: bisect.go, with the odds of unlike.go.
//   - An answer that says nothing: contrast.go, blind.go, trace.go, combine.go and lineup.go, supplement.go, otherwise.go,
//     thrown.go, headeronly.go, deletions.go, grow.go, elsewhere.go; settled.go says when to stop guessing.
//   - The proof: prove.go, proof.go, enough.go and luck.go, anew.go for what can be made only once; partner.go for two that
//     clash, layers.go and progress.go for a failure behind a failure, disarm.go for what looks like an attack.
//   - The verdict: result.go, verdict.go, cause.go, explain.go, sentence.go, around.go, inconclusive.go, reported.go, with
//     browser.go, dryrun.go and goingon.go for what is told beside it, facts.go for what an answer says of itself; board.go and
//     notes.go are what is shown on the way; question.go and queries.go ask the person.
package inquiry
