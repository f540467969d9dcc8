package lab

// fullOrder is an order as the shop's own web site sends it: forty-five values, all of them right. Several
// are numbers written as strings, as they should be.
const fullOrder = `{
  "reference": "PO-2217",
  "channel": "web",
  "currency": "EUR",
  "customer": {
    "id": 1042,
    "name": "Ada Lovelace",
    "email": "ada@example.com",
    "phone": "00442079460018",
    "vat": "123456789",
    "newsletter": false
  },
  "shipping": {
    "name": "Ada Lovelace",
    "street": "St James's Square",
    "house": "12",
    "zip": "01067",
    "city": "Dresden",
    "country": "DE",
    "method": "standard",
    "not_before": "2031-04-01",
    "deliver_on": "2031-04-05",
    "signature": true
  },
  "billing": {
    "name": "Analytical Engines Ltd",
    "street": "Ockham Park",
    "house": "1",
    "zip": "10115",
    "city": "Berlin",
    "country": "DE"
  },
  "items": [
    {"sku": "MUG-0042", "title": "Mug, blue", "quantity": 2, "unit_price": 11.9, "tax_rate": 0.19, "gift": false},
    {"sku": "TEA-0007", "title": "Assam, 250 g", "quantity": 1, "unit_price": 12.5, "tax_rate": 0.07, "gift": true, "note": "For Charles"},
    {"sku": "POT-0003", "title": "Tea pot", "quantity": 3, "unit_price": 49, "tax_rate": 0.19}
  ],
  "payment": {"kind": "invoice", "terms_days": 30},
  "coupon": "SPRING10",
  "tags": ["spring", "b2b"],
  "external_id": "6f1c2b1e-8a54-4f0e-9f57-0d2a7c1b9e33",
  "note": null
}`

// earlierOrder passed last week. It is not the same order with one value changed: it has another customer,
// other items, and lacks what is optional.
const earlierOrder = `{
  "reference": "PO-2160",
  "channel": "phone",
  "currency": "GBP",
  "customer": {
    "id": 977,
    "name": "Charles Babbage",
    "email": "charles@example.com",
    "phone": "00442079460044",
    "newsletter": true
  },
  "shipping": {
    "name": "Charles Babbage",
    "street": "Dorset Street",
    "house": "1",
    "zip": "WIU 4EE",
    "city": "London",
    "country": "GB",
    "method": "express",
    "deliver_on": "2031-03-20"
  },
  "items": [
    {"sku": "CUP-0011", "title": "Cup", "quantity": 6, "unit_price": 9.2, "tax_rate": 0.2, "gift": false},
    {"sku": "BOX-0100", "quantity": 1, "unit_price": 3, "tax_rate": 0.2}
  ],
  "payment": {"kind": "card", "terms_days": 0},
  "tags": ["phone"]
}`

// shortOrder is the least that the shop takes.
const shortOrder = `{
  "reference": "PO-2301",
  "channel": "store",
  "currency": "EUR",
  "customer": {"id": 7, "name": "Grace Hopper", "email": "grace@example.com"},
  "shipping": {"name": "Grace Hopper", "street": "Navy Yard", "house": "9", "zip": "20374", "city": "Arlington", "country": "US", "method": "pickup"},
  "items": [{"sku": "BOX-0100", "quantity": 1, "unit_price": 3}],
  "payment": {"kind": "transfer"}
}`
