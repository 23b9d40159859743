#include "textflag.h"

// Entry i of the stubs jumps to the function value in slots[i] with all arguments
// as they are. A call, whose return address says which entry it was, keeps every
// entry at 8 bytes.

#define E1 CALL jump<>(SB); BYTE $0x90; BYTE $0x90; BYTE $0x90
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
	POPQ R12
	LEAQ entries<>+5(SB), R13
	SUBQ R13, R12
	LEAQ ·slots(SB), R13
	ADDQ R12, R13
	MOVQ (R13), DX
	MOVQ (DX), R12
	JMP  R12

// func stubBase() unsafe.Pointer
TEXT ·stubBase(SB), NOSPLIT, $0-8
	LEAQ entries<>(SB), AX
	MOVQ AX, ret+0(FP)
	RET

// func g() unsafe.Pointer
TEXT ·g(SB), NOSPLIT, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET
