"""Reference attributions of a small convolutional network, from Captum.

The network, its weights and its inputs are in the file; the random methods are compared by their formula in Go.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import captum
import torch
from captum.attr import InputXGradient, IntegratedGradients, LayerAttribution, LayerGradCam, Occlusion, Saliency
from golden import Writer
from torch import nn

torch.manual_seed(3)
w = Writer(__file__)
w.meta["captum"] = captum.__version__

net = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.Tanh(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(),
                    nn.Flatten(), nn.Linear(6 * 4 * 4, 5)).eval()
x = torch.rand(3, 1, 8, 8)
y = torch.tensor([4, 0, 2])
state = {"state." + k: v for k, v in net.state_dict().items()}
ins = {**state, "x": x, "y": y}


def done(name, values, extra=None, attrs=None):
    w.case(name, ins if name == "saliency" else {}, {"values": values, **(extra or {})}, attrs=attrs)


done("saliency", Saliency(net).attribute(x, target=y))
done("input x gradient", InputXGradient(net).attribute(x, target=y))
a, delta = IntegratedGradients(net).attribute(x, target=y, return_convergence_delta=True)
done("integrated gradients", a, {"delta": delta})
base = torch.rand(1, 1, 8, 8) * 0.3
a, delta = IntegratedGradients(net).attribute(x, baselines=base, target=y, n_steps=7, return_convergence_delta=True)
done("integrated gradients baseline", a, {"delta": delta, "baseline": base}, {"steps": 7})
for name, at in [("gradcam", 4), ("gradcam early", 1)]:
    a = LayerGradCam(net, net[at]).attribute(x, target=y, relu_attributions=True)
    done(name, LayerAttribution.interpolate(a, (8, 8), "bilinear"), attrs={"layer": at})
for window, stride, value in [(3, 1, 0.0), (4, 2, 0.5), (3, 2, 0.0)]:
    a = Occlusion(net).attribute(x, sliding_window_shapes=(1, window, window), strides=(1, stride, stride), baselines=value, target=y)
    done(f"occlusion {window} {stride}", a, attrs={"window": window, "stride": stride, "baseline": value})
w.save()
