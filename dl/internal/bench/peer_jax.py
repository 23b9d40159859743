"""The JAX side of dl/internal/bench, for the article's network.

The protocol is that of peer_torch.py. Written for jax 0.10 and 0.12; the
threads of XLA follow the processors that the process may run on.
"""

import gzip
import json
import os
import sys
import time

threads = int(os.environ.get("PEER_THREADS", "2"))
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np

rng = np.random.default_rng(1)


def uniform(bound, *shape):
    return jnp.asarray(rng.uniform(-bound, bound, shape).astype("f"))


def linear(n, m):
    return uniform(n**-0.5, n, m), uniform(n**-0.5, m)


def article(p, x):
    (w1, b1), (w2, b2) = p
    return jax.nn.relu(x.reshape(len(x), -1) @ w1 + b1) @ w2 + b2


def conv(x, wb):
    w, b = wb
    return jax.lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


def convnet(p, x, key):
    c1, c2, (w1, b1), (w2, b2) = p
    k1, k2 = jax.random.split(key)
    x = jax.nn.relu(conv(jax.nn.relu(conv(x, c1)), c2))
    x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
    x = x * jax.random.bernoulli(k1, 0.75, x.shape) / 0.75
    x = jax.nn.relu(x.reshape(len(x), -1) @ w1 + b1)
    return x * jax.random.bernoulli(k2, 0.5, x.shape) / 0.5 @ w2 + b2


def loss(out, y):
    return -jnp.take_along_axis(jax.nn.log_softmax(out), y[:, None], 1).mean()


def adam(state, grads, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
    p, m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, m, grads)
    v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g * g, v, grads)
    p = jax.tree.map(lambda p, m, v: p - lr * (m / (1 - b1**t)) / (jnp.sqrt(v / (1 - b2**t)) + eps), p, m, v)
    return p, m, v, t


def start(p):
    zeros = jax.tree.map(jnp.zeros_like, p)
    return p, zeros, zeros, 0.0


def article_state():
    return start((linear(784, 128), linear(128, 10)))


@jax.jit
def article_step(state, x, y):
    l, g = jax.value_and_grad(lambda p: loss(article(p, x), y))(state[0])
    return adam(state, g), l


@jax.jit
def convnet_step(state, x, y, key):
    key, used = jax.random.split(key)
    l, g = jax.value_and_grad(lambda p: loss(convnet(p, x, used), y))(state[0])
    return adam(state, g), l, key


@jax.jit
def scan(state, x, y, order):
    def body(state, i):
        return article_step(state, x[i], y[i])

    state, losses = jax.lax.scan(body, state, order)
    return state, losses.mean()


def article_row():
    x, y, box = rng.random((64, 784), dtype="f"), rng.integers(0, 10, 64), [article_state()]

    def f():
        box[0], l = article_step(box[0], x, y)
        l.block_until_ready()

    return f


def convnet_row():
    kernel = lambda i, o: (uniform((9 * i) ** -0.5, 3, 3, i, o), uniform((9 * i) ** -0.5, o))
    state = start((kernel(1, 32), kernel(32, 64), linear(9216, 128), linear(128, 10)))
    x, y, box = rng.random((64, 28, 28, 1), dtype="f"), rng.integers(0, 10, 64), [(state, jax.random.key(1))]

    def f():
        state, l, key = convnet_step(box[0][0], x, y, box[0][1])
        box[0] = state, key
        l.block_until_ready()

    return f


def idx(path, header):
    with gzip.open(path) as f:
        return np.frombuffer(f.read()[header:], dtype=np.uint8)


def mnist(folder):
    y = idx(f"{folder}/train-labels-idx1-ubyte.gz", 8).astype(np.int32)
    x = (idx(f"{folder}/train-images-idx3-ubyte.gz", 16).astype("f") / 255 - 0.5) / 0.5
    return x.reshape(len(y), 784), y


def mnist_steps(folder):
    x, y = mnist(folder)
    box = [article_state()]
    for n in (64, len(y) % 64):
        jax.block_until_ready(article_step(box[0], x[:n], y[:n]))

    def f():
        order = rng.permutation(len(y))
        for i in range(0, len(y), 64):
            j = order[i : i + 64]
            box[0], l = article_step(box[0], x[j], y[j])
            l.block_until_ready()

    return f


def mnist_scan(folder):
    x, y = map(jnp.asarray, mnist(folder))
    n = len(y) // 64 * 64
    box = [article_state()]
    jax.block_until_ready(scan(box[0], x, y, np.arange(n).reshape(-1, 64)))

    def f():
        box[0], l = scan(box[0], x, y, rng.permutation(len(y))[:n].reshape(-1, 64))
        l.block_until_ready()

    return f


WORK = {"article": article_row, "convnet": convnet_row, "mnist_steps": mnist_steps, "mnist_scan": mnist_scan}
ready = {}


def prepare(line):
    if line not in ready:
        name, *args = line.split()
        if not name.startswith("mnist"):
            ready.clear()
        ready[line] = WORK[name](*args)
        if not name.startswith("mnist"):
            ready[line]()  # compiles
    return ready[line]


def best(f, total):
    clock = time.process_time_ns if os.environ.get("PEER_CLOCK") == "cpu" else time.perf_counter_ns
    begin = clock()
    f()
    least = clock() - begin
    if least > total * 1e9:
        return least
    calls = max(1, 1_000_000 // max(least, 1))
    while clock() - begin < total * 1e9:
        t = clock()
        for _ in range(calls):
            f()
        least = min(least, (clock() - t) / calls)
    return least


def answer(**kw):
    print(json.dumps(kw), flush=True)


answer(version=f"jax {jax.__version__}, {threads} threads")
for line in sys.stdin:
    seconds, work = line.strip().split(" ", 1)
    try:
        answer(ns=best(prepare(work), float(seconds)))
    except Exception as e:  # the row fails, the table goes on
        answer(error=f"{work}: {e}")
