"""Reference numbers of the optimizers and schedules, from PyTorch.

"steps" cases feed the same gradients to the optimizer for 12 steps; "curve" cases train a small network for 200 steps and
record its loss at each.
"""
import inspect
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
import torch.nn.functional as F
from golden import Writer
from torch import optim

torch.manual_seed(5)
w = Writer(__file__)

CONFIGS = [
    ("sgd", optim.SGD, dict(lr=0.1)),
    ("sgd momentum", optim.SGD, dict(lr=0.05, momentum=0.9)),
    ("sgd dampening", optim.SGD, dict(lr=0.05, momentum=0.9, dampening=0.3)),
    ("sgd nesterov", optim.SGD, dict(lr=0.05, momentum=0.9, nesterov=True)),
    ("sgd decay", optim.SGD, dict(lr=0.1, weight_decay=0.1)),
    ("sgd momentum decay nesterov", optim.SGD, dict(lr=0.05, momentum=0.8, nesterov=True, weight_decay=0.05)),
    ("adam", optim.Adam, dict(lr=0.01)),
    ("adam decay", optim.Adam, dict(lr=0.01, weight_decay=0.1)),
    ("adam betas", optim.Adam, dict(lr=0.02, betas=(0.8, 0.95), eps=1e-4)),
    ("adamw", optim.AdamW, dict(lr=0.01)),
    ("adamw decay", optim.AdamW, dict(lr=0.01, weight_decay=0.3)),
    ("rmsprop", optim.RMSprop, dict(lr=0.01)),
    ("rmsprop alpha", optim.RMSprop, dict(lr=0.005, alpha=0.9, eps=1e-5)),
    ("rmsprop momentum", optim.RMSprop, dict(lr=0.002, momentum=0.9)),
    ("rmsprop centered", optim.RMSprop, dict(lr=0.002, centered=True)),
    ("rmsprop all", optim.RMSprop, dict(lr=0.002, centered=True, momentum=0.5, weight_decay=0.1)),
    ("adagrad", optim.Adagrad, dict(lr=0.1)),
    ("adagrad all", optim.Adagrad, dict(lr=0.1, lr_decay=0.01, weight_decay=0.05, initial_accumulator_value=0.2)),
]


def attrs(cls, kw):
    a = {"kind": cls.__name__, **kw}
    if "betas" in a:
        a["beta1"], a["beta2"] = a.pop("betas")
    if "etas" in a:
        (a["shrink"], a["grow"]), (a["least"], a["largest"]) = a.pop("etas"), a.pop("step_sizes")
    return a


def steps(name, cls, kw, second=(7,)):
    p, q = torch.randn(3, 5, requires_grad=True), torch.randn(second, requires_grad=True)
    ins, outs = {"p": p.detach().clone(), "q": q.detach().clone()}, {}
    gp, gq = torch.randn(12, 3, 5), torch.randn(12, *second)
    gp[4] = 0
    ins["gp"], ins["gq"] = gp, gq
    o = cls([p, q], **kw)
    ps, qs = [], []
    for i in range(12):
        p.grad, q.grad = gp[i].clone(), gq[i].clone()
        if i == 3:
            q.grad = None  # took no part in this step
        o.step()
        ps.append(p.detach().clone())
        qs.append(q.detach().clone())
    w.case("steps " + name, ins, {"p": torch.stack(ps), "q": torch.stack(qs)}, attrs=attrs(cls, kw))


for name, cls, kw in CONFIGS:
    steps(name, cls, kw)

for name, cls, kw in CONFIGS:
    x, y = torch.randn(40, 6), torch.randint(0, 3, (40,))
    w1, b1, w2, b2 = [t.requires_grad_(True) for t in
                      (torch.randn(16, 6) * 0.4, torch.zeros(16), torch.randn(3, 16) * 0.3, torch.zeros(3))]
    ins = {k: v.detach().clone() for k, v in dict(x=x, y=y, w1=w1, b1=b1, w2=w2, b2=b2).items()}
    o = cls([w1, b1, w2, b2], **kw)
    curve = []
    for _ in range(200):
        o.zero_grad()
        loss = F.cross_entropy(F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2), y)
        loss.backward()
        o.step()
        curve.append(loss.item())
    w.case("curve " + name, ins, {"loss": torch.tensor(curve)}, attrs=attrs(cls, kw))

# Parameter groups.
p, q = torch.randn(4, requires_grad=True), torch.randn(4, requires_grad=True)
ins = {"p": p.detach().clone(), "q": q.detach().clone(), "g": torch.randn(5, 4)}
o = optim.Adam([{"params": [p]}, {"params": [q], "lr": 0.1, "weight_decay": 0.2}], lr=0.01)
for i in range(5):
    p.grad, q.grad = ins["g"][i].clone(), ins["g"][i].clone()
    o.step()
w.case("groups", ins, {"p": p.detach(), "q": q.detach()})

# Clipping.
for name, scale, limit in [("above", 3., 1.), ("below", 0.01, 1.), ("much", 1000., 0.5)]:
    ps = [torch.zeros(3, 4, requires_grad=True), torch.zeros(5, requires_grad=True)]
    gs = [torch.randn(3, 4) * scale, torch.randn(5) * scale]
    for t, g in zip(ps, gs):
        t.grad = g.clone()
    norm = torch.nn.utils.clip_grad_norm_(ps, limit)
    w.case("clip norm " + name, {"a": gs[0], "b": gs[1]}, {"a": ps[0].grad, "b": ps[1].grad, "norm": norm}, attrs={"limit": limit})
    for t, g in zip(ps, gs):
        t.grad = g.clone()
    torch.nn.utils.clip_grad_value_(ps, limit)
    w.case("clip value " + name, {"a": gs[0], "b": gs[1]}, {"a": ps[0].grad, "b": ps[1].grad}, attrs={"limit": limit})

# Schedules: the rate before the first and after every step.
L = optim.lr_scheduler
for name, make, n, at in [
    ("step", lambda o: L.StepLR(o, 3, 0.5), 10, {"every": 3, "gamma": 0.5}),
    ("multistep", lambda o: L.MultiStepLR(o, [2, 5, 6], 0.3), 10, {"milestones": [2, 5, 6], "gamma": 0.3}),
    ("exponential", lambda o: L.ExponentialLR(o, 0.9), 10, {"gamma": 0.9}),
    ("lambda", lambda o: L.LambdaLR(o, lambda e: 1 / (1 + e)), 10, {}),
    ("cosine", lambda o: L.CosineAnnealingLR(o, 10), 10, {"length": 10}),
    ("cosine min", lambda o: L.CosineAnnealingLR(o, 8, 0.02), 8, {"length": 8, "min": 0.02}),
    ("onecycle", lambda o: L.OneCycleLR(o, 0.5, 30, cycle_momentum=False), 29, {"max": 0.5, "steps": 30}),
    ("onecycle linear", lambda o: L.OneCycleLR(o, 0.5, 25, pct_start=0.4, anneal_strategy="linear", div_factor=10,
                                               final_div_factor=100, cycle_momentum=False), 24,
     {"max": 0.5, "steps": 25, "rise": 0.4, "linear": True, "div": 10, "final": 100}),
]:
    o = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    s = make(o)
    rates = [o.param_groups[0]["lr"]]
    for _ in range(n):
        o.step()
        s.step()
        rates.append(o.param_groups[0]["lr"])
    w.case("schedule " + name, {}, {"lr": torch.tensor(rates, dtype=torch.float64)}, attrs=at)

metrics = [5, 4, 3.9, 3.9, 3.9, 3.9, 3.9, 3.5, 3.6, 3.6, 3.6, 3.6, 3.6, 3.6, 3.6, 3.6, 3.6, 3.2]
for name, kw in [("min", dict(factor=0.5, patience=2)), ("cooldown", dict(factor=0.1, patience=1, cooldown=2, min_lr=0.005)),
                 ("max", dict(mode="max", factor=0.3, patience=3, threshold=0.01))]:
    o = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    s = L.ReduceLROnPlateau(o, **kw)
    rates = []
    for m in metrics:
        s.step(m)
        rates.append(o.param_groups[0]["lr"])
    w.case("plateau " + name, {"metric": torch.tensor(metrics, dtype=torch.float64)},
           {"lr": torch.tensor(rates, dtype=torch.float64)}, attrs=kw)

for name, cls, kw in [
    ("adamax", optim.Adamax, {}), ("adamax all", optim.Adamax, dict(lr=0.05, betas=(0.8, 0.9), eps=1e-4, weight_decay=0.1)),
    ("nadam", optim.NAdam, {}), ("nadam all", optim.NAdam, dict(lr=0.05, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1, momentum_decay=0.1)),
    ("radam", optim.RAdam, {}), ("radam all", optim.RAdam, dict(lr=0.05, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)),
    ("adadelta", optim.Adadelta, {}), ("adadelta all", optim.Adadelta, dict(lr=0.5, rho=0.8, eps=1e-4, weight_decay=0.1)),
    ("rprop", optim.Rprop, {}), ("rprop all", optim.Rprop, dict(lr=0.05, etas=(0.4, 1.5), step_sizes=(1e-3, 0.1))),
]:
    steps(name, cls, kw)

for name, make, n, at in [
    ("linear", lambda o: L.LinearLR(o, 0.25, 0.9, 4), 8, {}), ("constant", lambda o: L.ConstantLR(o, 0.3, 3), 8, {}),
    ("polynomial", lambda o: L.PolynomialLR(o, 5, 2.0), 8, {}), ("multiplicative", lambda o: L.MultiplicativeLR(o, lambda e: 1 - 0.1 * e), 6, {}),
    ("restarts", lambda o: L.CosineAnnealingWarmRestarts(o, 3, 2, 0.01), 12, {}),
    ("cyclic", lambda o: L.CyclicLR(o, 0.2, 0.5, 3, cycle_momentum=False), 14, {}),
]:
    o = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    s = make(o)
    rates = [o.param_groups[0]["lr"]]
    for _ in range(n):
        o.step()
        s.step()
        rates.append(o.param_groups[0]["lr"])
    w.case("schedule " + name, {}, {"lr": torch.tensor(rates, dtype=torch.float64)}, attrs=at)

for name, cls, kw in [
    ("asgd", optim.ASGD, {}), ("asgd all", optim.ASGD, dict(lr=0.05, lambd=0.1, alpha=0.5, t0=4, weight_decay=0.1)),
    ("adafactor", optim.Adafactor, {}), ("adam amsgrad", optim.Adam, dict(lr=0.05, weight_decay=0.1, betas=(0.8, 0.9), amsgrad=True)),
    ("adamw amsgrad", optim.AdamW, dict(lr=0.05, weight_decay=0.2, amsgrad=True)),
    ("adafactor all", optim.Adafactor, dict(lr=0.05, beta2_decay=-0.6, eps=(1e-4, 1e-2), d=1.5, weight_decay=0.1)),
]:
    steps(name, cls, kw)

# Muon's iteration runs in bfloat16 there; here in float64, so that its numbers can be compared.
muon = sys.modules["torch.optim._muon"]
exec(inspect.getsource(muon._zeropower_via_newtonschulz).replace("bfloat16", "float64") + "    ", vars(muon))
for name, kw in [("muon", {}), ("muon all", dict(lr=0.05, weight_decay=0.3, momentum=0.8, nesterov=False, ns_steps=3, adjust_lr_fn="match_rms_adamw"))]:
    steps(name, optim.Muon, kw, (7, 2))

# Chained and sequential schedules.
for name, make, n in [
    ("sequential", lambda o: L.SequentialLR(o, [L.LinearLR(o, 0.1, 1, 4), L.CosineAnnealingLR(o, 6, 0.01)], [4]), 10),
    ("sequential three", lambda o: L.SequentialLR(o, [L.ConstantLR(o, 0.5, 2), L.StepLR(o, 2, 0.5), L.ExponentialLR(o, 0.9)], [3, 7]), 12),
    ("chained", lambda o: L.ChainedScheduler([L.ConstantLR(o, 0.1, 3), L.ExponentialLR(o, 0.9)]), 8),
    ("chained three", lambda o: L.ChainedScheduler([L.LinearLR(o, 0.5, 1, 4), L.StepLR(o, 2, 0.5), L.PolynomialLR(o, 20, 1.5)]), 10),
]:
    o = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    s = make(o)
    rates = [o.param_groups[0]["lr"]]
    for _ in range(n):
        o.step()
        s.step()
        rates.append(o.param_groups[0]["lr"])
    w.case("schedule " + name, {}, {"lr": torch.tensor(rates, dtype=torch.float64)})

# L-BFGS on Rosenbrock's function in two parameters, and where it was after each call of step.
for name, kw in [("plain", dict(lr=0.1, max_iter=5)), ("short history", dict(lr=0.1, max_iter=8, history_size=2)),
                 ("wolfe", dict(line_search_fn="strong_wolfe", max_iter=6)), ("wolfe to the end", dict(line_search_fn="strong_wolfe", max_iter=40)),
                 ("few evaluations", dict(line_search_fn="strong_wolfe", max_iter=20, max_eval=7))]:
    x, y = torch.tensor([-1.2, 0.8], dtype=torch.float64, requires_grad=True), torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    ins = {"x": x.detach().clone(), "y": y.detach().clone()}
    o = optim.LBFGS([x, y], **kw)
    count = 0

    def closure():
        global count
        count += 1
        o.zero_grad()
        loss = ((1 - x) ** 2 + 5 * (y - x ** 2) ** 2).sum()
        loss.backward()
        return loss

    xs, ys, losses, counts = [], [], [], []
    for _ in range(5):
        losses.append(o.step(closure).item())
        xs.append(x.detach().clone())
        ys.append(y.detach().clone())
        counts.append(count)
    w.case("lbfgs " + name, ins, {"x": torch.stack(xs), "y": torch.stack(ys), "loss": torch.tensor(losses, dtype=torch.float64),
                                  "count": torch.tensor(counts)}, attrs=kw)

w.save()
