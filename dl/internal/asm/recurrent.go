package main

// recurrent writes the elementwise parts of a step of an LSTM, which would
// otherwise be a dozen passes over short slices. The roundings are those of
// the separate passes. The gates are i, f, u (which others call g) and o.
func recurrent(v isa) {
	v.elementwise(loop{
		name:   "lstmForwardAsm",
		slices: []string{"i", "f", "u", "o", "c", "before", "bent", "h", "out"},
		load:   []string{"i", "f", "u", "o", "c"},
		store:  []string{"i", "f", "u", "o", "c", "before", "bent", "h", "out"},
		each: func(b *body) {
			x := b.x
			x["before"] = v.vec()
			v.VMOVAPS(x["c"], x["before"])
			x["i"], x["f"], x["o"] = v.sigmoid(x["i"]), v.sigmoid(x["f"]), v.sigmoid(x["o"])
			x["u"] = v.tanh(x["u"])
			c, t := v.vec(), v.vec()
			v.VMULPS(x["i"], x["u"], t)
			v.VMULPS(x["f"], x["c"], c)
			v.VADDPS(t, c, c)
			v.VMOVAPS(c, t)
			bent := v.tanh(t)
			x["c"], x["bent"] = c, bent
			h := v.vec()
			v.VMULPS(bent, x["o"], h)
			x["h"], x["out"] = h, h
		},
	})
	// do and what comes to dc through the output; dh is used up.
	v.elementwise(loop{
		name:   "lstmBackwardOutAsm",
		slices: []string{"do", "dc", "dh", "gout", "o", "bent"},
		load:   []string{"dc", "dh", "gout", "o", "bent"},
		store:  []string{"do", "dc", "dh"},
		each: func(b *body) {
			x := b.x
			dh, t, one := x["dh"], v.vec(), v.vec()
			v.VADDPS(x["gout"], dh, dh)
			v.VMOVUPS(v.float(1), one)
			v.VMULPS(x["bent"], x["bent"], t)
			v.VSUBPS(t, one, t)
			v.VMULPS(x["o"], t, t)
			v.VMULPS(dh, t, t)
			v.VADDPS(t, x["dc"], x["dc"])
			v.VSUBPS(x["o"], one, one)
			v.VMULPS(x["o"], one, one)
			v.VMULPS(x["bent"], one, one)
			v.VMULPS(dh, one, one)
			x["do"] = one
			v.zero(dh)
		},
	})
	v.elementwise(loop{
		name:   "lstmBackwardInAsm",
		slices: []string{"di", "df", "du", "dc", "i", "f", "u", "before"},
		load:   []string{"dc", "i", "f", "u", "before"},
		store:  []string{"di", "df", "du", "dc"},
		each: func(b *body) {
			x := b.x
			di, df, du, one := v.vec(), v.vec(), v.vec(), v.vec()
			v.VMOVUPS(v.float(1), one)
			v.VSUBPS(x["i"], one, di)
			v.VMULPS(x["i"], di, di)
			v.VMULPS(x["u"], di, di)
			v.VMULPS(x["dc"], di, di)
			v.VSUBPS(x["f"], one, df)
			v.VMULPS(x["f"], df, df)
			v.VMULPS(x["before"], df, df)
			v.VMULPS(x["dc"], df, df)
			v.VMULPS(x["u"], x["u"], du)
			v.VSUBPS(du, one, du)
			v.VMULPS(x["i"], du, du)
			v.VMULPS(x["dc"], du, du)
			v.VMULPS(x["f"], x["dc"], x["dc"])
			x["di"], x["df"], x["du"] = di, df, du
		},
	})
}
