package shell

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// mostHeap is far above what all tests of the package hold at once, 50 MB, and below what makes the kernel end them
// without a word.
const mostHeap = 2 << 30

// TestMain ends a run that grows without end while it can still say where: the clock here is the real one, which goes on
// where that of a bubble stands still. The seed of a random walk is an argument of walk.
func TestMain(m *testing.M) {
	go func() {
		var now runtime.MemStats
		for range time.Tick(time.Second) {
			if runtime.ReadMemStats(&now); now.HeapAlloc > mostHeap {
				debug.SetTraceback("all")
				panic(fmt.Sprintf("the tests hold %d MB", now.HeapAlloc>>20))
			}
		}
	}()
	os.Exit(m.Run())
}
