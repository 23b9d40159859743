"""Reference numbers of dl's special functions, products, orders and scatters, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
from cases import recorder, spread
from golden import Writer

torch.manual_seed(22)
w = Writer(__file__)
case = recorder(w)
r = torch.randn
nan, inf = float("nan"), float("inf")
f64 = torch.float64

unary = {
    "i0": (torch.special.i0, -6, 6), "i1": (torch.special.i1, -6, 6), "i0e": (torch.special.i0e, -6, 6), "i1e": (torch.special.i1e, -6, 6),
    "ndtr": (torch.special.ndtr, -3, 3), "ndtri": (torch.special.ndtri, 0.05, 0.95),
    "erfcx": (torch.special.erfcx, -2, 8), "entr": (torch.special.entr, 0.1, 3), "mvlgamma3": (lambda x: torch.mvlgamma(x, 3), 1.2, 5),
}
for name, (f, lo, hi) in unary.items():
    case(name, f, {"x": torch.rand(3, 5) * (hi - lo) + lo})
    case(name, f, {"x": torch.rand(6, dtype=f64) * (hi - lo) + lo}, "float64")
    case(name, f, {"x": torch.zeros(2, 0)}, "empty")
    if name != "mvlgamma3":
        case(name, f, {"x": torch.tensor([nan, inf, -inf, 0.0, 1.0, -1.0, 40.0, -40.0])}, "special", grads=False)
case("log_ndtr", torch.special.log_ndtr, {"x": torch.rand(12, dtype=f64) * 12 - 9}, "float64")
case("log_ndtr", torch.special.log_ndtr, {"x": torch.tensor([nan, inf, -inf, 0.0, 3.0, -30.0], dtype=f64)}, "special", grads=False)
for p in (-3, -2, -1, -0.5, 0.5, 2.5, 3, 4, 7, -8, 8.5, -2.5, 1.3):
    case("pow", lambda x: torch.pow(x, p), {"x": torch.rand(8) * 2 + 0.2}, str(p), p=p)
    case("pow", lambda x: torch.pow(x, p), {"x": torch.tensor([0.0, -0.0, -1.5, 2, inf, -inf, nan])}, f"{p} special", grads=False, p=p)
for name, f in {"igamma": torch.igamma, "igammac": torch.igammac}.items():
    case(name, lambda x, y: f(x.detach(), y), {"x": torch.rand(3, 4) * 4 + 0.2, "y": torch.rand(4) * 5})
    case(name, f, {"x": torch.tensor([0.0, 0, 1, 2, inf, 2, -1, nan]), "y": torch.tensor([0.0, 1, 0, inf, 1, 3, 1, 1])}, "special", grads=False)
for name, f in {"xlog1py": torch.special.xlog1py, "logaddexp2": torch.logaddexp2}.items():
    case(name, f, {"x": torch.rand(3, 4) + 0.1, "y": torch.rand(4) + 0.1})
    case(name, f, {"x": torch.rand(4, dtype=f64) + 0.1, "y": torch.rand(4, dtype=f64) + 0.1}, "float64")
case("xlog1py", torch.special.xlog1py, {"x": torch.tensor([0.0, 0, 0, 1, nan]), "y": torch.tensor([-1.0, 1, nan, -1, 1])}, "special", grads=False)
case("logaddexp2", torch.logaddexp2, {"x": torch.tensor([-inf, inf, 1, 1000]), "y": torch.tensor([-inf, inf, -inf, 1000.0])}, "special", grads=False)

for name, f in {"fmax": torch.fmax, "fmin": torch.fmin}.items():
    case(name, f, {"x": spread(3, 4), "y": spread(4)})
    case(name, f, {"x": torch.tensor([nan, 1.0, nan, 2, 2]), "y": torch.tensor([1.0, nan, nan, 2, 3])}, "nan")
    case(name, f, {"x": torch.tensor([3, 1, 2]), "y": torch.tensor([2, 2, 2])}, "int64")
    case(name, f, {"x": torch.zeros(0, 3), "y": torch.zeros(3)}, "empty")
for dt in (torch.int64, torch.int32, torch.uint8):
    a = torch.tensor([12, 0, 7, 0, 18, 21]).to(dt)
    b = torch.tensor([18, 5, 0, 0, 12, 14]).to(dt)
    for name, f in {"gcd": torch.gcd, "lcm": torch.lcm}.items():
        case(name, f, {"x": a, "y": b}, str(dt)[6:])
        if dt != torch.uint8:
            case(name, f, {"x": -a, "y": b[:1]}, str(dt)[6:] + " broadcast")
case("frexp", torch.frexp, {"x": torch.tensor([8.0, -0.3, 0.0, 1e-40, 3e38, 1.0])})
case("ldexp", torch.ldexp, {"x": r(3, 4), "i": torch.tensor([0, 3, -2, 10])})
case("nextafter", torch.nextafter, {"x": torch.tensor([1.0, 0, 1, nan, inf, 3.4028235e38]), "y": torch.tensor([2.0, -1, 1, 1, 0, inf])}, grads=False)
for name, f in {"signbit": torch.signbit, "isposinf": torch.isposinf, "isneginf": torch.isneginf}.items():
    case(name, f, {"x": torch.tensor([0.0, -0.0, 1, -1, inf, -inf, nan])}, grads=False)
    case(name, f, {"x": torch.tensor([0, -3, 2])}, "int64")

case("addmm", lambda x, y, z: torch.addmm(x, y, z, beta=0.5, alpha=2), {"x": r(4), "y": r(3, 2), "z": r(2, 4)})
case("addmm0", lambda x, y, z: torch.addmm(x.detach(), y, z, beta=0), {"x": torch.full((3, 4), nan), "y": r(3, 2), "z": r(2, 4)})
case("addmv", lambda x, y, z: torch.addmv(x, y, z, beta=0.5, alpha=2), {"x": r(3), "y": r(3, 2), "z": r(2)})
case("addr", lambda x, y, z: torch.addr(x, y, z, beta=0.5, alpha=2), {"x": r(3, 2), "y": r(3), "z": r(2)})
case("addbmm", lambda x, y, z: torch.addbmm(x, y, z, beta=0.5, alpha=2), {"x": r(3, 4), "y": r(5, 3, 2), "z": r(5, 2, 4)})
case("baddbmm", lambda x, y, z: torch.baddbmm(x, y, z, beta=0.5, alpha=2), {"x": r(3, 4), "y": r(5, 3, 2), "z": r(5, 2, 4)})
case("inner", torch.inner, {"x": r(2, 3, 4), "y": r(5, 4)})
case("inner", torch.inner, {"x": r(()), "y": r(5, 4)}, "scalar")
case("tensordot", lambda x, y: torch.tensordot(x, y, ([1, 2], [2, 0])), {"x": r(2, 3, 4), "y": r(4, 5, 3)})
case("logdet", torch.logdet, {"x": torch.eye(3) * 2 + 0.3 * r(2, 3, 3)})
case("logdet", torch.logdet, {"x": torch.tensor([[0.0, 1], [1, 0]])}, "negative", grads=False)
case("vander4", lambda x: torch.linalg.vander(x, N=4).flip(1), {"x": r(3)})
case("vander4 rising", lambda x: torch.linalg.vander(x, N=4), {"x": r(3)})
case("dist", lambda x, y: torch.dist(x, y, 3), {"x": r(2, 3), "y": r(3)})
case("renorm", lambda x: torch.renorm(x, 2, 0, 1.3), {"x": r(4, 3)})
case("cumulative_trapezoid", lambda x: torch.cumulative_trapezoid(x, dx=0.5, dim=1), {"x": r(2, 5)})
case("block_diag", torch.block_diag, {"x": r(2, 3), "y": r(2), "z": r(2, 1)})
case("cartesian_prod", torch.cartesian_prod, {"x": r(2), "y": r(3), "z": r(2)})
case("combinations2", lambda x: torch.combinations(x, 2), {"x": r(4)})
case("combinations2 repeats", lambda x: torch.combinations(x, 2, True), {"x": r(3)})
case("tensor_split3", lambda x: torch.tensor_split(x, 3, 1), {"x": r(2, 8)})
case("split_at", lambda x: torch.tensor_split(x, (1, 4, 4, -1), 1), {"x": r(2, 8)})
for name, f in {"hann": torch.hann_window, "hamming": torch.hamming_window, "blackman": torch.blackman_window, "bartlett": torch.bartlett_window}.items():
    for n in (0, 1, 2, 7):
        for periodic in (True, False):
            if name == "blackman" and n == 0:
                continue
            case(name, lambda: f(n, periodic), {}, f"{n}{periodic}", n=n, symmetric=not periodic)
case("kaiser", lambda: torch.kaiser_window(8, False, 6.0), {}, n=8, symmetric=True)

ties = torch.tensor([[2.0, 1, 2, 3, 1], [5, 5, 4, 4, 0]])
for d in (0, 1):
    case("mode", lambda x: torch.mode(x, d), {"x": ties}, str(d), dim=d)
    case("kthvalue2", lambda x: torch.kthvalue(x, 2, d), {"x": spread(4, 5)}, str(d), dim=d)
    case("nanmedian", lambda x: torch.nanmedian(x, d), {"x": torch.tensor([[nan, 1, 5.0, 3], [2, nan, nan, 7], [9, nan, 4, 0]])}, str(d), dim=d)
    case("nanquantile.3", lambda x: torch.nanquantile(x, 0.3, d), {"x": torch.tensor([[nan, 1, 5.0, 3], [2, nan, nan, 7], [9, nan, 4, 0]])}, str(d), dim=d)
    case("logcumsumexp", lambda x: torch.logcumsumexp(x, d), {"x": r(3, 4) * 3}, str(d), dim=d)
case("mode", lambda x: torch.mode(x, 0), {"x": torch.tensor([3, 1, 1, 3])}, "int64", dim=0)
case("kthvalue2", lambda x: torch.kthvalue(x, 2, 0), {"x": torch.tensor([3, 1, 2])}, "int64", dim=0)
# the gradient of an element of -inf is NaN in PyTorch, 0 here
case("logcumsumexp", lambda x: torch.logcumsumexp(x, 0), {"x": torch.tensor([-inf, -200, 300, -inf, 301])}, "wide", grads=False, dim=0)
case("logcumsumexp", lambda x: torch.logcumsumexp(x, 1), {"x": torch.zeros(2, 0)}, "empty", dim=1)
uc = lambda x: torch.unique_consecutive(x, return_inverse=True, return_counts=True)
case("unique_consecutive", uc, {"x": torch.tensor([[1.0, 1, 2], [2, 3, 1]])}, grads=False)
case("unique_consecutive", uc, {"x": torch.tensor([4, 4, -1, 4])}, "int64")
case("unique_consecutive", uc, {"x": torch.zeros(0)}, "empty", grads=False)
for d in (0, 1):
    case("unique_along", lambda x: torch.unique(x, dim=d, return_inverse=True, return_counts=True),
         {"x": torch.tensor([[2, 1, 2], [1, 9, 1], [2, 1, 2], [1, 3, 1]])}, str(d), dim=d)

i, j = torch.tensor([0, 2, 0]), torch.tensor([[1], [-1]])
case("pick", lambda x: x[i, j], {"x": r(3, 4)})
case("pick1", lambda x: x[i], {"x": r(3, 4)})
for acc in (True, False):
    idx = i if acc else torch.tensor([0, 2, 1])
    case("index_put", lambda x, s: x.index_put((idx, j), s, accumulate=acc), {"x": r(3, 4, 2), "s": r(2)}, str(acc) , accumulate=acc, idx=idx.tolist())
case("diagonal_scatter", lambda x, s: x.diagonal_scatter(s, 1, 0, 2), {"x": r(3, 2, 4), "s": r(2, 3)})
at = torch.tensor([[0, 1, 1, 0], [2, 2, 2, 0]])
for how in ("sum", "prod", "mean", "amax", "amin"):
    for inc in (True, False):
        case("scatter_reduce", lambda x, s: x.scatter_reduce(0, at, s, how, include_self=inc), {"x": spread(3, 5), "s": spread(2, 4)}, f"{how} {inc}", how=how, self=inc)
    case("scatter_reduce", lambda x, s: x.scatter_reduce(0, at, s, how), {"x": torch.zeros(3, 4), "s": torch.tensor([[1.0, 0, 2, 0], [0, -1, 2, 0]])}, how + " ties", how=how, self=True)
w.save()
