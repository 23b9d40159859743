"""Reference numbers of whole layers and small networks: a state as PyTorch names it, the output, and all gradients."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
from golden import Writer
from torch import nn

torch.manual_seed(11)
w = Writer(__file__)


def case(name, m, x, attrs=None, train=True):
    m.train(train)
    state = {"state." + k: v.clone() for k, v in m.state_dict().items() if "num_batches" not in k}
    if x.is_floating_point():
        x = x.clone().requires_grad_(True)
    y = m(x)
    gy = torch.randn_like(y)
    y.backward(gy)
    grads = {k: p.grad for k, p in m.named_parameters() if p.grad is not None}
    if x.is_floating_point():
        grads["x"] = x.grad
    after = {"state." + k: v for k, v in m.state_dict().items() if "running" in k}
    w.case(name, {**state, "x": x, "gy": gy}, {"y": y, **after}, grads, {"train": train, **(attrs or {})})


r = torch.randn
case("linear", nn.Linear(5, 4), r(3, 5))
case("linear no bias", nn.Linear(5, 4, bias=False), r(3, 5))
case("conv2d", nn.Conv2d(2, 3, 3, padding=1, stride=2), r(2, 2, 6, 5))
case("conv2d same", nn.Conv2d(2, 4, (3, 5), padding="same", groups=2), r(2, 2, 6, 7))
case("batchnorm1d", nn.BatchNorm1d(4), r(5, 4) * 2 + 1)
case("batchnorm1d eval", nn.BatchNorm1d(4), r(5, 4) * 2 + 1, train=False)
case("batchnorm2d", nn.BatchNorm2d(3), r(2, 3, 4, 4) * 2 + 1)
case("layernorm", nn.LayerNorm([3, 4]), r(2, 3, 4))
case("embedding", nn.Embedding(6, 3), torch.tensor([[1, 5, 0], [1, 1, 2]]))
case("leaky", nn.LeakyReLU(0.2), r(3, 4))
case("gelu", nn.GELU(), r(3, 4))
case("silu", nn.SiLU(), r(3, 4))
case("softmax", nn.Softmax(-1), r(3, 4))
case("logsoftmax", nn.LogSoftmax(1), r(3, 4))
case("maxpool", nn.MaxPool2d(3, stride=2, padding=1), r(2, 2, 7, 6))
case("avgpool", nn.AvgPool2d(2), r(2, 2, 7, 6))
case("adaptive", nn.AdaptiveAvgPool2d((2, 3)), r(2, 2, 7, 6))
case("convnet", nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
                              nn.Flatten(), nn.Linear(6 * 4 * 4, 12), nn.ReLU(), nn.Dropout(0.), nn.Linear(12, 10)), r(4, 1, 12, 12))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, 6), nn.Tanh())
        self.norm = nn.LayerNorm(6)

    def forward(self, x):
        return x + self.norm(self.body(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Linear(5, 6)
        self.blocks = nn.ModuleList([Residual(), Residual()])
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        x = self.stem(x)
        for b in self.blocks:
            x = b(x)
        return self.head(x)


case("residual", Net(), r(4, 5))
w.save()
