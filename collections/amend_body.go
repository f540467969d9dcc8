package collections

import (
	"fmt"
	"slices"
	"strconv"

	"culprit/request"
)

func (a *amender) body() error {
	from, to := a.r.Request.Body, a.to.Body
	switch {
	case from.Kind != to.Kind && a.out.Saved.Body.Type == GraphQL:
		return ErrNotCarried
	case from.Kind != to.Kind:
		return a.otherBody()
	case a.out.Saved.Body.Type == GraphQL:
		if from.Type != to.Type {
			return ErrNotCarried
		}
		return a.graphQL(to.Text)
	case to.Kind == request.RawBody:
		if from.Text != to.Text {
			src, err := a.rewrite(a.r.texts["body"], to.Text)
			if err != nil {
				return fmt.Errorf("body: %w", err)
			}
			a.out.Saved.Body.Text = src
		}
		if from.Type != to.Type {
			return a.bodyType(to.Type)
		}
	case to.Kind == request.FormBody:
		return a.form()
	case to.Kind == request.MultipartBody && !slices.Equal(from.Parts, to.Parts):
		return a.parts()
	case to.Kind == request.FileBody && from.Path != to.Path:
		return fmt.Errorf("the file of the body changes: choose it by hand")
	}
	return nil
}

func (a *amender) bodyType(media string) error {
	for _, kind := range []string{"json", "text", "xml", "sparql"} {
		if mediaType(kind) == media {
			a.out.Saved.Body.Type = kind
			return nil
		}
	}
	return fmt.Errorf("a body of type %q has no name in the format; set the header Content-Type", media)
}

// otherBody replaces the body by one of another kind.
func (a *amender) otherBody() error {
	to := a.to.Body
	b := SavedBody{}
	switch to.Kind {
	case request.NoBody:
	case request.RawBody:
		a.out.Saved.Body = SavedBody{Text: a.unfill(to.Text), Type: "text"}
		if to.Type == "" {
			return nil
		}
		return a.bodyType(to.Type)
	case request.FormBody:
		b.Type = "form-urlencoded"
		for _, f := range to.Fields {
			b.Rows = append(b.Rows, Row{Name: f.Name, Value: a.written(f.Value)})
		}
	default:
		return fmt.Errorf("a body of kind %s cannot be made out of this one: change it by hand", to.Kind)
	}
	a.out.Saved.Body = b
	return nil
}

func (a *amender) form() error {
	from, to := a.r.Request.Body.Fields, a.to.Body.Fields
	rows := a.out.Saved.Body.Rows
	for _, p := range pair(from, to) {
		if p.from < 0 {
			rows = append(rows, Row{Name: to[p.to].Name, Value: a.written(to[p.to].Value)})
			continue
		}
		place := "form " + strconv.Itoa(p.from)
		row := a.r.rows[place].row
		if p.to < 0 {
			rows[row].Off = true
			continue
		}
		src, err := a.rewrite(a.r.texts[place], to[p.to].Value)
		if err != nil {
			return fmt.Errorf("form field %s: %w", from[p.from].Name, err)
		}
		rows[row].Value = src
		if from[p.from].Name != to[p.to].Name {
			rows[row].Name = to[p.to].Name
		}
	}
	a.out.Saved.Body.Rows = rows
	return nil
}

// parts matches parts by their names, in order.
func (a *amender) parts() error {
	from, to := a.r.Request.Body.Parts, a.to.Body.Parts
	names := func(parts []request.Part) []request.Field {
		fields := make([]request.Field, len(parts))
		for i, p := range parts {
			fields[i] = request.Field{Name: p.Name, Value: p.Value + p.Path}
		}
		return fields
	}
	rows := a.out.Saved.Body.Parts
	for _, p := range pair(names(from), names(to)) {
		if p.from < 0 {
			if to[p.to].Path != "" {
				return fmt.Errorf("part %s: a file is added by hand", to[p.to].Name)
			}
			rows = append(rows, Part{Row: Row{Name: to[p.to].Name, Value: a.written(to[p.to].Value)}, Type: to[p.to].Type})
			continue
		}
		place := "part " + strconv.Itoa(p.from)
		row := a.r.rows[place].row
		if p.to < 0 {
			rows[row].Off = true
			continue
		}
		if from[p.from].Path != to[p.to].Path {
			return fmt.Errorf("part %s: the file changes: choose it by hand", from[p.from].Name)
		}
		if from[p.from].Value != to[p.to].Value {
			src, err := a.rewrite(a.r.texts[place], to[p.to].Value)
			if err != nil {
				return fmt.Errorf("part %s: %w", from[p.from].Name, err)
			}
			rows[row].Value = src
		}
		rows[row].Name = changedOr(from[p.from].Name, to[p.to].Name, rows[row].Name)
		rows[row].Type = changedOr(from[p.from].Type, to[p.to].Type, rows[row].Type)
	}
	a.out.Saved.Body.Parts = rows
	return nil
}

// changedOr returns to when it differs from from, else what is saved.
func changedOr(from, to, saved string) string {
	if from != to {
		return to
	}
	return saved
}
