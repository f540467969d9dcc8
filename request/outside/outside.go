// Package outside runs the system's own programs: curl as another client, ssh as the way to another machine.
//
// No shell is involved, and no secret stands on a command line, where every user of the machine could read it.
package outside
