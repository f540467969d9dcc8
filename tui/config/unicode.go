package config

import "strings"

// ASCIIOnly reports whether a terminal of this environment shows ASCII characters alone: its locale has another
// character set than UTF-8 (POSIX: the first of LC_ALL, LC_CTYPE, LANG that is set counts), or it is a console
// whose font lacks the signs we draw with. Without a locale the terminal is taken to be like most, for ssh often
// passes none on.
func ASCIIOnly(getenv func(string) string) bool {
	switch t := getenv("TERM"); {
	case t == "linux", strings.HasPrefix(t, "vt1"), strings.HasPrefix(t, "vt2"), strings.HasPrefix(t, "vt3"):
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(getenv(name)); v != "" {
			return !strings.Contains(v, "utf-8") && !strings.Contains(v, "utf8")
		}
	}
	return false
}
