package apis

import (
	"fmt"
	"go/constant"
	"go/types"
	"sort"
	"strings"
)

// Summary describes the exported API of a package, one line a symbol: two
// packages with the same summary look the same to a cell.
func Summary(p *types.Package) []string {
	var out []string
	for _, n := range p.Scope().Names() {
		if o := p.Scope().Lookup(n); o.Exported() {
			out = append(out, Describe(o))
		}
	}
	return out
}

// Describe renders an exported object with everything of it that is exported.
func Describe(o types.Object) string {
	q := func(p *types.Package) string {
		if p == o.Pkg() {
			return ""
		}
		return p.Path()
	}
	var b strings.Builder
	switch o := o.(type) {
	case *types.Const:
		v := o.Val().ExactString()
		if t, ok := o.Type().Underlying().(*types.Basic); ok && t.Info()&types.IsFloat != 0 {
			// Export data may keep an equal number in another form.
			f, _ := constant.Float64Val(constant.ToFloat(o.Val()))
			v = fmt.Sprint(f)
		}
		fmt.Fprintf(&b, "const %s %s = %s", o.Name(), types.TypeString(o.Type(), q), v)
	case *types.TypeName:
		describeType(&b, o, q)
	default:
		b.WriteString(types.ObjectString(o, q))
	}
	return b.String()
}

func describeType(b *strings.Builder, o *types.TypeName, q types.Qualifier) {
	fmt.Fprintf(b, "type %s ", o.Name())
	if o.IsAlias() {
		fmt.Fprintf(b, "= %s", types.TypeString(types.Unalias(o.Type()), q))
		return
	}
	named, ok := o.Type().(*types.Named)
	if !ok {
		b.WriteString(types.TypeString(o.Type(), q))
		return
	}
	if tp := named.TypeParams(); tp.Len() > 0 {
		for i := 0; i < tp.Len(); i++ {
			fmt.Fprintf(b, "[%s %s]", tp.At(i).Obj().Name(), types.TypeString(tp.At(i).Constraint(), q))
		}
	}
	if st, ok := named.Underlying().(*types.Struct); ok {
		b.WriteString("struct{")
		for i := 0; i < st.NumFields(); i++ {
			if f := st.Field(i); f.Exported() {
				fmt.Fprintf(b, " %s %s;", f.Name(), types.TypeString(f.Type(), q))
			}
		}
		b.WriteString("}")
	} else {
		b.WriteString(types.TypeString(named.Underlying(), q))
	}
	var ms []string
	for i := 0; i < named.NumMethods(); i++ {
		if m := named.Method(i); m.Exported() {
			ms = append(ms, types.ObjectString(m, q))
		}
	}
	sort.Strings(ms)
	for _, m := range ms {
		b.WriteString("\n\t" + m)
	}
}
