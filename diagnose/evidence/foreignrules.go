package evidence

import (
	"slices"
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// aField is the word for a field or a parameter before its name, in the languages that validators are translated into.
var aField = lazyre.New(`(?i)[^\n.。]{0,60}?(?:\b(?:champ|campo|feld|veld|fält|felt|alan|pole|par[áâa]metro|param[èe]tre|propiedad|propriété|propriedade|eigenschaft|attribut|attributo|atributo)\b|поле|параметр|参数|參數|字段|欄位|フィールド|パラメータ|パラメーター)` +
	`[  :：]{0,2}[«»“„"'‘\x60「『\[]? ?([A-Za-z_][\w.\[\]-]*)([^\n]{0,160})`)

// afterField is a name before what Chinese and Japanese say of a field.
var afterField = lazyre.New(`([A-Za-z_][\w.\[\]-]*)[»”"'’\x60」』\]]? ?(?:は|が|を|の値|字段|欄位|参数|參數|不能为空|不能為空|不可为空|为必填|是必填|必填|不合法|无效|無效|格式|有误|错误)[^\n]{0,160}`)

// foreign is a complaint about the field whose name stands among words of another language, and may be that of the program.
func foreign(m []string) issue {
	i := issue{segs: splitPath(m[1]), text: m[0], class: classOfText(m[0]), ratio: likely}
	if i.class == unclear || !quotedIn(straight.Replace(m[0]), i.segs) && (slices.Contains(glueWords, strings.ToLower(m[1])) || classOfText(m[1]) != unclear) {
		return issue{} // "este campo es obligatorio" names none
	}
	i.generic = i.class != missing && i.class != blank
	return i
}

// foreignField is foreign for a name behind the word for a field: one that the request does not have is one only where it is
// marked as such, or what follows says something of it (est obligatoire) and does not go on ("champ de saisie").
func foreignField(m []string) issue {
	i := foreign(m)
	next := firstWord(strings.TrimLeft(m[2], " »”\"'’\x60」』].,;:!"))
	plain := !quotedIn(straight.Replace(m[0]), i.segs) && !strings.ContainsAny(m[1], "_.-[0123456789")
	i.generic = i.generic || plain && next != "" && next[0] < 0x80 && !slices.Contains(glueWords, strings.ToLower(next)) && classOfText(" "+next) == unclear
	return i
}

// glueWords are the verbs, articles and prepositions that follow the word for a field where no name does.
var glueWords = strings.Fields("es est ist jest is er on son sont sind sono zijn eram muss musst muessen darf soll sollte kann wird wurde hat doit doivent peut debe deben puede tiene falta deve devono devem pode moet moeten mag kan ma musi nie nicht niet ne no non pas" +
	" de del des du di da do dos das der die den dem el la le les il lo los las un une una ein eine to ten ta ce mit von vom zu im in am an for para por pour per sur sobre con com avec e et y und ou o oder que qui che dass boş zorunludur zorunlu gerekli gereklidir")

// foreignRules are what servers say in other languages than English, by a word that stands in it.
var foreignRules = sync.OnceValue(func() []textRule {
	var rules []textRule
	for _, word := range []string{"champ", "campo", "feld", "veld", "fält", "felt", "alan", "pole", "metro ", "paramè", "propi", "propri", "eigenschaft", "attribut", "atributo", "поле", "параметр",
		"参数", "參數", "字段", "欄位", "フィールド", "パラメータ"} {
		rules = append(rules, textRule{word, aField, foreignField})
	}
	for _, word := range []string{"は", "が", "不能", "不可", "必填", "不合法", "无效", "無效", "格式", "有误", "错误"} {
		rules = append(rules, textRule{word, afterField, foreign})
	}
	return rules
})
