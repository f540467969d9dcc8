package isolate

import (
	"slices"
	"testing"
)

// FuzzSearch lets the fuzzer choose the outcome of each trial, a third outcome included. Whatever comes: the
// search ends, its result is a set that was seen to pass (or all), and no set is empty.
func FuzzSearch(f *testing.F) {
	f.Add(byte(12), []byte{1, 0, 2, 1, 1, 0})
	f.Add(byte(40), []byte{2, 2, 2, 2, 2, 2, 2})
	f.Fuzz(func(t *testing.T, size byte, outcomes []byte) {
		n := int(size%64) + 1
		passed := [][]int{all(n)}
		got, err := Search(n, nil, Even, func(set []int) (bool, error) {
			if len(set) == 0 {
				t.Fatal("tried nothing")
			}
			if len(outcomes) == 0 {
				return false, nil
			}
			o := outcomes[0] % 3
			outcomes = outcomes[1:]
			if o == 2 {
				return false, Unresolved
			}
			if o == 1 {
				passed = append(passed, set)
			}
			return o == 1, nil
		})
		if err != nil || !slices.ContainsFunc(passed, func(p []int) bool { return slices.Equal(p, got) }) {
			t.Fatalf("%v, %v was never seen to pass", got, err)
		}
	})
}

func all(n int) []int { return with(nil, 0, n) }
