"""Reference numbers of dl's further operations, forward and backward, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
import torch.nn.functional as F
from golden import Writer

torch.manual_seed(8)
w = Writer(__file__)
nan, inf = float("nan"), float("inf")


def case(op, f, inputs, tag="", **attrs):
    ins = {}
    for k, v in inputs.items():
        v = v.detach().clone()
        if v.is_floating_point():
            v.requires_grad_(True)
        ins[k] = v
    out = f(*ins.values())
    outs = list(out) if isinstance(out, (tuple, list)) else [out]
    grads, record = {}, dict(ins)
    y = outs[0]
    if y.requires_grad:
        gy = torch.randn_like(y)
        record["gy"] = gy
        y.backward(gy)
        grads = {k: v.grad for k, v in ins.items() if v.requires_grad and v.grad is not None}
    w.case(op + ("/" + tag if tag else ""), record, {f"y{i}": o for i, o in enumerate(outs)}, grads, {"op": op, **attrs})


def randn(*shape):
    return torch.randn(shape)


unary = {
    "erf": (torch.erf, -2, 2), "erfc": (torch.erfc, -2, 2), "erfinv": (torch.erfinv, -0.95, 0.95), "lgamma": (torch.lgamma, 0.2, 5),
    "digamma": (torch.digamma, 0.2, 5), "sinc": (torch.sinc, -2, 2), "polygamma1": (lambda x: torch.polygamma(1, x), 0.3, 4),
    "polygamma2": (lambda x: torch.polygamma(2, x), 0.3, 4), "nan_to_num": (lambda x: torch.nan_to_num(x, 1, 2, 3), -1, 1),
}
for name, (f, lo, hi) in unary.items():
    case(name, f, {"x": torch.rand(3, 4) * (hi - lo) + lo})
    case(name, f, {"x": torch.zeros(0, 3)}, "empty")
    case(name, f, {"x": torch.rand(5, dtype=torch.float64) * (hi - lo) + lo}, "float64")
special = torch.tensor([nan, inf, -inf, 0.0, 1.0, -0.5, 0.5])
for name in ("erf", "erfc", "nan_to_num", "erfinv"):
    case(name, unary[name][0], {"x": special}, "special")
case("lgamma", torch.lgamma, {"x": torch.tensor([0.5, 1.0, 2.0, 30.0, -0.5, -1.5])}, "negative")
case("digamma", torch.digamma, {"x": torch.tensor([0.5, 1.0, 2.0, 30.0, -0.5, -1.5])}, "negative")

for name, f in {"xlogy": torch.xlogy, "logaddexp": torch.logaddexp, "copysign": torch.copysign}.items():
    case(name, f, {"x": torch.rand(3, 4) + 0.1, "y": torch.rand(4) + 0.1})
    case(name, f, {"x": torch.rand(4).double() + 0.1, "y": torch.rand(4).double() + 0.1}, "float64")
case("xlogy", torch.xlogy, {"x": torch.tensor([0.0, 0, 0, 1, nan]), "y": torch.tensor([0.0, 1, nan, 2, 1])}, "special")
case("copysign", torch.copysign, {"x": torch.tensor([1.0, -2, 0, 3]), "y": torch.tensor([-1.0, 2, -0.5, -0.0])}, "signs")
for name, f in {"remainder": torch.remainder, "fmod": torch.fmod, "floor_div": torch.floor_divide}.items():
    a, b = torch.tensor([7.5, -7.5, 7.5, -7.5, 6, -6]), torch.tensor([2.0, 2, -2, -2, 3, 3])
    case(name, (lambda x, y: f(x.detach(), y.detach())) if name == "floor_div" else f, {"x": a, "y": b})
    for dt in (torch.int64, torch.int32):
        case(name, f, {"x": a.to(dt), "y": b.to(dt)}, str(dt)[6:])
    case(name, lambda x, y: f(x.detach(), y.detach()), {"x": torch.tensor([1.0, -1, 0, inf]), "y": torch.tensor([0.0, 0, 0, 2])}, "zero")
case("heaviside", lambda x, y: torch.heaviside(x.detach(), y.detach()), {"x": torch.tensor([-1.0, 0, 2]), "y": torch.tensor([0.5])})
case("addcmul", lambda x, y, z: torch.addcmul(x, y, z, value=0.5), {"x": randn(2, 3), "y": randn(3), "z": randn(2, 1)})
case("addcdiv", lambda x, y, z: torch.addcdiv(x, y, z, value=0.5), {"x": randn(2, 3), "y": randn(3), "z": torch.rand(2, 1) + 0.5})
case("lerp0.3", lambda x, y: torch.lerp(x, y, 0.3), {"x": randn(2, 3), "y": randn(2, 3)})
case("lerp0.8", lambda x, y: torch.lerp(x, y, 0.8), {"x": randn(2, 3), "y": randn(2, 3)})
for name, f in {"bit_and": torch.bitwise_and, "bit_or": torch.bitwise_or, "bit_xor": torch.bitwise_xor}.items():
    for dt in (torch.int64, torch.int32, torch.uint8, torch.bool):
        case(name, f, {"x": torch.randint(0, 9, (6,)).to(dt), "y": torch.randint(0, 9, (6,)).to(dt)}, str(dt)[6:])
case("bit_not", torch.bitwise_not, {"x": torch.tensor([0, 5, -3])})
case("bit_not", torch.bitwise_not, {"x": torch.tensor([0, 5], dtype=torch.uint8)}, "uint8")
case("shift_left", torch.bitwise_left_shift, {"x": torch.tensor([1, 5, -3]), "y": torch.tensor([2, 0, 1])})
case("shift_right", torch.bitwise_right_shift, {"x": torch.tensor([8, 5, -3]), "y": torch.tensor([2, 0, 1])})

for k in (-1, 0, 2):
    for shape in ((3, 4), (2, 4, 3)):
        case("tril", lambda x: x.tril(k), {"x": randn(*shape)}, f"{shape}{k}".replace(" ", ""), k=k)
        case("triu", lambda x: x.triu(k), {"x": randn(*shape)}, f"{shape}{k}".replace(" ", ""), k=k)
    case("diag", lambda x: x.diag(k), {"x": randn(3, 4)}, f"matrix{k}", k=k)
    case("diag", lambda x: x.diag(k), {"x": randn(3)}, f"vector{k}", k=k)
    case("diagonal", lambda x: x.diagonal(k, 0, 2), {"x": randn(3, 2, 4)}, str(k), k=k)
    case("diag_embed", lambda x: x.diag_embed(k), {"x": randn(2, 3)}, str(k), k=k)
case("trace", torch.trace, {"x": randn(3, 4)})
case("tril_indices", lambda: torch.tril_indices(3, 4, 1), {})
case("triu_indices", lambda: torch.triu_indices(3, 4, 1), {})
case("meshgrid", lambda x, y: torch.meshgrid(x, y, indexing="ij"), {"x": randn(2), "y": randn(3)})
case("cross", lambda x, y: torch.linalg.cross(x, y, dim=1), {"x": randn(2, 3), "y": randn(2, 3)})
case("kron", torch.kron, {"x": randn(2, 3), "y": randn(3, 2)})
case("diff2", lambda x: x.diff(2, 1), {"x": randn(2, 5)})

for mode in ("constant", "reflect", "replicate", "circular"):
    kw = {"value": 1.5} if mode == "constant" else {}
    case("pad", lambda x: F.pad(x, (1, 2), mode, **kw), {"x": randn(2, 3, 4)}, mode + "1", pads=[1, 2], mode=mode)
    case("pad", lambda x: F.pad(x, (1, 0, 2, 1), mode, **kw), {"x": randn(1, 2, 3, 4)}, mode + "2", pads=[1, 0, 2, 1], mode=mode)
case("pad", lambda x: F.pad(x, (-1, 2, 1, -1), "constant", 1.5), {"x": randn(3, 4)}, "negative", pads=[-1, 2, 1, -1], mode="constant")
case("unfold", lambda x: x.unfold(1, 3, 2), {"x": randn(2, 8)})
case("unfold", lambda x: x.unfold(1, 3, 2), {"x": randn(2, 7, 2)}, "three")

case("normalize", lambda x: F.normalize(x, dim=1), {"x": randn(3, 4)})
case("cosine_similarity", lambda x, y: F.cosine_similarity(x, y, dim=1), {"x": randn(3, 4), "y": randn(3, 4)})
case("cdist2", lambda x, y: torch.cdist(x, y), {"x": randn(2, 3, 4), "y": randn(2, 5, 4)})
case("cdist1", lambda x, y: torch.cdist(x, y, p=1), {"x": randn(3, 4), "y": randn(5, 4)})
case("cov", torch.cov, {"x": randn(3, 6)})
case("cov", torch.cov, {"x": randn(6)}, "vector")
case("corrcoef", torch.corrcoef, {"x": randn(3, 6)})
case("nansum1", lambda x: x.nansum(1), {"x": torch.tensor([[1.0, nan, 2], [nan, nan, 3]])})
case("nanmean1", lambda x: x.nanmean(1), {"x": torch.tensor([[1.0, nan, 2], [nan, nan, 3]])})
case("trapezoid", lambda x: torch.trapezoid(x, dx=0.5, dim=1), {"x": randn(2, 5)})
for k in (1, 2, 3):
    case("rot90", lambda x: torch.rot90(x, k, (0, 1)), {"x": randn(2, 3)}, str(k), k=k)

case("index_fill", lambda x, i: x.index_fill(1, i, 3.0), {"x": randn(3, 4), "i": torch.tensor([2, 0])})
case("index_copy", lambda x, i, s: x.index_copy(1, i, s), {"x": randn(3, 4), "i": torch.tensor([2, 0]), "s": randn(3, 2)})
case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s), {"x": randn(2, 3), "m": torch.tensor([[True, False, True], [False, True, False]]), "s": randn(5)})
case("slice_scatter", lambda x, s: x.slice_scatter(s, 1, 0, 4, 2), {"x": randn(3, 4), "s": randn(3, 2)})
case("select_scatter", lambda x, s: x.select_scatter(s, 0, -1), {"x": randn(3, 4), "s": randn(4)})
case("unique", lambda x: torch.unique(x.detach(), return_inverse=True, return_counts=True), {"x": torch.tensor([[3.0, 1, 2], [1, 3, 3]])})
case("unique", lambda x: torch.unique(x, return_inverse=True, return_counts=True), {"x": torch.tensor([5, -1, 5, 7])}, "int64")
case("bincount", lambda x: torch.bincount(x, minlength=6), {"x": torch.tensor([1, 3, 1, 0])})
case("bincount", lambda x: torch.bincount(x, minlength=6), {"x": torch.tensor([7, 7])}, "long")
case("histogram", lambda x: torch.histogram(x.detach(), 4, range=(-1, 1)), {"x": torch.tensor([-1, -0.6, -0.5, 0.0, 0.1, 0.5, 1.0, 2.0])})
case("searchsorted", lambda x, y: torch.searchsorted(x.detach(), y.detach()), {"x": torch.tensor([1.0, 3, 3, 5]), "y": torch.tensor([[0.0, 3], [4, 9]])})
case("searchsorted_right", lambda x, y: torch.searchsorted(x.detach(), y.detach(), right=True), {"x": torch.tensor([1.0, 3, 3, 5]), "y": torch.tensor([[0.0, 3], [4, 9]])})
case("isin", lambda x, y: torch.isin(x, y), {"x": torch.tensor([[1, 2], [3, 4]]), "y": torch.tensor([2, 3])})
w.save()
