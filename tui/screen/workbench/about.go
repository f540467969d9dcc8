package workbench

import "culprit/tui/layout"

// About explains, in a sentence or two, what the focused pane shows and takes now.
func (w *Workbench) About() string {
	switch w.focus {
	case layout.Tree:
		return "The collection: folders and requests as they lie on disk. The sign at the right says how a request last ended, a dot that it has edits which are not saved."
	case layout.Request:
		return w.editor.tabAbout()
	}
	return w.reply.pageAbout()
}

func (e *composer) tabAbout() string {
	switch e.tab {
	case tabParams:
		return "The query of the URL, and the values of its path, one a row. A row that is switched off stays in the file and is not sent."
	case tabHeaders:
		return "The header fields of the request, over those of its folders. Names and usual values are offered while you type; {{ offers variables. What the cookie jar adds stands below them."
	case tabAuth:
		return "How the request says who sends it; inherit takes what its folder says. A secret belongs into a variable: its value is then never in the file."
	case tabBody:
		return "The body. enter edits the text, ctrl+o opens it in $EDITOR; while JSON is typed, the first mistake is named with its place."
	case tabVars:
		return "Variables of this request; they go before those of folders and of the environment. {{name}} puts one in."
	case tabTests:
		return "What the answer must be: a path such as res.status or res.body.items[0].id, and an operator with a value, such as eq 200."
	case tabSettings:
		return "How the request is sent: its time limit, what is done with redirects, and whether cookies of the jar go along and are kept."
	}
	return "Notes on the request, for whoever reads it next."
}

func (r *reply) pageAbout() string {
	switch r.page {
	case pageHeaders:
		return "The header fields of the response, those of the last hop first."
	case pageCookies:
		return "The cookies that came, what each of them says of itself, and whether the jar of the environment keeps it. " + r.plain.Jar.Help().Key + " opens the jar."
	case pageTimeline:
		return "Where the time went: every hop and its phases on one scale, and what a redirect did not pass on."
	case pageTLS:
		return "What was agreed on for the encrypted connection, and the certificates that the server showed."
	case pageSent:
		return "What really went out, hop by hop: the first line, the fields in their order, the body."
	case pageTests:
		return "The assertions of the request and how they came out. One that cannot be checked does not count as passed."
	case pageDiff:
		return "What is different from the answer before, or from another one that you choose: by field where both are JSON."
	}
	return "The body of the response. What is folded stays in it: search and filter see all of it. The filter is a jq program, run while you type."
}

// Scopes names the groups of bindings that the focused pane takes now, the most particular first (package keys).
func (w *Workbench) Scopes() []string {
	switch {
	case w.focus == layout.Tree:
		return []string{"list"}
	case w.focus == layout.Request:
		return []string{"form"}
	case w.reply.reading():
		return []string{"search", "body", "reply"}
	case w.reply.page != pageBody && w.reply.exchange() != nil:
		return []string{"search", "reply"}
	}
	return []string{"reply"}
}
