package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

// manifest lists the files and directories that installs have made.
type manifest struct {
	path string
	Made []string `json:"made"`
}

// home is the directory for Descent's own things: the manifest and the
// private virtual environment.
func home() (string, error) {
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "descent"), nil
		}
	}
	user, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	switch {
	case runtime.GOOS == "darwin":
		return filepath.Join(user, "Library", "Application Support", "descent"), nil
	case os.Getenv("XDG_DATA_HOME") != "":
		return filepath.Join(os.Getenv("XDG_DATA_HOME"), "descent"), nil
	}
	return filepath.Join(user, ".local", "share", "descent"), nil
}

// openManifest reads the manifest; an absent one is empty.
func openManifest() (*manifest, error) {
	dir, err := home()
	if err != nil {
		return nil, err
	}
	m := &manifest{path: filepath.Join(dir, "installed.json")}
	text, err := os.ReadFile(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("%s is damaged (%w); it lists what was installed: mend or remove it", m.path, err)
	}
	return m, nil
}

func (m *manifest) has(path string) bool { return slices.Contains(m.Made, path) }

// add records that path was made.
func (m *manifest) add(path string) error {
	if m.has(path) {
		return nil
	}
	m.Made = append(m.Made, path)
	return m.save()
}

// drop records that path is gone.
func (m *manifest) drop(path string) error {
	m.Made = slices.DeleteFunc(m.Made, func(p string) bool { return p == path })
	return m.save()
}

// save writes the manifest, or removes it and its directory when nothing is left.
func (m *manifest) save() error {
	if len(m.Made) == 0 {
		if err := os.Remove(m.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		_ = os.Remove(filepath.Dir(m.path)) // stays when something else is in it
		return nil
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(m.path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(m.path, append(text, '\n'), 0o644)
}

// uninstall removes what the manifest lists, newest first.
func uninstall(act *actor, made *manifest) error {
	if len(made.Made) == 0 {
		fmt.Fprintln(act.out, "descent: nothing is installed, as far as "+made.path+" knows")
		return nil
	}
	for _, path := range slices.Backward(slices.Clone(made.Made)) {
		err := act.do("remove "+path, func() error {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
			return made.drop(path)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
