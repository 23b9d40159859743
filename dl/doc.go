// Package dl is a tensor library with automatic differentiation: n-dimensional
// arrays, the operations of deep learning on them, and their gradients.
//
//	x := dl.New([][]float64{{1, 2}, {3, 4}}).SetRequiresGrad(true)
//	w := dl.Randn(2, 3)
//	loss := x.MatMul(w).Tanh().Square().Mean()
//	loss.Backward()
//	fmt.Println(x.Grad())
//
// Operations run at once and remember how they were computed when one of their
// operands requires a gradient; Backward walks that memory from a scalar back
// to the leaves. Shapes broadcast as in NumPy. Names follow PyTorch where Go
// allows, and every function names its twin there; PYTORCH.md, beside this file,
// lists them all. What differs:
//
//   - Numbers have methods of their own: x.MulScalar(2) instead of 2*x.
//   - Operations that change a tensor end in InPlace, and x.InPlace(f) does any
//     other in place; keepdim=True is SumKeep, MeanKeep and so on.
//   - Complex tensors have their real and imaginary parts in a last dimension of
//     length 2: see Complex.
//   - Gradient mode belongs to the goroutine: see NoGrad.
//   - Random numbers come from one generator per purpose: see Stream.
//   - Misuse panics with an *Error that says what was given, what is allowed
//     and what to do. There are no error results to check.
//
// Results do not depend on GOMAXPROCS: the same seed gives the same bits.
// Checkpoint trades time for memory, DetectAnomaly finds the operation that
// first made a NaN, Function defines operations of your own and GradCheck tests
// them, Grad gives gradients that can be differentiated again, and Jacobian,
// Hessian, VJP, JVP and HVP are the derivatives of functions.
//
// Layers, losses with parameters and models are in dl/nn, optimizers in
// dl/optim. There is no sparse and no complex type, and the processor is the
// only device; operations reach it through the row kernels of dl/internal, so
// that another can take its place.
package dl
