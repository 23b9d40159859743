#include "textflag.h"

// Entry i of the stubs jumps to the function value in slots[i] with all arguments
// as they are. R16 keeps the caller's link register.

#define E1 MOVD R30, R16; BL jump<>(SB)
#define E4 E1; E1; E1; E1
#define E16 E4; E4; E4; E4
#define E64 E16; E16; E16; E16
#define E256 E64; E64; E64; E64
#define E1024 E256; E256; E256; E256
#define E8192 E1024; E1024; E1024; E1024; E1024; E1024; E1024; E1024

TEXT entries<>(SB), NOSPLIT|NOFRAME, $0
	E8192
	E8192
	E8192
	E8192
	RET

TEXT jump<>(SB), NOSPLIT|NOFRAME, $0
	MOVD $entries<>+8(SB), R17
	SUB  R17, R30, R17
	MOVD R16, R30
	MOVD $·slots(SB), R16
	ADD  R17, R16, R16
	MOVD (R16), R26
	MOVD (R26), R17
	JMP  (R17)

// func stubBase() unsafe.Pointer
TEXT ·stubBase(SB), NOSPLIT, $0-8
	MOVD $entries<>(SB), R0
	MOVD R0, ret+0(FP)
	RET

// func g() unsafe.Pointer
TEXT ·g(SB), NOSPLIT, $0-8
	MOVD g, R0
	MOVD R0, ret+0(FP)
	RET
