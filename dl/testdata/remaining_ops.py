"""Reference numbers of the operations of dl that no other generator has: creation, in-place forms, views, forms that
keep dimensions, attention, one layer of each recurrent kind, matrix decompositions.

remaining_golden_test.go has the same operation in Go under that name.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import numpy
import torch
import torch.nn.functional as F
from cases import recorder, spread
from golden import Writer

torch.manual_seed(17)
w = Writer(__file__)
case = recorder(w)
nan, inf = float("nan"), float("inf")


def randn(*shape, dtype=torch.float32):
    return torch.randn(shape, dtype=dtype)


f64 = torch.float64

# Creation.
case("arange", lambda: torch.arange(0.5, 4, 0.75), {})
case("arange", lambda: torch.arange(3.0, -1, -0.5), {}, "down", start=3, end=-1, step=-0.5)
case("arange", lambda: torch.arange(2.0, 2, 1), {}, "empty", start=2, end=2, step=1)
case("arange_int", lambda: torch.arange(-3, 9, 4), {})
case("linspace", lambda: torch.linspace(-1, 2, 7), {})
case("linspace", lambda: torch.linspace(5, 5, 1), {}, "one", start=5, end=5, n=1)
case("linspace", lambda: torch.linspace(0, 1, 0), {}, "empty", start=0, end=1, n=0)
case("logspace", lambda: torch.logspace(-1, 2, 5, base=2), {})
case("eye", lambda: torch.eye(3), {})
case("full", lambda: torch.full((2, 3), 1.5), {})
case("full", lambda: torch.full((2, 0), 1.5), {}, "empty", shape=[2, 0])
for dt in (torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool, torch.bfloat16, torch.float16):
    case("full_of", lambda: torch.full((2,), 3, dtype=dt), {}, str(dt)[6:], dtype=str(dt)[6:])
    case("zeros_of", lambda: torch.zeros((2, 1), dtype=dt), {}, str(dt)[6:], dtype=str(dt)[6:])
case("zeros", lambda: torch.zeros(2, 3), {})
case("ones", lambda: torch.ones(2, 3), {})
for dt in (torch.float32, torch.int32):
    case("full_like", lambda x: torch.full_like(x, 3), {"x": torch.ones(2, 3, dtype=dt)}, str(dt)[6:], grads=False)
    case("zeros_like", lambda x: torch.zeros_like(x), {"x": torch.ones(2, 3, dtype=dt)}, str(dt)[6:], grads=False)
    case("ones_like", lambda x: torch.ones_like(x), {"x": torch.zeros(2, 3, dtype=dt)}, str(dt)[6:], grads=False)
case("scalar", lambda: torch.tensor(2.5), {})
case("complex", lambda x, y: torch.view_as_real(torch.complex(x, y)), {"x": randn(2, 3), "y": randn(2, 3)})

# In-place forms, on the result of another operation so that gradients flow.
for name, f, x in [
    ("abs_", lambda x: x.abs_(), randn(3, 4)), ("neg_", lambda x: x.neg_(), randn(3, 4)), ("relu_", lambda x: x.relu_(), randn(3, 4)),
    ("exp_", lambda x: x.exp_(), randn(3, 4)), ("log_", lambda x: x.log_(), torch.rand(3, 4) + 0.1), ("sqrt_", lambda x: x.sqrt_(), torch.rand(3, 4) + 0.1),
    ("sigmoid_", lambda x: x.sigmoid_(), randn(3, 4)), ("tanh_", lambda x: x.tanh_(), randn(3, 4)), ("pow_", lambda x: x.pow_(3), randn(3, 4)),
    ("clamp_", lambda x: x.clamp_(-0.5, 1), randn(3, 4)), ("add_scalar_", lambda x: x.add_(1.5), randn(3, 4)), ("sub_scalar_", lambda x: x.sub_(1.5), randn(3, 4)),
    ("mul_scalar_", lambda x: x.mul_(1.5), randn(3, 4)), ("div_scalar_", lambda x: x.div_(3), randn(3, 4)),
    ("fill_", lambda x: x.fill_(2.5), randn(3, 4)), ("zero_", lambda x: x.zero_(), randn(3, 4)),
]:
    g = name not in ("fill_", "zero_")  # dl refuses those where there is a history
    case(name, lambda x: f(x * 2), {"x": x}, grads=g)
    case(name, lambda x: f(x * 2), {"x": x[:0]}, "empty", grads=g)
    case(name, lambda x: f(x * 2), {"x": x[0, 0]}, "scalar", grads=g)
    case(name, lambda x: f(x * 2), {"x": x.double()}, "float64", grads=g)
    if name not in ("pow_",):
        case(name, lambda x: f(x * 2), {"x": torch.tensor([nan, inf, -inf, 0.0, -0.0, 0.25, -3.0])}, "special", grads=g)
for name, f in [("add_", lambda x, y: x.add_(y)), ("sub_", lambda x, y: x.sub_(y)), ("mul_", lambda x, y: x.mul_(y)), ("div_", lambda x, y: x.div_(y)),
                ("add_scaled_", lambda x, y: x.add_(y, alpha=0.5)), ("copy_", lambda x, y: x.detach().copy_(y))]:  # dl refuses copies over a history
    for tag, (a, b) in {"": ((3, 4), (3, 4)), "row": ((3, 4), (4,)), "column": ((3, 4), (3, 1)), "scalar": ((2, 3), ()), "empty": ((0, 3), (1, 3)), "one": ((1,), (1,))}.items():
        case(name, lambda x, y: f(x * 2, y), {"x": randn(*a), "y": randn(*b)}, tag)
    case(name, lambda x, y: f(x * 2, y), {"x": randn(3, dtype=f64), "y": randn(3, dtype=f64)}, "float64")
    case(name, lambda x, y: f(x * 2, y), {"x": torch.tensor([nan, inf, -inf, 0.0, 1.0]), "y": torch.tensor([1.0, inf, 0.0, -0.0, 0.0])}, "special")
    if name not in ("div_", "add_scaled_"):
        case(name, lambda x, y: f(x * 2, y), {"x": torch.tensor([1, 2, 3]), "y": torch.tensor([4, 5, 6])}, "int64")
idx = torch.tensor([[0, 2, 2, 1], [1, 1, 0, 2]])
once = torch.tensor([[0, 1, 2, 0], [1, 0, 0, 2]])
case("scatter_", lambda x, i, s: (x * 2).scatter_(0, i, s), {"x": randn(3, 4), "i": once, "s": randn(2, 4)})
case("scatter_add_", lambda x, i, s: (x * 2).scatter_add_(0, i, s), {"x": randn(3, 4), "i": idx, "s": randn(2, 4)})
case("index_add_", lambda x, i, s: (x * 2).index_add_(1, i, s), {"x": randn(3, 4), "i": torch.tensor([3, 0, 0]), "s": randn(3, 3)})
case("masked_fill_", lambda x, m: (x * 2).masked_fill_(m, 2.5), {"x": randn(2, 3), "m": torch.tensor([True, False, True])})
case("masked_fill_", lambda x, m: (x * 2).masked_fill_(m, -inf), {"x": randn(2, 3), "m": torch.tensor([[True], [False]])}, "inf")

# Views and joints.
for tag, x in {"": randn(4, 6), "empty": randn(0, 6), "float64": randn(4, 6, dtype=f64), "int32": torch.arange(24, dtype=torch.int32).reshape(4, 6)}.items():
    case("split", lambda x: x.split(4, 1), {"x": x}, tag)
    case("split_sizes", lambda x: x.split([1, 0, 5], 1), {"x": x}, tag)
    case("chunk", lambda x: x.chunk(4, 1), {"x": x}, tag)
    case("unbind", lambda x: x.unbind(1), {"x": x}, tag)
    case("unflatten", lambda x: x.unflatten(1, (2, 3)), {"x": x}, tag)
    case("movedim", lambda x: x.movedim(1, 0), {"x": x}, tag)
    case("t", lambda x: x.t(), {"x": x}, tag)
    case("clone", lambda x: x.clone(), {"x": x}, tag)
    case("contiguous", lambda x: x.contiguous(), {"x": x}, tag)
    case("view", lambda x: x.reshape(3, -1, 2) if x.numel() else x.reshape(3, 0, 2), {"x": x}, tag)
    if len(x):
        case("index", lambda x: x[2], {"x": x}, tag)
        case("index2", lambda x: x[-1, 3], {"x": x}, tag)
case("expand_as", lambda x, y: x.expand_as(y.detach()), {"x": randn(3, 1), "y": randn(2, 3, 4)})
case("to", lambda x: x.to(f64), {"x": randn(4)})
case("double", lambda x: x.double(), {"x": randn(4)})
case("float", lambda x: x.float(), {"x": randn(4, dtype=f64)})
case("long", lambda x: x.detach().long(), {"x": torch.tensor([1.9, -1.9, 0.0])})

# Elementwise forms.
special = torch.tensor([nan, inf, -inf, 0.0, -0.0, 0.5, -1.0])
for name, f in {"ge_scalar": lambda x: x >= 0.5, "le_scalar": lambda x: x <= 0.5, "lt_scalar": lambda x: x < 0.5, "ne_scalar": lambda x: x != 0.5}.items():
    for tag, x in {"": randn(3, 4), "special": special, "empty": randn(0), "int64": torch.arange(3), "float64": special.double()}.items():
        case(name, f, {"x": x}, tag)
for name, f in {"sub_scalar": lambda x: x - 1.5, "clamp_max": lambda x: x.clamp_max(0.25)}.items():
    for tag, x in {"": randn(3, 4), "special": special, "empty": randn(0), "one": randn(1), "scalar": randn(), "float64": randn(5, dtype=f64)}.items():
        case(name, f, {"x": x}, tag)
case("clamp_tensor", lambda x, y, z: x.clamp(y, z), {"x": randn(3, 4), "y": -torch.rand(4), "z": torch.rand(3, 1)})
case("clamp_tensor", lambda x, y, z: x.clamp(y, z), {"x": special, "y": torch.full((7,), -0.75), "z": torch.full((7,), 0.25)}, "special")
case("clamp_tensor", lambda x, y, z: x.clamp(y, z), {"x": randn(3), "y": torch.ones(3), "z": -torch.ones(3)}, "crossed")
for dt in (torch.float32, f64):
    # PyTorch has no cube root: NumPy's, and the derivative by hand.
    x = torch.tensor([[-8.0, 0.3, 27.5], [1e-30, -2.0, 1e30]], dtype=dt)
    y = torch.from_numpy(numpy.cbrt(x.double().numpy())).to(dt)
    gy = randn(2, 3).to(dt)
    w.case("cbrt/" + str(dt)[6:], {"x": x, "gy": gy}, {"y0": y}, {"x": (gy.double() / (3 * torch.from_numpy(numpy.cbrt(x.double().numpy())) ** 2)).to(dt)}, {"op": "cbrt"})
w.case("cbrt/special", {"x": special}, {"y0": numpy.cbrt(special.numpy())}, {}, {"op": "cbrt"})
c = torch.tensor([[True, False, True]])
case("where_method", lambda c, x, y: x.where(c, y), {"c": c, "x": randn(2, 3), "y": randn(3)})
case("isclose", lambda x, y: torch.isclose(x.detach(), y.detach(), 1e-3, 1e-4), {"x": torch.tensor([1.0, 1.0, nan, inf, inf, 0.0]), "y": torch.tensor([1.0005, 1.01, nan, inf, -inf, 1e-4])})
case("min_max", lambda x: torch.stack(torch.aminmax(x.detach())), {"x": randn(3, 4)})

# Reductions that keep the dimension.
for name, f in {"sum_keep": lambda x, d: x.sum(d, True), "mean_keep": lambda x, d: x.mean(d, True), "var_keep": lambda x, d: x.var(d, keepdim=True),
                "std_keep": lambda x, d: x.std(d, keepdim=True), "amax_keep": lambda x, d: x.amax(d, True), "amin_keep": lambda x, d: x.amin(d, True),
                "logsumexp_keep": lambda x, d: x.logsumexp(d, True), "std0": lambda x, d: x.std(d, correction=0)}.items():
    for tag, dims in {"0": [0], "1": [1], "all": [0, 1]}.items():
        case(name, lambda x: f(x, dims), {"x": spread(3, 4)}, tag, dims=dims)
        case(name, lambda x: f(x, dims), {"x": spread(3, 4, dtype=f64)}, tag + "-float64", dims=dims)
    case(name, lambda x: f(x, [0]), {"x": spread(2, 0)}, "empty", dims=[0])

# Products and places.
case("bmm", torch.bmm, {"x": randn(3, 2, 4), "y": randn(3, 4, 5)})
case("bmm", torch.bmm, {"x": randn(0, 2, 4), "y": randn(0, 4, 5)}, "empty")
case("bmm", torch.bmm, {"x": randn(2, 1, 1, dtype=f64), "y": randn(2, 1, 1, dtype=f64)}, "float64")
case("dot", torch.dot, {"x": randn(70), "y": randn(70)})
case("dot", torch.dot, {"x": randn(0), "y": randn(0)}, "empty")
case("dot", torch.dot, {"x": torch.tensor([1, 2]), "y": torch.tensor([3, 4])}, "int64")
case("scatter_value", lambda x, i: x.scatter(0, i, 2.5), {"x": randn(3, 4), "i": once})
case("take_along", lambda x, i: torch.take_along_dim(x, i, 1), {"x": randn(3, 4), "i": torch.tensor([[3, 0]])})
# torch.bincount has no gradient.
case("bincount_weighted", lambda x, y: torch.zeros(4).index_add(0, x, y), {"x": torch.tensor([1, 0, 1]), "y": torch.tensor([1.0, 2, 4])})

# Matrices; the signs of singular and of eigenvectors are free, so their sizes are compared.
tall, square = randn(5, 3, dtype=f64), randn(2, 4, 4, dtype=f64)
sym = square + square.mT


def svd(x):
    u, s, vh = torch.linalg.svd(x, full_matrices=False)
    return u.abs(), s, vh.abs()


def eigh(x):
    values, vectors = torch.linalg.eigh((x + x.mT) / 2)
    return vectors.abs(), values


for dt in (f64, torch.float32):
    case("svd", svd, {"x": tall.to(dt)}, str(dt)[6:])
    case("svd", svd, {"x": tall.mT.contiguous().to(dt)}, str(dt)[6:] + "-wide")
    case("svd", svd, {"x": square.to(dt)}, str(dt)[6:] + "-batch")
    case("eigh", eigh, {"x": sym.to(dt)}, str(dt)[6:])
    case("matrix_rank", lambda x: torch.linalg.matrix_rank(x.detach(), rtol=1e-4), {"x": torch.stack([square[0], square[1] * 0, torch.ones(4, 4)]).to(dt)}, str(dt)[6:])
    t = (square + 3 * torch.eye(4)).to(dt)
    case("solve_upper", lambda x, y: torch.linalg.solve_triangular(x, y, upper=True), {"x": t, "y": randn(2, 4, 3).to(dt)}, str(dt)[6:])
    case("solve_lower", lambda x, y: torch.linalg.solve_triangular(x, y, upper=False), {"x": t[0], "y": randn(4, 2).to(dt)}, str(dt)[6:])

# Layers.
for tag, x in {"": randn(2, 6, 5), "image": randn(2, 6, 3, 2), "float64": randn(2, 6, 2, dtype=f64), "flat": randn(3, 6), "one": randn(1, 6, 1)}.items():
    y, z = randn(6, dtype=x.dtype), randn(6, dtype=x.dtype)
    case("group_norm", lambda x, y, z: F.group_norm(x, 3, y, z, 1e-5), {"x": x, "y": y, "z": z}, tag)
    if x.dim() > 2 and tag != "one":
        case("instance_norm", lambda x, y, z: F.instance_norm(x, weight=y, bias=z, eps=1e-5), {"x": x, "y": y, "z": z}, tag)
case("interpolate_scale", lambda x: F.interpolate(x, scale_factor=1.6, mode="bilinear", recompute_scale_factor=True), {"x": randn(1, 2, 4, 5)})
case("max_pool2d_indices", lambda x: F.max_pool2d(x, (2, 3), (1, 2), (1, 1), return_indices=True), {"x": spread(1, 2, 5, 6)})
case("adaptive_max_pool1d_values", lambda x: F.adaptive_max_pool1d(x, 3), {"x": spread(1, 2, 7)})
case("adaptive_max_pool3d_values", lambda x: F.adaptive_max_pool3d(x, (2, 1, 3)), {"x": spread(1, 2, 4, 3, 5)})
for tag, dt in {"": torch.float32, "float64": f64}.items():
    q, k, v = randn(2, 3, 5, 4, dtype=dt), randn(2, 3, 7, 4, dtype=dt), randn(2, 3, 7, 6, dtype=dt)
    case("attention", lambda x, y, z: F.scaled_dot_product_attention(x, y, z), {"x": q, "y": k, "z": v}, tag)
    case("attention", lambda x, y, z: F.scaled_dot_product_attention(x, y, z, scale=0.3), {"x": q, "y": k, "z": v}, tag + "scale", scale=0.3)
    case("attention", lambda x, y, z: F.scaled_dot_product_attention(x, y, z, is_causal=True), {"x": q, "y": k[:, :, :5], "z": v[:, :, :5]}, tag + "causal", causal=True)
    mask = torch.rand(5, 7) > 0.3
    mask[:, 0] = True
    case("attention_mask", lambda x, y, z, m: F.scaled_dot_product_attention(x, y, z, attn_mask=m), {"x": q, "y": k, "z": v, "m": mask}, tag + "bool")

    def heads(x):
        a, b, c = (p.unflatten(2, (2, 4)).transpose(1, 2) for p in x.chunk(3, 2))
        return F.scaled_dot_product_attention(a, b, c, is_causal=True).transpose(1, 2).flatten(2)

    case("self_attention", heads, {"x": randn(2, 6, 24, dtype=dt)}, tag)

    for kind, gates in (("rnn", 1), ("gru", 3), ("lstm", 4), ("lstm_projected", 4)):
        P = 2 if kind == "lstm_projected" else 3
        m = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU}.get(kind, torch.nn.LSTM)(5, 3, **({"proj_size": 2} if P == 2 else {}), dtype=dt)
        ws = [p.detach() for p in m.parameters()]
        names = [n for n, _ in m.named_parameters()]
        state = (randn(1, 2, P, dtype=dt), randn(1, 2, 3, dtype=dt))

        def run(x, *ps):
            out = torch.func.functional_call(m, dict(zip(names, ps)), (x, state if "lstm" in kind else state[0]))
            return (out[0], *[h.squeeze(0) for h in (out[1] if isinstance(out[1], tuple) else (out[1],))])

        ins = {"x": randn(4, 2, 5, dtype=dt)} | {f"w{i}": p for i, p in enumerate(ws)}
        case(kind, run, ins, tag, h0=state[0][0].tolist(), c0=state[1][0].tolist())

w.save()
