// Package spectral has the eigenvalues and eigenvectors of symmetric matrices
// and the singular value decomposition, in float64.
//
//	ok := spectral.Symmetric(n, a, values)  // a becomes the eigenvectors
//	ok := spectral.Singular(m, n, a, u, s, vt)
//
// gonum reduces the matrices to three and two diagonals. What is left is to turn
// columns against each other a few n² times, which takes nearly all the time when
// it goes down columns of a matrix that lies in rows: here the rotations of many
// sweeps are gathered and go along rows, a few at a time, which the processors
// share out. Results do not depend on the number of processors.
package spectral
