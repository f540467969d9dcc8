package body

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// zstdWindow is the largest window that is accepted (RELIABILITY §4.2). RFC 8878 recommends 8 MiB as the least
// that a decoder supports; RFC 9659 makes it the limit for HTTP, and a few servers go beyond.
const zstdWindow = 32 << 20

// ErrUnknownCoding is the error for a content coding that Decode does not undo.
var ErrUnknownCoding = errors.New("unknown content coding")

// Decode undoes one content coding: gzip, deflate (with or without the zlib wrapper: servers send both), br or
// zstd. The caller closes the reader; r is left open.
func Decode(coding string, r io.Reader) (io.ReadCloser, error) {
	switch coding {
	case "gzip":
		return gzip.NewReader(r)
	case "deflate":
		return deflate(r)
	case "br":
		return io.NopCloser(brotli.NewReader(r)), nil
	case "zstd":
		d, err := zstd.NewReader(r, zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderMaxMemory(zstdWindow),
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return nil, fmt.Errorf("%w: %q", ErrUnknownCoding, coding)
}

// deflate tells the zlib format of RFC 1950, which RFC 9110 §8.4.1.2 means, from the bare stream of RFC 1951:
// the first two bytes of zlib are a multiple of 31 and name method 8.
func deflate(r io.Reader) (io.ReadCloser, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(2)
	if err == nil && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}
