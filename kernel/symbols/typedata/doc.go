// Package typedata holds what the kernel knows about the packages that cells may
// import without running any of them: their types, as export data that go/types
// reads, and their documentation. Both are embedded, so no Go toolchain and no
// source is needed where the kernel runs.
//
//	imp := typedata.NewImporter()
//	pkg, err := imp.Import("strings")
//	text := typedata.Doc("strings", "Builder.WriteString")
//
// The archives std.zip and lib.zip are written by kernel/symbols/gen. Nothing of
// them is decompressed before it is asked for.
//
// It does not hold the symbols themselves: those are in the package symbols.
package typedata
