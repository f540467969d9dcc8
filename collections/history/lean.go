package history

import "bytes"

// lean returns the JSON text b without the members of objects that say no more than their absence: null, false, 0 and "".
// Two thirds of the settings and timings of an exchange are such, and a page of the database holds three rows without
// them, one with them. What is read back into the types of this package is the same: none of them has a pointer to such
// a value, nor a map. b is as json.Marshal writes it, and is overwritten.
func lean(b []byte) []byte {
	out := b[:0]
	for len(b) > 0 {
		if b[0] != '"' {
			out, b = append(out, b[0]), b[1:]
			continue
		}
		n := stringEnd(b)
		if skip := nothing(b[n:]); skip > 0 {
			b = b[n+skip:]
			if b[0] == ',' {
				b = b[1:]
			} else {
				out = bytes.TrimSuffix(out, []byte(","))
			}
			continue
		}
		out, b = append(out, b[:n]...), b[n:]
	}
	return out
}

// stringEnd returns how long the string is that b begins with.
func stringEnd(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// nothing returns how long the colon and the value are that b begins with, 0 when it begins with another one or none.
func nothing(b []byte) int {
	for _, value := range []string{":0", `:""`, ":null", ":false"} {
		if len(b) > len(value) && string(b[:len(value)]) == value && (b[len(value)] == ',' || b[len(value)] == '}') {
			return len(value)
		}
	}
	return 0
}
