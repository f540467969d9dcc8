package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/request/curl"
)

const fixtures = "../../../shared/fixtures/curl"

// accusedOfOthers is how many commands of other people's tests are accused. They are test data with faults of their
// own (placeholders, cut tokens, odd hosts); each was looked at. It must not rise.
const accusedOfOthers = 4

func TestCommandsOfOthersAreSeldomAccused(t *testing.T) {
	if _, err := os.Stat(fixtures); err != nil {
		t.Skip("needs ../shared/fixtures/curl:", err)
	}
	n, bad := 0, 0
	err := filepath.WalkDir(fixtures, func(name string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".sh") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		got, err := curl.Parse(string(text))
		if err != nil {
			return nil
		}
		n++
		hits := Check(element.Of(got.Request), Facts{Now: noon})
		applies(t, got.Request, hits)
		if len(hits) > 0 && hits[0].Odds >= accused {
			bad++
			t.Logf("%s: %s %s %.0f %s", filepath.Base(name), hits[0].Rule, hits[0].Element, hits[0].Odds, hits[0].Text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d commands are accused", bad, n)
	if bad > accusedOfOthers {
		t.Errorf("%d commands are accused, it was %d", bad, accusedOfOthers)
	}
}
