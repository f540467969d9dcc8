package lint

import (
	"encoding/json"
	"math"
	"strconv"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// checkTotals is the part of B21 about sums: a total that is not that of its items, where nothing else is added.
func checkTotals(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	var total *jsontext.Node
	sum, lists := 0.0, 0
	for _, c := range s.root.Children {
		name := habit.Snake.Of(c.Key)
		switch {
		case name == "total" || name == "total_amount" || name == "total_price" || name == "subtotal":
			if total != nil || c.Kind != jsontext.Number {
				return
			}
			total = c
		case c.Kind == jsontext.Array:
			n, ok := s.itemSum(c)
			if !ok {
				continue
			}
			sum += n
			lists++
		case added.MatchString(name):
			return
		}
	}
	if total == nil || lists != 1 {
		return
	}
	f, err := strconv.ParseFloat(s.src[total.Start:total.End], 64)
	if err != nil || math.Abs(f-sum) < .005 || f == 0 {
		return
	}
	id := diagnose.ID("body", "").Child(total.Key)
	s.hit(r, id, "interacting_parameters", "The total is not the sum of the items.", weigh(set(id, json.Number(strconv.FormatFloat(math.Round(sum*100)/100, 'f', -1, 64)), .2), r.odds))
}

// added are names of what goes into a total beside the items.
var added = lazyre.New(`(?i)(tax|vat|shipping|delivery|discount|fee|tip|surcharge|voucher|coupon|credit|paid|rounding)`)

// itemSum is the sum of price times quantity over a list; ok is false when an item has no price or something else is
// added to it.
func (s *scan) itemSum(list *jsontext.Node) (float64, bool) {
	sum := 0.0
	for _, item := range list.Children {
		price, count, found := 0.0, 1.0, false
		for _, c := range item.Children {
			f, err := strconv.ParseFloat(s.src[c.Start:c.End], 64)
			switch k := habit.Snake.Of(c.Key); {
			case added.MatchString(k):
				return 0, false
			case err != nil || c.Kind != jsontext.Number:
			case k == "price" || k == "unit_price" || k == "amount" || k == "unit_amount":
				if found {
					return 0, false
				}
				price, found = f, true
			case k == "quantity" || k == "qty" || k == "count":
				count = f
			}
		}
		if !found {
			return 0, false
		}
		sum += price * count
	}
	return sum, len(list.Children) > 0
}
