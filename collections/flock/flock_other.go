//go:build !unix

package flock

import "os"

// Works says that there are no locks: two programs on one file rely on each writing its lines whole.
const Works = false

// Lock does nothing.
func Lock(*os.File) error { return nil }

// TryLock finds every lock free.
func TryLock(*os.File) (ok bool, err error) { return true, nil }

// Unlock does nothing.
func Unlock(*os.File) error { return nil }
