"""Writes the files that the tests of package store read, and golden.json with
what is in them. Needs numpy, torch and safetensors."""
import io
import pathlib
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "internal/golden"))
from golden import Writer  # noqa: E402
import numpy as np  # noqa: E402
from numpy.lib import format as npformat  # noqa: E402
import safetensors  # noqa: E402
import safetensors.numpy  # noqa: E402
import safetensors.torch  # noqa: E402
import torch  # noqa: E402

here = pathlib.Path(__file__).resolve().parent
w = Writer(__file__)
w.meta["safetensors"] = safetensors.__version__

# What a wider type of ours stands for.
WIDER = {"int8": "int32", "int16": "int32", "uint16": "int32", "uint32": "int64", "uint64": "int64"}


def ours(a):
    """The array as it is to be read."""
    if isinstance(a, torch.Tensor):
        name = str(a.dtype).removeprefix("torch.")
        return a.to(getattr(torch, WIDER[name])) if name in WIDER else a
    a = np.asarray(a)
    return a.astype(WIDER.get(a.dtype.name, a.dtype.newbyteorder("=")))


def numbers(dtype, shape):
    n = int(np.prod(shape))
    a = np.arange(n) - (0 if np.dtype(dtype).kind == "u" else n // 2)
    if np.dtype(dtype).kind == "b":
        a = np.arange(n) % 3 == 0
    if np.dtype(dtype).kind == "f":
        a = a * 0.75 + 0.125
    return a.astype(dtype).reshape(shape)


# .npy: every type, both byte orders, both orders of dimensions, all versions.
npy = here / "npy"
npy.mkdir(exist_ok=True)
arrays = {}
for kind in "f2 f4 f8 b1 i1 i2 i4 i8 u1 u2 u4 u8".split():
    arrays["le_" + kind] = numbers("<" + kind, (2, 3))
    if kind[1] != "1":
        arrays["be_" + kind] = numbers(">" + kind, (3, 2))
arrays["scalar"] = np.array(2.5)
arrays["empty"] = np.zeros((0, 3), "f4")
arrays["one"] = np.array([7], "i8")
arrays["odd"] = np.array([np.nan, np.inf, -np.inf, -0.0, 1e-45, 3.4e38], "f4")
arrays["fortran"] = np.asfortranarray(numbers("f4", (2, 3, 4)))
arrays["fortran_be"] = np.asfortranarray(numbers(">i4", (3, 5)))
arrays["long"] = numbers("f4", (1,) * 30 + (2,))
for name, a in arrays.items():
    np.save(npy / (name + ".npy"), a)
    w.case("npy/" + name + ".npy", out={"a": ours(a)})
for version in (2, 3):
    name = f"version{version}.npy"
    with open(npy / name, "wb") as f:
        npformat.write_array(f, numbers("f4", (4,)), version=(version, 0))
    w.case("npy/" + name, out={"a": numbers("f4", (4,))})

# .npz, stored and deflated.
np.savez(here / "stored.npz", x=numbers("f4", (2, 2)), y=numbers("i8", (3,)), z=np.array(True))
np.savez_compressed(here / "deflated.npz", x=numbers("f4", (2, 2)), y=numbers("i8", (3,)), z=np.array(True))
for name in ("stored.npz", "deflated.npz"):
    w.case(name, out=dict(np.load(here / name)))

# safetensors: as numpy and torch write it.
mixed = {"f64": numbers("f8", (2, 2)), "i64": numbers("i8", (3,)), "f32": numbers("f4", (2, 3)), "i32": numbers("i4", (2,)),
         "f16": numbers("f2", (3,)), "bool": numbers("b1", (5,)), "u8": numbers("u1", (3,)),
         "i8": numbers("i1", (3,)), "i16": numbers("i2", (3,)), "u16": numbers("u2", (3,)), "u32": numbers("u4", (3,)),
         "u64": numbers("u8", (3,)), "scalar": np.array(3.5, "f4"), "empty": np.zeros((2, 0), "f4")}
safetensors.numpy.save_file(mixed, here / "mixed.safetensors", metadata={"format": "np", "note": 'a "note" <&> ä'})
w.case("mixed.safetensors", out={k: ours(v) for k, v in mixed.items()})
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
net(torch.randn(8, 3))
state = {k: v.clone() for k, v in net.state_dict().items()}
half = {"b": torch.tensor([1.5, -2.0, 3.0e38], dtype=torch.bfloat16), "h": torch.tensor([1.5, -2.0], dtype=torch.float16)}
safetensors.torch.save_file(state, here / "net.safetensors")
w.case("net.safetensors", out=state)
safetensors.torch.save_file(half, here / "half.safetensors")
w.case("half.safetensors", out=half)

# .pth: a state_dict in both formats; views; all types; what is around it in a checkpoint.
torch.save(net.state_dict(), here / "net.pth")
torch.save(net.state_dict(), here / "net_legacy.pth", _use_new_zipfile_serialization=False)
for name in ("net.pth", "net_legacy.pth"):
    w.case(name, out=state)
base = torch.arange(24, dtype=torch.float32)
views = {"whole": base.view(2, 3, 4), "part": base[4:10].view(2, 3), "transposed": base.view(4, 6).t(),
         "step": base[1::5], "one": base[7], "none": base[3:3], "param": torch.nn.Parameter(base.view(4, 6)[1])}
for name in ("views.pth", "views_legacy.pth"):
    torch.save(views, here / name, _use_new_zipfile_serialization="legacy" not in name)
    w.case(name, out=views)
types = {str(d).removeprefix("torch."): torch.tensor([0, 1, 2, 100]).to(d) for d in (
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8,
    torch.uint8, torch.bool, torch.uint16, torch.uint32, torch.uint64)}
torch.save(types, here / "types.pth")
w.case("types.pth", out={k: ours(v) for k, v in types.items()})
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
net(torch.ones(4, 3)).sum().backward()
optimizer.step()
torch.save({"epoch": 3, "loss": 0.25, "name": "net", "big": 1 << 80, "none": None, "size": torch.Size([1, 2]),
            "model_state_dict": state, "optimizer": optimizer.state_dict(), "extra": [base[:2], (base[2:4], {"k": base[4:6]})]},
           here / "checkpoint.pth")
out = {"model_state_dict." + k: v for k, v in state.items()}
for i, s in optimizer.state_dict()["state"].items():
    out.update({f"optimizer.state.{i}.{k}": v for k, v in s.items()})
out.update({"extra.0": base[:2], "extra.1.0": base[2:4], "extra.1.1.k": base[4:6]})
w.case("checkpoint.pth", out=out)
torch.save(base[:3].clone(), here / "bare.pth")
w.case("bare.pth", out={"": base[:3]})
for protocol in (3, 4, 5):
    name = f"protocol{protocol}.pth"
    torch.save({"x": base[:3].clone(), "n": 7, "t": "ä"}, here / name, pickle_protocol=protocol)
    w.case(name, out={"x": base[:3]})

# Files that are to be refused.
bad = here / "refused"
bad.mkdir(exist_ok=True)


class Net(torch.nn.Module):
    pass


torch.save(Net(), bad / "model.pth")
torch.save({"x": torch.sparse_coo_tensor([[0], [1]], [1.0], (2, 2))}, bad / "sparse.pth")
torch.save({"x": torch.ones(2, dtype=torch.complex64)}, bad / "complex.pth")
torch.save({"x": torch.ones(1).expand(1000, 1000)}, bad / "expanded.pth")
torch.jit.script(torch.nn.Linear(1, 1)).save(bad / "script.pt")
np.save(bad / "objects.npy", np.array([{}, None], dtype=object), allow_pickle=True)
np.save(bad / "complex.npy", np.ones(2, "c8"))
np.save(bad / "text.npy", np.array(["a", "b"]))
np.save(bad / "date.npy", np.array(["2020-01-01"], "M8[D]"))
np.save(bad / "record.npy", np.zeros(2, [("a", "f4"), ("b", "i4")]))
np.save(bad / "big.npy", np.array([1 << 63], "u8"))
with zipfile.ZipFile(bad / "other.npz", "w") as z:
    z.writestr("readme.txt", "nothing")
for f in here.glob("*.safetensors"):
    f.chmod(0o644)
w.save()
