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
// TestSoak runs random cells, good, failing and interrupted ones, in one kernel
// and holds it to what it held at first; `go test ./kernel/conformance -run Soak
// -soak 2000` makes it long. It needs no Python: package drive is its client.
//
// TestReport runs package report, which is `descent doctor --conformance`: its
// latencies, floods, interrupt matrix and crash matrix.
//
// py/latency.py measures the kernel beside ipykernel:
//
//	go run ./kernel/conformance/latency
//
// and the loops of a textbook in a cell beside CPython:
//
//	go run ./kernel/conformance/speed
//
// The package itself holds what these share: [Build] and [Install].
package conformance
