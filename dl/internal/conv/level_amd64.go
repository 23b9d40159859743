package conv

import "descent/dl/internal/cpu"

// wide makes the kernels jump to their AVX-512 forms.
var wide = cpu.Active() == cpu.AVX512
