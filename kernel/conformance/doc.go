// Package conformance holds the built kernel to Jupyter's own clients.
//
// Its tests build the binary, write kernelspecs for it into a directory of
// their own, and run Python programs against it, in the environment that
// descent/install/venv makes and caches: jupyter_kernel_test with every
// sample (py/suite.py), and probes that do to the kernel what clients,
// networks and cells do in bad moments (py/probe.py and what it imports).
// Where there is no Python the tests fail and say what is missing; -short
// leaves them out.
//
// py/latency.py measures the kernel beside ipykernel:
//
//	go run ./kernel/conformance/latency
//
// The package itself holds what these share: [Install].
package conformance
