"""Lists what PyTorch's modules offer, for names_test.go: public names that are PyTorch's own, without modules, types of
Python's, the insides of TorchScript and the constants that stand for types and layouts of memory."""
import importlib
import inspect
import json
import pathlib

import torch

MODULES = ["torch", "torch.Tensor", "torch.nn", "torch.nn.functional", "torch.optim", "torch.optim.lr_scheduler", "torch.linalg", "torch.fft",
           "torch.special", "torch.autograd", "torch.autograd.functional", "torch.func", "torch.utils.data", "torch.nn.utils",
           "torch.nn.utils.rnn", "torch.nn.utils.parametrizations", "torch.nn.init"]
INSIDES = ("torch._C", "torch.storage", "torch.types")


def own(module, o):
    """Whether an object is PyTorch's, and meant for its users under this name."""
    if inspect.ismodule(o) or isinstance(o, (str, bool, torch.layout, torch.memory_format, torch.qscheme)):
        return False
    home = getattr(o, "__module__", None)
    if isinstance(home, str):
        if home.split(".")[0] not in ("torch", "builtins") and not type(o).__module__.startswith("torch"):
            return False
        if inspect.isclass(o) and (home in INSIDES or home == "builtins" or home == "torch" and o.__name__.endswith(("Storage", "Tensor"))):
            return False
    # A module's imports: what another listed module offers itself.
    return not (inspect.isclass(o) and module not in ("torch",) and o in (torch.Tensor, torch.nn.Module, torch.optim.Optimizer))


out = {}
for path in MODULES:
    m = torch.Tensor if path == "torch.Tensor" else importlib.import_module(path)
    names = []
    for n in dir(m):
        if n.startswith("_") or n.endswith("_notes") or n.endswith("common_args") or n == "multi_dim_common":
            continue
        try:
            o = getattr(m, n)
        except Exception:  # properties of the class
            o = None
        if own(path, o):
            names.append(n)
    out[path] = names
file = pathlib.Path(__file__).with_suffix(".json")
lines = ",\n".join(f'{json.dumps(k)}: {json.dumps(v)}' for k, v in out.items())
file.write_text('{"torch": ' + json.dumps(torch.__version__) + ',\n"names": {\n' + lines + "\n}}\n")
print(file, {k: len(v) for k, v in out.items()})
