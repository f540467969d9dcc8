package repair

import "testing"

// A sentence says which characters a value may have; the value keeps what it can of itself.
func TestOfCharacters(t *testing.T) {
	for _, c := range []struct{ sentence, value, want string }{
		{"username may have only a-z, 0-9 and _", "Mia Meyer", "mia_meyer"},
		{"Name can only contain letters, numbers and hyphens", "North Gate #4", "North-Gate-4"},
		{"may only contain lowercase letters, digits, '-' and '.'", "My_Bucket", "my-bucket"},
		{"must consist of uppercase letters", "abc 1", "ABC"},
		{"The key must consist of letters, numbers, underscores or hyphens.", "a b", "a_b"},
		{"can only be used by accounts with a phone number", "DE89 3704", ""}, // its digits are no account of anybody's
		{"Only PDF files are allowed", "a b", ""},
		{"must contain at least one uppercase letter", "abc", ""},
	} {
		if got := ofCharacters(c.sentence, c.value); got != c.want {
			t.Errorf("%s: %q becomes %q, not %q", c.sentence, c.value, got, c.want)
		}
	}
}
