package learn

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// sortedNames returns the names of metrics in a fixed order.
func sortedNames(m map[string]float64) []string { return slices.Sorted(maps.Keys(m)) }

// writeMetrics appends ", name value" for each metric that was measured. Shares
// (every metric called accuracy or topN) are written as percentages.
func writeMetrics(b *strings.Builder, names []string, m map[string]float64) {
	for _, name := range names {
		v, ok := m[name]
		if !ok {
			continue
		}
		if isShare(name) {
			fmt.Fprintf(b, ", %s %.2f%%", name, 100*v)
		} else {
			fmt.Fprintf(b, ", %s %.4g", name, v)
		}
	}
}

func isShare(name string) bool {
	return strings.HasSuffix(name, "accuracy") || strings.HasPrefix(name, "top")
}
