"""Every operation of the other generators in every dtype and form, as PyTorch answers it: sweep_test.go runs them.

The scripts beside this one are executed with another case(): it keeps the inputs of an operation and calls it again with
  - all of float32, float64, int64, int32, uint8, bool, bfloat16, float16 in the place of its float32 inputs,
  - every pair of these for operations of two such inputs, with two dimensions and with none on either side,
  - the limits of the integer types, NaN, infinities and both zeros,
  - no elements, one element, and shapes that broadcast.
What PyTorch refuses is recorded as refused. Arrays are kept once; sweep.json.gz is JSON of
{"meta", "arrays": [[dtype, shape, numbers]...], "cases": [[table, op, attrs, form, [[input, array]...], [array...] | null, {input: array}]...]}.
The gradient sent back is not kept: its element i is (7i mod 5 - 1.5) / 2.
"""
import ast
import gzip
import json
import pathlib
import sys
import warnings

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "internal/golden"))
import torch
from golden import array

warnings.simplefilter("ignore")
torch.set_num_threads(1)
nan, inf = float("nan"), float("inf")
halves = (torch.bfloat16, torch.float16)
floats = (torch.float32, torch.float64)
dtypes = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool, *halves]
arrays, numbers, cases, seen, taken = [], {}, [], {}, {}


def keep(t):
    a = array(t)
    key = json.dumps([a["dtype"], a["shape"], a["data"]], separators=(",", ":"))
    if key not in numbers:
        numbers[key] = len(arrays)
        arrays.append(key)
    return numbers[key]


def short(dt):
    return {"bfloat16": "bf16", "float16": "f16", "bool": "bool"}.get(str(dt)[6:], str(dt)[6:].replace("float", "f").replace("uint", "u").replace("int", "i"))


def to(x, dt):
    """x's numbers in another type: integers between -9 and 9, truth where they are positive."""
    if dt.is_floating_point:
        return x.to(dt)
    if dt == torch.bool:
        return x > 0
    y = (x * 3).round().clamp(-9, 9)
    return (y.abs() if dt == torch.uint8 else y).to(dt)


def edges(x, dt, shift):
    """Numbers at the limits of a type, in x's shape."""
    if dt.is_floating_point:
        v = [1.0, nan, inf, -0.0, 0.5, -inf, 0.0, -2.0]
    else:
        i = torch.iinfo(dt)
        v = [1, i.max, 0, i.min, 2, 7, i.max - 1, 5, i.min, 3] if i.min == 0 else [1, i.max, 0, i.min, -1, 7, -3, i.min + 1, 2, -8]
    n = x.numel()
    return torch.tensor([v[(k * (1 + shift) + shift) % len(v)] for k in range(n)], dtype=dt).reshape(x.shape)


def sent(y):
    """The gradient that is sent back."""
    i = torch.arange(y.numel(), dtype=torch.float64)
    return (((7 * i) % 5 - 1.5) / 2).reshape(y.shape).to(y.dtype)


class Sweep:
    def __init__(self, table):
        self.table = table

    def run(self, op, f, inputs, attrs, form, const=()):
        ins = {}
        for k, v in inputs.items():
            v = v.detach().clone()
            if v.dtype in floats and k not in const:
                v.requires_grad_(True)
            ins[k] = v
        refused, outs, grads = False, [], {}
        before = {k: keep(v) for k, v in ins.items()}
        try:
            out = f(ins)
            outs = list(out) if isinstance(out, (tuple, list)) else [out]
            if not all(isinstance(o, torch.Tensor) and not o.is_complex() for o in outs):
                return
            y = outs[0]
            if y.requires_grad:
                y.backward(sent(y))
                grads = {k: keep(v.grad) for k, v in ins.items() if v.requires_grad and v.grad is not None}
        except (RuntimeError, IndexError, ValueError, TypeError, NotImplementedError, ZeroDivisionError, AttributeError):
            refused = True
        if any(o.numel() > 1500 for o in outs):
            return
        cases.append([self.table, op, attrs, form, list(before.items()), None if refused else [keep(o) for o in outs], grads])

    def forms(self, op, f, inputs, attrs, const=()):
        inputs = {k: v for k, v in inputs.items() if v is not None}
        if sum(v.numel() for v in inputs.values()) > 420 or any(v.dtype in halves for v in inputs.values()):
            return
        of = [k for k, v in inputs.items() if v.dtype in floats]
        all_integer = not of
        if all_integer:
            of = [k for k, v in inputs.items() if v.dtype == torch.int64]
        key = json.dumps([self.table, op, attrs, [str(v.dtype) for v in inputs.values()]])
        if not inputs or not any(inputs[k].numel() > 1 for k in of) or key in seen or taken.get((self.table, op), 0) >= 2:
            return
        seen[key] = True
        first = taken.get((self.table, op), 0) == 0
        taken[self.table, op] = taken.get((self.table, op), 0) + 1

        def run(form, change):
            self.run(op, f, {k: change(k, v) for k, v in inputs.items()}, attrs, form, const)

        for dt in dtypes:
            run(short(dt), lambda k, v: v if k not in of else v.to(dt) if all_integer else to(v, dt))
            if dt in (*floats, torch.int64, torch.int32, torch.uint8) and not (all_integer and dt in floats):
                for shift in (0, 2):
                    run(f"edge{shift}-" + short(dt), lambda k, v: edges(v, dt, shift + of.index(k)) if k in of and not all_integer else v)
        if not first or op in ("rnn", "gru", "lstm", "lstm_projected"):  # PyTorch breaks its memory on weights of the wrong shape
            return
        for dt in (torch.float32, torch.int64, torch.bool):
            def typed(k, v):
                return to(v, dt) if k in of and not all_integer else v
            if op != "pdist":  # PyTorch ends the process
                run("none-" + short(dt), lambda k, v: typed(k, v)[:0] if v.dim() else v)
            run("nothing-" + short(dt), lambda k, v: typed(k, v)[..., :0] if v.dim() else v)
            run("one-" + short(dt), lambda k, v: typed(k, v)[tuple(slice(0, 1) for _ in v.shape)] if v.dim() else typed(k, v))
            run("number-" + short(dt), lambda k, v: typed(k, v)[tuple(0 for _ in v.shape)] if v.numel() else v)
        if not 2 <= len(of) <= 3:
            return
        a, b = of[0], of[1]
        for dt in (torch.float32, torch.int64):
            run("row-" + short(dt), lambda k, v: to(v, dt)[:1] if k == b and v.dim() else to(v, dt) if k in of else v)
            run("column-" + short(dt), lambda k, v: to(v, dt)[..., :1] if k == a and v.dim() else to(v, dt) if k in of else v)
            run("lower-" + short(dt), lambda k, v: to(v, dt)[0] if k == b and v.dim() else to(v, dt) if k in of else v)
            run("higher-" + short(dt), lambda k, v: to(v, dt)[None] if k == b else to(v, dt) if k in of else v)
        if len(of) > 2 or inputs[a].shape != inputs[b].shape:
            return

        def few(v):
            return v[tuple(slice(0, 2) for _ in v.shape)]
        for p in dtypes:
            for q in dtypes:
                if p == q:
                    continue
                run(f"{short(p)}-{short(q)}", lambda k, v: to(few(v), p) if k == a else to(few(v), q) if k == b else v)
                run(f"{short(p)}-{short(q)}-number", lambda k, v: to(few(v), p) if k == a else to(few(v), q).reshape(-1)[0] if k == b else v)
                run(f"number-{short(p)}-{short(q)}", lambda k, v: to(few(v), p).reshape(-1)[0] if k == a else to(few(v), q) if k == b else v)


def execute(stem):
    sweep = Sweep(stem)

    def case(op, f, inputs, tag="", grads=True, **attrs):
        names = f.__code__.co_names if hasattr(f, "__code__") else ()
        if not {"ByMpmath", "each"} & set(names):  # where PyTorch is not the reference
            sweep.forms(op, lambda ins: f(*ins.values()), inputs, attrs)

    def named(name, op, inputs, f, attrs=None, const=()):
        sweep.forms(op, lambda ins: f(**{k: ins.get(k) for k in inputs}), inputs, attrs or {}, const)

    source = ast.parse((here / (stem + ".py")).read_text())
    body = []
    for n in source.body:
        if isinstance(n, ast.FunctionDef) and n.name == "case" or isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "case":
            continue
        if isinstance(n, ast.Expr) and ast.unparse(n) == "w.save()":
            continue
        body.append(n)
    source.body = body
    exec(compile(source, stem, "exec"), {"__file__": str(here / (stem + ".py")), "__name__": stem, "case": named if stem == "nn_ops" else case})


if __name__ == "__main__":
    stems = sorted(p.stem for p in here.glob("*_ops.py"))
    for stem in stems:
        execute(stem)
        print(stem, len(cases), len(arrays))
    meta = {"script": "sweep.py", "python": sys.version.split()[0], "torch": torch.__version__}
    text = '{"meta":' + json.dumps(meta) + ',\n"arrays":[\n' + ",\n".join(arrays) + '\n],\n"cases":[\n'
    text += ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n"
    path = here / "sweep.json.gz"
    with open(path, "wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=9, mtime=0) as z:
        z.write(text.encode())
    print(path, len(cases), "cases", path.stat().st_size, "bytes")
