package widget

import "charm.land/bubbles/v2/key"

// Bind is a binding of keys, with how help writes them and what they do.
func Bind(help, what string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, what))
}
