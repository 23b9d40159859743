package interp

import "testing"

func TestParse(t *testing.T) {
	for _, pkg := range []string{"simd", "conv", "gemm"} {
		p, err := Load("../../" + pkg + "/kernels_amd64.s")
		if err != nil {
			t.Error(pkg, err)
			continue
		}
		t.Log(pkg, len(p.Functions()))
	}
}
