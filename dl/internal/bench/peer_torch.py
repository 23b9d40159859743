"""The PyTorch side of dl/internal/bench.

Reads lines "seconds work args…" and answers each with a JSON line: the best
time of one call, in nanoseconds, over bursts of calls that last a millisecond or one
call. Written for torch 2.15; the program passes this file to the Python that
it is given.
"""

import gzip
import json
import os
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(int(os.environ.get("PEER_THREADS", "2")))
torch.manual_seed(1)


def gemm(m, n, k, ta, tb):
    a = torch.randn((k, m) if ta == "T" else (m, k))
    b = torch.randn((n, k) if tb == "T" else (k, n))
    out = torch.empty(m, n)
    a = a.t() if ta == "T" else a
    b = b.t() if tb == "T" else b
    return lambda: torch.mm(a, b, out=out)


def linear(m, n, k):
    x, w, b = torch.randn(m, k), torch.randn(n, k), torch.randn(n)
    return lambda: F.linear(x, w, b)


UNARY = {
    "relu": torch.relu, "exp": torch.exp, "log": torch.log, "tanh": torch.tanh,
    "sigmoid": torch.sigmoid, "sqrt": torch.sqrt,
}


def unary(name, n):
    x, out = torch.rand(n) + 0.5, torch.empty(n)
    if name == "relu":
        x = x - 1
        return lambda: torch.clamp_min(x, 0, out=out)
    f = UNARY[name]
    return lambda: f(x, out=out)


def binary(name, n):
    x, y, out = torch.randn(n), torch.randn(n), torch.empty(n)
    f = {"add": torch.add, "mul": torch.mul, "maximum": torch.maximum}[name]
    return lambda: f(x, y, out=out)


def reduce(name, n):
    x = torch.randn(n)
    f = {"sum": torch.sum, "max": torch.max, "argmax": torch.argmax}[name]
    return lambda: f(x)


def softmax(rows, cols):
    x = torch.randn(rows, cols)
    return lambda: torch.softmax(x, 1)


def layernorm(rows, cols):
    x, w, b = torch.randn(rows, cols), torch.ones(cols), torch.zeros(cols)
    return lambda: F.layer_norm(x, (cols,), w, b)


def op_unary(name, n):
    x = torch.rand(n)
    f = {"relu": torch.relu, "exp": torch.exp, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu,
         "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu, "clone": torch.clone,
         "sum": torch.sum}[name]
    return lambda: f(x)


def op_add(n):
    x, y = torch.rand(n), torch.rand(n)
    return lambda: x + y


SQUARE = {
    "softmax": lambda x: torch.softmax(x, 1), "log_softmax": lambda x: torch.log_softmax(x, 1),
    "sum0": lambda x: x.sum(0), "sum1": lambda x: x.sum(1), "var1": lambda x: x.var(1), "max1": lambda x: x.max(1),
    "argmax1": lambda x: x.argmax(1), "transpose": lambda x: x.t().contiguous(),
    "where": lambda x: torch.where(x > 0.5, x, x), "sort": lambda x: x.sort(1), "cumsum": lambda x: x.cumsum(1),
    "cummax": lambda x: x.cummax(1), "topk": lambda x: x.topk(10, 1),
}
INDEXED = {
    "index_select": ((1024,), lambda x, i: x.index_select(0, i)), "gather": ((1024, 1024), lambda x, i: x.gather(1, i)),
    "scatter": ((1024, 1024), lambda x, i: x.scatter(1, i, x)),
}


def op_square(name):
    x, f = torch.rand(1024, 1024), SQUARE[name]
    return lambda: f(x)


def op_indexed(name):
    shape, f = INDEXED[name]
    x, i = torch.rand(1024, 1024), torch.randint(0, 1024, shape)
    return lambda: f(x, i)


def linear10():
    x, m = torch.rand(1, 10), torch.nn.Linear(10, 10)
    return lambda: m(x)


def batchnorm():
    x, m = torch.rand(64, 64, 16, 16), torch.nn.BatchNorm2d(64)

    def f():
        with torch.no_grad():
            m(x)

    return f


def dropout(n):
    x = torch.rand(n)
    return lambda: F.dropout(x, 0.5, True)


def random(name, n):
    f = {"rand": torch.rand, "randn": torch.randn}[name]
    return lambda: f(n)


def add10():
    x, y = torch.rand(10, requires_grad=True), torch.rand(10)
    return lambda: x + y


def chain():
    x, y = torch.rand(10, requires_grad=True), torch.rand(10)

    def f():
        z = x
        for _ in range(100):
            z = z + y
        z.sum().backward()

    return f


def adam(n):
    p = torch.nn.Parameter(torch.randn(n))
    p.grad = torch.randn(n)
    o = torch.optim.Adam([p], fused=True)
    return o.step


def conv(what, n, c, h, w, oc, k, stride, pad, groups):
    x = torch.randn(n, c, h, w, requires_grad=True)
    wt = torch.randn(oc, c // groups, k, k, requires_grad=True)
    b = torch.randn(oc, requires_grad=True)
    if what == "fwd":
        def f():
            with torch.no_grad():
                return F.conv2d(x, wt, b, stride=stride, padding=pad, groups=groups)
        return f
    y = F.conv2d(x, wt, b, stride=stride, padding=pad, groups=groups)
    g = torch.randn_like(y)
    mask = {"bwd": [True, True, True], "dx": [True, False, False], "dw": [False, True, True]}[what]
    xd, wd = x.detach(), wt.detach()
    return lambda: torch.ops.aten.convolution_backward(
        g, xd, wd, [oc], [stride] * 2, [pad] * 2, [1, 1], False, [0, 0], groups, mask)


def maxpool(what, n, c, h, w, k):
    x = torch.randn(n, c, h, w)
    if what == "fwd":
        return lambda: F.max_pool2d(x, k, return_indices=True)
    y, i = F.max_pool2d(x, k, return_indices=True)
    g = torch.randn_like(y)
    return lambda: torch.ops.aten.max_pool2d_with_indices_backward(g, x, [k, k], [k, k], [0, 0], [1, 1], False, i)


def avgpool(n, c, h, w, k):
    x = torch.randn(n, c, h, w)
    return lambda: F.avg_pool2d(x, k)


class Article(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(28 * 28, 128)
        self.fc2 = torch.nn.Linear(128, 10)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(torch.flatten(x, 1))))


class Block(torch.nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        n = torch.nn
        self.c1, self.b1 = n.Conv2d(i, o, 3, stride, 1, bias=False), n.BatchNorm2d(o)
        self.c2, self.b2 = n.Conv2d(o, o, 3, 1, 1, bias=False), n.BatchNorm2d(o)
        same = stride == 1 and i == o
        self.shortcut = n.Identity() if same else n.Sequential(n.Conv2d(i, o, 1, stride, bias=False), n.BatchNorm2d(o))

    def forward(self, x):
        y = F.relu(self.b1(self.c1(x)))
        return F.relu(self.b2(self.c2(y)) + self.shortcut(x))


class ResNet18(torch.nn.Module):
    def __init__(self):
        super().__init__()
        n = torch.nn
        layers, i = [n.Conv2d(3, 64, 3, 1, 1, bias=False), n.BatchNorm2d(64), n.ReLU()], 64
        for o, stride in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
            layers.append(Block(i, o, stride))
            i = o
        self.body, self.head = n.Sequential(*layers), n.Linear(512, 10)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


class GPTLayer(torch.nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        n = torch.nn
        self.heads, self.n1, self.n2 = heads, n.LayerNorm(d), n.LayerNorm(d)
        self.qkv, self.out, self.up, self.down = n.Linear(d, 3 * d), n.Linear(d, d), n.Linear(d, 4 * d), n.Linear(4 * d, d)

    def forward(self, z):
        b, t, d = z.shape
        q, k, v = self.qkv(self.n1(z)).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, d)
        z = z + self.out(a)
        return z + self.down(F.gelu(self.up(self.n2(z))))


class CharGPT(torch.nn.Module):
    def __init__(self, letters=65, d=128, steps=128):
        super().__init__()
        n = torch.nn
        self.letters, self.places = n.Embedding(letters, d), n.Embedding(steps, d)
        self.layers = n.Sequential(*(GPTLayer(d, 4) for _ in range(4)))
        self.norm, self.head = n.LayerNorm(d), n.Linear(d, letters, bias=False)

    def forward(self, x):
        z = self.letters(x) + self.places(torch.arange(x.shape[1]))
        return self.head(self.norm(self.layers(z))).view(-1, 65)


def network(name):
    n = torch.nn
    if name == "article":
        return Article()
    if name == "resnet":
        return ResNet18()
    if name == "gpt":
        return CharGPT()
    if name == "lenet":
        return n.Sequential(
            n.Conv2d(1, 6, 5, padding=2), n.ReLU(), n.MaxPool2d(2), n.Conv2d(6, 16, 5), n.ReLU(), n.MaxPool2d(2),
            n.Flatten(), n.Linear(400, 120), n.ReLU(), n.Linear(120, 84), n.ReLU(), n.Linear(84, 10))
    return n.Sequential(
        n.Conv2d(1, 32, 3), n.ReLU(), n.Conv2d(32, 64, 3), n.ReLU(), n.MaxPool2d(2), n.Dropout(0.25),
        n.Flatten(), n.Linear(9216, 128), n.ReLU(), n.Dropout(0.5), n.Linear(128, 10))


def step(name):
    m = network(name)
    o = (torch.optim.AdamW if name == "gpt" else torch.optim.Adam)(m.parameters(), lr=0.001)
    if name == "gpt":
        x, y = torch.randint(0, 65, (16, 128)), torch.randint(0, 65, (16 * 128,))
    elif name == "resnet":
        x, y = torch.rand(32, 3, 32, 32), torch.randint(0, 10, (32,))
    else:
        x, y = torch.rand(64, 1, 28, 28), torch.randint(0, 10, (64,))

    def f():
        o.zero_grad()
        F.cross_entropy(m(x), y).backward()
        o.step()

    return f


def sequence(name):
    n = torch.nn
    if name == "encoder":
        layer = n.TransformerEncoderLayer(128, 4, 512, dropout=0.1, batch_first=True)
        m, x = n.TransformerEncoder(layer, 2), torch.rand(32, 64, 128)
    else:
        m = {"lstm": n.LSTM, "gru": n.GRU}[name](32, 128, batch_first=True)
        x = torch.rand(32, 64, 32)

    def f():
        m.zero_grad()
        y = m(x)
        (y if name == "encoder" else y[0]).mean().backward()

    return f


def forward(name, n):
    m, x = network(name).eval(), torch.rand(n, 1, 28, 28)

    def f():
        with torch.no_grad():
            m(x)

    return f


def idx(path, header):
    with gzip.open(path) as f:
        return torch.frombuffer(bytearray(f.read()[header:]), dtype=torch.uint8)


def mnist_epoch_fused(folder):
    return mnist_epoch(folder, True)


def mnist_epoch(folder, fused=False):
    """An epoch of the article's loop with the data preloaded as tensors."""
    y = idx(f"{folder}/train-labels-idx1-ubyte.gz", 8).long()
    x = (idx(f"{folder}/train-images-idx3-ubyte.gz", 16).float() / 255).sub(0.5).div(0.5).view(len(y), 1, 28, 28)
    m = Article()
    o = torch.optim.Adam(m.parameters(), lr=0.001, fused=fused)

    def f():
        perm = torch.randperm(len(y))
        for i in range(0, len(y), 64):
            j = perm[i : i + 64]
            o.zero_grad()
            loss = F.cross_entropy(m(x[j]), y[j])
            loss.backward()
            o.step()
        loss.item()

    return f


def mnist_loader(folder):
    """An epoch as the article writes it, with torchvision's dataset, transforms and loader."""
    import shutil
    import tempfile

    from torchvision import datasets, transforms

    with tempfile.TemporaryDirectory() as root:
        raw = f"{root}/MNIST/raw"
        os.makedirs(raw)
        for name in os.listdir(folder):
            if name.endswith(".gz"):
                with gzip.open(f"{folder}/{name}") as src, open(f"{raw}/{name[:-3]}", "wb") as dst:
                    shutil.copyfileobj(src, dst)
        to = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
        loader = torch.utils.data.DataLoader(datasets.MNIST(root, train=True, transform=to), batch_size=64, shuffle=True)
    m = Article()
    o = torch.optim.Adam(m.parameters(), lr=0.001)

    def f():
        for x, y in loader:
            o.zero_grad()
            loss = F.cross_entropy(m(x), y)
            loss.backward()
            o.step()
        loss.item()

    return f


def peak_memory(name, n):
    """The peak of this process after n steps of a network."""
    if name != "nothing":
        f = sequence(name) if name in ("lstm", "gru", "encoder") else step(name)
        for _ in range(n):
            f()
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


WORK = {f.__name__: f for f in (gemm, linear, unary, binary, reduce, softmax, layernorm, adam, conv, maxpool, avgpool, step, forward, sequence, mnist_epoch, mnist_epoch_fused, mnist_loader,
                            op_unary, op_add, op_square, op_indexed, linear10, batchnorm, dropout, random, add10, chain, more, elem, slope)}
ready = {}


def prepare(line):
    if line not in ready:
        name, *args = line.split()
        if not name.startswith("mnist"):
            ready.clear()
        ready[line] = WORK[name](*(int(a) if a.lstrip("-").isdigit() else a for a in args))
        if not name.startswith("mnist"):
            ready[line]()  # warm up
    return ready[line]


def best(f, total):
    clock = time.thread_time_ns if os.environ.get("PEER_CLOCK") == "cpu" else time.perf_counter_ns
    start = clock()
    f()
    least = clock() - start
    if least > total * 1e9:
        return least
    calls = max(1, 1_000_000 // max(least, 1))
    while clock() - start < total * 1e9:
        t = clock()
        for _ in range(calls):
            f()
        least = min(least, (clock() - t) / calls)
    return least


def answer(**kw):
    print(json.dumps(kw), flush=True)


answer(version=f"torch {torch.__version__}, {torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}")
for line in sys.stdin:
    seconds, work = line.strip().split(" ", 1)
    try:
        if work.startswith("memory "):
            name, n = work.split()[1:]
            answer(memory=peak_memory(name, int(n)))
            continue
        answer(ns=best(prepare(work), float(seconds)))
    except Exception as e:  # the row fails, the table goes on
        answer(error=f"{work}: {e}")
