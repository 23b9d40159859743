"""Reference numbers of layers for signals, images and volumes: a state as PyTorch names it, the output, and all gradients."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
from golden import Writer
from torch import nn

torch.manual_seed(14)
w = Writer(__file__)
r = torch.randn


def case(name, m, x):
    for p in m.parameters():
        nn.init.normal_(p, std=0.5)
    x = x.clone().requires_grad_(True)
    y = m(x)
    gy = torch.randn_like(y)
    y.backward(gy)
    grads = {**{k: p.grad for k, p in m.named_parameters()}, "x": x.grad}
    state = {"state." + k: v for k, v in m.state_dict().items()}
    w.case(name, {**state, "x": x, "gy": gy}, {"y": y}, grads, {"train": True})


case("conv1d", nn.Conv1d(2, 3, 3), r(2, 2, 7))
case("conv1d options", nn.Conv1d(2, 4, 3, stride=2, padding=2, dilation=2, groups=2, bias=False), r(2, 2, 9))
case("conv1d same", nn.Conv1d(2, 4, 5, padding="same"), r(2, 2, 7))
case("conv3d", nn.Conv3d(2, 3, 2), r(2, 2, 3, 4, 3))
case("conv3d options", nn.Conv3d(2, 4, 3, stride=2, padding=2, dilation=2, groups=2), r(1, 2, 5, 6, 5))
case("transpose2d", nn.ConvTranspose2d(3, 2, 3), r(2, 3, 3, 4))
case("transpose2d double", nn.ConvTranspose2d(3, 2, 4, stride=2, padding=1), r(2, 3, 3, 4))
case("transpose2d options", nn.ConvTranspose2d(4, 6, 3, stride=3, padding=1, output_padding=2, groups=2, dilation=2, bias=False), r(1, 4, 3, 4))
case("transpose1d", nn.ConvTranspose1d(3, 2, 3, stride=2, output_padding=1), r(2, 3, 5))
case("groupnorm", nn.GroupNorm(2, 4), r(2, 4, 3, 2) * 2 + 1)
case("groupnorm flat", nn.GroupNorm(2, 6), r(3, 6) * 2 + 1)
case("groupnorm plain", nn.GroupNorm(4, 4, affine=False, eps=1e-3), r(2, 4, 5))
case("instancenorm1d", nn.InstanceNorm1d(3), r(2, 3, 5) * 2 + 1)
case("instancenorm2d", nn.InstanceNorm2d(3, affine=True), r(2, 3, 4, 3) * 2 + 1)
case("upsample", nn.Upsample(scale_factor=2), r(2, 2, 3, 4))
case("upsample bilinear", nn.Upsample(scale_factor=3, mode="bilinear"), r(2, 2, 3, 4))
case("upsample corners", nn.Upsample(size=(5, 7), mode="bilinear", align_corners=True), r(2, 2, 3, 4))
case("upsample bicubic", nn.Upsample(size=(5, 6), mode="bicubic"), r(1, 2, 4, 5))
case("upsample linear", nn.Upsample(scale_factor=2, mode="linear"), r(2, 2, 5))
case("upsample down", nn.Upsample(size=(2, 3)), r(2, 2, 5, 7))
case("pixelshuffle", nn.PixelShuffle(2), r(2, 8, 2, 3))
case("pixelunshuffle", nn.PixelUnshuffle(2), r(2, 2, 4, 6))
case("unfold", nn.Unfold(3, stride=2, padding=1, dilation=2), r(2, 2, 7, 8))
case("fold", nn.Fold((5, 6), 3, stride=2, padding=1), r(2, 18, 9))
case("maxpool1d", nn.MaxPool1d(3, stride=2, padding=1, dilation=2), r(2, 2, 9))
case("avgpool1d", nn.AvgPool1d(2, ceil_mode=True, count_include_pad=False), r(2, 2, 7))
case("adaptive max", nn.AdaptiveMaxPool2d((2, 3)), r(2, 2, 7, 5))
case("gelu tanh", nn.GELU(approximate="tanh"), r(3, 4))
case("elu", nn.ELU(0.7), r(3, 4))
case("softplus", nn.Softplus(), r(3, 4))
w.save()
