package lab

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed sample
var sample embed.FS

// WriteSample writes the sample collection into dir, which may exist: OpenCollection YAML with the ports and
// the credentials of l in its environment. Files of the same name are overwritten.
func WriteSample(dir string, l *Lab) error {
	files, err := fs.Sub(sample, "sample")
	if err != nil {
		return fmt.Errorf("read the sample collection: %w", err)
	}
	err = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		to := filepath.Join(dir, filepath.FromSlash(path))
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return os.MkdirAll(to, 0o755)
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o644)
	})
	if err != nil {
		return fmt.Errorf("write the sample collection: %w", err)
	}
	return l.writeEnvironment(filepath.Join(dir, "environments"))
}

// writeEnvironment writes local.yml. The tokens are plain variables: they open nothing but this lab.
func (l *Lab) writeEnvironment(dir string) error {
	var b strings.Builder
	b.WriteString("name: local\ncolor: \"#2E8B57\"\nvariables:\n")
	for _, v := range [][2]string{
		{"base", l.URL}, {"mirror", l.Mirror},
		{"warehouse", "http://" + l.Closed}, {"branch", l.TLS[Expired]}, {"secure", strings.Replace(l.TLS[Good], "https://", "http://", 1)},
		{"office", "http://" + l.SSH}, {"dock", "http://" + l.Silent},
		{"token", l.Tokens.Valid}, {"till_token", l.Tokens.Expired}, {"job_token", l.Tokens.Staging}, {"carl_token", l.Tokens.Reader},
		{"user", l.Tokens.User}, {"password", l.Tokens.Password}, {"api_key", l.Tokens.APIKey},
	} {
		fmt.Fprintf(&b, "  - name: %s\n    value: %s\n", v[0], strconv.Quote(v[1]))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write the sample's environment: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "local.yml"), []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("write the sample's environment: %w", err)
	}
	return nil
}
