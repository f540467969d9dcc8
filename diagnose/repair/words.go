package repair

import (
	"sync"

	"culprit/request/lazyre"
)

// words are what APIs take most for choices of that name, the commonest first.
var words = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"status": {"active", "pending", "available", "open", "draft"}, "state": {"open", "active", "pending"}, "role": {"user", "admin", "member"},
		"priority": {"high", "medium", "low", "normal"}, "severity": {"high", "low", "info"}, "visibility": {"public", "private"}, "gender": {"female", "male"}, "sex": {"f", "F", "female", "m"},
		"level": {"info", "beginner", "low", "high", "basic"}, "difficulty": {"easy", "medium", "hard"}, "plan": {"free", "basic", "pro", "premium"},
		"tier": {"free", "basic", "pro", "standard"}, "size": {"medium", "small", "large", "M"}, "color": {"red", "#ff0000", "black", "blue"}, "colour": {"red", "black", "blue"},
		"type": {"default", "standard"}, "kind": {"default"}, "category": {"general", "other"},
		"unit": {"kg", "piece", "metric", "C"}, "units": {"metric"}, "method": {"card", "standard", "cash", "email"}, "channel": {"email", "web", "sms"},
		"interval": {"month", "day", "year", "week"}, "period": {"month", "day", "monthly", "daily"}, "frequency": {"daily", "weekly", "monthly"},
		"condition": {"new", "used"}, "class": {"economy", "first", "second", "standard"}, "cabin": {"economy", "business"}, "mode": {"auto", "manual", "default"},
		"format": {"json", "csv", "pdf"}, "theme": {"light", "dark"}, "sort": {"asc", "created_at", "name", "id"}, "protocol": {"tcp", "https", "http"}, "action": {"create", "update"},
		"source": {"web", "api"}, "reason": {"other"}, "scope": {"read", "public"}, "board": {"half", "full", "none"}, "environment": {"production", "staging"}, "env": {"production"},
		"encoding": {"base64", "utf-8", "string", "plain"}, "compression": {"gzip", "none"}, "precision": {"s", "ms", "ns"}, "consistency": {"one", "quorum", "all"}, "driver": {"local", "bridge"}, "effect": {"Allow", "allow", "deny"},
		"aggregation": {"avg", "sum", "max", "count"}, "granularity": {"day", "hour", "minute"}, "acl": {"private", "public-read"}, "transport": {"tcp", "udp"}, "region": {"us-east-1", "eu-west-1"}, "fit": {"cover", "contain", "crop"},
		"operator": {"IN", "eq", "EQ", "equals", "contains"}, "algorithm": {"aes", "RS256", "sha256", "rsa"}, "algo": {"rsa", "sha256", "ecdsa"}, "alg": {"RS256", "HS256"},
	}
})

// Seldom reports a name of a member that APIs rarely insist on.
func Seldom(name string) bool { return seldom.MatchString(name) }

var (
	// lasting is a duration with its unit in full.
	lasting = lazyre.New(`(?i)^([0-9]+)\s*(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|years?)$`)
	// lapse is a length of time with a short unit.
	lapse = lazyre.New(`^([0-9]{1,5})(s|m|min|h|d)$`)
	// twoDecimals is an amount of money as most write it.
	twoDecimals = lazyre.New(`^[0-9]+\.[0-9]{2}$`)
	// counted is the number at the beginning of a text.
	counted = lazyre.New(`^[0-9]{1,6}`)
	// seldom are names of members that APIs rarely insist on.
	seldom = lazyre.New(`(?i)^(note|notes|comment|comments|remark|remarks|memo|description|desc|special|message|tags?|labels?|meta|metadata|extra|extras|custom|attributes|voucher|coupon|promo|discount|referrer|source|channel|campaign|url|uri|website|homepage|site|link|image|avatar|photo|icon|logo|phone|mobile|fax|middle_?name|nick_?name|nick|suffix|prefix|salutation|company|vat|gender|birthday|locale|lang|language|time_?zone|ref|external_?id|parent|preferences|options|settings|gift|newsletter|created_?at|updated_?at|created|updated|created_?by|updated_?by|modified|revision|rev|etag|ip|user_?agent|device|colou?r|ean|gtin)$`)
)
