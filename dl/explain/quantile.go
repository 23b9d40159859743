package explain

import "sort"

// quantile is the element of v below which a part q of the others lies. It sorts v.
func quantile(v []float64, q float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sort.Float64s(v)
	i := int(q * float64(len(v)))
	return v[max(0, min(i, len(v)-1))]
}
