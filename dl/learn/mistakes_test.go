package learn

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
)

// echo is a model whose scores are its inputs.
var echo = nn.Func(func(x *dl.Tensor) *dl.Tensor { return x })

// guesses returns samples whose inputs are the scores that echo gives them.
func guesses() *data.TensorDataset {
	d := data.NewTensorDataset(dl.New([][]float64{
		{3, 0, 0}, // right
		{0, 1, 0}, // 1 for 0
		{0, 4, 0}, // 1 for 2
		{0, 0, 2}, // right
		{0, 2, 0}, // 1 for 0
	}), dl.New([]int{0, 0, 2, 2, 0}))
	d.Classes = []string{"a", "b", "c"}
	return d
}

func TestMistakes(t *testing.T) {
	for _, shuffle := range []bool{false, true} {
		l := data.NewLoader(guesses().Normalize(-1, 1), data.LoaderOptions{BatchSize: 2, Shuffle: shuffle, Seed: 1})
		m := Mistakes(echo, l)
		if m.Len() != 3 || m.Total != 5 || !slices.Equal(m.Indices, []int{1, 2, 4}) {
			t.Fatalf("%+v", m)
		}
		if !slices.Equal(m.Predicted, []int{1, 1, 1}) || !slices.Equal(m.Target, []int{0, 2, 0}) {
			t.Errorf("%v for %v", m.Predicted, m.Target)
		}
		if want := math.Exp(4) / (math.Exp(4) + 2); math.Abs(m.Confidence[1]-want) > 1e-6 {
			t.Errorf("confidence %v, want %v", m.Confidence[1], want)
		}
		if want := 1 / (math.Exp(4) + 2); math.Abs(m.Missed[1]-want) > 1e-6 {
			t.Errorf("probability of the right class %v, want %v", m.Missed[1], want)
		}
		// The images are as they were before normalisation.
		if got := m.Images.Float32s(); !slices.Equal(got, []float32{0, 1, 0, 0, 4, 0, 0, 2, 0}) {
			t.Errorf("images %v", got)
		}
		if s := m.Surest(2); !slices.Equal(s.Indices, []int{2, 4}) || s.Images.At(0, 1) != 4 || s.Total != 5 {
			t.Errorf("Surest(2) = %+v", s)
		}
		if s := m.Of(0, 1); !slices.Equal(s.Indices, []int{1, 4}) {
			t.Errorf("Of(0, 1) = %v", s.Indices)
		}
		if s := m.Of(1, 0); s.Len() != 0 || s.Images != nil {
			t.Errorf("Of(1, 0) = %v", s.Indices)
		}
		if m.Take(2).Len() != 2 || m.Take(9).Len() != 3 || m.Take(-1).Len() != 0 || m.Len() != 3 {
			t.Error("Take")
		}
		if s := m.String(); !strings.Contains(s, "3 mistakes in 5 samples") || !strings.Contains(s, "sample 2: c taken for b, 96% sure") {
			t.Errorf("String() = %q", s)
		}
	}
	l := data.NewLoader(guesses(), data.LoaderOptions{})
	if s := Mistakes(echo, l).Take(2).String(); !strings.HasPrefix(s, "3 mistakes in 5 samples, 2 of them here\n") {
		t.Errorf("a selection says %q", s)
	}
	none := Mistakes(echo, data.NewLoader(guesses().Range(3, 4), data.LoaderOptions{}))
	if none.Len() != 0 || none.Images != nil || none.Total != 1 {
		t.Errorf("%+v", none)
	}
}

func TestConfusion(t *testing.T) {
	l := data.NewLoader(guesses(), data.LoaderOptions{BatchSize: 2})
	m := Confusion(echo, l, nil)
	if !slices.Equal(m.Classes, []string{"a", "b", "c"}) || m.Total() != 5 || m.Counts[0][1] != 2 || m.Counts[2][1] != 1 || m.Correct() != 2 {
		t.Errorf("%v", m)
	}
	if got := Confusion(echo, l, []string{"x", "y", "z"}).Classes[0]; got != "x" {
		t.Errorf("class 0 is called %q", got)
	}
	plain := guesses()
	plain.Classes = nil
	if got := Confusion(echo, data.NewLoader(plain, data.LoaderOptions{}), nil).Classes; !slices.Equal(got, []string{"0", "1", "2"}) {
		t.Errorf("classes without names: %q", got)
	}
}
