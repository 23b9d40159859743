package main

// fma runs turns of fused multiplications that depend on nothing.
func fma(turns int) { neonFMA(turns) }

// fmaWork returns the operations of fma, whose turns multiply registers of
// eight floats.
func fmaWork(turns int) float64 { return float64(2 * 8 * fmaChains * turns) }
