// Command bench measures the kernels and networks of dl, beside PyTorch when
// it is given a Python that has it, and against the peak of the machine.
//
//	go run ./dl/internal/bench                                  # ours only
//	go run ./dl/internal/bench -python ~/venv/bin/python        # and PyTorch's
//	go run ./dl/internal/bench -python … -rows 'gemm|mnist'     # some rows
//	go run ./dl/internal/bench -python … -rows '^$' -train 5    # the article's training
//	go run ./dl/internal/bench -python … -jax … -rows article   # and JAX's side
//	go run ./dl/internal/bench -python … -rows '^$' -memory 30  # peak memory
//
// Both sides run in turns within one run, each with the same number of
// threads, and each is credited with its best burst, since whatever else the
// machine does only ever adds time. The ratio is our time over theirs: below
// one, we are faster. The peers' sides are peer_torch.py and peer_jax.py beside
// this file.
package main
