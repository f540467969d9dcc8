package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"
)

// Yes asks a question on standard error. No is the default, and the answer where standard input ends. It blocks until
// there is a line or ctx is done; then the reader stays behind, for a terminal cannot be interrupted. The caller has
// made sure that there is somebody to ask.
func (s Streams) Yes(ctx context.Context, question string) (bool, error) {
	fmt.Fprint(s.Err, question+" [y]es, [n]o  (no) ")
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(s.In).ReadString('\n') // the end of the input is no
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case line := <-answer:
		return line == "y" || line == "yes", nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
