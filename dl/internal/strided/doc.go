// Package strided runs row kernels over arrays of any layout.
//
// An operation only has to know contiguous rows:
//
//	func add(dst, a, b []float32) { for i := range dst { dst[i] = a[i] + b[i] } }
//
// Map1, Map2 and Map3 call it for operands that are transposed, sliced or
// broadcast (stride 0): dimensions that can be walked as one are merged, rows
// that lie in memory as they are needed are passed on, others are gathered into
// a small buffer first. Destinations are always contiguous. Long arrays are
// shared out over the processors.
//
// Together with gemm, conv and the reductions these are the entries by which dl
// reaches its device: they take memory, shapes and strides, and know nothing of
// tensors or gradients.
package strided

// Element is the set of types that tensors are stored as.
type Element interface {
	float32 | float64 | int64 | int32 | uint8 | uint16
}
