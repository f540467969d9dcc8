package keys

import (
	"slices"

	"charm.land/bubbles/v2/key"
)

// Both is one word of help for two opposite bindings: "j/k scroll".
func Both(a, b key.Binding, what string) key.Binding {
	return key.NewBinding(key.WithKeys(slices.Concat(a.Keys(), b.Keys())...), key.WithHelp(a.Help().Key+"/"+b.Help().Key, what))
}
