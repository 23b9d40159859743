"""What the generators of operations share: run one, send a gradient back, record all of it."""
import torch


def recorder(w):
    """Returns case(op, f, inputs, tag, grads, **attrs) for the Writer w. grads False leaves the backward pass out."""

    def case(op, f, inputs, tag="", grads=True, **attrs):
        ins = {}
        for k, v in inputs.items():
            v = v.detach().clone()
            if grads and v.is_floating_point() and v.dtype not in (torch.bfloat16, torch.float16):
                v.requires_grad_(True)
            ins[k] = v
        out = f(*ins.values())
        outs = list(out) if isinstance(out, (tuple, list)) else [out]
        found, record = {}, dict(ins)
        y = outs[0]
        if y.requires_grad:
            gy = torch.randn_like(y)
            record["gy"] = gy
            y.backward(gy)
            found = {k: v.grad for k, v in ins.items() if v.requires_grad and v.grad is not None}
        w.case(op + ("/" + tag if tag else ""), record, {f"y{i}": o for i, o in enumerate(outs)}, found, {"op": op, **attrs})

    return case


def spread(*shape, dtype=torch.float32):
    """Distinct numbers, in random order: nothing ties."""
    n = 1
    for d in shape:
        n *= d
    return ((torch.randperm(n).to(dtype) - n / 2 + 0.3) * 0.2).reshape(shape)
