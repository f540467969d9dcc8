package outside

import (
	"net/url"
	"os/exec"
	"runtime"
)

// Browse opens an address in the person's browser, where this machine has a screen and a program for it; elsewhere it does
// nothing. Only http and https are opened: the address may come from a file of somebody else.
func Browse(getenv func(string) string, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || getenv == nil {
		return
	}
	program := "xdg-open"
	if runtime.GOOS == "darwin" {
		program = "open"
	} else if getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	cmd := exec.Command(program, u.String())
	if cmd.Start() == nil {
		go func() { _ = cmd.Wait() }() // it goes on by itself
	}
}
