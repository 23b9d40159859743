// Package neon translates the functions of the generator in dl/internal/asm
// from AVX2 to arm64.
//
// A function is taken as avo describes it, before registers are allocated.
// Every YMM register becomes two vectors of four floats, and every
// instruction what has the same result in every bit of a number (the bits of
// a NaN may differ). So arm64 has all kernels of amd64, with the same
// roundings, from one source:
//
//	text, err := neon.Translate(file, neon.Options{Argv: "asm -target simd"})
//
// Some forms are better than instruction by instruction: a register that
// holds one float in all lanes takes one vector, a broadcast factor is
// multiplied by element, constants stay in registers that are free, and a
// mask of the first lanes is a count. Masks of VMASKMOVPS must be such: the
// translation of another one would be wrong.
//
// Go's assembler lacks most vector instructions of arm64. They are written as
// WORD with the encoding from a table, the mnemonic in a comment; a test
// compares the table with LLVM's assembler.
//
// An instruction that the package does not know is an error with its name.
package neon
