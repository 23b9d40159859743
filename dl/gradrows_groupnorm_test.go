package dl_test

import "descent/dl"

func init() {
	addRows(
		gradRow{name: "GroupNorm", fn: func(in []*T) *T { return dl.GroupNorm(in[0], 2, in[1], in[2], 1e-5) },
			in: in(normal(2, 4, 2), normal(4), normal(4))},
		unary("GroupNorm/plain", func(x *T) *T { return dl.GroupNorm(x, 1, nil, nil, 1e-3) }, normal(2, 4)),
		gradRow{name: "InstanceNorm", fn: func(in []*T) *T { return dl.InstanceNorm(in[0], in[1], in[2], 1e-5) },
			in: in(normal(2, 2, 3, 2), normal(2), normal(2))},
	)
}
