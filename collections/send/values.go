package send

import (
	"slices"
	"sync"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/request"
)

// Values are variables that hold for one session or run, by environment: what answers gave, and what a person typed. They
// are in memory alone and count as secrets. The zero value is ready, a nil one keeps nothing; the methods may be called
// from any goroutine.
type Values struct {
	mu sync.Mutex
	of map[string][]collections.Variable
}

// Of returns the variables that hold in an environment, "" for none.
func (v *Values) Of(environment string) []collections.Variable {
	if v == nil {
		return nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.of[environment])
}

// Keep gives a variable a value in an environment; "" takes it back.
func (v *Values) Keep(environment, name, value string) {
	if v == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.of == nil {
		v.of = map[string][]collections.Variable{}
	}
	all := slices.DeleteFunc(v.of[environment], func(o collections.Variable) bool { return o.Name == name })
	if value != "" {
		all = append(all, collections.Variable{Name: name, Value: value, Secret: true})
	}
	v.of[environment] = all
}

// take keeps what the captures find in a success, and returns the names of the variables that got a value.
func (v *Values) take(environment string, captures []collections.Capture, x *request.Exchange) (names []string) {
	if v == nil || x.Failure != nil || x.Status() < 200 || x.Status() >= 300 {
		return nil
	}
	for _, c := range captures {
		if value, ok := check.Text(c.Expression, x); ok {
			v.Keep(environment, c.Variable, value)
			names = append(names, c.Variable)
		}
	}
	return names
}
