package cell_test

import (
	"go/types"
	"slices"
	"strings"
	"testing"

	"descent/kernel/rt"
	"descent/kernel/symbols/typedata"
)

// TestEveryGenericOfTheLibrary checks that cells can call every generic function of
// the standard library, and that each of its generic types is known to the compiler.
func TestEveryGenericOfTheLibrary(t *testing.T) {
	known := []string{"database/sql.Null", "iter.Seq", "iter.Seq2", "sync/atomic.Pointer", "unique.Handle", "weak.Pointer"}
	twins := rt.Twins()
	imp := typedata.NewImporter()
	for _, path := range typedata.Paths() {
		if strings.Contains(path, ".") || strings.HasPrefix(path, "descent/") {
			continue
		}
		pkg, err := imp.Import(path)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, n := range pkg.Scope().Names() {
			switch o := pkg.Scope().Lookup(n).(type) {
			case *types.Func:
				if o.Exported() && o.Signature().TypeParams().Len() > 0 && !slices.Contains(twins, path+"."+n) {
					t.Errorf("no twin of %s.%s", path, n)
				}
			case *types.TypeName:
				g, ok := o.Type().(interface{ TypeParams() *types.TypeParamList })
				if it, is := o.Type().Underlying().(*types.Interface); ok && o.Exported() && g.TypeParams().Len() > 0 &&
					!(is && !it.IsMethodSet()) && !slices.Contains(known, path+"."+n) {
					t.Errorf("the generic type %s.%s is not known", path, n)
				}
			}
		}
	}
}
