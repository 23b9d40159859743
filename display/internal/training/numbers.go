package training

import (
	"fmt"
	"math"
	"strings"
	"time"

	"descent/display/plot"
)

// IsShare says by its name whether a metric is a share that reads best as per
// cent: accuracy, precision, recall, F1 and their kin.
func IsShare(name string) bool {
	n := strings.ToLower(name)
	for _, s := range []string{"acc", "precision", "recall", "f1", "top", "auc", "iou", "dice"} {
		if strings.Contains(n, s) {
			return true
		}
	}
	return false
}

// Loss writes a loss with the four digits that runs are compared by.
func Loss(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 0):
		return plot.Number(v)
	case a != 0 && (a < 1e-3 || a >= 1e5):
		return fmt.Sprintf("%.3e", v)
	}
	return fmt.Sprintf("%.4f", v)
}

// Metric writes the value of a metric.
func Metric(name string, v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	if IsShare(name) {
		return fmt.Sprintf("%.2f %%", 100*v)
	}
	return Loss(v)
}

// Duration writes a time as a person would say it.
func Duration(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 0:
		return "0 s"
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	case s < 60:
		return fmt.Sprintf("%.0f s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %02d s", int(s)/60, int(s)%60)
	default:
		return fmt.Sprintf("%d h %02d min", int(s)/3600, int(s)/60%60)
	}
}
