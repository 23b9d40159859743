"""Reference numbers of layers that take more than one tensor or compute their weights, of initializations and of fusions."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
from golden import Writer
from torch import nn

torch.manual_seed(21)
w = Writer(__file__)
r = torch.randn


def state(m):
    return {"state." + k: v.detach().clone() for k, v in m.state_dict().items() if "num_batches" not in k}


def grads(m):
    return {k: p.grad for k, p in m.named_parameters() if p.grad is not None}


# The whole transformer.
for name, kw, masks in [("plain", {}, {}), ("masked", dict(norm_first=True, activation="gelu"), {"causal": True, "padding": True}),
                        ("batch first", dict(batch_first=True, bias=False), {"causal": True})]:
    m = nn.Transformer(6, 2, 2, 1, dim_feedforward=8, dropout=0.0, **kw)
    first = kw.get("batch_first", False)
    src, tgt = (r(2, 3, 6), r(2, 4, 6)) if first else (r(3, 2, 6), r(4, 2, 6))
    src.requires_grad_(True)
    tgt.requires_grad_(True)
    args, ins = {}, {"src": src, "tgt": tgt}
    if masks.get("causal"):
        args["tgt_mask"] = nn.Transformer.generate_square_subsequent_mask(4)
        ins["mask"] = args["tgt_mask"].isinf()
    if masks.get("padding"):
        pad = torch.tensor([[False, False, True], [False, False, False]])
        args["src_key_padding_mask"] = args["memory_key_padding_mask"] = pad
        ins["padding"] = pad
    y = m(src, tgt, **args)
    gy = r(y.shape)
    y.backward(gy)
    w.case("transformer " + name, {**state(m), **ins, "gy": gy}, {"y": y}, {**grads(m), "src": src.grad, "tgt": tgt.grad},
           {"first": first, "norm_first": bool(kw.get("norm_first")), "gelu": "activation" in kw, "bias": kw.get("bias", True), **masks})

# Computed weights.
for name, m, x in [
    ("weight linear", nn.utils.weight_norm(nn.Linear(4, 3)), r(2, 4)),
    ("weight linear whole", nn.utils.weight_norm(nn.Linear(4, 3), dim=None), r(2, 4)),
    ("weight conv", nn.utils.weight_norm(nn.Conv2d(2, 3, 3)), r(2, 2, 5, 4)),
    ("spectral linear", nn.utils.spectral_norm(nn.Linear(4, 3)), r(2, 4)),
    ("spectral linear steps", nn.utils.spectral_norm(nn.Linear(4, 3), n_power_iterations=3), r(2, 4)),
    ("spectral conv", nn.utils.spectral_norm(nn.Conv1d(2, 3, 3)), r(2, 2, 6)),
    ("spectral transposed", nn.utils.spectral_norm(nn.ConvTranspose2d(2, 3, 3)), r(1, 2, 4, 3)),
    ("spectral eval", nn.utils.spectral_norm(nn.Linear(4, 3)), r(2, 4)),
]:
    m.train("eval" not in name)
    s = state(m)
    x.requires_grad_(True)
    y = m(x)
    gy = r(y.shape)
    y.backward(gy)
    after = {k: v for k, v in state(m).items() if k in ("state.weight_u", "state.weight_v") and name.startswith("spectral")}
    w.case(name, {**s, "x": x, "gy": gy}, {"y": y, **after}, {**grads(m), "x": x.grad}, {"computed": True})

# The adaptive softmax.
for name, cutoffs, kw in [("one cluster", [4], {}), ("three clusters", [2, 5, 8], dict(head_bias=True, div_value=2.0))]:
    m = nn.AdaptiveLogSoftmaxWithLoss(8, 11, cutoffs, **kw)
    x, t = r(6, 8).requires_grad_(True), torch.tensor([0, 10, 3, 6, 1, 8])
    out, loss = m(x, t)
    loss.backward()
    w.case("adaptive " + name, {**state(m), "x": x, "t": t}, {"out": out, "loss": loss, "log_prob": m.log_prob(x), "predict": m.predict(x)},
           {**grads(m), "x": x.grad}, {"cutoffs": cutoffs, "bias": "head_bias" in kw, "div": kw.get("div_value", 0)})

# Options of layers: convolutions padded with something else than zeros, a batch norm without running statistics.
for name, m, x in [("conv1d circular", nn.Conv1d(2, 3, 3, padding=2, padding_mode="circular", stride=2), r(2, 2, 6)),
                   ("conv1d reflect", nn.Conv1d(2, 3, 5, padding="same", padding_mode="reflect"), r(2, 2, 6)),
                   ("conv2d reflect", nn.Conv2d(2, 3, (3, 2), padding=(1, 2), padding_mode="reflect"), r(2, 2, 5, 4)),
                   ("conv2d replicate", nn.Conv2d(2, 4, 3, padding=2, groups=2, padding_mode="replicate"), r(2, 2, 5, 4)),
                   ("conv3d circular", nn.Conv3d(2, 3, 3, padding=1, padding_mode="circular"), r(1, 2, 3, 4, 3)),
                   ("conv3d same", nn.Conv3d(2, 3, 3, padding="same"), r(1, 2, 3, 4, 3)),
                   ("batchnorm2d no statistics", nn.BatchNorm2d(2, track_running_stats=False).eval(), r(2, 2, 3, 4))]:
    s = state(m)
    x.requires_grad_(True)
    y = m(x)
    gy = r(y.shape)
    y.backward(gy)
    w.case("options " + name, {**s, "x": x, "gy": gy}, {"y": y}, {**grads(m), "x": x.grad})

# Fusions.
for name, a, bn, x in [("conv", nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), r(2, 2, 5, 5)), ("conv no bias", nn.Conv2d(2, 3, 3, bias=False), nn.BatchNorm2d(3), r(2, 2, 5, 5)),
                       ("linear", nn.Linear(4, 3), nn.BatchNorm1d(3), r(5, 4))]:
    both = nn.Sequential(a, bn)
    with torch.no_grad():
        bn.weight.uniform_(0.5, 2)
        bn.bias.normal_()
        both(x)
    both.eval()
    f = (torch.nn.utils.fuse_linear_bn_eval if name == "linear" else torch.nn.utils.fuse_conv_bn_eval)(a, bn)
    w.case("fuse " + name, {**state(both), "x": x}, {"y": f(x), "weight": f.weight, "bias": f.bias})

# Initializations without chance.
for shape in ((3, 5), (4, 2)):
    w.case(f"eye {shape}", {}, {"y": nn.init.eye_(torch.empty(shape))}, attrs={"shape": list(shape), "groups": 0})
for shape, groups in (((4, 3, 3), 1), ((6, 2, 3, 4), 3), ((2, 5, 1, 2, 3), 1)):
    w.case(f"dirac {shape} {groups}", {}, {"y": nn.init.dirac_(torch.empty(shape), groups)}, attrs={"shape": list(shape), "groups": groups})
for name in ("linear", "sigmoid", "tanh", "relu", "selu", "conv2d"):
    w.case("gain " + name, {}, {"y": torch.tensor(nn.init.calculate_gain(name))}, attrs={"name": name, "slope": 0})
w.case("gain leaky", {}, {"y": torch.tensor(nn.init.calculate_gain("leaky_relu", 0.3))}, attrs={"name": "leaky_relu", "slope": 0.3})
w.save()
