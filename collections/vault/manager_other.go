//go:build !windows

package vault

// systemManager is nil: the keyrings of other systems have programs.
func systemManager() manager { return nil }
