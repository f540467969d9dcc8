package diagnose

import "testing"

func TestLessonsAreOfKnownCauses(t *testing.T) {
	if len(lessons()) < 40 {
		t.Errorf("%d lessons", len(lessons()))
	}
	for id, l := range lessons() {
		if id.Cause().Meaning == "" || l.Means == "" || l.Prevent == "" || l.Ref == "" {
			t.Errorf("%s: %+v", id, l)
		}
	}
}
