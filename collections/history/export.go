package history

import (
	"context"
	"errors"
	"io"
	"slices"

	"culprit/request/curl"
	"culprit/request/har"
	"culprit/request/mask"
)

// HAR writes exchanges as an HTTP Archive, the oldest first, each hop an entry. Besides the secrets, which the
// history does not have, what usually is a credential is hidden. One that is gone by now is left out.
func (h *History) HAR(ctx context.Context, w io.Writer, creator har.Creator, items []Item) error {
	var entries []har.Entry
	for _, i := range slices.Backward(items) {
		x, err := h.Get(ctx, i.ID)
		switch {
		case errors.Is(err, ErrNone):
			continue
		case err != nil:
			return err
		}
		entries = append(entries, har.Of(x.Whole(), mask.Of(x.Sent))...)
	}
	return har.Write(w, creator, entries)
}

// Curl returns the command that sends what was sent, with a reference in the place of each secret.
func (x Exchange) Curl(style curl.Style) string {
	return curl.Print(x.Sent, style, mask.Of(x.Sent).Text)
}
