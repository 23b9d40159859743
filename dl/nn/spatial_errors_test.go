package nn_test

import (
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

func TestSpatialMisuse(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func()
		want []string
	}{
		{"channels last", func() { nn.NewConv1d(3, 4, 3, nn.Conv1dOptions{}).Forward(dl.Zeros(2, 9, 3)) }, []string{"Transpose(1, 2)"}},
		{"no channels", func() { nn.NewConv1d(1, 4, 3, nn.Conv1dOptions{}).Forward(dl.Zeros(2, 9)) }, []string{"Unsqueeze(1)"}},
		{"same", func() { nn.NewConv1d(1, 4, 4, nn.Conv1dOptions{Same: true}) }, []string{"odd kernel"}},
		{"groups", func() { nn.NewConvTranspose2d(3, 4, 3, nn.ConvTransposeOptions{Groups: 2}) }, []string{"2 groups"}},
		{"transpose channels", func() { nn.NewConvTranspose2d(3, 4, 3, nn.ConvTransposeOptions{}).Forward(dl.Zeros(1, 4, 3, 3)) }, []string{"3 channels"}},
		{"volumes", func() { nn.NewConv3d(1, 4, 3, nn.Conv3dOptions{}).Forward(dl.Zeros(1, 8, 8, 8)) }, []string{"Unsqueeze(1)"}},
		{"group norm", func() { nn.NewGroupNorm(3, 4, nn.GroupNormOptions{}) }, []string{"4 features in 3 groups"}},
		{"group norm input", func() { nn.NewGroupNorm(2, 4, nn.GroupNormOptions{}).Forward(dl.Zeros(2, 3)) }, []string{"4 channels"}},
		{"instance norm", func() { nn.NewInstanceNorm(3, nn.InstanceNormOptions{}).Forward(dl.Zeros(2, 3)) }, []string{"at least 3 axes"}},
		{"upsample", func() { nn.NewUpsample(0, nn.UpsampleOptions{}) }, []string{"positive factor"}},
		{"pixels", func() { nn.NewPixelShuffle(2).Forward(dl.Zeros(1, 3, 2, 2)) }, []string{"square"}},
		{"kernel", func() { nn.NewMaxPool1d(0, nn.Pool1dOptions{}) }, []string{"kernel = 0"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantError(t, c.f, c.want...) })
	}
}
