package dl_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

// sweepTables are the tables of calls whose generators testdata/sweep.py runs again.
var sweepTables = map[string]map[string]opCall{
	"core_ops": coreOps, "more_ops": moreOps, "special_ops": specialOps, "activation_ops": activationOps, "conv_ops": convOps,
	"linalg_ops": linalgOps, "spatial_ops": spatialOps, "remaining_ops": remainingOps, "wider_ops": widerOps, "nn_ops": ordered(goldenOps),
}

// ordered makes calls with named inputs of a table with listed ones.
func ordered(ops map[string]func(golden.Case, map[string]*T) *T) map[string]opCall {
	out := map[string]opCall{}
	for op, f := range ops {
		out[op] = func(c golden.Case, in []*T) []*T {
			named := map[string]*T{}
			for i, name := range c.Attrs["inputs"].([]string) {
				named[name] = in[i]
			}
			return []*T{f(c, named)}
		}
	}
	return out
}

// sweepCase is one call of the sweep. Out is nil where PyTorch refuses it.
type sweepCase struct {
	table, op, form string
	attrs           map[string]any
	names           []string // of the inputs
	in, out         []sweepArray
	grad            map[string]sweepArray
}

// sweepArray is an array whose integers are kept whole.
type sweepArray struct {
	golden.Array
	ints []int64
}

func (c sweepCase) String() string { return c.table + "/" + c.op + "/" + c.form }

// loadSweep reads testdata/sweep.json.gz.
func loadSweep(t *testing.T) []sweepCase {
	t.Helper()
	f, err := os.Open("testdata/sweep.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Meta   map[string]string
		Arrays [][3]json.RawMessage
		Cases  [][7]json.RawMessage
	}
	if err := json.NewDecoder(z).Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.Meta["torch"] == "" || len(file.Cases) < 1000 {
		t.Fatalf("testdata/sweep.json.gz: %d cases of %v", len(file.Cases), file.Meta)
	}
	read := func(m json.RawMessage, v any) {
		if err := json.Unmarshal(m, v); err != nil {
			t.Fatalf("%s: %v", m, err)
		}
	}
	arrays := make([]sweepArray, len(file.Arrays))
	for i, a := range file.Arrays {
		read(a[0], &arrays[i].DType)
		read(a[1], &arrays[i].Shape)
		if arrays[i].DType == "int64" {
			read(a[2], &arrays[i].ints)
		} else {
			read(a[2], &arrays[i].Data)
		}
	}
	cases := make([]sweepCase, len(file.Cases))
	for i, r := range file.Cases {
		c := &cases[i]
		read(r[0], &c.table)
		read(r[1], &c.op)
		read(r[2], &c.attrs)
		read(r[3], &c.form)
		var in [][2]any
		var out []int
		var grad map[string]int
		read(r[4], &in)
		read(r[5], &out)
		read(r[6], &grad)
		for _, p := range in {
			c.names = append(c.names, p[0].(string))
			c.in = append(c.in, arrays[int(p[1].(float64))])
		}
		for _, k := range out {
			c.out = append(c.out, arrays[k])
		}
		c.grad = map[string]sweepArray{}
		for name, k := range grad {
			c.grad[name] = arrays[k]
		}
	}
	return cases
}

// refusal is what an operation panicked with.
type refusal struct {
	value any
}

func (r *refusal) Error() string { return strings.Join(strings.Fields(fmt.Sprint(r.value)), " ") }

// stated reports whether the panic is one of dl's own errors.
func (r *refusal) stated() bool {
	err, ok := r.value.(error)
	var e *dl.Error
	return ok && errors.As(err, &e)
}

// runSweep runs a case and says how its result differs from PyTorch's: "" not at all.
func runSweep(c sweepCase, strided bool) (diff string) {
	defer func() {
		if v := recover(); v != nil {
			r := &refusal{v}
			switch {
			case !r.stated():
				diff = "CRASH " + r.Error()
			case c.out != nil:
				diff = "refused: " + r.Error()
			}
		}
	}()
	call := sweepTables[c.table][c.op]
	g := golden.Case{Name: c.op, Attrs: map[string]any{"inputs": c.names}, Grad: map[string]golden.Array{}}
	for name, a := range c.grad {
		g.Grad[name] = a.Array
	}
	for k, v := range c.attrs {
		g.Attrs[k] = v
	}
	leaves := map[string]*T{}
	var ins []*T
	for i, a := range c.in {
		x := a.tensor()
		if strided {
			x = spreadOut(x)
		}
		if _, ok := c.grad[c.names[i]]; ok {
			x.SetRequiresGrad(true)
		}
		leaves[c.names[i]] = x
		ins = append(ins, x)
	}
	outs := call(g, ins)
	if c.out == nil {
		return "ALLOWED what PyTorch refuses"
	}
	for i, want := range c.out {
		if i >= len(outs) {
			break
		}
		rtol, atol := sweepTolerance(c, want.DType)
		if d := differs(outs[i], want, rtol, atol); d != "" {
			return fmt.Sprintf("output %d: %s", i, d)
		}
	}
	if len(c.grad) == 0 {
		return ""
	}
	if !outs[0].RequiresGrad() {
		return "no gradient flows"
	}
	outs[0].BackwardWith(sentBack(outs[0]))
	for name, want := range c.grad {
		rtol, atol := sweepTolerance(c, want.DType)
		if d := differs(leaves[name].Grad(), want, 4*rtol, 4*atol); d != "" {
			return fmt.Sprintf("gradient of %s: %s", name, d)
		}
	}
	return ""
}

// sentBack is the gradient of testdata/sweep.py.
func sentBack(y *T) *T {
	v := make([]float64, y.Numel())
	for i := range v {
		v[i] = (float64(7*i%5) - 1.5) / 2
	}
	return dl.FromFloat64s(v, y.Shape()...).To(y.DType())
}

func (a sweepArray) tensor() *T {
	if a.DType == "int64" {
		return dl.FromInt64s(a.ints, a.Shape...)
	}
	return a.Tensor()
}

func sweepTolerance(c sweepCase, dt string) (rtol, atol float64) {
	if c.table == "nn_ops" && dt == "float32" {
		return nnTolerance, nnTolerance
	}
	return tolerance(c.op, dt)
}

// differs says how got differs from what PyTorch has, "" if it does not.
func differs(got *T, want sweepArray, rtol, atol float64) string {
	if got == nil {
		return "no tensor"
	}
	if got.DType().String() != want.DType {
		return fmt.Sprintf("dtype %v, PyTorch %s", got.DType(), want.DType)
	}
	if shape := got.Shape(); !slices.Equal(shape, want.Shape) && len(shape)+len(want.Shape) > 0 {
		return fmt.Sprintf("shape %v, PyTorch %v", shape, want.Shape)
	}
	if want.DType == "int64" {
		for i, x := range got.Int64s() {
			if x != want.ints[i] {
				return fmt.Sprintf("element %d is %d, PyTorch %d", i, x, want.ints[i])
			}
		}
		return ""
	}
	for i, x := range got.Float64s() {
		w := float64(want.Data[i])
		switch {
		case x == w, math.IsNaN(x) && math.IsNaN(w):
		case strings.HasSuffix(want.DType, "float16") && float32(x) == float32(w): // written in the digits of float32
		case strings.HasPrefix(want.DType, "float") && want.DType != "float16" && !math.IsInf(w, 0) && math.Abs(x-w) <= atol+rtol*math.Abs(w):
		default:
			return "element " + strconv.Itoa(i) + " is " + strconv.FormatFloat(x, 'g', -1, 64) + ", PyTorch " + strconv.FormatFloat(w, 'g', -1, 64)
		}
	}
	return ""
}

// notSwept lists operations of the tables without a case in the sweep: they take no tensor (creation), mpmath or NumPy
// is their reference instead of PyTorch, or every input is larger than the sweep keeps.
var notSwept = []string{
	"conv_ops/fold2d", "core_ops/to_float32", "linalg_ops/fftfreq", "more_ops/tril_indices", "more_ops/triu_indices",
	"nn_ops/batch_norm", "remaining_ops/arange", "remaining_ops/arange_int", "remaining_ops/attention_mask",
	"remaining_ops/cbrt", "remaining_ops/eye", "remaining_ops/full", "remaining_ops/full_of", "remaining_ops/linspace",
	"remaining_ops/logspace", "remaining_ops/ones", "remaining_ops/scalar", "remaining_ops/zeros",
	"remaining_ops/zeros_of", "special_ops/bartlett", "special_ops/blackman", "special_ops/hamming", "special_ops/hann",
	"special_ops/kaiser", "wider_ops/airy_ai", "wider_ops/bessel_j0", "wider_ops/bessel_j1", "wider_ops/bessel_y0",
	"wider_ops/bessel_y1", "wider_ops/fractional_max_pool3d", "wider_ops/k0e", "wider_ops/k1", "wider_ops/k1e",
	"wider_ops/rfftfreq",
}

// sweepKinds says why dl may differ from PyTorch in these ways; testdata/sweep_differences.txt lists which operation does in which.
var sweepKinds = map[string]string{
	"wider":   "dl answers what PyTorch refuses: more types, empty tensors, scalars",
	"refused": "dl refuses, with an error of its own, what PyTorch answers: an integer type, an empty or singular matrix, shapes that stretch",
	"half":    "the half types are for storage: arithmetic on them is refused, or goes through float32",
	"type":    "the result has another type: bool for conditions, float32 where dl does not compute in integers",
	"shape":   "the shape of an empty or one-element case",
	"extreme": "NaN, infinities and limits of integers: which NaN or tie is taken, whether it spreads, the limit in place of NaN",
	"value":   "rounding beyond the tolerance of the golden tables, or which of equal elements is taken",
}

// sweepKind classifies a difference.
func sweepKind(form, diff string) string {
	switch {
	case strings.Contains(diff, "CRASH"):
		return "crash"
	case strings.Contains(diff, "ALLOWED"):
		return "wider"
	case strings.Contains(form, "f16"):
		return "half"
	case strings.Contains(diff, "refused: "):
		return "refused"
	case strings.Contains(diff, "dtype"), strings.Contains(diff, "no gradient"):
		return "type"
	case strings.Contains(diff, "shape"):
		return "shape"
	case strings.Contains(form, "edge"):
		return "extreme"
	}
	return "value"
}

// saturated reports whether a difference is that of a float made an integer that cannot
// hold it: what comes then is the processor's choice, and the answers are those of amd64.
func saturated(key string) bool {
	switch key {
	case "core_ops/to_int64 extreme", "core_ops/to_int32 extreme", "core_ops/to_uint8 extreme", "remaining_ops/long extreme":
		return runtime.GOARCH == "arm64"
	}
	return false
}

// TestSweep runs PyTorch's answers for every operation in every dtype and form. A difference that
// testdata/sweep_differences.txt does not state fails, and so does a stated one of types, shapes or refusals that is gone.
func TestSweep(t *testing.T) {
	text, err := os.ReadFile("testdata/sweep_differences.txt")
	if err != nil {
		t.Fatal(err)
	}
	stated := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, kind := range fields[1:] {
			if sweepKinds[kind] == "" {
				t.Errorf("%s: a kind of difference without a reason: %s", fields[0], kind)
			}
			stated[fields[0]+" "+kind] = true
		}
	}
	found, reached := map[string]bool{}, map[string]bool{}
	for _, c := range loadSweep(t) {
		op := strings.ReplaceAll(c.table+"/"+c.op, " ", "_")
		reached[op] = true
		for _, strided := range []bool{false, true} {
			d := runSweep(c, strided)
			if d == "" {
				continue
			}
			key := op + " " + sweepKind(c.form, d)
			found[key] = true
			if !stated[key] && !saturated(key) {
				t.Errorf("%v, strided %v: %s (%s)", c, strided, d, sweepKind(c.form, d))
			}
			break
		}
	}
	for key := range stated {
		if kind := key[strings.IndexByte(key, ' ')+1:]; !found[key] && kind != "value" && kind != "extreme" { // these depend on the processor's kernels
			t.Errorf("testdata/sweep_differences.txt has %q, which no case shows any more", key)
		}
	}
	for table, ops := range sweepTables {
		for op := range ops {
			if key := strings.ReplaceAll(table+"/"+op, " ", "_"); !reached[key] && !slices.Contains(notSwept, key) {
				t.Errorf("no case of the sweep has %s", key)
			}
			if key := strings.ReplaceAll(table+"/"+op, " ", "_"); reached[key] && slices.Contains(notSwept, key) {
				t.Errorf("%s is in notSwept and has cases", key)
			}
		}
	}
}
