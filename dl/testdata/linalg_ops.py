"""Reference numbers of dl's linear algebra, einsum and Fourier transforms, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
from golden import Writer

torch.manual_seed(9)
w = Writer(__file__)


def case(op, f, inputs, tag="", **attrs):
    ins = {}
    for k, v in inputs.items():
        ins[k] = v.detach().clone().requires_grad_(True)
    out = f(*ins.values())
    outs = list(out) if isinstance(out, (tuple, list)) else [out]
    grads, record = {}, dict(ins)
    y = outs[0]
    if y.requires_grad:
        gy = torch.randn_like(y)
        record["gy"] = gy
        y.backward(gy)
        grads = {k: v.grad for k, v in ins.items() if v.grad is not None}
    w.case(op + ("/" + tag if tag else ""), record, {f"y{i}": o for i, o in enumerate(outs)}, grads, {"op": op, **attrs})


def randn(*shape):
    return torch.randn(shape, dtype=torch.float64)


for expr, *shapes in [
    ("ij,jk->ik", (3, 4), (4, 2)), ("ij,jk", (3, 4), (4, 2)), ("ij->ji", (3, 4)), ("ij->", (3, 4)), ("ii->i", (3, 3)), ("ii", (3, 3)),
    ("i,j->ij", (3,), (4,)), ("i,i->", (4,), (4,)), ("ij,ij->i", (3, 4), (3, 4)), ("bij,bjk->bik", (2, 3, 4), (2, 4, 5)),
    ("bhqd,bhkd->bhqk", (2, 2, 3, 4), (2, 2, 5, 4)), ("...ij,...jk->...ik", (2, 3, 4), (4, 5)), ("i...,i->...", (3, 2, 2), (3,)),
    ("...,...->...", (2, 3), (3,)), ("ij,jk,kl->il", (2, 3), (3, 4), (4, 2)), ("ij,kl->ijkl", (2, 2), (2, 3)), ("bi,oij,bj->bo", (2, 3), (4, 3, 5), (2, 5)),
    ("iij->j", (3, 3, 2)), ("ij,jk->ki", (1, 4), (4, 2)), ("ab,ba->", (2, 3), (3, 2)), ("i,ij,j->", (2,), (2, 3), (3,)), ("cab,b->ca", (2, 3, 4), (4,)),
    ("ij,j->ij", (3, 1), (4,)),
]:
    case("einsum", lambda *ts: torch.einsum(expr, *ts), dict(zip("xyz", (randn(*s) for s in shapes))), expr.replace("/", ""), expr=expr)

spd = lambda *s: (lambda a: a @ a.mT + torch.eye(s[-1], dtype=torch.float64))(randn(*s))
case("inverse", torch.linalg.inv, {"x": randn(3, 3)})
case("inverse", torch.linalg.inv, {"x": randn(2, 3, 3)}, "batch")
case("inverse", torch.linalg.inv, {"x": randn(3, 3).float()}, "float32")
case("det", torch.linalg.det, {"x": randn(3, 3)})
case("det", torch.linalg.det, {"x": randn(2, 2, 2)}, "batch")
# Singular matrices: PyTorch 2.15 gives a wrong gradient (0 for the cofactor 4 of [[1,2,3],[2,4,6],[1,0,1]]);
# the gradient table checks dl there.
case("slogdet", lambda x: tuple(torch.linalg.slogdet(x))[::-1], {"x": randn(2, 3, 3)})
case("solve", torch.linalg.solve, {"x": randn(3, 3), "y": randn(3, 2)})
case("solve", torch.linalg.solve, {"x": randn(3, 3), "y": randn(3)}, "vector")
case("solve", torch.linalg.solve, {"x": randn(2, 3, 3), "y": randn(3, 2)}, "stretched")
case("cholesky", torch.linalg.cholesky, {"x": spd(3, 3)})
case("cholesky", torch.linalg.cholesky, {"x": spd(2, 3, 3)}, "batch")
case("qr", lambda x: tuple(torch.linalg.qr(x)), {"x": randn(4, 3)})
case("eigvals", torch.linalg.eigvalsh, {"x": (lambda a: a + a.T)(randn(4, 4))})
case("singular_values", torch.linalg.svdvals, {"x": randn(2, 4, 3)})
case("pinv", torch.linalg.pinv, {"x": randn(4, 3)})
case("pinv", torch.linalg.pinv, {"x": randn(2, 4)}, "wide")
case("lstsq", lambda x, y: torch.linalg.lstsq(x, y).solution, {"x": randn(4, 3), "y": randn(4, 2)})
case("matrix_power3", lambda x: torch.linalg.matrix_power(x, 3), {"x": randn(3, 3)})
case("matrix_power-2", lambda x: torch.linalg.matrix_power(x, -2), {"x": randn(3, 3)})
case("matrix_exp", torch.linalg.matrix_exp, {"x": randn(2, 3, 3)})
case("cond", torch.linalg.cond, {"x": randn(3, 3)})
case("multi_dot", lambda x, y, z: torch.linalg.multi_dot([x, y, z]), {"x": randn(2, 5), "y": randn(5, 3), "z": randn(3, 4)})

real = torch.view_as_real
comp = torch.view_as_complex
for n in (1, 2, 5, 8, 12):
    case("fft", lambda x: real(torch.fft.fft(comp(x))), {"x": randn(2, n, 2)}, str(n))
    case("ifft", lambda x: real(torch.fft.ifft(comp(x))), {"x": randn(2, n, 2)}, str(n))
    case("rfft", lambda x: real(torch.fft.rfft(x)), {"x": randn(2, n)}, str(n))
    case("irfft", lambda x: torch.fft.irfft(comp(x), n=n), {"x": randn(2, n // 2 + 1, 2)}, str(n), n=n)
case("fft2", lambda x: real(torch.fft.fft2(comp(x))), {"x": randn(2, 3, 4, 2)})
case("ifft2", lambda x: real(torch.fft.ifft2(comp(x))), {"x": randn(3, 4, 2)})
case("fftshift", lambda x: torch.fft.fftshift(x, dim=1), {"x": randn(2, 5)})
case("fftfreq", lambda: torch.fft.fftfreq(5, 0.5), {})
case("complex_mul", lambda x, y: real(comp(x) * comp(y)), {"x": randn(3, 2), "y": randn(3, 2)})
case("complex_abs", lambda x: comp(x).abs(), {"x": randn(3, 2)})
case("complex_angle", lambda x: comp(x).angle(), {"x": randn(3, 2)})
w.save()
