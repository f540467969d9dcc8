// Package secret keeps what must never be shown out of everything that is shown.
//
// A value is secret by provenance: it came from a variable marked secret, or it stood in a place that holds
// credentials. The package is a leaf: it imports nothing of culprit.
package secret
