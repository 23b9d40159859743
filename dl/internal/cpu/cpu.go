package cpu

import (
	"fmt"
	"os"
)

// Level is a set of instructions that kernels are written for. Of the levels
// of one architecture a higher one includes the lower ones.
type Level uint8

// The levels, in increasing order.
const (
	Portable Level = iota // Go only: every architecture
	AVX2                  // amd64 with AVX2 and FMA
	AVX512                // amd64 with AVX-512 F, BW, DQ and VL, and BMI2
	NEON                  // arm64: all of them have it
)

var names = [...]string{Portable: "portable", AVX2: "avx2", AVX512: "avx512", NEON: "neon"}

// String returns the name that DESCENT_CPU takes.
func (l Level) String() string {
	if int(l) < len(names) {
		return names[l]
	}
	return fmt.Sprintf("Level(%d)", uint8(l))
}

// Variable is the environment variable that forces a level.
const Variable = "DESCENT_CPU"

var (
	best   = detect()
	active = start()
)

// Best returns the highest level that this machine can run.
func Best() Level { return best }

// Active returns the level that kernels use: Best, or what DESCENT_CPU says.
func Active() Level { return active }

// Levels returns those that this machine can run, up to Active.
func Levels() []Level {
	var l []Level
	for x := range names {
		if Level(x).within(active) {
			l = append(l, Level(x))
		}
	}
	return l
}

// within reports whether a machine whose best level is given can run l.
func (l Level) within(best Level) bool {
	return l == Portable || l <= best && (l == NEON) == (best == NEON)
}

func start() Level {
	l, err := choose(os.Getenv(Variable), best)
	if err != nil {
		panic(err)
	}
	return l
}

// choose maps the value of DESCENT_CPU to a level.
func choose(value string, best Level) (Level, error) {
	if value == "" {
		return best, nil
	}
	for l, name := range names {
		if name != value {
			continue
		}
		if !Level(l).within(best) {
			return 0, fmt.Errorf("%s=%s: this machine cannot run %s kernels; the best it has is %s (unset %s to use it)",
				Variable, value, value, best, Variable)
		}
		return Level(l), nil
	}
	return 0, fmt.Errorf("%s=%s: unknown value; want portable, avx2, avx512 or neon (or unset it for the best of this machine, %s)",
		Variable, value, best)
}
