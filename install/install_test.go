package main

import (
	"bytes"
	"context"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// sandbox points every place that install writes to into a fresh directory,
// and PATH at one that holds only what is given.
func sandbox(t *testing.T) (dir string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Setenv("LOCALAPPDATA", t.TempDir())
	}
	dir = t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	t.Setenv("APPDATA", filepath.Join(dir, "appdata"))
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("JUPYTER_DATA_DIR", "")
	t.Setenv("GOBIN", filepath.Join(dir, "gobin"))
	return dir
}

// tree lists the files below dir, without those that the go command itself
// leaves in a fresh home.
func tree(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			if rel = filepath.ToSlash(rel); !strings.Contains(rel, "go/telemetry/") {
				files = append(files, rel)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestKernelspecIsWrittenOnceAndRemoved(t *testing.T) {
	dir := sandbox(t)
	made, err := openManifest()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	act := &actor{out: &out}
	where := location{prefix: filepath.Join(dir, "prefix")}
	spec := filepath.Join(dir, "prefix", "share", "jupyter", "kernels", "go")
	neighbour := filepath.Join(dir, "prefix", "share", "jupyter", "kernels", "other", "kernel.json")
	if err := os.MkdirAll(filepath.Dir(neighbour), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(neighbour, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 { // twice is fine
		if err := writeKernelspec(context.Background(), act, made, "/bin/descent", where); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(spec, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if got["display_name"] != "Go (Descent)" || got["language"] != "go" {
		t.Errorf("kernel.json = %s", text)
	}
	if argv := got["argv"].([]any); !slices.Equal(argv, []any{"/bin/descent", "kernel", "{connection_file}"}) {
		t.Errorf("argv = %v", argv)
	}

	again, err := openManifest()
	if err != nil {
		t.Fatal(err)
	}
	if err := uninstall(act, again); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(spec); err == nil {
		t.Error("the kernelspec is still there after --uninstall")
	}
	if left := tree(t, dir); !slices.Equal(left, []string{"prefix/share/jupyter/kernels/other/kernel.json"}) {
		t.Errorf("left after --uninstall: %v", left)
	}
}

func TestForeignKernelspecIsLeftAlone(t *testing.T) {
	dir := sandbox(t)
	spec := filepath.Join(dir, "share", "jupyter", "kernels", "go")
	if err := os.MkdirAll(spec, 0o755); err != nil {
		t.Fatal(err)
	}
	theirs := []byte(`{"argv":["/opt/gopher"],"display_name":"Go (gopher)","language":"go"}`)
	if err := os.WriteFile(filepath.Join(spec, "kernel.json"), theirs, 0o644); err != nil {
		t.Fatal(err)
	}
	made, err := openManifest()
	if err != nil {
		t.Fatal(err)
	}
	err = writeKernelspec(context.Background(), &actor{out: &bytes.Buffer{}}, made, "/bin/descent", location{prefix: dir})
	if err == nil || !strings.Contains(err.Error(), "Go (gopher)") {
		t.Errorf("error %v does not name the other kernel", err)
	}
	if text, _ := os.ReadFile(filepath.Join(spec, "kernel.json")); !bytes.Equal(text, theirs) {
		t.Error("another kernel's spec was overwritten")
	}
}

func TestPrintDoesNothing(t *testing.T) {
	dir := sandbox(t)
	var out bytes.Buffer
	if err := run(context.Background(), []string{"--print", "--no-lab"}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"would build " + filepath.Join(dir, "gobin", "descent"), "would write the kernelspec "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out.String())
		}
	}
	if files := tree(t, dir); len(files) > 0 {
		t.Errorf("--print made %v", files)
	}
}

func TestUninstallOfNothing(t *testing.T) {
	sandbox(t)
	var out bytes.Buffer
	if err := run(context.Background(), []string{"--uninstall"}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "nothing is installed") {
		t.Errorf("output: %s", out.String())
	}
}

func TestWithoutPythonTheErrorSaysWhatIsMissing(t *testing.T) {
	sandbox(t)
	made, err := openManifest()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir())
	err = openLab(context.Background(), &actor{out: &bytes.Buffer{}}, made, "notebooks")
	if err == nil || !strings.Contains(err.Error(), "the kernel is installed") || !strings.Contains(err.Error(), "install Python 3") {
		t.Errorf("error = %v", err)
	}
}

func TestBadArguments(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--user", "--sys-prefix"}, "exclude each other"},
		{[]string{"--user", "--prefix", "x"}, "exclude each other"},
		{[]string{"lab"}, `unexpected argument "lab"`},
	} {
		_, err := parse(c.args, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want one with %q", c.args, err, c.want)
		}
	}
}

func TestDamagedManifestIsReported(t *testing.T) {
	sandbox(t)
	dir, err := home()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "installed.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := openManifest(); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("error = %v", err)
	}
}

func TestUserDataDir(t *testing.T) {
	dir := sandbox(t)
	want := map[string]string{
		"linux":   filepath.Join(dir, ".local", "share", "jupyter"),
		"darwin":  filepath.Join(dir, "Library", "Jupyter"),
		"windows": filepath.Join(dir, "appdata", "jupyter"),
	}[runtime.GOOS]
	if got, err := userDataDir(); err != nil || got != want {
		t.Errorf("userDataDir() = %q, %v; want %q", got, err, want)
	}
	t.Setenv("JUPYTER_DATA_DIR", "elsewhere")
	if got, _ := userDataDir(); got != "elsewhere" {
		t.Errorf("JUPYTER_DATA_DIR is ignored: %q", got)
	}
}

func TestLogoSize(t *testing.T) {
	config, err := png.DecodeConfig(bytes.NewReader(logoPNG))
	if err != nil || config.Width != 64 || config.Height != 64 {
		t.Errorf("logo-64x64.png is %d×%d, %v", config.Width, config.Height, err)
	}
}
