package gemm

// assembled are the sets of kernels of this architecture. Packing is AVX2
// for both.
var assembled = []*kernels{&avx2Kernels, &avx512Kernels}
