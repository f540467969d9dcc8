package spec

import (
	"slices"
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// What a difference between a path and a template costs. Small means that people often slip so.
const (
	freeSlash  = .1  // a slash too many or too few
	otherCase  = .2  // upper and lower case
	otherForm  = .3  // separators: user-groups for userGroups
	plural     = .4  // user for users
	versioning = .5  // v1 for v2, or none
	oneSlip    = .6  // one character
	twoSlips   = .9  // two of a long word
	word       = 1.1 // a word too many or too few
	parameter  = .05 // a word of the path is better than a value
	never      = 1e9
)

// maxSegments bounds the paths that are aligned; the work grows with its square.
const maxSegments = 40

// version fits a version in a path, and the "api" that stands with it.
var version = lazyre.New(`^(?i:v?[0-9]+(\.[0-9]+)*(alpha|beta|rc)?[0-9]*|api|rest|latest)$`)

// align finds the cheapest way to make a template of a path, and returns the path as it would then be.
//
// Invariant of the table: cost[t][p] is the least cost of making the last t segments of the template from
// the last p of the path, and made[t][p] is what they become.
func align(template, path []string) ([]string, float64) {
	if len(template) > maxSegments {
		return nil, never
	}
	cost := make([][]float64, len(template)+1)
	made := make([][][]string, len(template)+1)
	for t := range cost {
		cost[t] = make([]float64, len(path)+1)
		made[t] = make([][]string, len(path)+1)
		for p := range cost[t] {
			if t == 0 && p == 0 {
				continue
			}
			cost[t][p] = never
			try := func(c float64, rest []string, first ...string) {
				if c < cost[t][p] {
					cost[t][p], made[t][p] = c, slices.Concat(first, rest)
				}
			}
			if t > 0 && p > 0 {
				to, c := replace(template[len(template)-t], path[len(path)-p])
				try(c+cost[t-1][p-1], made[t-1][p-1], to)
			}
			if t > 0 {
				s := template[len(template)-t]
				try(insert(s)+cost[t-1][p], made[t-1][p], s)
			}
			if p > 0 {
				try(extra(path, len(path)-p)+cost[t][p-1], made[t][p-1])
			}
		}
	}
	return made[len(template)][len(path)], cost[len(template)][len(path)]
}

// replace is the cost of one segment in the place of another, and what it becomes.
func replace(template, segment string) (string, float64) {
	if _, ok := fits(template, segment); ok {
		if strings.Contains(template, "{") {
			return segment, parameter
		}
		return segment, 0
	}
	if strings.Contains(template, "{") || segment == "" || template == "" {
		return "", never
	}
	slips := habit.Distance(strings.ToLower(template), strings.ToLower(segment))
	switch {
	case strings.EqualFold(template, segment):
		return template, otherCase
	case habit.Flat.Of(template) == habit.Flat.Of(segment) && len(habit.Words(template)) > 0:
		return template, otherForm
	case version.MatchString(template) && version.MatchString(segment):
		return template, versioning
	case oneOfMany(template, segment) || oneOfMany(segment, template):
		return template, plural
	case slips == 1 && len(template) >= 4:
		return template, oneSlip
	case slips == 2 && len(template) >= 6:
		return template, twoSlips
	}
	return "", never
}

func oneOfMany(many, one string) bool {
	many, one = strings.ToLower(many), strings.ToLower(one)
	return many == one+"s" || many == one+"es" || strings.HasSuffix(one, "y") && many == strings.TrimSuffix(one, "y")+"ies"
}

// insert is the cost of a segment that the path lacks.
func insert(template string) float64 {
	switch {
	case template == "":
		return freeSlash
	case strings.Contains(template, "{"):
		return never
	case version.MatchString(template):
		return versioning
	}
	return word
}

// extra is the cost of a segment that the path has too many.
func extra(path []string, k int) float64 {
	switch {
	case path[k] == "":
		return freeSlash
	case version.MatchString(path[k]) || k > 0 && path[k] == path[k-1]:
		return versioning
	}
	return word
}
