package main

import "github.com/mmcloughlin/avo/reg"

// stream writes loops whose results go to memory past the caches. A result
// that lies in no cache is otherwise read before it is written, only to be
// overwritten. Such stores become visible to others in no order: streamEnd
// holds up all later ones until they are.
func stream(v isa) {
	binary := func(name string, each func(x, y reg.VecVirtual)) {
		v.elementwise(loop{name: name, slices: []string{"dst", "a", "b"}, unroll: 4, stream: true, each: func(b *body) {
			each(b.x["a"], b.x["b"])
			b.x["dst"] = b.x["a"]
		}})
	}
	binary("streamAddAsm", func(x, y reg.VecVirtual) { v.VADDPS(y, x, x) })
	binary("streamSubAsm", func(x, y reg.VecVirtual) { v.VSUBPS(y, x, x) })
	binary("streamMulAsm", func(x, y reg.VecVirtual) { v.VMULPS(y, x, x) })
	v.elementwise(loop{name: "streamReLUAsm", slices: []string{"dst", "a"}, unroll: 4, stream: true, setup: func(b *body) {
		b.c["zero"] = v.vec()
		v.zero(b.c["zero"])
	}, each: func(b *body) {
		v.relu(b.c["zero"], b.x["a"])
		b.x["dst"] = b.x["a"]
	}})
	v.elementwise(loop{name: "streamCopyAsm", slices: []string{"dst", "a"}, unroll: 4, stream: true, each: func(b *body) {
		b.x["dst"] = b.x["a"]
	}})
	v.elementwise(loop{name: "streamNormalizeAsm", slices: []string{"dst", "a", "w", "b"}, floats: []string{"mean", "scale"}, unroll: 2, stream: true, each: func(b *body) {
		x := b.x["a"]
		v.VSUBPS(b.c["mean"], x, x)
		v.VMULPS(b.c["scale"], x, x)
		v.VMULPS(b.x["w"], x, x)
		v.VADDPS(b.x["b"], x, x)
		b.x["dst"] = x
	}})

	v.begin("streamEnd", "func()")
	v.SFENCE()
	v.RET()
}
