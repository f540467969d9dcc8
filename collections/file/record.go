package file

import (
	"cmp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"culprit/collections"
)

// A cell is one key of a row.
type cell struct {
	key, value string
	word       bool     // written without quotes: true
	optional   bool     // left out when it is ""
	list       bool     // items count instead of value
	items      []string // paths
	loose      bool     // a number or truth value stays one
}

func (c cell) equal(o cell) bool {
	return c.value == o.value && c.list == o.list && slices.Equal(c.items, o.items)
}

func (c cell) node() *yaml.Node {
	switch {
	case c.list:
		n := list()
		for _, s := range c.items {
			n.Content = append(n.Content, text(s))
		}
		return n
	case c.word:
		return word(c.value)
	}
	return text(c.value)
}

// A record is a row as it stands in a file: its keys in the order in which they are written.
type record []cell

func (r record) equal(o record) bool {
	return slices.EqualFunc(r, o, func(a, b cell) bool { return a.key == b.key && a.equal(b) })
}

// id is what tells rows apart when they are matched: the first cell, a name or a path.
func (r record) id() string {
	for _, c := range r {
		if !c.word {
			return c.value
		}
	}
	return ""
}

func (r record) node() *yaml.Node {
	n := mapping()
	for _, c := range r {
		if !c.optional || c.value != "" {
			put(n, c.key, c.node())
		}
	}
	return n
}

func recordsNode(rs []record) *yaml.Node {
	n := list()
	for _, r := range rs {
		n.Content = append(n.Content, r.node())
	}
	return n
}

func flag(key string, on bool) cell {
	c := cell{key: key, word: true, optional: true}
	if on {
		c.value = "true"
	}
	return c
}

// records are rows as they stand in a file.
func records[T any](rows []T, of func(T) record) []record {
	out := make([]record, len(rows))
	for i, r := range rows {
		out[i] = of(r)
	}
	return out
}

func headerRecord(r collections.Row) record {
	return record{{key: "name", value: r.Name}, {key: "value", value: r.Value},
		{key: "description", value: r.About, optional: true}, flag("disabled", r.Off)}
}

func paramRecord(r collections.Row) record {
	return record{{key: "name", value: r.Name}, {key: "value", value: r.Value}, {key: "type", value: cmp.Or(r.Kind, "query")},
		{key: "description", value: r.About, optional: true}, flag("disabled", r.Off)}
}

func partRecords(b collections.SavedBody) []record {
	rs := make([]record, len(b.Parts))
	for i, p := range b.Parts {
		if b.Type == "file" {
			path := ""
			if len(p.File) > 0 {
				path = p.File[0]
			}
			rs[i] = record{{key: "filePath", value: path}, {key: "contentType", value: p.Type},
				{key: "selected", value: strconv.FormatBool(!p.Off), word: true}, {key: "description", value: p.About, optional: true}}
			continue
		}
		kind, value := "text", cell{key: "value", value: p.Value}
		if p.IsFile {
			kind, value = "file", cell{key: "value", list: true, items: p.File}
		}
		rs[i] = record{{key: "name", value: p.Name}, {key: "type", value: kind}, value,
			{key: "contentType", value: p.Type, optional: true}, {key: "description", value: p.About, optional: true},
			flag("disabled", p.Off)}
	}
	return rs
}

// variableRecord never writes the value of a secret.
func variableRecord(v collections.Variable) record {
	value := cell{key: "value", value: v.Value}
	if v.Secret {
		value = cell{key: "value", optional: true}
	}
	return record{flag("secret", v.Secret), {key: "name", value: v.Name}, value, flag("disabled", v.Off)}
}

func assertRecord(a collections.Assert) record {
	return record{{key: "expression", value: a.Expression}, {key: "operator", value: a.Operator},
		{key: "value", value: a.Value, optional: true}, flag("disabled", a.Off)}
}

// A step is one change of a list: a row kept or changed (old and new), taken out (new -1) or put in (old -1)
// before old row at.
type step struct{ old, new, at int }

// maxAlign bounds the work of matching two lists; larger middles are matched one by one.
const maxAlign = 4_000_000

// align matches two lists with the fewest changes: equal rows first, then rows of the same name, then any.
func align(old, new []record) []step {
	head := 0
	for head < len(old) && head < len(new) && old[head].equal(new[head]) {
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(new)-head && old[len(old)-1-tail].equal(new[len(new)-1-tail]) {
		tail++
	}
	var steps []step
	for i := range head {
		steps = append(steps, step{i, i, i})
	}
	for _, s := range middle(old[head:len(old)-tail], new[head:len(new)-tail]) {
		if s.old >= 0 {
			s.old += head
		}
		if s.new >= 0 {
			s.new += head
		}
		s.at += head
		steps = append(steps, s)
	}
	for i := range tail {
		o := len(old) - tail + i
		steps = append(steps, step{o, len(new) - tail + i, o})
	}
	return steps
}

// middle is the edit distance of two lists of rows.
func middle(a, b []record) []step {
	if len(a)*len(b) > maxAlign {
		return onebyone(len(a), len(b))
	}
	// cost[i][j] is the price of turning a[i:] into b[j:].
	cost := make([][]int, len(a)+1)
	for i := range cost {
		cost[i] = make([]int, len(b)+1)
	}
	for i := len(a); i >= 0; i-- {
		for j := len(b); j >= 0; j-- {
			switch {
			case i == len(a):
				cost[i][j] = 4 * (len(b) - j)
			case j == len(b):
				cost[i][j] = 4 * (len(a) - i)
			default:
				cost[i][j] = min(cost[i+1][j+1]+price(a[i], b[j]), cost[i+1][j]+4, cost[i][j+1]+4)
			}
		}
	}
	var steps []step
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && cost[i][j] == cost[i+1][j+1]+price(a[i], b[j]):
			steps = append(steps, step{i, j, i})
			i, j = i+1, j+1
		case i < len(a) && cost[i][j] == cost[i+1][j]+4:
			steps = append(steps, step{i, -1, i})
			i++
		default:
			steps = append(steps, step{-1, j, i})
			j++
		}
	}
	return steps
}

// price is how much it costs to make row b of row a; a row out or in costs 4.
func price(a, b record) int {
	switch {
	case a.equal(b):
		return 0
	case a.id() == b.id():
		return 1
	}
	return 6
}

func onebyone(a, b int) []step {
	var steps []step
	for i := range max(a, b) {
		switch {
		case i >= b:
			steps = append(steps, step{i, -1, i})
		case i >= a:
			steps = append(steps, step{-1, i, a})
		default:
			steps = append(steps, step{i, i, i})
		}
	}
	return steps
}

func equalBody(a, b collections.SavedBody) bool {
	return a.Type == b.Type && a.Text == b.Text && slices.Equal(a.Rows, b.Rows) &&
		slices.EqualFunc(a.Parts, b.Parts, func(p, q collections.Part) bool {
			return p.Row == q.Row && p.IsFile == q.IsFile && p.Type == q.Type && slices.Equal(p.File, q.File)
		})
}
