"""Reference numbers of dl's Fourier transforms in several dimensions, decompositions, special functions and derivatives of
functions, forward and backward, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import mpmath
import torch
import torch.nn.functional as F
from torch.autograd import functional as A
from cases import recorder, spread
from golden import Writer

torch.manual_seed(31)
w = Writer(__file__)
case = recorder(w)
real, comp = torch.view_as_real, torch.view_as_complex
sp = torch.special


def randn(*shape):
    return torch.randn(shape, dtype=torch.float64)


# Fourier transforms.
for tag, dims in {"all": None, "first": [0], "two": [0, -1], "turned": [1, 0]}.items():
    at = {} if dims is None else {"dims": dims}
    case("fftn", lambda x: real(torch.fft.fftn(comp(x), dim=dims)), {"x": randn(3, 4, 2, 2)}, tag, **at)
    case("ifftn", lambda x: real(torch.fft.ifftn(comp(x), dim=dims)), {"x": randn(3, 4, 2, 2)}, tag, **at)
    case("rfftn", lambda x: real(torch.fft.rfftn(x, dim=dims)), {"x": randn(3, 4, 5)}, tag, **at)
    s = None if dims is None else [{0: 3, 1: 4, -1: 5}[d] for d in dims]
    half = torch.fft.rfftn(randn(3, 4, 5), dim=dims)
    n = (5 if dims is None else s[-1])
    case("irfftn", lambda x: torch.fft.irfftn(comp(x), s=s or (3, 4, 5), dim=dims), {"x": real(half)}, tag, n=n, **at)
case("rfft2", lambda x: real(torch.fft.rfft2(x)), {"x": randn(2, 3, 4)})
case("irfft2", lambda x: torch.fft.irfft2(comp(x), s=(3, 4)), {"x": real(torch.fft.rfft2(randn(2, 3, 4)))}, n=4)
for n in (4, 5):
    case("hfft", lambda x: torch.fft.hfft(comp(x), n=n), {"x": randn(2, n // 2 + 1, 2)}, str(n), n=n)
    case("ihfft", lambda x: real(torch.fft.ihfft(x).resolve_conj()), {"x": randn(2, n)}, str(n))
    case("ifftshift", lambda x: torch.fft.ifftshift(x, dim=1), {"x": randn(2, n)}, str(n))
    case("rfftfreq", lambda: torch.fft.rfftfreq(n, 0.5), {}, str(n), n=n)
case("complex_conj", lambda x: real(comp(x).conj().resolve_conj()), {"x": randn(3, 2)})
case("complex_matmul", lambda x, y: real(comp(x) @ comp(y)), {"x": randn(2, 3, 4, 2), "y": randn(4, 2, 2)})

# The short-time Fourier transform and its inverse.
hann = lambda n: torch.hann_window(n).double()
for tag, shape, n, win, kw, at in [
    ("plain", (20,), 8, hann(8), {}, {}),
    ("batch", (2, 21), 8, hann(8), dict(hop_length=3), {"hop": 3}),
    ("short window", (20,), 9, hann(6), dict(hop_length=4, win_length=6), {"hop": 4}),
    ("ones", (20,), 6, torch.ones(6).double(), dict(hop_length=2), {"hop": 2}),
    ("not centred", (23,), 8, hann(8), dict(hop_length=4, center=False), {"hop": 4, "nocenter": True}),
    ("zero ends", (20,), 8, hann(8), dict(pad_mode="constant"), {"zeroends": True}),
    ("normalized", (20,), 8, hann(8), dict(normalized=True), {"normalized": True}),
    ("two sided", (20,), 8, hann(8), dict(onesided=False), {"twosided": True}),
]:
    case("stft", lambda x, win: real(torch.stft(x, n, window=win, return_complex=True, **kw)), {"x": randn(*shape), "w": win}, tag, n=n, **at)
    if tag == "not centred":
        continue  # the window is 0 at the first sample: PyTorch refuses
    inv = {k: v for k, v in kw.items() if k != "pad_mode"}
    spec = real(torch.stft(randn(*shape), n, window=win, return_complex=True, **kw))
    case("istft", lambda x, win: torch.istft(comp(x), n, window=win, **inv), {"x": spec, "w": win}, tag, n=n, **at)
    length = 25 if tag == "ones" else 15  # 25: more than there is, filled up with zeros
    case("istft", lambda x, win: torch.istft(comp(x), n, window=win, length=length, **inv), {"x": spec, "w": win}, tag + " length", n=n,
         length=length, **at)
case("stft", lambda x: real(torch.stft(x, 6, return_complex=True)), {"x": randn(20)}, "no window", n=6)

# Linear algebra.
for tag, shape in {"square": (4, 4), "tall": (4, 2), "wide": (2, 4), "batch": (2, 3, 3)}.items():
    x = randn(*shape)
    case("lu", lambda x: tuple(torch.linalg.lu(x))[1:] + (torch.linalg.lu(x)[0],), {"x": x}, tag)
    case("lu_u", lambda x: torch.linalg.lu(x)[2], {"x": x}, tag)
    case("lu_factor", torch.linalg.lu_factor, {"x": x}, tag)
    case("qr_wide", lambda x: tuple(torch.linalg.qr(x))[::-1], {"x": randn(2, 4)}, tag)
x = randn(2, 3, 3)
f, p = torch.linalg.lu_factor(x)
case("lu_solve", lambda x, y: torch.linalg.lu_solve(x, p, y), {"x": f, "y": randn(2, 3, 2)}, pivots=p.flatten().tolist(), pshape=list(p.shape))
# Real eigenvalues come in the order LAPACK finds them; these matrices are such that gonum finds the same.
case("eigvals", lambda x: real(torch.linalg.eigvals(x)), {"x": torch.tensor([[1.0, 2], [-3, 0.5]], dtype=torch.float64)}, "pair")
case("eigvals", lambda x: real(torch.linalg.eigvals(x)), {"x": torch.tensor([[3.0, 1, 0], [0.1, 2, 1], [0, -1, 0.5]], dtype=torch.float64)})
case("eigvals", lambda x: real(torch.linalg.eigvals(x)), {"x": torch.tensor([[[2.0, 1], [0.5, -1]], [[0.0, 1], [-1, 0]]], dtype=torch.float64)}, "batch")
case("eig_abs", lambda x: torch.linalg.eig(x)[1].abs(), {"x": torch.tensor([[3.0, 1, 0], [0.1, 2, 1], [0, -1, 0.5]], dtype=torch.float64)})
for p in ("1", "-1", "2", "-2", "inf", "-inf"):
    case("matrix_norm", lambda x: torch.linalg.matrix_norm(x, float(p)), {"x": randn(2, 3, 4)}, p, p=p)
case("frobenius_norm", torch.linalg.matrix_norm, {"x": randn(2, 3, 4)})
case("nuclear_norm", lambda x: torch.linalg.matrix_norm(x, "nuc"), {"x": randn(2, 3, 4)})
case("vecdot", lambda x, y: torch.linalg.vecdot(x, y, dim=0), {"x": randn(3, 4), "y": randn(3, 1)})
low = torch.linalg.cholesky((lambda a: a @ a.mT + 3 * torch.eye(3, dtype=torch.float64))(randn(2, 3, 3)))
# PyTorch sends gradients to the triangle that it does not read.
case("cholesky_inverse", lambda x: torch.cholesky_inverse(x.tril()), {"x": low[0]})
case("cholesky_solve", lambda x, y: torch.cholesky_solve(y, x.tril()), {"x": low, "y": randn(2, 3, 2)})
case("tensorsolve", torch.linalg.tensorsolve, {"x": randn(2, 3, 6), "y": randn(2, 3)})
case("tensorinv2", lambda x: torch.linalg.tensorinv(x, 2), {"x": randn(2, 3, 6)})
g, tau = torch.geqrf(randn(2, 4, 3))
case("householder_product", torch.linalg.householder_product, {"x": g, "y": tau})
case("householder_product", torch.linalg.householder_product, {"x": g[0], "y": tau[0][:2]}, "fewer")
for p in (1.0, 2.0, 3.0):
    case("pdist", lambda x: F.pdist(x, p), {"x": randn(4, 3)}, str(p), p=p)

# Fractional pooling, with the random numbers given.
for tag, shape, kernel, out in [("", (2, 3, 7, 9), (2, 3), (4, 3)), ("whole", (1, 1, 5, 5), (1, 1), (5, 5)), ("one", (1, 2, 5, 6), (3, 2), (1, 1))]:
    u = torch.rand(shape[0], shape[1], 2)
    case("fractional_max_pool2d", lambda x, y: F.fractional_max_pool2d(x, kernel, out, return_indices=True, _random_samples=y.detach()),
         {"x": torch.randn(shape), "y": u}, tag, kernel=kernel, out=out)
u = torch.rand(2, 3, 3)
case("fractional_max_pool3d", lambda x, y: F.fractional_max_pool3d(x, (2, 3, 2), (3, 2, 4), return_indices=True, _random_samples=y.detach()),
     {"x": torch.randn(2, 3, 5, 7, 9), "y": u}, kernel=(2, 3, 2), out=(3, 2, 4))

# Special functions. PyTorch has no gradient for them, and its J, Y and Ai are wrong in the eighth digit (2.15: J0(3.7) is
# -0.39923020359 for -0.39923020337): mpmath is the reference.
class ByMpmath(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, f):
        ctx.save_for_backward(x)
        ctx.f = f
        return each(f, x)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * each(lambda v: mpmath.diff(ctx.f, v), x), None


def each(f, x):
    return torch.tensor([float(f(mpmath.mpf(v))) for v in x.flatten().tolist()], dtype=x.dtype).reshape(x.shape)


for name, f, lo, hi in [("bessel_j0", mpmath.j0, -20, 20), ("bessel_j1", mpmath.j1, -20, 20), ("bessel_y0", lambda x: mpmath.bessely(0, x), 0.1, 20),
                        ("bessel_y1", lambda x: mpmath.bessely(1, x), 0.1, 20), ("k0", lambda x: mpmath.besselk(0, x), 0.01, 20),
                        ("k1", lambda x: mpmath.besselk(1, x), 0.01, 20), ("k0e", lambda x: mpmath.besselk(0, x) * mpmath.exp(x), 0.01, 200),
                        ("k1e", lambda x: mpmath.besselk(1, x) * mpmath.exp(x), 0.01, 200), ("airy_ai", mpmath.airyai, -10, 5)]:
    case(name, lambda x: each(f, x.detach()), {"x": torch.rand(4, 5) * (hi - lo) + lo}, "float32")
    case(name, lambda x: ByMpmath.apply(x, f), {"x": torch.rand(4, 5, dtype=torch.float64) * (hi - lo) + lo}, "float64")
    case(name, lambda x: x.clone(), {"x": torch.zeros(0, 2)}, "empty")
case("k0", sp.modified_bessel_k0, {"x": torch.tensor([0.0, float("inf"), float("nan"), 1e-30])}, "special", grads=False)
q = torch.rand(3, 4, dtype=torch.float64) * 4 + 1.1
case("zeta", lambda x, y: ByMpmath.apply(y, lambda v: mpmath.zeta(2.5, v)), {"x": torch.tensor(2.5, dtype=torch.float64), "y": torch.rand(4, dtype=torch.float64) + 0.3}, "gradient")
case("zeta", sp.zeta, {"x": q, "y": torch.rand(4, dtype=torch.float64) * 5 + 0.1}, grads=False)
there = {"chebyshev_polynomial_t": mpmath.chebyt, "chebyshev_polynomial_u": mpmath.chebyu, "hermite_polynomial_h": mpmath.hermite,
         "laguerre_polynomial_l": lambda n, x: mpmath.laguerre(n, 0, x), "legendre_polynomial_p": mpmath.legendre}
for name in ("chebyshev_polynomial_t", "chebyshev_polynomial_u", "chebyshev_polynomial_v", "chebyshev_polynomial_w",
             "hermite_polynomial_h", "hermite_polynomial_he", "laguerre_polynomial_l", "legendre_polynomial_p"):
    for n in (0, 1, 2, 5):
        x = torch.rand(6, dtype=torch.float64) * 1.6 - 0.8
        case("polynomial", lambda x: getattr(sp, name)(x, n), {"x": x}, f"{name} {n}", grads=False, family=name, n=n)
    if name in there:
        case("polynomial", lambda x: ByMpmath.apply(x, lambda v: there[name](4, v)), {"x": x}, f"{name} gradient", family=name, n=4)

# Histograms.
case("histogramdd", lambda x: (lambda h: (h[0], *h[1]))(torch.histogramdd(x, [3, 4])), {"x": torch.randn(40, 2)}, grads=False)
case("histogramdd", lambda x: (lambda h: (h[0], *h[1]))(torch.histogramdd(x, [3, 4])), {"x": randn(5, 6, 2)}, "float64", grads=False)
case("histogram", lambda x: torch.histogram(x, 7), {"x": randn(50)}, "float64", grads=False)

# Shapes.
for n in (1, 2, 3):
    for shape in ((), (2,), (2, 3), (2, 3, 1, 2)):
        case("atleast", getattr(torch, f"atleast_{n}d"), {"x": torch.randn(shape)}, f"{n} {len(shape)}", n=n)
case("broadcast_tensors", torch.broadcast_tensors, {"x": torch.randn(3, 1), "y": torch.randn(2, 1, 4)})
case("sum_to", lambda x: x.sum_to_size(3, 1), {"x": randn(2, 3, 4)})
case("column_stack", lambda x, y: torch.column_stack([x, y]), {"x": torch.randn(3), "y": torch.randn(3, 2)})
case("dstack", lambda x, y: torch.dstack([x, y]), {"x": torch.randn(3), "y": torch.randn(1, 3, 2)})
case("unravel_index", lambda x: torch.unravel_index(x, (2, 3, 4)), {"x": torch.tensor([[0, 23], [7, 12]])})
case("gradient", lambda x: torch.gradient(x, spacing=0.5, dim=1)[0], {"x": torch.randn(2, 6)})
case("gradient", lambda x: torch.gradient(x, spacing=0.5, dim=1)[0], {"x": torch.randn(3, 2)}, "two")
case("in_place", lambda x: x.clone().sin_().mul_(2), {"x": torch.randn(2, 3)})

# Derivatives of functions. z is only there to give the case something to send back.
f = lambda v: lambda x: (x.sin() @ v).exp()
v = randn(3, 2)
case("jacobian", lambda x: A.jacobian(f(v), x, create_graph=True), {"x": randn(2, 3)}, v=v.tolist())
case("hessian", lambda x: A.hessian(lambda x: f(v)(x).sum(), x, create_graph=True), {"x": randn(2, 3)}, v=v.tolist())
case("vjp", lambda x, y: A.vjp(f(v), x, y, create_graph=True)[::-1], {"x": randn(2, 3), "y": randn(2, 2)}, v=v.tolist())
case("jvp", lambda x, y: A.jvp(f(v), x, y, create_graph=True)[::-1], {"x": randn(2, 3), "y": randn(2, 3)}, v=v.tolist())
case("hvp", lambda x, y: A.hvp(lambda x: f(v)(x).sum(), x, y, create_graph=True)[::-1], {"x": randn(2, 3), "y": randn(2, 3)}, v=v.tolist())

w.save()
