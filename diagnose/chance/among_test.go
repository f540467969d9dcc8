package chance

import "testing"

// TestOneOfManyHasToBeLessLikely: what is striking by itself is to be expected once among many that were looked at.
func TestOneOfManyHasToBeLessLikely(t *testing.T) {
	even := Table{WithFailed: 7, WithPassed: 3, WithoutFailed: 0, WithoutPassed: 10} // p = 0.003
	for n, want := range map[int]bool{1: true, 3: true, 4: false, 43: false} {
		if got := even.LinkedAmong(n); got != want {
			t.Errorf("among %d, p %.4f: %v", n, even.P(), got)
		}
	}
	if clear := (Table{WithFailed: 30, WithoutPassed: 90}); !clear.LinkedAmong(43) || !clear.LinkedAmong(1) {
		t.Error("what is clear is not seen")
	}
	if few := (Table{WithFailed: 5, WithoutPassed: 90}); few.Telling() || few.LinkedAmong(1) {
		t.Error("five observations are enough")
	}
}
