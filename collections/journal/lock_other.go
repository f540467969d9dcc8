//go:build !unix

package journal

import "os"

// Without flock, two programs on one log rely on each writing its frames whole.
func lock(*os.File) error { return nil }

// tryLock finds every lock free: then no program is known to run, and drafts are offered as after a crash.
func tryLock(*os.File) (bool, error) { return true, nil }
func unlock(*os.File) error          { return nil }
