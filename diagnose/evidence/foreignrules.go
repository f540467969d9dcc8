package evidence

import (
	"sync"

	"culprit/request/lazyre"
)

// aField is the word for a field or a parameter before its name, in the languages that validators are translated into.
var aField = lazyre.New(`(?i)[^\n.。]{0,60}?(?:\b(?:champ|campo|feld|veld|fält|felt|alan|pole|par[áâa]metro|param[èe]tre|propiedad|propriété|propriedade|eigenschaft|attribut|attributo|atributo)\b|поле|параметр|参数|參數|字段|欄位|フィールド|パラメータ|パラメーター)` +
	`[  :：]{0,2}[«»“„"'‘\x60「『\[]? ?([A-Za-z_][\w.\[\]-]*)[^\n]{0,160}`)

// afterField is a name before what Chinese and Japanese say of a field.
var afterField = lazyre.New(`([A-Za-z_][\w.\[\]-]*)[»”"'’\x60」』\]]? ?(?:は|が|を|の値|字段|欄位|参数|參數|不能为空|不能為空|不可为空|为必填|是必填|必填|不合法|无效|無效|格式|有误|错误)[^\n]{0,160}`)

// foreign is a complaint about the field whose name stands among words of another language, and may be that of the program.
func foreign(m []string) issue {
	i := issue{segs: splitPath(m[1]), text: m[0], class: classOfText(m[0]), ratio: likely}
	if i.class == unclear {
		return issue{}
	}
	i.generic = i.class != missing && i.class != blank
	return i
}

// foreignRules are what servers say in other languages than English, by a word that stands in it.
var foreignRules = sync.OnceValue(func() []textRule {
	var rules []textRule
	for _, word := range []string{"champ", "campo", "feld", "veld", "fält", "felt", "alan", "pole", "metro ", "paramè", "propi", "propri", "eigenschaft", "attribut", "atributo", "поле", "параметр",
		"参数", "參數", "字段", "欄位", "フィールド", "パラメータ"} {
		rules = append(rules, textRule{word, aField, foreign})
	}
	for _, word := range []string{"は", "が", "不能", "不可", "必填", "不合法", "无效", "無效", "格式", "有误", "错误"} {
		rules = append(rules, textRule{word, afterField, foreign})
	}
	return rules
})
