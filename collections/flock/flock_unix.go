//go:build unix

// Package flock keeps programs of one person from writing the same file at once: advisory locks of whole files (flock(2)).
//
// A lock belongs to the open file: closing it, or the end of the program, unlocks it.
package flock

import (
	"os"

	"golang.org/x/sys/unix"
)

// Works says that locks keep other programs out. Where it is false every lock is free and taken at once.
const Works = true

// Lock waits until no other program has f locked, and locks it.
func Lock(f *os.File) error {
	for {
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != unix.EINTR {
			return err
		}
	}
}

// TryLock locks f if it is free; it does not wait.
func TryLock(f *os.File) (ok bool, err error) {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err {
		case nil:
			return true, nil
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return false, nil
		default:
			return false, err
		}
	}
}

// Unlock gives the lock of f back.
func Unlock(f *os.File) error { return unix.Flock(int(f.Fd()), unix.LOCK_UN) }
