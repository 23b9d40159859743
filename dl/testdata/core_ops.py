"""Reference numbers of the core operations of dl, forward and backward, from PyTorch.

Every case names an operation; core_golden_test.go has the same operation in Go under that name.
Inputs are chosen per operation: ordinary, broadcast, scalar, one element, zero size, NaN and Inf,
and other dtypes where they make sense. The Go test runs every case a second time with inputs that
are not contiguous.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
import torch.nn.functional as F
from golden import Writer

torch.manual_seed(7)
w = Writer(__file__)
nan, inf = float("nan"), float("inf")


def case(op, f, inputs, tag="", **attrs):
    """Runs f, sends a gradient back, and records all of it."""
    ins = {}
    for k, v in inputs.items():
        v = v.detach().clone()
        if v.is_floating_point() and v.dtype not in (torch.bfloat16, torch.float16):
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


def spread(*shape):
    """Distinct numbers, in random order: nothing ties."""
    n = 1
    for d in shape:
        n *= d
    return ((torch.randperm(n).float() - n / 2 + 0.3) * 0.2).reshape(shape)


special = torch.tensor([nan, inf, -inf, 0.0, -0.0, 1.0, -1.0, 1e-40, 3e38, -3e38, 0.5, -0.5, 88.0, -104.0, 1e-3])

# One operand. domain is the range of ordinary inputs.
unary = {
    "neg": (torch.neg, -2, 2), "abs": (torch.abs, -2, 2), "sign": (torch.sign, -2, 2), "floor": (torch.floor, -3, 3),
    "ceil": (torch.ceil, -3, 3), "round": (torch.round, -3, 3), "trunc": (torch.trunc, -3, 3), "frac": (torch.frac, -3, 3),
    "exp": (torch.exp, -4, 4), "log": (torch.log, 0.1, 4), "sqrt": (torch.sqrt, 0.1, 4), "rsqrt": (torch.rsqrt, 0.1, 4),
    "expm1": (torch.expm1, -2, 2), "log1p": (torch.log1p, -0.9, 4), "exp2": (torch.exp2, -4, 4), "log2": (torch.log2, 0.1, 4),
    "log10": (torch.log10, 0.1, 4), "reciprocal": (torch.reciprocal, 0.2, 3), "square": (torch.square, -2, 2),
    "tanh": (torch.tanh, -3, 3), "sigmoid": (torch.sigmoid, -5, 5), "relu": (torch.relu, -2, 2), "logit": (torch.logit, 0.1, 0.9),
    "sin": (torch.sin, -4, 4), "cos": (torch.cos, -4, 4), "tan": (torch.tan, -1.4, 1.4), "asin": (torch.asin, -0.9, 0.9),
    "acos": (torch.acos, -0.9, 0.9), "atan": (torch.atan, -4, 4), "sinh": (torch.sinh, -3, 3), "cosh": (torch.cosh, -3, 3),
    "asinh": (torch.asinh, -3, 3), "acosh": (torch.acosh, 1.1, 4), "atanh": (torch.atanh, -0.9, 0.9),
    "deg2rad": (torch.deg2rad, -180, 180), "rad2deg": (torch.rad2deg, -3, 3), "isnan": (torch.isnan, -1, 1),
    "isinf": (torch.isinf, -1, 1), "isfinite": (torch.isfinite, -1, 1), "logical_not": (torch.logical_not, -1, 1),
    "clamp": (lambda x: torch.clamp(x, -0.5, 1.0), -2, 2), "clamp_min": (lambda x: torch.clamp_min(x, 0.25), -2, 2),
    "pow2.5": (lambda x: x ** 2.5, 0.1, 3), "pow3": (lambda x: x ** 3, -2, 2), "pow-1.5": (lambda x: x ** -1.5, 0.2, 3),
    "pow0": (lambda x: x ** 0, -2, 2), "add_scalar": (lambda x: x + 1.5, -2, 2), "rsub_scalar": (lambda x: 1.5 - x, -2, 2),
    "mul_scalar": (lambda x: x * 1.5, -2, 2), "div_scalar": (lambda x: x / 3, -2, 2), "rdiv_scalar": (lambda x: 3 / x, 0.2, 2),
    "gt_scalar": (lambda x: x > 0.5, -2, 2), "eq_scalar": (lambda x: x == 0.5, -2, 2),
}
for name, (f, lo, hi) in unary.items():
    case(name, f, {"x": torch.rand(3, 4) * (hi - lo) + lo})
    case(name, f, {"x": torch.rand(()) * (hi - lo) + lo}, "scalar")
    case(name, f, {"x": torch.zeros(0, 3)}, "empty")
    case(name, f, {"x": special}, "special")
    case(name, f, {"x": torch.rand(5, dtype=torch.float64) * (hi - lo) + lo}, "float64")
for name in ["neg", "abs", "sign", "square", "relu", "floor", "add_scalar", "mul_scalar", "div_scalar", "exp", "sqrt", "sigmoid", "pow3", "gt_scalar", "logical_not"]:
    for dt in (torch.int64, torch.int32, torch.uint8):
        if name == "neg" and dt == torch.uint8 or name == "sign" and dt == torch.uint8:
            continue
        lo = 0 if dt == torch.uint8 or name == "sqrt" else -4
        case(name, unary[name][0], {"x": torch.randint(lo, 5, (6,)).to(dt)}, str(dt)[6:])

# Two operands.
binary = {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "maximum": torch.maximum, "minimum": torch.minimum,
    "eq": torch.eq, "ne": torch.ne, "lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge, "atan2": torch.atan2,
    "logical_and": torch.logical_and, "logical_or": torch.logical_or, "logical_xor": torch.logical_xor,
    "hypot": torch.hypot,
}
pairs = {"": ((3, 4), (3, 4)), "row": ((3, 4), (4,)), "column": ((3, 1), (3, 4)), "cross": ((3, 1), (1, 4)), "scalar": ((), (2, 3)),
         "three": ((2, 1, 4), (3, 1)), "empty": ((0, 3), (1, 3)), "one": ((1,), (1, 1)), "long": ((2, 70), (2, 1))}
specials = torch.tensor([nan, inf, -inf, 0.0, -0.0, 1.0, -1.0, 3e38])
for name, f in binary.items():
    for tag, (a, b) in pairs.items():
        case(name, f, {"x": randn(*a), "y": randn(*b)}, tag)
    if name in ("atan2", "hypot"):
        specials = specials[:7]  # dl's gradients do not overflow at 3e38
    case(name, f, {"x": specials.reshape(-1, 1).expand(len(specials), len(specials)).contiguous(), "y": specials.expand(len(specials), len(specials)).contiguous()}, "special")
    case(name, f, {"x": randn(4).double(), "y": randn(4).double()}, "float64")
    if name in ("atan2", "hypot"):
        continue
    types = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool]
    for i, p in enumerate(types):
        for j, q in enumerate(types):
            if name == "sub" and torch.bool in (p, q) or i == j == 0:
                continue
            if (i + j) % 3 and name not in ("add", "mul", "div"):
                continue
            f1 = f if name not in ("maximum", "minimum") or p == q else f
            case(name, f1, {"x": torch.randint(1, 4, (5,)).to(p), "y": torch.randint(1, 4, (5,)).to(q)}, f"{str(p)[6:]}-{str(q)[6:]}")
case("pow", torch.pow, {"x": torch.rand(3, 4) + 0.2, "y": randn(4)})
case("pow", torch.pow, {"x": torch.tensor([0.0, 0.0, 1.0, 2.0, inf]), "y": torch.tensor([0.0, 2.0, 0.0, -1.0, 1.0])}, "zero")
case("add", torch.add, {"x": randn(3).double(), "y": torch.tensor(2.0)}, "float64-scalar")
case("add", torch.add, {"x": randn(3), "y": torch.tensor(2.0, dtype=torch.float64)}, "scalar-float64")
case("mul", torch.mul, {"x": torch.tensor([1, 2]), "y": torch.tensor(2.5)}, "int-scalar")
cond = torch.tensor([[True, False, True], [False, False, True]])
case("where", torch.where, {"c": cond, "x": randn(2, 3), "y": randn(3)})
case("where", torch.where, {"c": cond[0], "x": randn(2, 3), "y": torch.tensor(nan)}, "nan")
case("masked_fill", lambda x, m: x.masked_fill(m, 2.5), {"x": randn(2, 3), "m": cond})
case("masked_fill", lambda x, m: x.masked_fill(m, -inf), {"x": randn(2, 3), "m": cond[0]}, "inf")
case("masked_select", torch.masked_select, {"x": randn(2, 3), "m": cond})
case("nonzero", torch.nonzero, {"x": torch.tensor([[0.0, 2.0], [nan, 0.0]])})

# Reductions, over one dimension, several, all.
reductions = {
    "sum": lambda x, d: x.sum(d), "mean": lambda x, d: x.mean(d), "amax": lambda x, d: x.amax(d), "amin": lambda x, d: x.amin(d),
    "var": lambda x, d: x.var(d), "std": lambda x, d: x.std(d), "var0": lambda x, d: x.var(d, correction=0),
    "logsumexp": lambda x, d: x.logsumexp(d), "norm2": lambda x, d: torch.linalg.vector_norm(x, 2, d),
    "norm1": lambda x, d: torch.linalg.vector_norm(x, 1, d), "norm3": lambda x, d: torch.linalg.vector_norm(x, 3, d),
    "norminf": lambda x, d: torch.linalg.vector_norm(x, inf, d), "all": lambda x, d: x.all(d), "any": lambda x, d: x.any(d),
    "count_nonzero": lambda x, d: x.count_nonzero(d), "prod": lambda x, d: x.prod(d[0]),
}
shapes = [((3, 4), [[0], [1], [0, 1]]), ((2, 3, 4), [[1], [0, 2], [0, 1, 2]]), ((1, 1), [[0, 1]]), ((3, 140), [[0], [1]]), ((140, 3), [[0]]), ((3, 0), [[0]])]
for name, f in reductions.items():
    for shape, dimses in shapes:
        for dims in dimses:
            if name == "prod" and len(dims) > 1 or 0 in shape and name in ("amax", "amin", "norminf"):
                continue
            if shape == (1, 1) and name in ("var", "std"):
                continue
            x = spread(*shape) if name.startswith("am") or name == "norminf" else randn(*shape)
            if name == "prod" and 140 in shape:
                x = 1 + 0.01 * x
            case(name, lambda v: f(v, dims), {"x": x}, f"{shape}{dims}".replace(" ", ""), dims=dims)
    if name not in ("prod",):
        rows = [[1.0, nan, 2.0], [inf, 1.0, 0.0], [-inf, inf, 1.0]]
        if name == "norminf":
            rows = rows[1:]  # where the norm is NaN, dl's gradient is NaN
        if name != "logsumexp":
            rows.append([-inf, -inf, -inf])  # dl's gradient is 0 there, PyTorch's NaN
        case(name, lambda v: f(v, [1]), {"x": torch.tensor(rows)}, "special", dims=[1])
    case(name, lambda v: f(v, [0]), {"x": randn(4, 2).double()}, "float64", dims=[0])
case("sum", lambda x: x.sum([1]), {"x": torch.zeros(2, 0)}, "nothing", dims=[1])
case("prod", lambda x: x.prod(1), {"x": torch.zeros(2, 0)}, "nothing", dims=[1])
case("logsumexp", lambda x: x.logsumexp([1]), {"x": torch.zeros(2, 0)}, "nothing", dims=[1])
case("amax", lambda x: x.amax([1]), {"x": torch.tensor([[1.0, 3, 3], [2, 2, 2]])}, "ties", dims=[1])
for dt in (torch.int64, torch.int32, torch.uint8, torch.bool):
    x = torch.randint(0, 3, (3, 4)).to(dt)
    for name in ("sum", "all", "any", "prod"):
        if dt == torch.uint8 and name in ("all", "any"):
            continue  # PyTorch gives uint8 here, dl always bool
        case(name, lambda v: reductions[name](v, [1]), {"x": x}, str(dt)[6:], dims=[1])
    if dt != torch.bool:
        case("amax", lambda v: v.amax([0]), {"x": x}, str(dt)[6:], dims=[0])

# Along one dimension.
along = {
    "max": lambda x, d: x.max(d), "min": lambda x, d: x.min(d), "argmax": lambda x, d: x.argmax(d), "argmin": lambda x, d: x.argmin(d),
    "cumsum": lambda x, d: x.cumsum(d), "cumprod": lambda x, d: x.cumprod(d), "cummax": lambda x, d: x.cummax(d), "cummin": lambda x, d: x.cummin(d),
    "sort": lambda x, d: x.sort(dim=d, stable=True), "sort_desc": lambda x, d: x.sort(dim=d, descending=True, stable=True),
    "argsort": lambda x, d: x.argsort(dim=d, stable=True), "topk2": lambda x, d: x.topk(2, d), "bottomk2": lambda x, d: x.topk(2, d, largest=False),
    "median": lambda x, d: x.median(d), "quantile0.3": lambda x, d: x.quantile(0.3, d), "flip": lambda x, d: x.flip(d),
    "roll2": lambda x, d: x.roll(2, d), "roll-1": lambda x, d: x.roll(-1, d), "unsqueeze": lambda x, d: x.unsqueeze(d),
    "select1": lambda x, d: x.select(d, 1), "narrow": lambda x, d: x.narrow(d, 1, 1), "repeat_interleave2": lambda x, d: x.repeat_interleave(2, d),
}
for name, f in along.items():
    for shape, dims in [((3, 4), [0, 1, -1]), ((2, 5, 3), [1, 2]), ((2,), [0])]:
        for d in dims:
            case(name, lambda v: f(v, d), {"x": spread(*shape)}, f"{shape}[{d}]".replace(" ", ""), dim=d)
    case(name, lambda v: f(v, 0), {"x": spread(5).double()}, "float64", dim=0)
    if name not in ("select1", "narrow"):
        case(name, lambda v: f(v, -1), {"x": torch.tensor([[1.0, nan, 2.0], [inf, 1.0, -inf], [2.0, 3.0, nan]])}, "special", dim=-1)
    if name not in ("quantile0.3", "topk2", "bottomk2", "median", "min", "max"):  # PyTorch does not say which of equal elements
        case(name, lambda v: f(v, 0), {"x": torch.randint(0, 3, (6,))}, "int64", dim=0)
case("sort", lambda x: x.sort(dim=0, stable=True), {"x": torch.tensor([2.0, 1, 2, 1, 2])}, "ties", dim=0)
case("argmax", lambda x: x.argmax(0), {"x": torch.tensor([1.0, 3, 3])}, "ties", dim=0)
case("cumprod", lambda x: x.cumprod(0), {"x": torch.tensor([2.0, 0, 3, 0, 4])}, "zeros", dim=0)
case("prod", lambda x: x.prod(0), {"x": torch.tensor([2.0, 0, 3])}, "zero", dims=[0])
case("prod", lambda x: x.prod(0), {"x": torch.tensor([0.0, 0, 3])}, "zeros", dims=[0])

# Products.
for tag, a, b in [("", (3, 4), (4, 2)), ("vector-matrix", (4,), (4, 2)), ("matrix-vector", (3, 4), (4,)), ("dot", (4,), (4,)),
                  ("batch", (2, 3, 4), (2, 4, 2)), ("shared", (2, 3, 4), (4, 2)), ("stretched", (2, 1, 3, 4), (5, 4, 2)), ("left", (3, 4), (2, 4, 2)),
                  ("inner0", (3, 0), (0, 2)), ("outer0", (0, 4), (4, 2)), ("one", (1, 1), (1, 1)), ("large", (33, 65), (65, 47)), ("batch-vector", (2, 3, 4), (4,))]:
    case("matmul", torch.matmul, {"x": randn(*a), "y": randn(*b)}, tag)
case("matmul", torch.matmul, {"x": randn(3, 4).double(), "y": randn(4, 2).double()}, "float64")
for dt in (torch.int64, torch.int32, torch.uint8):
    case("matmul", torch.matmul, {"x": torch.randint(0, 5, (3, 4)).to(dt), "y": torch.randint(0, 5, (4, 2)).to(dt)}, str(dt)[6:])
case("matmul", torch.matmul, {"x": torch.tensor([[nan, 1], [0, inf]]), "y": torch.tensor([[1.0, 0], [0, 1]])}, "special")
case("outer", torch.outer, {"x": randn(3), "y": randn(4)})

# Places.
idx = torch.tensor([[0, 2, 2, 1], [1, 1, 0, 2]])
case("gather0", lambda x, i: x.gather(0, i), {"x": randn(3, 4), "i": idx})
case("gather1", lambda x, i: x.gather(1, i), {"x": randn(3, 4), "i": idx})
case("index_select1", lambda x, i: x.index_select(1, i), {"x": randn(3, 4), "i": torch.tensor([3, 0, 0])})
case("index_select0", lambda x, i: x.index_select(0, i), {"x": randn(3, 4, 2), "i": torch.tensor([2, 0, 2, 1])})
case("index_select0", lambda x, i: x.index_select(0, i), {"x": randn(3, 2), "i": torch.zeros(0, dtype=torch.int64)}, "none")
case("scatter0", lambda x, i, s: x.scatter(0, torch.tensor([[0, 1, 2, 0], [1, 0, 0, 2]]), s), {"x": randn(3, 4), "i": torch.tensor([[0, 1, 2, 0], [1, 0, 0, 2]]), "s": randn(2, 4)})
case("scatter_add0", lambda x, i, s: x.scatter_add(0, i, s), {"x": randn(3, 4), "i": idx, "s": randn(2, 4)})
case("index_add1", lambda x, i, s: x.index_add(1, i, s), {"x": randn(3, 4), "i": torch.tensor([3, 0, 0]), "s": randn(3, 3)})
case("take", torch.take, {"x": randn(3, 4), "i": torch.tensor([[0, 11], [5, 5]])})
case("one_hot5", lambda i: F.one_hot(i, 5), {"i": torch.tensor([[0, 4], [2, 2]])})

# Shapes.
case("reshape", lambda x: x.reshape(2, -1), {"x": randn(3, 4)})
case("flatten1", lambda x: x.flatten(1), {"x": randn(2, 3, 4)})
case("transpose", lambda x: x.transpose(0, 2), {"x": randn(2, 3, 4)})
case("permute", lambda x: x.permute(2, 0, 1), {"x": randn(2, 3, 4)})
case("expand", lambda x: x.expand(2, 3, 4), {"x": randn(3, 1)})
case("squeeze", lambda x: x.squeeze(), {"x": randn(1, 3, 1)})
case("slice", lambda x: x[:, 1:6:2], {"x": randn(2, 6)})
case("repeat", lambda x: x.repeat(2, 1, 3), {"x": randn(2, 2)})
case("tile", lambda x: x.tile(2), {"x": randn(2, 2)})
case("cat", lambda x, y, z: torch.cat([x, y, z], 1), {"x": randn(2, 3), "y": randn(2, 1), "z": randn(2, 0)})
case("cat", lambda x, y, z: torch.cat([x, y, z], 1), {"x": torch.ones(2, 1, dtype=torch.int64), "y": randn(2, 1), "z": randn(2, 1).double()}, "mixed")
case("stack", lambda x, y: torch.stack([x, y], 1), {"x": randn(2, 3), "y": randn(2, 3)})
case("hstack", lambda x, y: torch.hstack([x, y]), {"x": randn(3), "y": randn(2)})
case("vstack", lambda x, y: torch.vstack([x, y]), {"x": randn(3), "y": randn(2, 3)})

# Conversions.
values = torch.tensor([0.0, 1.9, -1.9, 3.0, 100.5, 65504.0, 1e-7, 3.14159])
for dt in (torch.float64, torch.int64, torch.int32, torch.bool, torch.bfloat16, torch.float16):
    case("to_" + str(dt)[6:], lambda x: x.detach().to(dt), {"x": values})
case("to_uint8", lambda x: x.detach().to(torch.uint8), {"x": torch.tensor([0.0, 1.9, 255.0])})
halves = torch.tensor([nan, inf, -inf, 1e-8, 5.96e-8, 6.1e-5, 65519.9, 65520.0, 1.0009765, 0.33333, -0.0, 1e38, 2049.0, 2051.0])
for dt in (torch.bfloat16, torch.float16):
    case("to_" + str(dt)[6:], lambda x: x.detach().to(dt), {"x": halves}, "edge")
    case("to_float32", lambda x: x.to(torch.float32), {"x": halves.to(dt)}, str(dt)[6:])

w.save()
