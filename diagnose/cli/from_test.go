package cli_test

import (
	"fmt"
	"io"
	"net"
	"os"
)

// ssh does what ssh -W does, for the scripts: every name is at $SSH_REACHES where it stands.
func ssh() {
	conn, err := net.Dial("tcp", os.Getenv("SSH_REACHES"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "ada@far.test: Permission denied (publickey).")
		os.Exit(255)
	}
	go func() {
		_, _ = io.Copy(conn, os.Stdin)
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(os.Stdout, conn)
}
