package store_test

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
	"descent/dl/store"
)

func folder() string {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	return dir
}

func ExampleSaveModel() {
	dir := folder()
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "net.safetensors")

	model := nn.NewSequential(nn.NewLinear(4, 8), nn.NewReLU(), nn.NewLinear(8, 1))
	if err := store.SaveModel(path, model); err != nil {
		log.Fatal(err)
	}
	other := nn.NewSequential(nn.NewLinear(4, 8), nn.NewReLU(), nn.NewLinear(8, 1))
	report, err := store.LoadModel(path, other, nn.LoadOptions{})
	fmt.Println(report, err)
	x := dl.Ones(1, 4)
	fmt.Println(model.Forward(x).Item() == other.Forward(x).Item())
	// Output:
	// 4 loaded <nil>
	// true
}

// A model of PyTorch: its state_dict fits the same layers here.
func ExampleLoad() {
	state, err := store.Load("testdata/net.pth")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(state)
	// Output:
	// 0.weight               float32 [4×3]
	// 0.bias                 float32 [4]
	// 1.weight               float32 [4]
	// 1.bias                 float32 [4]
	// 1.running_mean         float32 [4]
	// 1.running_var          float32 [4]
	// 1.num_batches_tracked  int64 []
	// 3.weight               float32 [2×4]
	// 3.bias                 float32 [2]
}

// The file of a whole run of PyTorch holds the model beside other things.
func ExampleUnder() {
	state, err := store.Load("testdata/checkpoint.pth")
	if err != nil {
		log.Fatal(err)
	}
	model := nn.NewSequential(nn.NewLinear(3, 4), nn.NewBatchNorm1d(4, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewLinear(4, 2))
	report, err := nn.LoadState(model, store.Under(state, "model_state_dict"), nn.LoadOptions{})
	fmt.Println(report, err)
	// Output: 8 loaded <nil>
}

func ExampleSaveCheckpoint() {
	dir := folder()
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "run.safetensors")

	start := func() store.Checkpoint {
		model := nn.NewLinear(2, 1)
		return store.Checkpoint{Model: model, Optimizer: optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.1})}
	}
	c := start()
	for ; c.Epoch < 3; c.Epoch++ {
		c.Optimizer.ZeroGrad()
		c.Model.Forward(dl.Ones(1, 2)).Sum().Backward()
		c.Optimizer.Step()
	}
	c.Notes = map[string]string{"data": "ones"}
	if err := store.SaveCheckpoint(path, c); err != nil {
		log.Fatal(err)
	}

	next := start() // in another program, another day
	if err := store.LoadCheckpoint(path, &next); err != nil {
		log.Fatal(err)
	}
	x := dl.Ones(1, 2)
	fmt.Println(next.Epoch, next.Notes["data"], next.Model.Forward(x).Item() == c.Model.Forward(x).Item())
	// Output: 3 ones true
}

func ExampleOpenSafetensors() {
	f, err := store.OpenSafetensors("testdata/mixed.safetensors")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	fmt.Println(f.Metadata()["format"], f.Shape("f32"))
	t, err := f.Tensor("f32")
	fmt.Println(t, err)
	// Output:
	// np [2 3]
	// tensor([[-2.1250, -1.3750, -0.6250],
	//         [ 0.1250,  0.8750,  1.6250]]) <nil>
}

func ExampleMapSafetensors() {
	state, err := store.MapSafetensors("testdata/net.safetensors", "0.bias")
	fmt.Println(state.Names(), err)
	// Output: [0.bias] <nil>
}

func ExampleWriteNPY() {
	var file bytes.Buffer
	if err := store.WriteNPY(&file, dl.New([]float64{1, 2, 3})); err != nil {
		log.Fatal(err)
	}
	t, err := store.ReadNPY(&file)
	fmt.Println(t, err)
	// Output: tensor([1., 2., 3.]) <nil>
}

func ExampleLoadNPZ() {
	arrays, err := store.LoadNPZ("testdata/stored.npz", "x", "y")
	fmt.Print(arrays)
	fmt.Println(err)
	// Output:
	// x  float32 [2×2]
	// y  int64 [3]
	// <nil>
}
