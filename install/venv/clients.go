package venv

import (
	"context"
	_ "embed"
	"io"
)

//go:embed clients.txt
var clients []byte

// Clients returns the environment that holds the Jupyter clients of the tests
// (jupyter_client, jupyter_kernel_test, nbclient, ipykernel as a peer), made
// on first use and kept in the user's cache directory.
func Clients(ctx context.Context, log io.Writer) (*Env, error) {
	return Cached(ctx, "clients", clients, log)
}
