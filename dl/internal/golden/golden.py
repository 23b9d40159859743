"""Writes golden files for dl's tests: see golden.go for the format.

A generator is a script beside its data in some testdata/ folder:

    import sys, pathlib
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[N] / "internal/golden"))
    from golden import Writer
    import torch

    w = Writer(__file__)                        # relu.py writes relu.json beside itself
    x = torch.randn(2, 3, requires_grad=True)
    y = torch.relu(x); gy = torch.randn_like(y); y.backward(gy)
    w.case("relu", {"x": x, "gy": gy}, {"y": y}, {"x": x.grad}, attrs={"dim": 1})
    w.save()

Arrays may be torch tensors, numpy arrays, lists or numbers.
"""
import json
import math
import pathlib
import sys


def _number(v):
    if isinstance(v, bool):
        return int(v)
    if isinstance(v, int):
        return v
    v = float(v)
    if math.isnan(v):
        return "nan"
    if math.isinf(v):
        return "inf" if v > 0 else "-inf"
    return int(v) if v == int(v) and abs(v) < 1e15 and math.copysign(1, v) > 0 else v


def array(x):
    """One tensor as {"shape", "dtype", "data"}, float32 in its shortest digits."""
    if type(x).__module__.startswith("torch"):
        import torch
        x = x.detach().cpu().resolve_conj()
        dtype = str(x.dtype).removeprefix("torch.")
        shape = list(x.shape)
        if x.dtype in (torch.bfloat16, torch.float16):
            x = x.float()
        x = x.contiguous().numpy()
    else:
        import numpy as np
        x = np.asarray(x)
        dtype, shape = str(x.dtype), list(x.shape)
    flat = x.reshape(-1)
    if flat.dtype == "float32":
        data = [_number(float(str(v))) for v in flat]
    else:
        data = [_number(v) for v in flat.tolist()]
    return {"shape": shape, "dtype": dtype, "data": data}


class Writer:
    """Collects cases and writes them as <script>.json beside the script."""

    def __init__(self, script, name=None):
        script = pathlib.Path(script).resolve()
        self.path = script.with_suffix(".json") if name is None else script.parent / name
        self.meta = {"script": script.name, "python": sys.version.split()[0]}
        self.cases = []

    def case(self, name, inputs=None, out=None, grad=None, attrs=None):
        def arrays(d):
            return {k: array(v) for k, v in (d or {}).items() if v is not None}

        self.cases.append({"name": name, "attrs": attrs or {}, "in": arrays(inputs),
                           "out": arrays(out), "grad": arrays(grad)})

    def save(self):
        for lib in ("torch", "numpy", "sklearn", "scipy", "torchvision"):
            if lib in sys.modules:
                self.meta[lib] = sys.modules[lib].__version__
        with open(self.path, "w") as f:
            f.write('{"meta": ' + json.dumps(self.meta) + ',\n"cases": [\n')
            f.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in self.cases))
            f.write("\n]}\n")
        print(self.path, len(self.cases), "cases")
