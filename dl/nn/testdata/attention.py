"""Reference numbers of attention and transformer layers: a state as PyTorch names it, the output, and all gradients."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
import torch
from golden import Writer
from torch import nn

torch.manual_seed(13)
w = Writer(__file__)
r = torch.randn


def finish(name, m, ins, run, attrs, const=None):
    ins = {k: v.clone().requires_grad_(True) for k, v in ins.items()}
    y, more = run(**ins)
    gy = torch.randn_like(y)
    y.backward(gy)
    grads = {**{k: p.grad for k, p in m.named_parameters()}, **{k: v.grad for k, v in ins.items()}}
    w.case(name, {**{"state." + k: v for k, v in m.state_dict().items()}, **ins, "gy": gy, **(const or {})},
           {"y": y, **more}, grads, attrs)


def masks(kind, n, heads, l, s):
    c = {}
    if "padding" in kind:
        c["padding"] = torch.arange(s)[None] >= torch.randint(1, s + 1, (n, 1))
    if "bool" in kind:
        c["mask"] = torch.rand(l, s) < 0.3
        c["mask"][:, 0] = False
        if "padding" in kind:
            c["padding"][:, 0] = False
    if "float" in kind:
        c["mask"] = r(l, s)
    if "heads" in kind:
        c["mask"] = r(n * heads, l, s)
    return c


def mha(kind="", n=2, l=4, s=None, e=6, heads=2, first=False, **o):
    m = nn.MultiheadAttention(e, heads, batch_first=first, **o)
    if o.get("bias", True):
        nn.init.normal_(m.in_proj_bias)
        nn.init.normal_(m.out_proj.bias)
    shape = lambda steps, width: (n, steps, width) if first else (steps, n, width)
    c = masks(kind, n, heads, l, s or l)
    causal = "causal" in kind
    mask = c.get("mask")
    if causal:
        mask = nn.Transformer.generate_square_subsequent_mask(l)
    if mask is not None and mask.dtype != torch.bool and "padding" in c:
        pad = torch.zeros(c["padding"].shape).masked_fill(c["padding"], float("-inf"))
    else:
        pad = c.get("padding")

    def run(q, k=None, v=None):
        k, v = (q, q) if k is None else (k, v)
        y, a = m(q, k, v, key_padding_mask=pad, attn_mask=mask, need_weights=True)
        return y, {"weights": a}
    ins = {"q": r(shape(l, e))}
    if s:
        ins.update(k=r(shape(s, o.get("kdim") or e)), v=r(shape(s, o.get("vdim") or e)))
    finish(f"attention {kind} {n}x{l}x{s} {e}/{heads} first={first} {o}", m, ins, run,
           {"kind": "attention", "features": e, "heads": heads, "first": first, "causal": causal, "bias": o.get("bias", True),
            "kdim": o.get("kdim") or 0, "vdim": o.get("vdim") or 0}, c)


mha()
mha(first=True)
mha(s=5, first=True)
mha(s=3)
mha("padding", first=True)
mha("bool")
mha("float", s=5, first=True)
mha("heads", first=True)
mha("causal", first=True, l=5)
mha("bool padding", first=True)
mha("float padding", first=True)
mha(first=True, bias=False)
mha(s=5, first=True, kdim=3, vdim=5)
mha(first=True, n=1, l=70, e=2, heads=1)


def encoder(kind="", n=2, l=4, e=6, heads=2, ff=8, layers=0, first=True, final=False, **o):
    one = nn.TransformerEncoderLayer(e, heads, ff, dropout=0., batch_first=first, **o)
    m = one
    if layers:
        m = nn.TransformerEncoder(one, layers, nn.LayerNorm(e) if final else None, enable_nested_tensor=False)
    for p in m.parameters():
        nn.init.normal_(p, std=0.5)
    c = masks(kind, n, heads, l, l)
    kw = {}
    if "padding" in c:
        kw["src_key_padding_mask"] = c["padding"]
    if "causal" in kind:
        kw["mask" if layers else "src_mask"] = nn.Transformer.generate_square_subsequent_mask(l)
        if "padding" in c:
            kw["src_key_padding_mask"] = torch.zeros(n, l).masked_fill(c["padding"], float("-inf"))
    finish(f"encoder {kind} {n}x{l}x{e}/{heads} layers={layers} first={first} final={final} {o}", m,
           {"q": r((n, l, e) if first else (l, n, e))}, lambda q: (m(q, **kw), {}),
           {"kind": "encoder", "features": e, "heads": heads, "ff": ff, "layers": layers, "first": first, "final": final,
            "causal": "causal" in kind, "gelu": o.get("activation") == "gelu", "norm_first": o.get("norm_first", False),
            "bias": o.get("bias", True)}, c)


encoder()
encoder(first=False)
encoder(norm_first=True, activation="gelu")
encoder("padding")
encoder("causal", bias=False)
encoder("causal padding", layers=2, final=True, norm_first=True)
encoder(layers=2)


def decoder(kind="", n=2, l=4, s=3, e=6, heads=2, ff=8, layers=0, first=True, final=False, **o):
    one = nn.TransformerDecoderLayer(e, heads, ff, dropout=0., batch_first=first, **o)
    m = nn.TransformerDecoder(one, layers, nn.LayerNorm(e) if final else None) if layers else one
    for p in m.parameters():
        nn.init.normal_(p, std=0.5)
    c = masks(kind, n, heads, l, s)
    kw = {"memory_key_padding_mask": c["padding"]} if "padding" in c else {}
    if "causal" in kind:
        kw["tgt_mask"] = nn.Transformer.generate_square_subsequent_mask(l)
    shape = lambda steps: (n, steps, e) if first else (steps, n, e)
    finish(f"decoder {kind} {n}x{l}x{s}x{e}/{heads} layers={layers} first={first} final={final} {o}", m,
           {"q": r(shape(l)), "k": r(shape(s))}, lambda q, k: (m(q, k, **kw), {}),
           {"kind": "decoder", "features": e, "heads": heads, "ff": ff, "layers": layers, "first": first, "final": final,
            "causal": "causal" in kind, "gelu": o.get("activation") == "gelu", "norm_first": o.get("norm_first", False),
            "bias": o.get("bias", True)}, c)


decoder()
decoder("causal padding", norm_first=True, activation="gelu")
decoder("causal", layers=2, final=True, first=False)
w.save()
