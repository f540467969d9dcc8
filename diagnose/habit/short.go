package habit

import "strings"

// shorts are words of names and what APIs write for them: an answer says the word, and the parameter has the short of it.
const shorts = ` application=app configuration=config database=db description=desc destination=dst document=doc environment=env identifier=id
 image=img language=lang latitude=lat longitude=lon message=msg number=num organisation=org organization=org parameter=param password=pass
 quantity=qty reference=ref repository=repo source=src temperature=temp timestamp=ts `

// Short is the short form of a name that is one such word, "" for any other.
func Short(name string) string {
	_, rest, ok := strings.Cut(strings.ReplaceAll(shorts, "\n", " "), " "+strings.ToLower(name)+"=")
	if !ok || name == "" {
		return ""
	}
	short, _, _ := strings.Cut(rest, " ")
	return short
}
