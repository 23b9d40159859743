// Package fft has discrete Fourier transforms of many signals of one length,
// real and complex, in float32 and float64.
//
//	fft.Real(dst, src, n)              // rows of n reals → rows of n/2+1 pairs
//	fft.Complex(dst, src, n, inverse)  // rows of n pairs → rows of n pairs
//	fft.RealInverse(dst, src, n)       // the inverse of Real
//
// Complex numbers are pairs of a real and an imaginary part. Complex has no
// factor, RealInverse divides by n.
//
// Eight signals go side by side: a point is a vector of eight real parts and one
// of eight imaginary parts, so that no butterfly has to move numbers within a
// vector. Stages are Stockham's, of radix 4 where the length allows, then 2 and
// odd primes; lengths with a large prime go through a convolution (Bluestein's
// method), in float64. A single long signal is cut into eight that lie side by
// side as it stands. Signals of real numbers are transformed as half as many
// pairs.
//
// Groups of eight are shared out over the processors: results do not depend on
// their number.
package fft
