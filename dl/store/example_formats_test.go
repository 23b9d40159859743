package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/store"
)

func ExampleSaveNPY() {
	path := filepath.Join(os.TempDir(), "descent-example.npy")
	defer os.Remove(path)
	if err := store.SaveNPY(path, dl.New([]float64{1, 2})); err != nil {
		fmt.Println(err)
	}
	x, err := store.LoadNPY(path)
	fmt.Println(x, err, store.Exists(path))
	// Output: tensor([1., 2.]) <nil> true
}

func ExampleWriteNPZ() {
	s := nn.NewStateDict()
	s.Set("x", dl.New([]float64{1, 2}))
	var b bytes.Buffer
	if err := store.WriteNPZ(&b, s, store.NPZOptions{Compress: true}); err != nil {
		fmt.Println(err)
	}
	back, err := store.ReadNPZ(bytes.NewReader(b.Bytes()), int64(b.Len()))
	fmt.Println(back.Get("x"), err)
	// Output: tensor([1., 2.]) <nil>
}

func ExampleSaveNPZ() {
	path := filepath.Join(os.TempDir(), "descent-example.npz")
	defer os.Remove(path)
	s := nn.NewStateDict()
	s.Set("x", dl.Ones(2))
	fmt.Println(store.SaveNPZ(path, s, store.NPZOptions{}))
	// Output: <nil>
}

func ExampleWriteSafetensors() {
	s := nn.NewStateDict()
	s.Set("x", dl.New([]float64{1, 2}))
	var b bytes.Buffer
	if err := store.WriteSafetensors(&b, s, store.SafetensorsOptions{}); err != nil {
		fmt.Println(err)
	}
	back, err := store.ReadSafetensors(bytes.NewReader(b.Bytes()), int64(b.Len()), "x")
	fmt.Println(back.Get("x"), err)
	// Output: tensor([1., 2.]) <nil>
}

func ExampleSaveSafetensors() {
	path := filepath.Join(os.TempDir(), "descent-example.safetensors")
	defer os.Remove(path)
	s := nn.NewStateDict()
	s.Set("x", dl.Ones(2))
	fmt.Println(store.SaveSafetensors(path, s, store.SafetensorsOptions{}))
	back, err := store.LoadSafetensors(path)
	fmt.Println(back.Get("x"), err)
	// Output:
	// <nil>
	// tensor([1., 1.]) <nil>
}

func ExampleSave() {
	path := filepath.Join(os.TempDir(), "descent-example-state.safetensors")
	defer os.Remove(path)
	s := nn.NewStateDict()
	s.Set("x", dl.Ones(2))
	fmt.Println(store.Save(path, s))
	// Output: <nil>
}

func ExampleLoadPTH() {
	s, err := store.LoadPTH("testdata/net.pth")
	fmt.Println(len(s.Names()) > 0, err)
	// Output: true <nil>
}

func ExampleReadPTH() {
	raw, err := os.ReadFile("testdata/net.pth")
	if err != nil {
		fmt.Println(err)
	}
	s, err := store.ReadPTH(bytes.NewReader(raw), int64(len(raw)))
	fmt.Println(len(s.Names()) > 0, err)
	// Output: true <nil>
}

func ExampleWriteCheckpoint() {
	model := nn.NewLinear(2, 1)
	var b bytes.Buffer
	if err := store.WriteCheckpoint(&b, store.Checkpoint{Model: model, Epoch: 7}); err != nil {
		fmt.Println(err)
	}
	back := store.Checkpoint{Model: nn.NewLinear(2, 1)}
	err := store.ReadCheckpoint(bytes.NewReader(b.Bytes()), int64(b.Len()), &back)
	fmt.Println(back.Epoch, err)
	// Output: 7 <nil>
}
