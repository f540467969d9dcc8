//go:build !linux

package cli

import "os"

// Forget returns what drops the lines that were typed at a terminal and not read yet. Here nothing does; a line that was
// read before a question was shown is dropped all the same.
func Forget(*os.File) func() { return func() {} }
