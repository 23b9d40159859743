"""Reference numbers of dl's activation functions and losses, from PyTorch: see core_ops.py."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import torch
import torch.nn.functional as F
from cases import recorder, spread
from golden import Writer

torch.manual_seed(21)
w = Writer(__file__)
case = recorder(w)
r = torch.randn
nan, inf = float("nan"), float("inf")

corners = torch.tensor([0.0, -0.0, 0.5, -0.5, 3, -3, 6, 1, -1, 100, -100])
for name, f in {
    "hardtanh": lambda x: F.hardtanh(x, -0.7, 1.2), "relu6": F.relu6, "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish,
    "hardshrink": lambda x: F.hardshrink(x, 0.4), "softshrink": lambda x: F.softshrink(x, 0.4),
    "threshold": lambda x: F.threshold(x, 0.3, -2), "softsign": F.softsign, "tanhshrink": F.tanhshrink, "logsigmoid": F.logsigmoid,
    "selu": F.selu, "celu": lambda x: F.celu(x, 1.5), "mish": F.mish,
}.items():
    case(name, f, {"x": spread(5, 7)})
    case(name, f, {"x": corners}, "corners")
    case(name, f, {"x": torch.tensor([nan, 1.0])}, "nan", grads=False)
    # PyTorch's derivative of hardsigmoid is 1/6 in float32 also for float64
    case(name, f, {"x": spread(6, dtype=torch.float64)}, "float64", grads=name != "hardsigmoid")
    case(name, f, {"x": torch.zeros(0, 3)}, "empty")
    case(name, f, {"x": torch.tensor(0.4)}, "scalar")
for name in ("hardtanh", "relu6", "hardsigmoid", "hardshrink", "softshrink", "threshold", "logsigmoid", "selu", "celu"):
    f = {"hardtanh": lambda x: F.hardtanh(x, -0.7, 1.2), "hardshrink": lambda x: F.hardshrink(x, 0.4), "softshrink": lambda x: F.softshrink(x, 0.4),
         "threshold": lambda x: F.threshold(x, 0.3, -2), "celu": lambda x: F.celu(x, 1.5)}.get(name) or getattr(F, name)
    case(name, f, {"x": torch.tensor([inf, -inf])}, "inf")
for shape, n in (((2, 3, 4), 3), ((2, 3), 1), ((5,), 1), ((3, 2, 0), 2)):
    case("prelu", F.prelu, {"x": spread(*shape), "y": torch.rand(n)}, str(shape).replace(" ", "") + str(n))
for d in (0, 1, -1):
    case("glu", lambda x: F.glu(x, d), {"x": r(4, 6)}, str(d), dim=d)
    case("softmin", lambda x: F.softmin(x, d), {"x": r(4, 6)}, str(d), dim=d)
case("rrelu", lambda x: F.rrelu(x, 0.1, 0.4), {"x": spread(3, 4)}, "evaluation")

REDUCTIONS = ("mean", "sum", "none")


def loss(name, f, ins, tag="", **kw):
    for red in REDUCTIONS:
        case(name, lambda *a: f(*a, reduction=red, **kw), ins, (tag + " " + red).strip(), reduction=red, **{k: v for k, v in kw.items() if v is not None})


def sign(*shape):
    return (torch.randint(0, 2, shape) * 2 - 1).long()


loss("margin_ranking", F.margin_ranking_loss, {"x": r(5), "y": r(5), "i": sign(5)}, margin=0.3)
loss("margin_ranking", F.margin_ranking_loss, {"x": r(3, 1), "y": r(3, 4), "i": sign(3, 4)}, "broadcast")
loss("hinge_embedding", F.hinge_embedding_loss, {"x": r(3, 4).abs(), "i": sign(3, 4)})
loss("hinge_embedding", F.hinge_embedding_loss, {"x": r(3, 4).abs(), "i": sign(3, 4)}, "margin", margin=0.5)
loss("cosine_embedding", F.cosine_embedding_loss, {"x": r(6, 4), "y": r(6, 4), "i": sign(6)}, margin=0.1)
loss("cosine_embedding", F.cosine_embedding_loss, {"x": r(4), "y": r(4), "i": torch.tensor(-1)}, "one")
loss("soft_margin", F.soft_margin_loss, {"x": r(3, 4) * 3, "i": sign(3, 4)})
for p in (1, 2):
    loss("multi_margin", F.multi_margin_loss, {"x": r(5, 4), "i": torch.randint(0, 4, (5,))}, p=p)
case("multi_margin", lambda x, i, s: F.multi_margin_loss(x, i, weight=s.detach(), margin=0.5),
     {"x": r(5, 4), "i": torch.randint(0, 4, (5,)), "s": torch.rand(4)}, "weights", margin=0.5)
loss("multilabel_margin", F.multilabel_margin_loss, {"x": r(3, 4), "i": torch.tensor([[3, 0, -1, 1], [-1, 2, 0, 1], [0, 1, 2, 3]])})
loss("multilabel_margin", F.multilabel_margin_loss, {"x": r(4), "i": torch.tensor([1, -1, 0, 0])}, "one")
loss("multilabel_soft_margin", F.multilabel_soft_margin_loss, {"x": r(3, 4), "i": torch.randint(0, 2, (3, 4))})
case("multilabel_soft_margin", lambda x, i, s: F.multilabel_soft_margin_loss(x, i, s.detach()),
     {"x": r(3, 4), "i": torch.randint(0, 2, (3, 4)), "s": torch.rand(4)}, "weights")
for p in (1.0, 2.0, 3.0):
    case("pairwise_distance", lambda x, y: F.pairwise_distance(x, y, p), {"x": r(4, 3), "y": r(4, 3)}, str(p), p=p)
    loss("triplet_margin", F.triplet_margin_loss, {"x": r(4, 3), "y": r(4, 3), "z": r(4, 3)}, f"p{p}", p=p)
loss("triplet_margin", F.triplet_margin_loss, {"x": r(4, 3), "y": r(4, 3), "z": r(4, 3)}, "swap", swap=True, margin=2.0)
counts = torch.tensor([0.0, 1, 2, 7, 3])
for log in (True, False):
    for full in (True, False):
        loss("poisson_nll", F.poisson_nll_loss, {"x": torch.rand(5) + 0.1, "m": counts.long()}, f"{log} {full}", log_input=log, full=full)
for full in (True, False):
    loss("gaussian_nll", F.gaussian_nll_loss, {"x": r(4, 3), "y": r(4, 3), "z": torch.rand(4, 3) + 0.1}, f"{full}", full=full)
case("gaussian_nll", F.gaussian_nll_loss, {"x": r(4, 3), "y": r(4, 3), "z": torch.tensor([[0.5], [0.0], [1e-9], [2]])}, "small", reduction="mean")

for red in REDUCTIONS:
    lp = r(6, 3, 5).log_softmax(2)
    targets = torch.tensor([[1, 2, 2], [3, 1, 4], [4, 4, 1]])
    for tag, il, tl, blank, zero in (("full", [6, 6, 6], [3, 3, 3], 0, False), ("ragged", [6, 4, 5], [2, 0, 3], 0, False),
                                     ("blank", [6, 6, 6], [1, 2, 1], 2, False), ("zero", [2, 6, 3], [3, 3, 3], 0, True)):
        t = torch.where(targets == blank, 0, targets) if blank else targets
        case("ctc", lambda x, i: F.ctc_loss(x.log_softmax(2), i, torch.tensor(il), torch.tensor(tl), blank, red, zero), {"x": lp, "i": t},
             f"{tag} {red}", reduction=red, in_lengths=il, target_lengths=tl, blank=blank, zero=zero)
case("ctc", lambda x, i: F.ctc_loss(x, i, torch.tensor([2]), torch.tensor([3]), 0, "none"), {"x": r(2, 1, 5).log_softmax(2), "i": torch.tensor([[1, 2, 3]])},
     "impossible", grads=False, reduction="none", in_lengths=[2], target_lengths=[3], blank=0, zero=False)
w.save()
