"""Reference numbers of recurrent layers: a state as PyTorch names it, all outputs, and all gradients."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
from golden import Writer
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(12)
w = Writer(__file__)
r = torch.randn


def case(kind, steps, batch, size, hidden, start=True, lengths=None, single=False, **o):
    m = getattr(nn, kind)(size, hidden, **o)
    dirs = 2 if o.get("bidirectional") else 1
    first = o.get("batch_first", False)
    x = r(batch, steps, size) if first else r(steps, batch, size)
    state = [r(o.get("num_layers", 1) * dirs, batch, hidden) for _ in range(2 if kind == "LSTM" else 1)]
    if o.get("proj_size"):
        state[0] = r(state[0].shape[0], batch, o["proj_size"])
    if single:
        x, state = r(steps, size), [s[:, 0] for s in state]
    ins = {"x": x}
    if start:
        ins.update(zip(("h0", "c0"), state))
    ins = {k: v.clone().requires_grad_(True) for k, v in ins.items()}
    given = None
    if start:
        given = (ins["h0"], ins["c0"]) if kind == "LSTM" else ins["h0"]
    x = ins["x"]
    if lengths:
        x = pack_padded_sequence(x, lengths, batch_first=first, enforce_sorted=False)
    out, last = m(x, given)
    if lengths:
        out, _ = pad_packed_sequence(out, batch_first=first, total_length=steps)
    outs = {"y": out, **dict(zip(("hn", "cn"), last if kind == "LSTM" else [last]))}
    gs = {k: torch.randn_like(v) for k, v in outs.items()}
    torch.autograd.backward(list(outs.values()), list(gs.values()))
    grads = {**{k: p.grad for k, p in m.named_parameters()}, **{k: v.grad for k, v in ins.items()}}
    name = f"{kind} {steps}x{batch}x{size}-{hidden} {o} lengths={lengths} start={start} single={single}"
    w.case(name, {**{"state." + k: v for k, v in m.state_dict().items()}, **ins, **{"g" + k: v for k, v in gs.items()}},
           outs, grads, {"kind": kind, "in": size, "hidden": hidden, "lengths": lengths or [],
                         "layers": o.get("num_layers", 1), "bidirectional": dirs == 2, "batch_first": first,
                         "bias": o.get("bias", True), "relu": o.get("nonlinearity") == "relu", "proj": o.get("proj_size", 0)})


for kind in ("RNN", "LSTM", "GRU"):
    case(kind, 5, 3, 4, 6)
    case(kind, 1, 1, 1, 1, start=False)
    case(kind, 4, 2, 3, 5, start=False, bias=False)
    case(kind, 4, 3, 3, 4, num_layers=2, bidirectional=True)
    case(kind, 4, 3, 3, 4, num_layers=2, batch_first=True)
    case(kind, 5, 4, 3, 4, lengths=[3, 5, 1, 4])
    case(kind, 5, 4, 3, 4, lengths=[3, 5, 1, 4], bidirectional=True, batch_first=True, num_layers=2)
    case(kind, 4, 1, 3, 4, single=True)
    case(kind, 3, 9, 5, 10, batch_first=True)
case("RNN", 5, 3, 4, 6, nonlinearity="relu", bidirectional=True)


def cell(kind, **o):
    m = getattr(nn, kind)(3, 4, **o)
    ins = {k: v.requires_grad_(True) for k, v in {"x": r(2, 3), "h0": r(2, 4), "c0": r(2, 4)}.items()}
    if kind == "LSTMCell":
        out = m(ins["x"], (ins["h0"], ins["c0"]))
    else:
        del ins["c0"]
        out = (m(ins["x"], ins["h0"]),)
    outs = dict(zip(("hn", "cn"), out))
    gs = {k: torch.randn_like(v) for k, v in outs.items()}
    torch.autograd.backward(list(outs.values()), list(gs.values()))
    grads = {**{k: p.grad for k, p in m.named_parameters()}, **{k: v.grad for k, v in ins.items()}}
    w.case(f"{kind} {o}", {**{"state." + k: v for k, v in m.state_dict().items()}, **ins, **{"g" + k: v for k, v in gs.items()}},
           outs, grads, {"kind": kind, "in": 3, "hidden": 4, "bias": o.get("bias", True), "relu": o.get("nonlinearity") == "relu"})


for kind in ("RNNCell", "LSTMCell", "GRUCell"):
    cell(kind)
    cell(kind, bias=False)
cell("RNNCell", nonlinearity="relu")
case("LSTM", 5, 3, 4, 6, proj_size=2)
case("LSTM", 3, 2, 3, 4, proj_size=3, start=False, bias=False, num_layers=2, bidirectional=True, batch_first=True)
case("LSTM", 5, 4, 3, 4, proj_size=2, lengths=[3, 5, 1, 4], bidirectional=True)
case("LSTM", 4, 1, 3, 4, proj_size=1, single=True)
w.save()
