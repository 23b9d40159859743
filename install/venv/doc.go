// Package venv makes Python virtual environments for the parts of Descent
// that need Python: JupyterLab when the machine has none, and the clients of
// the tests.
//
//	env, err := venv.Cached(ctx, "descent-test", requirements, os.Stderr)
//	cmd := exec.Command(env.Bin("jupyter"), "--version")
//
// Requirements are pinned by their callers. An environment that was finished
// once is taken as it is; one whose making was cut short is made anew. The
// package installs nothing outside the directory it is given.
package venv
