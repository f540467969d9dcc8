package evidence

import (
	"strings"
	"sync"

	"culprit/request/lazyre"
)

// thrown is the dialect of an exception that nobody caught: what it misses may be the program's own.
const thrown = "an exception"

// invalidValue is the dialect of a sentence that says no more than that a value which it quotes is not valid.
const invalidValue = "invalid, and a value"

// lacked is a name that a program looked up in vain; one in capitals is of its own surroundings.
func lacked(m []string) issue {
	if m[1] == strings.ToUpper(m[1]) {
		return issue{}
	}
	return issue{segs: []string{m[1]}, text: m[0], class: missing, dialect: thrown}
}

// misvalued is a value that a parser of the language's library refuses; where it stands only the request can tell.
func misvalued(c class, expected string) func(m []string) issue {
	return func(m []string) issue {
		return issue{segs: []string{"?"}, value: m[1], class: c, expected: expected, generic: true}
	}
}

// misnamed is a name of the program that counts only where the request has it, too.
func misnamed(c class) func(m []string) issue {
	return func(m []string) issue {
		return issue{segs: splitPath(m[1]), text: m[0], class: c, generic: true}
	}
}

// thrownRules are the messages of the exceptions of languages and of the drivers of databases, which terse error handlers
// send as they are.
var thrownRules = sync.OnceValue(func() []textRule {
	return []textRule{
		{"nvalid ", lazyre.New(`^(?:[\w.]+: )*[Ii]nvalid [A-Za-z][\w -]{1,30}:? ["']([^"'\n]{1,60})["']\.?$`), func(m []string) issue {
			return issue{segs: []string{"?"}, value: m[1], class: wrongValue, generic: true, ratio: likely, dialect: invalidValue}
		}},
		// Python
		{"required positional argument", lazyre.New(`missing \d+ required positional arguments?: '(\w+)'`), lacked},
		{"required keyword-only argument", lazyre.New(`missing \d+ required keyword-only arguments?: '(\w+)'`), lacked},
		// JavaScript
		{"is not a function", lazyre.New(`\b([\w$]+)\.([A-Za-z]+) is not a function`), func(m []string) issue {
			return issue{segs: []string{m[1]}, text: m[0], class: wrongType, expected: methodOf(m[2]), generic: true, dialect: thrown}
		}},
		{"is not iterable", lazyre.New(`\b([\w$]+) is not iterable`), func(m []string) issue {
			return issue{segs: []string{m[1]}, text: m[0], class: wrongType, expected: "array", generic: true, dialect: thrown}
		}},
		{"to a bigint", lazyre.New(`Cannot convert (\S{1,60}) to a BigInt`), misvalued(wrongType, "integer")},
		// PHP
		{"undefined ", lazyre.New(`Undefined (?:array key|index|property|offset):? "?(?:stdClass::\$)?([A-Za-z_]\w*)"?`), lacked},
		{"): argument #", lazyre.New(`\(\): Argument #\d+ \(\$(\w+)\) must be of type \??([\w\\|]+), (\w+) given`), func(m []string) issue {
			i := issue{segs: []string{m[1]}, text: m[0], class: wrongType, expected: typeWord(m[2]), received: jsonType(m[3]), generic: true}
			if m[3] == "null" || m[3] == "none" {
				i.class, i.generic = missing, false
			}
			return i
		}},
		{"backing value for enum", lazyre.New(`"?([^"\s]{1,60})"? is not a valid backing value for enum `), misvalued(wrongValue, "")},
		{"failed to parse time string", lazyre.New(`Failed to parse time string \(([^)\n]{1,60})\)`), misvalued(wrongFormat, "date-time")},
		// Ruby
		{"key not found: ", lazyre.New(`key not found: :?"?(\w+)`), lacked},
		{"missing keyword", lazyre.New(`missing keywords?: :?(\w+)`), lacked},
		{"unknown keyword", lazyre.New(`unknown keywords?: :?(\w+)`), misnamed(unexpected)},
		{"invalid value for ", lazyre.New(`invalid value for Integer\(\): "([^"\n]{1,60})"`), misvalued(wrongType, "integer")},
		{"invalid value for ", lazyre.New(`invalid value for Float\(\): "([^"\n]{1,60})"`), misvalued(wrongType, "number")},
		// Elixir, R
		{" not found in: ", lazyre.New(`key :?"?(\w+)"? not found in: `), lacked},
		{"with no default", lazyre.New(`argument "(\w+)" is missing, with no default`), lacked},
		// The JVM: what is null, by its getter or its field (JEP 358), and parsers of its library
		{"because the return value of", lazyre.New(`because the return value of "(?:[\w.$]+\.)?(?:get([A-Z]\w*)|([a-z]\w*))\(\)" is null`), func(m []string) issue {
			return issue{segs: []string{decapitalised(m[1]) + m[2]}, text: m[0], class: missing, dialect: thrown}
		}},
		{"\" is null", lazyre.New(`because "(?:this|<\w+>|[\w$]+)\.([a-z]\w*)" is null`), lacked},
		{"specified as non-null is null", lazyre.New(`Parameter specified as non-null is null: method [^,\n]+, parameter (\w+)`), lacked}, // Kotlin
		{"unparseable date", lazyre.New(`Unparseable date: "([^"\n]{1,60})"`), misvalued(wrongFormat, "")},
		{"invalid uuid string", lazyre.New(`Invalid UUID string: (\S{1,60})`), misvalued(wrongFormat, "uuid")},
		// .NET
		{"was not present in the dictionary", lazyre.New(`The given key '(\w+)' was not present in the dictionary`), lacked},
		{"value cannot be null", lazyre.New(`Value cannot be null\. \(Parameter '(\w+)'\)`), lacked},
		{"(parameter '", lazyre.New(`(cannot be null\. )?\(Parameter '(\w+)'\)`), func(m []string) issue {
			if m[1] != "" {
				return issue{} // is read above
			}
			return misnamed(wrongValue)(m[1:])
		}},
		{"was not in a correct format", lazyre.New(`The input string '([^'\n]{1,60})' was not in a correct format`), misvalued(wrongType, "number")},
		{"was not recognized as a valid datetime", lazyre.New(`String '([^'\n]{1,60})' was not recognized as a valid DateTime`), misvalued(wrongFormat, "date-time")},
		{"was not recognized as a valid boolean", lazyre.New(`String '([^'\n]{1,60})' was not recognized as a valid Boolean`), misvalued(wrongType, "boolean")},
		{"requested value '", lazyre.New(`Requested value '([^'\n]{1,60})' was not found`), misvalued(wrongValue, "")},
		// Go
		{"in duration ", lazyre.New(`time: (?:missing|unknown) unit (?:"[^"]*" )?in duration "([^"\n]{1,60})"`), misvalued(wrongFormat, "duration")},
		{"invalid duration ", lazyre.New(`time: invalid duration "([^"\n]{1,60})"`), misvalued(wrongFormat, "duration")},
		{"uuid length", lazyre.New(`(?:incorrect UUID length \d+ in string|invalid UUID (?:format|length)[^"\n]{0,20}) ?"([^"\n]{1,60})"`), misvalued(wrongFormat, "uuid")},
		// Databases
		{"cannot be null", lazyre.New(`\bColumn '(\w+)' cannot be null`), named1(missing)},                                                         // MySQL
		{"not-null property references", lazyre.New(`not-null property references a null or transient value ?: (?:\w+\.)*(\w+)`), named1(missing)}, // Hibernate
		{"invalid input ", lazyre.New(`invalid input (?:syntax|value) for (?:type|enum) ([\w ]+): \\?"([^"\\\n]{1,60})`), func(m []string) issue { // PostgreSQL
			i := misvalued(wrongType, "")([]string{m[0], m[2]})
			if i.expected = typeWord(m[1]); i.expected == "" {
				i.class = wrongValue
			} else if isFormat(i.expected) {
				i.class = wrongFormat
			}
			return i
		}},
		{"violates check constraint", lazyre.New(`relation "(\w+)" violates check constraint "(\w+)"`), func(m []string) issue {
			return issue{segs: []string{columnOf(m[2], m[1])}, text: m[0], class: wrongValue, generic: true, dialect: "PostgreSQL 23514"}
		}},
		{" constraint \"", lazyre.New(`(?:table|relation) "(\w+)" violates (?:foreign key|unique|exclusion) constraint "(\w+)"`), func(m []string) issue {
			i := issue{segs: []string{columnOf(m[2], m[1])}, text: m[0], class: wrongValue, generic: true, dialect: "PostgreSQL 23503"}
			if !strings.Contains(m[0], " foreign key ") {
				i.class = exists
			}
			return i
		}},
		{"check constraint failed: ", lazyre.New(`CHECK constraint failed: (\w+)`), misnamed(wrongValue)}, // SQLite
		{"is not present in table", lazyre.New(`Key \((\w+)\)=\([^)\n]*\) is not present in table`), misnamed(wrongValue)},
		{"foreign key (", lazyre.New("a foreign key constraint fails [^\\n]{0,200}FOREIGN KEY \\(`(\\w+)`\\)"), misnamed(wrongValue)}, // MySQL
		{"data truncated for column", lazyre.New(`Data truncated for column '(\w+)'`), misnamed(wrongValue)},
		{"out of range value for column", lazyre.New(`Out of range value for column '(\w+)'`), misnamed(wrongValue)},
		{"would be truncated in table", lazyre.New(`would be truncated in table '[^']+', column '(\w+)'`), misnamed(wrongValue)}, // SQL Server
		{" constraint \"", lazyre.New(`conflicted with the CHECK constraint "[^"]+"[^\n]{0,200}, column '(\w+)'`), misnamed(wrongValue)},
		{"conversion failed when converting the", lazyre.New(`Conversion failed when converting the \w+ value '([^'\n]{1,60})' to data type (\w+)`), func(m []string) issue {
			return issue{segs: []string{"?"}, value: m[1], class: wrongType, expected: typeWord(m[2]), generic: true}
		}},
		{"ora-12899", lazyre.New(`value too large for column (?:"[^"]+"\.)*"([^"]+)"`), func(m []string) issue { return misnamed(wrongValue)([]string{m[0], strings.ToLower(m[1])}) }},
		{"ora-00904", lazyre.New(`ORA-00904: "([^"]+)": invalid identifier`), func(m []string) issue { return misnamed(unexpected)([]string{m[0], strings.ToLower(m[1])}) }},
	}
})

// columnOf is the column that a constraint of a table is named for, as PostgreSQL names one of a single column.
func columnOf(constraint, table string) string {
	name := strings.TrimPrefix(constraint, table+"_")
	for _, end := range []string{"_check", "_fkey", "_key", "_excl", "_fk", "_unique"} {
		if short, ok := strings.CutSuffix(name, end); ok {
			return short
		}
	}
	return name
}

// decapitalised is the name of a property by that of its getter (JavaBeans §8.8).
func decapitalised(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// methodOf is the type of JavaScript that has a method (ECMA-262 §21 to §23), "" where several do.
func methodOf(method string) string {
	switch method {
	case "map", "forEach", "filter", "reduce", "some", "every", "join", "push", "find", "flatMap", "sort":
		return "array"
	case "toLowerCase", "toUpperCase", "trim", "split", "replace", "startsWith", "endsWith", "match", "substring", "padStart", "charAt", "normalize":
		return "string"
	case "toFixed", "toPrecision":
		return "number"
	}
	return ""
}
