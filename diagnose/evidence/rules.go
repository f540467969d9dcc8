package evidence

var jvmRules, goRules, rustRules, dotnetRules, scriptRules, saasRules, plainRules []textRule

func aspNet(d *doc) []issue           { return nil }
func (r *reader) awsCode(a, b string) {}
