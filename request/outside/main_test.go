package outside_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test binary play ssh under its name: the tests put a link to it on PATH.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "ssh" {
		os.Exit(ssh(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// ssh does what ssh -W does. FAKE_SSH is what it says before it gives up, or the address that every name has where
// it stands.
func ssh(args []string) int {
	if f := os.Getenv("FAKE_SSH_LOG"); f != "" {
		_ = os.WriteFile(f, []byte(fmt.Sprintln(os.Getpid())+strings.Join(args, "\n")), 0o600)
	}
	to := os.Getenv("FAKE_SSH")
	conn, err := net.Dial("tcp", to)
	if err != nil {
		fmt.Fprintln(os.Stderr, to)
		return 255
	}
	go func() {
		_, _ = io.Copy(conn, os.Stdin)
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(os.Stdout, conn)
	return 0
}

// onPath puts the fake alone on PATH.
func onPath(t *testing.T, name string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
		t.Skip(err)
	}
	t.Setenv("PATH", dir)
}
