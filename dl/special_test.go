package dl_test

import (
	"math"
	"testing"

	"descent/dl"
)

// TestGammaFamily compares with numbers of mpmath at 30 digits:
// python -c "import mpmath as m; m.mp.dps = 30; print(m.psi(n, x))"
func TestGammaFamily(t *testing.T) {
	for _, c := range []struct {
		n    int
		x    float64
		want float64
	}{
		{0, 0.5, -1.96351002602142348},
		{0, 1.4616, -0.0000311062512303416497},
		{0, 0.001, -1000.57557193181028},
		{0, 25, 3.19874251285197401},
		{0, -0.3, 2.11330977963539887},
		{0, -7.25, 5.18997721495628789},
		{0, 15.9, 2.73454307017577388},
		{1, 0.5, 4.93480220054467931},
		{1, 0.01, 10001.6212135283128},
		{1, 3.7, 0.310037857670038302},
		{1, 40, 0.0253151038412910282},
		{1, -0.6, 10.0531343683073747},
		{2, 0.5, -16.82879664423432},
		{2, 6.1, -0.0316381185235518857},
		{3, 1.25, 2.78214400918839602},
		{5, 2.5, 0.578569178567183485},
	} {
		got := dl.NewOf(dl.Float64, c.x).Polygamma(c.n).Item()
		if math.Abs(got-c.want) > 2e-14*math.Abs(c.want)+2e-15 {
			t.Errorf("ψ%d(%v) = %.17g, want %.17g", c.n, c.x, got, c.want)
		}
	}
	edge := dl.NewOf(dl.Float64, []float64{0, math.Copysign(0, -1), -2, math.Inf(1), math.NaN()}).Digamma().Float64s()
	if !math.IsInf(edge[0], -1) || !math.IsInf(edge[1], 1) || !math.IsNaN(edge[2]) || !math.IsInf(edge[3], 1) || !math.IsNaN(edge[4]) {
		t.Errorf("digamma at 0, -0, -2, Inf, NaN: %v", edge)
	}
}
