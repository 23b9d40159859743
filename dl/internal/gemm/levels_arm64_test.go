package gemm

// assembled are the sets of kernels of this architecture.
var assembled = []*kernels{&neonKernels}
