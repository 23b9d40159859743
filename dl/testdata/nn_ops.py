"""Reference numbers of the operations of neural networks, forward and backward, from PyTorch."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
import torch.nn.functional as F
from golden import Writer

torch.manual_seed(20)
w = Writer(__file__)


def case(name, op, inputs, f, attrs=None, const=()):
    """Runs f on the inputs, sends a random gradient back, and records everything. const inputs get no gradient."""
    ins = {}
    for k, v in inputs.items():
        if v is None:
            continue
        v = v.detach().clone()
        if v.is_floating_point() and k not in const:
            v.requires_grad_(True)
        ins[k] = v
    y = f(**{k: ins.get(k) for k in inputs})
    gy = torch.randn_like(y)
    y.backward(gy)
    grads = {k: v.grad for k, v in ins.items() if v.requires_grad and v.grad is not None}
    w.case(name, {**ins, "gy": gy}, {"y": y}, grads, {"op": op, **(attrs or {})})


r = torch.randn

# linear
for name, shape, bias in [("2d", (5, 7), True), ("no bias", (5, 7), False), ("1d", (7,), True), ("3d", (2, 3, 7), True),
                          ("empty batch", (0, 7), True), ("one", (1, 7), True), ("wide", (70, 7), True)]:
    case("linear " + name, "linear", {"x": r(shape), "w": r(4, 7), "b": r(4) if bias else None},
         lambda x, w, b: F.linear(x, w, b))
    case("linear relu " + name, "linear_relu", {"x": r(shape), "w": r(4, 7), "b": r(4) if bias else None},
         lambda x, w, b: F.relu(F.linear(x, w, b)))

# conv2d: N, C, H, W, out, kh, kw, stride, padding, dilation, groups
for c in [(2, 3, 7, 8, 4, 3, 3, (1, 1), (0, 0), (1, 1), 1), (2, 3, 7, 8, 4, 3, 3, (1, 1), (1, 1), (1, 1), 1),
          (1, 1, 5, 5, 1, 1, 1, (1, 1), (0, 0), (1, 1), 1), (2, 4, 9, 6, 6, 3, 2, (2, 1), (1, 0), (1, 1), 2),
          (2, 4, 9, 9, 4, 3, 3, (1, 1), (2, 2), (2, 2), 4), (3, 2, 11, 11, 5, 5, 5, (3, 2), (2, 1), (1, 1), 1),
          (1, 2, 1, 12, 3, 1, 4, (1, 2), (0, 1), (1, 2), 1), (2, 8, 6, 6, 16, 1, 1, (1, 1), (0, 0), (1, 1), 1),
          (5, 1, 12, 12, 8, 3, 3, (1, 1), (0, 0), (1, 1), 1)]:
    n, ch, h, wd, out, kh, kw, s, p, d, g = c
    for bias in (True, False):
        for relu in (False, True):
            if (relu or not bias) and c[1] != 3:
                continue

            def f(x, w, b):
                y = F.conv2d(x, w, b, s, p, d, g)
                return F.relu(y) if relu else y
            case(f"conv2d {c} bias={bias} relu={relu}", "conv2d",
                 {"x": r(n, ch, h, wd), "w": r(out, ch // g, kh, kw), "b": r(out) if bias else None}, f,
                 {"stride": s, "padding": p, "dilation": d, "groups": g, "relu": relu})

# pooling
for k, s, p, d, ceil in [((2, 2), (2, 2), (0, 0), (1, 1), False), ((3, 3), (2, 2), (1, 1), (1, 1), False),
                         ((3, 2), (1, 2), (1, 0), (1, 1), True), ((2, 2), (2, 2), (0, 0), (2, 2), False),
                         ((3, 3), (2, 2), (0, 0), (1, 1), True)]:
    at = {"kernel": k, "stride": s, "padding": p, "dilation": d, "ceil": ceil}
    for shape in [(2, 3, 8, 7), (1, 1, 6, 6)]:
        case(f"max_pool2d {at} {shape}", "max_pool2d", {"x": r(shape)},
             lambda x: F.max_pool2d(x, k, s, p, d, ceil), at)
        if d == (1, 1):
            for include in (True, False):
                case(f"avg_pool2d {at} {shape} {include}", "avg_pool2d", {"x": r(shape)},
                     lambda x: F.avg_pool2d(x, k, s, p, ceil, include), {**at, "exclude": not include})
case("max_pool2d ties", "max_pool2d", {"x": torch.tensor([[[[1., 1, 2, 2], [1, 1, 2, 2], [0, float("nan"), 3, 3], [0, 0, 3, 3]]]])},
     lambda x: F.max_pool2d(x, 2), {"kernel": (2, 2), "stride": (2, 2), "padding": (0, 0), "dilation": (1, 1), "ceil": False})
for shape, out in [((2, 3, 8, 8), (1, 1)), ((2, 3, 7, 9), (3, 2)), ((1, 2, 4, 4), (4, 4)), ((1, 2, 3, 3), (5, 4))]:
    case(f"adaptive_avg_pool2d {shape} {out}", "adaptive_avg_pool2d", {"x": r(shape)},
         lambda x: F.adaptive_avg_pool2d(x, out), {"out": out})

# softmax
inf = float("inf")
for shape, dim in [((4, 5), 1), ((4, 5), 0), ((4, 5), -1), ((7,), 0), ((2, 3, 4), 1), ((2, 3, 4), 2), ((3, 40), 1), ((2, 1), 1),
                   ((0, 3), 1)]:
    case(f"softmax {shape} {dim}", "softmax", {"x": r(shape) * 3}, lambda x: F.softmax(x, dim), {"dim": dim})
    case(f"log_softmax {shape} {dim}", "log_softmax", {"x": r(shape) * 3}, lambda x: F.log_softmax(x, dim), {"dim": dim})
big = torch.tensor([[1e4, -1e4, 0.], [-inf, 0., 1.], [88., 89., 90.]])
case("softmax large", "softmax", {"x": big}, lambda x: F.softmax(x, 1), {"dim": 1})
case("log_softmax large", "log_softmax", {"x": big.clamp(min=-1e30)}, lambda x: F.log_softmax(x, 1), {"dim": 1})

# cross entropy
ints = lambda *s: torch.randint(0, 5, s)
for red in ("mean", "sum", "none"):
    for eps in (0., 0.1):
        for weight in (None, torch.rand(5) + 0.5):
            at = {"reduction": red, "smoothing": eps}
            tag = f"{red} eps={eps} weight={weight is not None}"
            c = dict(reduction=red, label_smoothing=eps)
            case("cross_entropy " + tag, "cross_entropy", {"x": r(6, 5), "t": ints(6), "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, **c), at, const=("weight",))
            t = ints(6)
            t[2] = -100
            t[4] = -100
            case("cross_entropy ignored " + tag, "cross_entropy", {"x": r(6, 5), "t": t, "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, **c), at, const=("weight",))
            case("cross_entropy ignore 1 " + tag, "cross_entropy", {"x": r(9, 5), "t": ints(9), "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, ignore_index=1, **c), {**at, "ignore": 1}, const=("weight",))
            case("cross_entropy images " + tag, "cross_entropy", {"x": r(2, 5, 3, 2), "t": ints(2, 3, 2), "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, **c), at, const=("weight",))
            case("cross_entropy probabilities " + tag, "cross_entropy",
                 {"x": r(6, 5), "t": F.softmax(r(6, 5), 1), "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, **c), at, const=("weight",))
            case("cross_entropy probability images " + tag, "cross_entropy",
                 {"x": r(2, 5, 3), "t": F.softmax(r(2, 5, 3), 1), "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, **c), at, const=("weight",))
            case("cross_entropy one sample " + tag, "cross_entropy", {"x": r(5), "t": torch.tensor(3), "weight": weight},
                 lambda x, t, weight: F.cross_entropy(x, t, weight, **c), at, const=("weight",))
            if eps == 0:
                case("nll_loss " + tag, "nll_loss", {"x": F.log_softmax(r(6, 5), 1), "t": ints(6), "weight": weight},
                     lambda x, t, weight: F.nll_loss(x, t, weight, reduction=red), at, const=("weight",))
                case("nll_loss images " + tag, "nll_loss", {"x": F.log_softmax(r(2, 5, 3, 2), 1), "t": ints(2, 3, 2), "weight": weight},
                     lambda x, t, weight: F.nll_loss(x, t, weight, reduction=red), at, const=("weight",))
case("cross_entropy large logits", "cross_entropy", {"x": r(4, 5) * 1000, "t": ints(4)},
     lambda x, t: F.cross_entropy(x, t), {"reduction": "mean"})

# losses of pairs
for red in ("mean", "sum", "none"):
    for shape in [(4, 3), (5,), (), (2, 3, 4)]:
        at = {"reduction": red}
        xy = lambda: {"x": r(shape) * 2, "t": r(shape)}
        case(f"mse_loss {red} {shape}", "mse_loss", xy(), lambda x, t: F.mse_loss(x, t, reduction=red), at)
        case(f"l1_loss {red} {shape}", "l1_loss", xy(), lambda x, t: F.l1_loss(x, t, reduction=red), at)
        for d in (1., 0.3):
            case(f"huber_loss {red} {shape} {d}", "huber_loss", xy(), lambda x, t: F.huber_loss(x, t, reduction=red, delta=d), {**at, "p": d})
            case(f"smooth_l1_loss {red} {shape} {d}", "smooth_l1_loss", xy(), lambda x, t: F.smooth_l1_loss(x, t, reduction=red, beta=d), {**at, "p": d})
        case(f"smooth_l1_loss {red} {shape} 0", "smooth_l1_loss", xy(), lambda x, t: F.smooth_l1_loss(x, t, reduction=red, beta=0.), {**at, "p": 0})
        pq = lambda: {"x": torch.rand(shape) * 0.9 + 0.05, "t": torch.rand(shape) * 0.9 + 0.05}
        case(f"bce {red} {shape}", "bce", pq(), lambda x, t: F.binary_cross_entropy(x, t, reduction=red), at)
        lt = lambda: {"x": r(shape) * 3, "t": torch.rand(shape)}
        case(f"bce_logits {red} {shape}", "bce_logits", lt(),
             lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction=red), at)
        if len(shape) == 2:
            case(f"bce weight {red} {shape}", "bce", {**pq(), "weight": torch.rand(3)},
                 lambda x, t, weight: F.binary_cross_entropy(x, t, weight, reduction=red), at, const=("weight",))
            case(f"bce_logits weights {red} {shape}", "bce_logits", {**lt(), "weight": torch.rand(4, 3), "pos": torch.rand(3) * 3},
                 lambda x, t, weight, pos: F.binary_cross_entropy_with_logits(x, t, weight, reduction=red, pos_weight=pos), at, const=("weight", "pos"))
        case(f"kl_div {red} {shape}", "kl_div", {"x": r(shape), "t": torch.rand(shape) + 0.01}, lambda x, t: F.kl_div(x, t, reduction=red), at)
        case(f"kl_div log {red} {shape}", "kl_div", {"x": r(shape), "t": r(shape)}, lambda x, t: F.kl_div(x, t, reduction=red, log_target=True), {**at, "log": True})
case("kl_div batchmean", "kl_div", {"x": F.log_softmax(r(4, 3), 1), "t": F.softmax(r(4, 3), 1)},
     lambda x, t: F.kl_div(x, t, reduction="batchmean"), {"reduction": "batchmean"})
case("bce_logits large", "bce_logits", {"x": torch.tensor([-200., 200., 1000., -1000., 0.]), "t": torch.tensor([0., 1., 0., 1., 0.5])},
     lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none"), {"reduction": "none"})

# normalization
for shape in [(4, 3), (4, 3, 5), (2, 3, 4, 5), (2, 3, 1, 2)]:
    for training in (True, False):
        for affine in (True, False):
            c = shape[1]
            mean, var = r(c), torch.rand(c) + 0.5
            m2, v2 = mean.clone(), var.clone()
            x, wt, b = r(shape) * 2 + 1, r(c) if affine else None, r(c) if affine else None
            ins = {"x": x, "w": wt, "b": b}
            leaves = {k: v.clone().requires_grad_(True) for k, v in ins.items() if v is not None}
            y = F.batch_norm(leaves["x"], m2, v2, leaves.get("w"), leaves.get("b"), training, 0.1, 1e-5)
            gy = torch.randn_like(y)
            y.backward(gy)
            w.case(f"batch_norm {shape} training={training} affine={affine}", {**ins, "mean": mean, "var": var, "gy": gy},
                   {"y": y, "mean": m2, "var": v2}, {k: v.grad for k, v in leaves.items()},
                   {"op": "batch_norm", "training": training, "momentum": 0.1, "eps": 1e-5})
for shape, last in [((4, 6), (6,)), ((2, 3, 40), (40,)), ((2, 3, 4), (3, 4)), ((5,), (5,)), ((3, 1), (1,))]:
    for affine in (True, False):
        case(f"layer_norm {shape} {last} {affine}", "layer_norm",
             {"x": r(shape) * 2 + 1, "w": r(last) if affine else None, "b": r(last) if affine else None},
             lambda x, w, b: F.layer_norm(x, last, w, b, 1e-5), {"shape": last, "eps": 1e-5})

# embedding
case("embedding", "embedding", {"w": r(6, 4), "i": torch.tensor([0, 5, 2, 2])}, lambda w, i: F.embedding(i, w), {"padding": -1})
case("embedding 2d", "embedding", {"w": r(6, 4), "i": torch.tensor([[0, 5, 2], [2, 1, 0]])}, lambda w, i: F.embedding(i, w), {"padding": -1})
case("embedding padding", "embedding", {"w": r(6, 4), "i": torch.tensor([[0, 5, 2], [2, 1, 0]])}, lambda w, i: F.embedding(i, w, padding_idx=2), {"padding": 2})
case("embedding scalar", "embedding", {"w": r(6, 4), "i": torch.tensor(3)}, lambda w, i: F.embedding(i, w), {"padding": -1})

# activations
xs = {"values": torch.tensor([-30., -5, -2, -1, -0.5, -1e-3, -0., 0., 1e-3, 0.5, 1, 2, 5, 30]), "matrix": r(5, 7) * 3, "empty": r(0, 3)}
for name, x in xs.items():
    case("gelu " + name, "gelu", {"x": x}, lambda x: F.gelu(x))
    case("gelu_tanh " + name, "gelu_tanh", {"x": x}, lambda x: F.gelu(x, approximate="tanh"))
    case("silu " + name, "silu", {"x": x}, lambda x: F.silu(x))
    case("softplus " + name, "softplus", {"x": x}, lambda x: F.softplus(x))
    for s in (0.01, 0.2):
        case(f"leaky_relu {s} {name}", "leaky_relu", {"x": x}, lambda x: F.leaky_relu(x, s), {"p": s})
    for a in (1., 0.5):
        case(f"elu {a} {name}", "elu", {"x": x}, lambda x: F.elu(x, a), {"p": a})

w.save()
