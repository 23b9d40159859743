package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"descent/install/venv"
)

//go:embed requirements.txt
var labRequirements []byte

// openLab starts JupyterLab on the notebooks and returns when it ends.
func openLab(ctx context.Context, act *actor, made *manifest, notebooks string) error {
	lab, err := findLab(ctx, act, made)
	if err != nil {
		return fmt.Errorf("the kernel is installed, but there is no JupyterLab to open: %w", err)
	}
	args := append(lab[1:], notebooks)
	if os.Geteuid() == 0 {
		args = append(args, "--allow-root") // JupyterLab refuses root otherwise, and in a container there is nobody else
	}
	return act.do("open JupyterLab on "+notebooks+" (Ctrl-C twice ends it)", func() error {
		// Jupyter handles the interrupt itself: it must outlive our context.
		cmd := exec.Command(lab[0], args...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		err := cmd.Run()
		if ctx.Err() != nil {
			return nil
		}
		return err
	})
}

// findLab returns the command that starts JupyterLab: the one on PATH, else
// the one of Descent's own environment, which is made when it is missing.
func findLab(ctx context.Context, act *actor, made *manifest) ([]string, error) {
	for _, command := range [][]string{{"jupyter-lab"}, {"jupyter", "lab"}} {
		path, err := exec.LookPath(command[0])
		if err != nil {
			continue
		}
		command[0] = path
		if exec.CommandContext(ctx, path, append(command[1:], "--version")...).Run() == nil {
			return command, nil
		}
	}
	dir, err := home()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "jupyter")
	var env *venv.Env
	err = act.do("find or make a JupyterLab of Descent's own in "+dir, func() error {
		var err error
		if err = made.add(dir); err != nil {
			return err
		}
		if err = made.add(dir + ".lock"); err != nil {
			return err
		}
		env, err = venv.Make(ctx, dir, labRequirements, act.out)
		return err
	})
	if err != nil {
		return nil, err
	}
	if env == nil { // dry run
		env = &venv.Env{Dir: dir}
	}
	return []string{env.Bin("jupyter-lab")}, nil
}
