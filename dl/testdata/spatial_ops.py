"""Reference numbers of dl's sampling, further pooling and normalizing, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
import torch.nn.functional as F
from cases import recorder, spread
from golden import Writer

torch.manual_seed(23)
w = Writer(__file__)
case = recorder(w)
r = torch.randn


def triple(v):
    return list(v) if isinstance(v, tuple) else [v] * 3


for tag, shape, weight, kw in (
    ("", (2, 3, 2, 3, 2), (3, 2, 2, 2, 3), {}),
    ("stride", (1, 2, 3, 2, 2), (2, 3, 2, 3, 2), dict(stride=(2, 1, 3), padding=(1, 0, 1))),
    ("output padding", (1, 2, 2, 2, 3), (2, 1, 3, 3, 3), dict(stride=2, padding=1, output_padding=1)),
    ("dilation", (1, 2, 3, 2, 2), (2, 1, 2, 2, 2), dict(dilation=(2, 1, 2), padding=(1, 0, 0))),
    ("groups", (1, 4, 2, 2, 2), (4, 2, 2, 2, 1), dict(groups=2)),
    ("one", (1, 1, 1, 1, 1), (1, 1, 1, 1, 1), {}),
):
    g = kw.get("groups", 1)
    case("conv_transpose3d", lambda x, y, z: F.conv_transpose3d(x, y, z, **kw), {"x": r(shape), "y": r(weight), "z": r(weight[1] * g)}, tag,
         **{k: v if k == "groups" else triple(v) for k, v in kw.items()})

for align in (False, True):
    case("affine_grid", lambda x: F.affine_grid(x, [2, 3, 4, 5], align), {"x": r(2, 2, 3)}, f"2d {align}", size=[2, 3, 4, 5], align=align)
    case("affine_grid", lambda x: F.affine_grid(x, [1, 1, 2, 3, 1], align), {"x": r(1, 3, 4)}, f"3d {align}", size=[1, 1, 2, 3, 1], align=align)
    for padding in ("zeros", "border", "reflection"):
        for mode in ("bilinear", "nearest", "bicubic"):
            f = lambda x, y: F.grid_sample(x, y if mode != "nearest" else y.detach(), mode, padding, align)
            case("grid_sample", f, {"x": r(2, 3, 4, 5), "y": torch.rand(2, 3, 4, 2) * 3 - 1.5}, f"{mode} {padding} {align}", mode=mode, padding=padding, align=align)
            if mode != "bicubic":
                case("grid_sample", f, {"x": r(1, 2, 3, 4, 2), "y": torch.rand(1, 2, 2, 3, 3) * 3 - 1.5}, f"3d {mode} {padding} {align}", mode=mode,
                     padding=padding, align=align)
    case("grid_sample", lambda x, y: F.grid_sample(x, y, "bilinear", "zeros", align), {"x": r(1, 1, 1, 1), "y": torch.rand(1, 1, 1, 2) - 0.5}, f"one {align}",
         mode="bilinear", padding="zeros", align=align)

for tag, kw in {"": {}, "stride": dict(stride=1, padding=1), "dilation": dict(dilation=2), "ceil": dict(stride=2, ceil_mode=True)}.items():
    o = {k: v for k, v in kw.items() if k != "ceil_mode"}
    k1, k3 = 3, (2, 2, 3)
    at = {"ceil": kw.get("ceil_mode", False)}
    case("max_pool1d_indices", lambda x: F.max_pool1d(x, k1, return_indices=True, **kw), {"x": spread(2, 3, 8)}, tag, kernel=k1, **o, **at)
    case("max_pool3d_indices", lambda x: F.max_pool3d(x, k3, return_indices=True, **kw), {"x": spread(1, 2, 4, 4, 6)}, tag, kernel=list(k3), **{k: triple(v) for k, v in o.items()}, **at)
    case("max_pool3d", lambda x: F.max_pool3d(x, k3, **kw), {"x": spread(1, 2, 4, 4, 6)}, tag, kernel=list(k3), **{k: triple(v) for k, v in o.items()}, **at)
    if "dilation" not in kw:
        for pad in (True, False):
            case("avg_pool3d", lambda x: F.avg_pool3d(x, k3, count_include_pad=pad, **kw), {"x": r(1, 2, 4, 4, 6)}, f"{tag} {pad}", kernel=list(k3),
                 **{k: triple(v) for k, v in o.items()}, **at, exclude=not pad)
case("max_pool1d_indices", lambda x: F.max_pool1d(x, 2, return_indices=True), {"x": torch.tensor([[[1.0, 1, float("nan"), 2]]])}, "nan", grads=False, kernel=2)
for n in (1, 2, 3, 5, 7):
    case("adaptive_avg_pool1d", lambda x: F.adaptive_avg_pool1d(x, n), {"x": r(2, 3, 5)}, str(n), n=n)
    case("adaptive_max_pool1d", lambda x: F.adaptive_max_pool1d(x, n, return_indices=True), {"x": spread(2, 3, 5)}, str(n), n=n)
for n in ([1, 1, 1], [2, 3, 2], [3, 4, 5]):
    case("adaptive_avg_pool3d", lambda x: F.adaptive_avg_pool3d(x, n), {"x": r(2, 1, 3, 4, 5)}, str(n), n=n)
    case("adaptive_max_pool3d", lambda x: F.adaptive_max_pool3d(x, n, return_indices=True), {"x": spread(2, 1, 3, 4, 5)}, str(n), n=n)
for n in ([1, 1], [2, 3], [4, 4]):
    case("adaptive_max_pool2d", lambda x: F.adaptive_max_pool2d(x, n, return_indices=True), {"x": spread(2, 2, 3, 4)}, str(n), n=n)
_, i = F.max_pool1d(r(2, 3, 6), 2, return_indices=True)
case("max_unpool1d", lambda x, i: F.max_unpool1d(x, i, 2), {"x": r(2, 3, 3), "i": i})
_, i = F.max_pool2d(r(2, 3, 6, 5), 2, return_indices=True)
case("max_unpool2d", lambda x, i: F.max_unpool2d(x, i, 2, output_size=(6, 5)), {"x": r(2, 3, 3, 2), "i": i})
_, i = F.max_pool3d(r(1, 2, 4, 4, 2), 2, return_indices=True)
case("max_unpool3d", lambda x, i: F.max_unpool3d(x, i, 2), {"x": r(1, 2, 2, 2, 1), "i": i})
for p in (1.0, 2.0):
    case("lp_pool1d", lambda x: F.lp_pool1d(x, p, 3, 2), {"x": torch.rand(2, 3, 8) + 0.1}, str(p), p=p)
    case("lp_pool2d", lambda x: F.lp_pool2d(x, p, 2), {"x": torch.rand(2, 3, 4, 5) + 0.1}, str(p), p=p)
    case("lp_pool3d", lambda x: F.lp_pool3d(x, p, 2), {"x": torch.rand(1, 2, 4, 2, 3) + 0.1}, str(p), p=p)

case("rms_norm", lambda x, y: F.rms_norm(x, (4,), y, 1e-5), {"x": r(2, 3, 4), "y": r(4)}, shape=[4])
case("rms_norm", lambda x, y: F.rms_norm(x, (3, 4), y, 1e-5), {"x": r(2, 3, 4), "y": r(3, 4)}, "two", shape=[3, 4])
for n in (1, 2, 3):
    for shape in ((2, 5, 3), (1, 4, 2, 3), (1, 3, 2, 2, 2)):
        case("local_response_norm", lambda x: F.local_response_norm(x, n, 0.5, 0.6, 1.2), {"x": r(shape)}, f"{n} {len(shape)}", n=n)
mean, var = r(3), torch.rand(3) + 0.5
case("instance_norm_running", lambda x, y, z: (lambda m, v: (F.instance_norm(x, m, v, y, z, True, 0.2, 1e-5), m, v))(mean.clone(), var.clone()),
     {"x": r(2, 3, 4, 2), "y": r(3), "z": r(3)}, "training", mean=mean.tolist(), var=var.tolist(), training=True)
case("instance_norm_running", lambda x, y, z: F.instance_norm(x, mean, var, y, z, False, 0.2, 1e-5),
     {"x": r(2, 3, 4, 2), "y": r(3), "z": r(3)}, "evaluation", mean=mean.tolist(), var=var.tolist(), training=False)
case("bilinear", F.bilinear, {"x": r(2, 5, 3), "y": r(2, 5, 4), "z": r(2, 3, 4), "v": r(2)})
case("bilinear", F.bilinear, {"x": r(3), "y": r(4), "z": r(2, 3, 4), "v": r(2)}, "one")
case("channel_shuffle", lambda x: torch.channel_shuffle(x, 2), {"x": r(2, 6, 2, 2)})
for mode in ("mean", "sum", "max"):
    case("embedding_bag", lambda x, i: F.embedding_bag(i, x, mode=mode), {"x": spread(5, 3), "i": torch.tensor([[0, 2, 2], [4, 1, 0]])}, mode, mode=mode)
    case("embedding_bag", lambda x, i: F.embedding_bag(i, x, torch.tensor([0, 2, 2, 5]), mode=mode), {"x": spread(5, 3), "i": torch.tensor([0, 2, 3, 4, 1, 0])}, mode + " offsets",
         mode=mode, offsets=[0, 2, 2, 5])
    case("embedding_bag", lambda x, i: F.embedding_bag(i, x, mode=mode, padding_idx=2), {"x": spread(5, 3), "i": torch.tensor([[0, 2, 3], [2, 2, 2]])}, mode + " padding",
         mode=mode, padding=2)
case("embedding_bag", lambda x, i, s: F.embedding_bag(i, x, mode="sum", per_sample_weights=s), {"x": r(5, 3), "i": torch.tensor([[0, 2, 2], [4, 1, 0]]), "s": r(2, 3)}, "weights",
     mode="sum")
w.save()
