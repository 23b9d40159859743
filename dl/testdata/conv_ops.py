"""Reference numbers of dl's transposed, 1d and 3d convolutions, pooling and resizing, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
import torch.nn.functional as F
from golden import Writer

torch.manual_seed(10)
w = Writer(__file__)


def case(op, f, inputs, tag="", **attrs):
    ins = {k: v.detach().clone().requires_grad_(True) for k, v in inputs.items()}
    y = f(*ins.values())
    gy = torch.randn_like(y)
    y.backward(gy)
    w.case(op + ("/" + tag if tag else ""), {**ins, "gy": gy}, {"y0": y}, {k: v.grad for k, v in ins.items()}, {"op": op, **attrs})


def randn(*shape):
    return torch.randn(shape)


case("conv_transpose2d", F.conv_transpose2d, {"x": randn(2, 3, 4, 5), "y": randn(3, 2, 3, 3), "z": randn(2)})
for tag, kw in {"stride": dict(stride=(2, 3)), "pad": dict(stride=2, padding=1, output_padding=1), "dilation": dict(dilation=(2, 1), padding=(0, 1))}.items():
    two = lambda v: list(v) if isinstance(v, tuple) else [v, v]
    case("conv_transpose2d", lambda x, y, z: F.conv_transpose2d(x, y, z, **kw), {"x": randn(2, 3, 4, 5), "y": randn(3, 2, 3, 3), "z": randn(2)}, tag, **{k: two(v) for k, v in kw.items()})
case("conv_transpose2d", lambda x, y, z: F.conv_transpose2d(x, y, z, groups=2, stride=2), {"x": randn(1, 4, 3, 3), "y": randn(4, 3, 2, 2), "z": randn(6)}, "groups", groups=2, stride=[2, 2])
case("conv_transpose1d", lambda x, y, z: F.conv_transpose1d(x, y, z, stride=2, padding=1), {"x": randn(2, 3, 5), "y": randn(3, 2, 4), "z": randn(2)}, stride=[7, 2], padding=[7, 1])
case("conv1d", lambda x, y, z: F.conv1d(x, y, z, stride=2, padding=1, dilation=2), {"x": randn(2, 3, 9), "y": randn(4, 3, 3), "z": randn(4)}, stride=[7, 2], padding=[7, 1], dilation=[7, 2])
case("conv3d", F.conv3d, {"x": randn(1, 2, 4, 4, 5), "y": randn(3, 2, 2, 3, 3), "z": randn(3)})
case("conv3d", lambda x, y, z: F.conv3d(x, y, z, stride=(2, 1, 2), padding=(1, 0, 1), dilation=(1, 2, 1)), {"x": randn(2, 2, 4, 5, 5), "y": randn(2, 2, 3, 2, 3), "z": randn(2)}, "options",
     stride=[2, 1, 2], padding=[1, 0, 1], dilation=[1, 2, 1])
case("max_pool1d", lambda x: F.max_pool1d(x, 3, 2, 1), {"x": randn(2, 3, 9)})
case("avg_pool1d", lambda x: F.avg_pool1d(x, 3, 2, 1), {"x": randn(2, 3, 9)})
case("max_pool3d", lambda x: F.max_pool3d(x, 2), {"x": randn(1, 2, 4, 4, 6)})
case("max_pool3d", lambda x: F.max_pool3d(x, (3, 2, 2), (1, 2, 2), (1, 0, 1)), {"x": randn(1, 2, 4, 4, 6)}, "options", kernel=[3, 2, 2], stride=[1, 2, 2], padding=[1, 0, 1])
case("avg_pool3d", lambda x: F.avg_pool3d(x, (3, 2, 2), (1, 2, 2), (1, 0, 1)), {"x": randn(1, 2, 4, 4, 6)}, kernel=[3, 2, 2], stride=[1, 2, 2], padding=[1, 0, 1])
case("adaptive_max_pool2d", lambda x: F.adaptive_max_pool2d(x, (2, 3)), {"x": randn(2, 2, 5, 7)})
for mode, shapes in {"nearest": [(2, 3, 5), (1, 2, 3, 4), (1, 1, 2, 3, 2)], "linear": [(2, 3, 5)], "bilinear": [(1, 2, 3, 4)], "trilinear": [(1, 1, 2, 3, 2)], "bicubic": [(1, 2, 4, 5)]}.items():
    for shape in shapes:
        for size in ([7, 9, 4], [2, 3, 5]):
            size = size[: len(shape) - 2]
            for align in ([False] if mode == "nearest" else [False, True]):
                kw = {} if mode == "nearest" else {"align_corners": align}
                case("interpolate", lambda x: F.interpolate(x, size=size, mode=mode, **kw), {"x": randn(*shape)}, f"{mode}-{len(shape)}-{size[0]}-{align}", mode=mode, size=size, align=align)
case("pixel_shuffle2", lambda x: F.pixel_shuffle(x, 2), {"x": randn(2, 8, 3, 2)})
case("pixel_unshuffle2", lambda x: F.pixel_unshuffle(x, 2), {"x": randn(2, 3, 4, 6)})
case("unfold2d", lambda x: F.unfold(x, (2, 3)), {"x": randn(2, 3, 5, 6)}, kernel=[2, 3])
case("unfold2d", lambda x: F.unfold(x, (2, 3), dilation=(2, 1), padding=(1, 2), stride=(1, 2)), {"x": randn(2, 3, 5, 6)}, "options", kernel=[2, 3], dilation=[2, 1], padding=[1, 2], stride=[1, 2])
case("fold2d", lambda x: F.fold(x, (5, 6), (2, 3)), {"x": randn(2, 18, 16)}, kernel=[2, 3])
case("fold2d", lambda x: F.fold(x, (5, 6), (2, 3), dilation=(2, 1), padding=(1, 2), stride=(1, 2)), {"x": randn(2, 18, 20)}, "options", kernel=[2, 3], dilation=[2, 1], padding=[1, 2], stride=[1, 2])
w.save()
