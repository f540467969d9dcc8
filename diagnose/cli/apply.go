package cli

import (
	"errors"

	collcli "culprit/collections/cli"
	"culprit/diagnose"
)

func apply(d collcli.Deps, t collcli.Target, r diagnose.Report) error {
	return errors.New("--apply is not here yet")
}
