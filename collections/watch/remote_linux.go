package watch

import "golang.org/x/sys/unix"

// remote reports whether dir is on a file system on which the kernel does not learn what another machine writes
// (statfs(2)), or on one that may be such (FUSE: sshfs).
func remote(dir string) bool {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return false
	}
	switch int64(s.Type) & 0xFFFFFFFF { // some machines have it signed, in 32 bits
	case unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.V9FS_MAGIC,
		unix.AFS_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC, unix.CODA_SUPER_MAGIC, unix.FUSE_SUPER_MAGIC:
		return true
	}
	return false
}
