package cell

import (
	"go/types"
	"regexp"
	"strings"
)

// habit is a mistake of people who come from Python, with what to write instead.
type habit struct {
	msg    *regexp.Regexp // the error
	source *regexp.Regexp // and its line, nil for any
	hint   string
}

func mistake(msg, source, hint string) habit {
	h := habit{msg: regexp.MustCompile(msg), hint: hint}
	if source != "" {
		h.source = regexp.MustCompile(source)
	}
	return h
}

const listed = "dl/PYTORCH.md lists the names"

var habits = []habit{
	mistake(`^undefined: torch$`, "", "PyTorch's torch is the package dl here; "+listed),
	mistake(`^undefined: F$`, `\bF\.`, "the functions of torch.nn.functional are methods of tensors, such as x.ReLU(), or in dl and nn; "+listed),
	mistake(`^undefined: (np|numpy)$`, "", "arrays are tensors here, in the package dl"),
	mistake(`^undefined: plt$`, `\bplt\.`, `figures are in the package display and in "descent/display/plot"`),
	mistake(`^undefined: None$`, "", "Go's word is nil"),
	mistake(`^undefined: self$`, "", "a method names its receiver: func (m *Net) Forward(x *dl.Tensor) *dl.Tensor"),
	mistake(`^undefined: \pL[\pL\p{N}_]*$`, `^\s*\pL[\pL\p{N}_]*\s*=[^=]`, "a new variable is declared with :="),
	mistake(`^syntax error: unexpected comma at end of statement$`, "", "a cell displays one value, that of its last line; for several, fmt.Println(a, b)"),
	mistake(`^syntax error: missing import path`, `^\s*import\s+\pL`, "the path is in double quotes, and many packages need no import"),
	mistake(`^syntax error: unexpected name in, `, `\bfor\b.*\bin\b`, "a loop is for i := range 3 or for i, x := range xs"),
	mistake(`^syntax error: unexpected name `, `^\s*def\s`, "a function is func f(x int) int { return x }"),
	mistake(`^syntax error: unexpected name `, `^\s*class\s`, "a model is type Net struct { fc *nn.Linear } with a method Forward"),
	mistake(`^syntax error: unexpected comma; expected \]`, `=\s*\[`, "a list is []int{1, 2, 3} or []float64{…}"),
	mistake(`^more than one character in rune literal`, "", "strings are in double quotes"),
	mistake(`^cannot index .*\*dl\.Tensor\)`, "", "parts of a tensor: x.Index(0), x.Slice(dim, start, end, step); a number: x.At(0, 1)"),
	mistake(`\*dl\.Tensor\) for built-in len$`, "", "the length of a tensor is x.Size(0); all its elements, x.Numel()"),
	mistake(`^invalid operation: .*\*dl\.Tensor`, `[-+*/]`, "tensors are combined by methods: x.Add(y), x.MulScalar(2), x.MatMul(w)"),
}

// habitHint returns what to write instead of what an error is about.
func habitHint(d Diagnostic) string {
	for _, h := range habits {
		if h.msg.MatchString(d.Msg) && (h.source == nil || h.source.MatchString(d.Source)) {
			return h.hint
		}
	}
	return ""
}

// habits adds their hints to errors of syntax.
func (d Diagnostics) habits() Diagnostics {
	for i := range d {
		if d[i].Hint == "" {
			d[i].Hint = habitHint(d[i])
		}
	}
	return d
}

var (
	noSuchMember  = regexp.MustCompile(`undefined \(type \*?(?:(\pL\w*)\.)?(\pL\w*)(?:\[.*\])? has no field or method (\pL[\pL\p{N}_]*)\)$`)
	noSuchName    = regexp.MustCompile(`^undefined: (\pL[\pL\p{N}_]*)\.(\pL[\pL\p{N}_]*)$`)
	madeByConvert = regexp.MustCompile(`(?:conversion to|to type) (\pL[\pL\p{N}_]*)\.(\pL[\pL\p{N}_]*)$`)
)

// memberHint names the member that was meant by one that does not exist: of the
// same package or type written another way, as PyTorch writes it, or of another
// package that is there without import.
func (u *unit) memberHint(msg string) string {
	if m := noSuchName.FindStringSubmatch(msg); m != nil {
		return u.nameHint(m[1], m[2])
	}
	if m := madeByConvert.FindStringSubmatch(msg); m != nil {
		if pkg := u.packageOf(m[1]); pkg != nil && pkg.Scope().Lookup("New"+m[2]) != nil {
			return m[1] + ".New" + m[2] + " makes one"
		}
	}
	m := noSuchMember.FindStringSubmatch(msg)
	if m == nil {
		return ""
	}
	pkg := u.pkg
	if m[1] != "" {
		pkg = u.packageOf(m[1])
	}
	if pkg == nil {
		return ""
	}
	t, ok := pkg.Scope().Lookup(m[2]).(*types.TypeName)
	if !ok {
		return ""
	}
	return didYouMean("", written(m[3], members(t.Type(), pkg == u.pkg)))
}

// nameHint is memberHint for a name of a package.
func (u *unit) nameHint(pkg, name string) string {
	p := u.packageOf(pkg)
	if p == nil {
		return ""
	}
	if n := written(name, exported(p)); n != "" {
		return didYouMean(pkg+".", n)
	}
	for _, other := range sorted(u.c.preload) {
		if p := u.packageOf(other); p != nil && p.Scope().Lookup(name) != nil {
			return didYouMean(other+".", name)
		}
	}
	return ""
}

func didYouMean(before, name string) string {
	if name == "" {
		return ""
	}
	return "did you mean " + before + name + "?"
}

// packageOf returns the package that a name means in the cell, nil if it means none.
func (u *unit) packageOf(name string) *types.Package {
	path := u.explict[name]
	if path == "" {
		path = u.c.imports[name]
	}
	if path == "" {
		path = u.c.preload[name]
	}
	if path == "" {
		return nil
	}
	p, err := u.c.imp.Import(path)
	if err != nil {
		return nil
	}
	return p
}

// exported lists the exported names of a package.
func exported(p *types.Package) []string {
	var names []string
	for _, n := range p.Scope().Names() {
		if p.Scope().Lookup(n).Exported() {
			names = append(names, n)
		}
	}
	return names
}

// members lists the fields and methods of a type, those of other packages only if
// they are exported.
func members(t types.Type, own bool) []string {
	var names []string
	add := func(o types.Object) {
		if own || o.Exported() {
			names = append(names, o.Name())
		}
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for i := range st.NumFields() {
			add(st.Field(i))
		}
	}
	ms := types.NewMethodSet(types.NewPointer(t))
	if types.IsInterface(t) {
		ms = types.NewMethodSet(t)
	}
	for i := range ms.Len() {
		add(ms.At(i).Obj())
	}
	return names
}

// written returns the name that s is when case and underscores are not looked at,
// with the underscore that ends PyTorch's names of operations in place, or else the
// nearest one, "" if there is none.
func written(s string, names []string) string {
	plain := strings.ReplaceAll(s, "_", "")
	if strings.HasSuffix(s, "_") {
		plain += "InPlace"
	}
	for _, n := range names {
		if strings.EqualFold(n, plain) {
			return n
		}
	}
	return nearest(s, names)
}
