package explain

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

// GradCAM shows in which part of an image a convolutional layer saw evidence for a class: the feature maps of the layer,
// weighted by the mean gradient of the class's score with respect to each, added up, without what speaks against the
// class, and enlarged to the size of the image. layer is a layer or a Sequential of the model whose output is
// [N, channels, h, w], usually the last convolution.
//
//	x [N, C, H, W] → values [N, 1, H, W], not negative
//
// R. Selvaraju et al.: Grad-CAM, arXiv:1610.02391.
// Captum: LayerGradCam(relu_attributions=True), interpolated.
func GradCAM(model, layer nn.Module, x, target *dl.Tensor) *Attribution {
	const op = "explain.GradCAM"
	if x.Dim() != 4 {
		panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape()}, Got: fmt.Sprintf("inputs of shape %v", x.Shape()), Want: "images, [N, C, H, W]"})
	}
	var a *Attribution
	nn.InEval(model, func() {
		t := begin(op, "Grad-CAM", model, x, target)
		var act *dl.Tensor
		remove := nn.AddHook(layer, func(_, out *dl.Tensor) *dl.Tensor {
			act = out
			return nil
		})
		defer remove()
		leaf := t.x.Clone().SetRequiresGrad(true)
		var g *dl.Tensor
		dl.EnableGrad(func() {
			s := t.scores(leaf).Sum()
			switch {
			case act == nil:
				panic(&dl.Error{Op: op, Got: "a layer that did not run", Want: "a layer of the model"})
			case act.Dim() != 4:
				panic(&dl.Error{Op: op, Shapes: [][]int{act.Shape()}, Got: fmt.Sprintf("a layer with output of shape %v", act.Shape()),
					Want: "[N, channels, h, w]", Hint: "choose a convolution or what directly follows one"})
			}
			g = dl.Grad([]*dl.Tensor{s}, []*dl.Tensor{act}, dl.GradOptions{})[0]
		})
		weights := g.Detach().MeanKeep(2, 3)                      // [N, channels, 1, 1]
		low := weights.Mul(act.Detach()).SumKeep(1).ReLU()        // [N, 1, h, w]
		a = t.done(enlarge(low, t.x.Size(2), t.x.Size(3)), false) // [N, 1, H, W]
	})
	return a
}

// enlarge interpolates maps [N, 1, h, w] linearly to h by w, with the corners of the pixels aligned (PyTorch's
// align_corners=False).
func enlarge(t *dl.Tensor, h, w int) *dl.Tensor {
	n, th, tw := t.Size(0), t.Size(2), t.Size(3)
	src := t.Float64s()
	out := make([]float64, n*h*w)
	for i := range h {
		y0, y1, fy := between(i, h, th)
		for j := range w {
			x0, x1, fx := between(j, w, tw)
			for k := range n {
				m := src[k*th*tw:]
				top := m[y0*tw+x0]*(1-fx) + m[y0*tw+x1]*fx
				bottom := m[y1*tw+x0]*(1-fx) + m[y1*tw+x1]*fx
				out[(k*h+i)*w+j] = top*(1-fy) + bottom*fy
			}
		}
	}
	return dl.FromFloat64s(out, n, 1, h, w).To(t.DType())
}

// between finds the two source pixels around the centre of pixel i of n, and how far it is from the first.
func between(i, n, source int) (lo, hi int, part float64) {
	at := (float64(i)+0.5)*float64(source)/float64(n) - 0.5
	if at < 0 {
		at = 0
	}
	lo = min(int(at), source-1)
	return lo, min(lo+1, source-1), at - float64(lo)
}
