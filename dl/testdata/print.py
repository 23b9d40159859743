"""How PyTorch writes tensors, for print_test.go. dtype and grad suffixes are written differently in Go and left out."""
import json
import pathlib

import torch

nan, inf = float("nan"), float("inf")
torch.manual_seed(3)
cases = [
    torch.tensor(3.5), torch.tensor(2.0), torch.tensor(7), torch.tensor(True), torch.tensor([]),
    torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.5, -2.25, 3.0]), torch.tensor([0.0, 0.0]), torch.tensor([1.0, nan, -inf]),
    torch.tensor([1.5, nan, inf]), torch.tensor([1e-5, 1.0]), torch.tensor([1e9, 1.0]), torch.tensor([12345.678, 1.0]),
    torch.tensor([100000.0, 200000.0]), torch.tensor([1.0, 2000.0]), torch.tensor([-0.0, 1.0]), torch.tensor([0.1, 100.0]),
    torch.tensor([1, -20, 300]), torch.tensor([[True, False], [False, True]]), torch.tensor([2**53 + 1, 3]),
    torch.arange(12.0).reshape(3, 4), torch.arange(24).reshape(2, 3, 4), torch.arange(16).reshape(2, 2, 2, 2),
    torch.randn(3, 4), torch.randn(2, 20), torch.arange(100), torch.arange(1001.0), torch.arange(1200).reshape(30, 40),
    torch.randn(8, 20, 20), torch.randn(1100, 2), torch.zeros(2, 0), torch.zeros(0, 3, 4), torch.full((3,), 1e-8), torch.arange(30.0) * 1e3,
    torch.tensor([[1.0, nan], [inf, -inf]]), torch.randn(5, 1), torch.full((4,), nan), torch.tensor([3e38, 1e-38]), torch.arange(1002.0).reshape(167, 6),
]
# Magnitudes of all kinds, alone and mixed, with and without what is not finite; integers; shapes around the limits of a summary.
for k in range(-9, 10, 2):
    cases += [torch.randn(3, 4) * 10.0 ** k, torch.randint(-9, 9, (4,)) * 10.0 ** k, torch.tensor([10.0 ** k, nan, inf]), torch.tensor([1.0, 10.0 ** k])]
for k in (1, 3, 5, 8, 12, 15):
    cases.append(torch.randint(-10 ** k, 10 ** k, (3, 3)))
cases += [torch.randn(5, dtype=torch.float64) * 1e3, torch.randn(2, 3, dtype=torch.float64) * 1e-3, torch.randint(-50, 50, (3, 2), dtype=torch.int32),
          torch.randint(0, 255, (4,), dtype=torch.uint8), torch.arange(1000), torch.arange(1001), torch.arange(1001) * 1.5, torch.zeros(1001),
          torch.arange(1008).reshape(4, 252), torch.arange(1200.0).reshape(2, 300, 2), torch.arange(1100.0).reshape(1100, 1), torch.arange(1100).reshape(1, 1100),
          torch.arange(2 ** 12).reshape(8, 8, 8, 8), torch.zeros(0), torch.zeros(0, 2), torch.zeros(2, 0, 3), torch.zeros(1, 1, 1, 1), torch.ones(1, 30), torch.ones(30, 1),
          torch.ones(2, 2, 1, 2, 2), torch.tensor(nan), torch.tensor(-inf), torch.tensor(1e10), torch.tensor(1e-10), torch.tensor(-3), torch.tensor(123456.789),
          torch.tensor([nan, nan]), torch.tensor([inf, 1.0]), torch.tensor([inf, -1.5]), torch.tensor([0.0, 1e-4]), torch.tensor([0.0, 9e-5]), torch.tensor([999.0, 1e8]),
          torch.tensor([99999999.0]), torch.tensor([100000000.0]), torch.tensor([1000.5, 0.5]), torch.tensor([1001.0, 1.5]), torch.tensor([0.5, 1000.4]), torch.tensor([1e5 + 0.5, 1.0]),
          torch.tensor([True]), torch.tensor([False, False]), torch.zeros(3, 3, dtype=torch.bool), torch.tensor([1.0, 2.0, 1e20])]
out = []
for t in cases:
    flat = [("nan" if v != v else "inf" if v == inf else "-inf" if v == -inf else v) for v in t.reshape(-1).tolist()]
    dtype = str(t.dtype)[6:]
    if t.numel() > 1200:  # written as a seed's worth of digits otherwise
        flat = [float(f"{v:.5f}") if isinstance(v, float) else v for v in flat]
        t = torch.tensor(flat, dtype=t.dtype).reshape(t.shape)
    out.append({"shape": list(t.shape), "dtype": dtype, "data": flat, "text": str(t)})
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": out}))
print(path, len(out))
