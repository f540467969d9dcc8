package file

// Document returns the OpenAPI document that the collection names, a path in it or a URL; "" for none. A person names it
// in .culprit.json (see Marks), Bruno in extensions.bruno.openapi, where it keeps what a collection was made from. It
// reads both files.
func (s *Store) Document() string {
	if m, _ := s.marks(); m.OpenAPI != "" {
		return m.OpenAPI
	}
	src, err := s.read(rootFile)
	if err != nil {
		return ""
	}
	d, fault := Parse(src)
	if fault != nil {
		return ""
	}
	list, ok := d.find("extensions/bruno/openapi")
	if !ok || list.len() == 0 {
		return ""
	}
	if at, ok := list.child(0).get("sourceUrl"); ok {
		return at.node.Value
	}
	return ""
}
