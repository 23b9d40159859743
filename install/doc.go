// Install sets up Descent on this machine:
//
//	go run ./install
//
// builds the static binary descent into the directory of the user's Go
// binaries, writes the Jupyter kernelspec that starts it, makes sure there is a
// JupyterLab (the one on PATH, else one in a virtual environment of its own) and
// opens it on the tutorials.
//
//	--no-lab       stop after the kernelspec
//	--print        say what would be done and do nothing
//	--uninstall    remove what earlier runs made, and nothing else
//	--user         kernelspec for this user (the default)
//	--sys-prefix   kernelspec in the environment of the Python on PATH
//	--prefix DIR   kernelspec below DIR/share/jupyter
//
// What was made is written to a manifest, so that --uninstall knows. Without
// Python the kernel is still installed, and the message says what is missing.
package main
