package lower

// Lend makes a function of the output, which is interpreted, known to compiled code by a
// number.
func (l *Lowerer) Lend(id int, name string) {
	c := &code{}
	c.s("var lentˑ", itoa(id), " = __rt.Lend(", itoa(id), ", ", name, ")")
	l.tail = append(l.tail, c)
}
