package collections_test

import (
	"testing"

	"culprit/collections"
)

// TestAFolderAndARequestOfOnePath: orders is a folder, and orders.yml beside it a request.
func TestAFolderAndARequestOfOnePath(t *testing.T) {
	list := &collections.Entry{Kind: collections.HTTP, Path: "orders/list"}
	folder := &collections.Entry{Kind: collections.Folder, Path: "orders", Children: []*collections.Entry{list}}
	request := &collections.Entry{Kind: collections.Broken, Path: "orders"}
	root := &collections.Entry{Kind: collections.Folder, Children: []*collections.Entry{folder, request}}
	if root.Folder("orders") != folder || root.Request("orders") != request || root.Folder("") != root || root.Request("orders/list") != list {
		t.Error("a folder and a request are not told apart")
	}
	if root.Folder("orders/list") != nil || root.Request("nowhere") != nil {
		t.Error("what is not there was found")
	}
	var order []*collections.Entry
	for e := range root.All() {
		if order = append(order, e); len(order) == 3 {
			break
		}
	}
	if order[0] != root || order[1] != folder || order[2] != list {
		t.Error("a folder comes before what is in it")
	}
	for range (*collections.Entry)(nil).All() {
		t.Error("nothing has an entry")
	}
}
