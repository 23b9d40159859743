package simd

// LSTMState is what a step of an LSTM works on, each for the same units: the
// gates i, f, u and o before or after their activation functions, the cell
// state C and, for the way back, what was kept.
type LSTMState struct {
	I, F, U, O []float32
	C          []float32 // the cell state; on the way back its gradient
	Before     []float32 // the cell state before the step
	Bent       []float32 // tanh of the cell state after it
	H          []float32 // the state; on the way back its gradient
	Out        []float32 // a copy of the state; on the way back a gradient that is added to H
}

// LSTMForward takes a step forward in one pass, and reports whether it could:
// without assembly it does nothing. The gates go through σ, tanh for U, then
//
//	Before = C, C = F·C + I·U, Bent = tanh(C), H = Out = O·Bent
//
// with the bits of Sigmoid, Tanh, Mul and Add.
func LSTMForward(s *LSTMState) bool {
	n := len(s.H)
	if !useAsm {
		return false
	}
	if n == 0 {
		return true
	}
	for _, x := range [...][]float32{s.I, s.F, s.U, s.O, s.C, s.Before, s.Bent, s.Out} {
		_ = x[n-1]
	}
	lstmForwardAsm(n, &s.I[0], &s.F[0], &s.U[0], &s.O[0], &s.C[0], &s.Before[0], &s.Bent[0], &s.H[0], &s.Out[0])
	return true
}

// LSTMBackward takes a step back: it sets d to the gradients of the gates
// before their activation functions, C to that of the cell state before the
// step, and H to zero. It reports whether it could.
func LSTMBackward(s, d *LSTMState) bool {
	n := len(s.H)
	if !useAsm {
		return false
	}
	if n == 0 {
		return true
	}
	for _, x := range [...][]float32{s.I, s.F, s.U, s.O, s.C, s.Before, s.Bent, s.Out, d.I, d.F, d.U, d.O} {
		_ = x[n-1]
	}
	lstmBackwardOutAsm(n, &d.O[0], &s.C[0], &s.H[0], &s.Out[0], &s.O[0], &s.Bent[0])
	lstmBackwardInAsm(n, &d.I[0], &d.F[0], &d.U[0], &s.C[0], &s.I[0], &s.F[0], &s.U[0], &s.Before[0])
	return true
}
