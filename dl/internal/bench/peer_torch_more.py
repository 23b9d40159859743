"""The operations beyond those of a network: the PyTorch side of morerows.go, "more NAME" in peer_torch.py, which this
text comes before."""

import torch
import torch.nn.functional as F

N = 1 << 20


def of(shape, f, dtype=torch.float32):
    """Work on one random tensor."""

    def prepare():
        x = torch.rand(shape, dtype=dtype)
        return lambda: f(x)

    return prepare


def with_index(high, shape, f):
    def prepare():
        x, i = torch.rand(1024, 1024), torch.randint(0, high, shape)
        return lambda: f(x, i)

    return prepare


def convolution(f, x, w):
    def prepare():
        a, b = torch.rand(x), torch.rand(w)
        return lambda: f(a, b)

    return prepare


def symmetric(n):
    x = torch.rand(n, n, dtype=torch.float64)
    return x + x.t() + n * torch.eye(n, dtype=torch.float64)


def matrix(n, f):
    def prepare():
        x = symmetric(n)
        return lambda: f(x)

    return prepare


def loss(shape, f, target=torch.rand):
    def prepare():
        x, y = torch.randn(shape, requires_grad=True), target(shape)

        def step():
            x.grad = None
            f(x, y).backward()

        return step

    return prepare


def optimizer(make):
    def prepare():
        params = [torch.nn.Parameter(torch.randn(100_000)) for _ in range(10)]
        for p in params:
            p.grad = torch.randn(100_000)
        return make(params).step

    return prepare


def ctc():
    x, y = torch.randn(100, 16, 40).requires_grad_(), torch.randint(1, 40, (16, 20))
    lengths = torch.full((16,), 100), torch.full((16,), 20)

    def step():
        x.grad = None
        F.ctc_loss(x.log_softmax(2), y, *lengths).backward()

    return step


R = (1024, 1024)
O = torch.optim
MORE = {
    "sort": of(N, lambda x: x.sort()), "topk": of(N, lambda x: x.topk(100)), "median": of(R, lambda x: x.median(1)), "quantile": of(R, lambda x: x.quantile(0.3, 1)),
    "kthvalue": of(R, lambda x: x.kthvalue(10, 1)), "cumprod": of(R, lambda x: x.cumprod(1)), "logcumsumexp": of(R, lambda x: x.logcumsumexp(1)), "prod": of(N, lambda x: x.prod()),
    "std": of(R, lambda x: x.std(1)), "logsumexp": of(R, lambda x: x.logsumexp(1)), "norm": of(N, lambda x: x.norm()), "histogram": of(N, lambda x: torch.histc(x, 100, 0, 1)),
    "unique": with_index(1000, (N,), lambda x, i: i.unique(return_inverse=True, return_counts=True)), "bincount": with_index(1000, (N,), lambda x, i: i.bincount()),
    "scatter_add": with_index(1024, R, lambda x, i: x.scatter_add(1, i, x)), "index_add": with_index(1024, (1024,), lambda x, i: x.index_add(0, i, x)),
    "masked_select": of(R, lambda x: x[x > 0.5]), "nonzero": of(R, lambda x: (x > 0.5).nonzero()), "searchsorted": of(N, lambda x: torch.searchsorted(torch.linspace(0, 1, 1000), x)),
    "rfft_rows": of(R, lambda x: torch.fft.rfft(x)), "rfft_long": of(65536, lambda x: torch.fft.rfft(x)),
    "stft": of((16, 16000), lambda x: torch.stft(x, 512, 128, window=torch.ones(512), return_complex=True)), "fft_rows": of((512, 512, 2), lambda x: torch.fft.fft(torch.view_as_complex(x))),
    "einsum": of((32, 64, 64), lambda x: torch.einsum("bij,bjk->bik", x, x)), "einsum_outer": of((256, 64), lambda x: torch.einsum("ni,nj->nij", x, x)), "cdist": of((512, 64), lambda x: torch.cdist(x, x)),
    "conv1d": convolution(lambda x, w: F.conv1d(x, w, padding=2), (32, 64, 256), (64, 64, 5)), "conv3d": convolution(lambda x, w: F.conv3d(x, w, padding=1), (2, 16, 16, 16, 16), (32, 16, 3, 3, 3)),
    "conv_transpose2d": convolution(lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1), (8, 64, 16, 16), (64, 32, 4, 4)),
    "conv_transpose1d": convolution(lambda x, w: F.conv_transpose1d(x, w, stride=2), (16, 64, 128), (64, 32, 4)),
    "max_pool1d": of((32, 64, 512), lambda x: F.max_pool1d(x, 2)), "max_pool2d_indices": of((32, 32, 32, 32), lambda x: F.max_pool2d(x, 2, return_indices=True)),
    "max_pool3d": of((4, 16, 32, 32, 32), lambda x: F.max_pool3d(x, 2)), "avg_pool1d": of((32, 64, 512), lambda x: F.avg_pool1d(x, 2)), "avg_pool3d": of((4, 16, 32, 32, 32), lambda x: F.avg_pool3d(x, 2)),
    "adaptive_avg_pool2d": of((32, 64, 32, 32), lambda x: F.adaptive_avg_pool2d(x, 7)), "adaptive_max_pool2d": of((32, 64, 32, 32), lambda x: F.adaptive_max_pool2d(x, 7)),
    "interpolate_nearest": of((16, 16, 64, 64), lambda x: F.interpolate(x, size=(128, 128))), "interpolate_bilinear": of((16, 16, 64, 64), lambda x: F.interpolate(x, size=(128, 128), mode="bilinear")),
    "interpolate_bicubic": of((16, 16, 64, 64), lambda x: F.interpolate(x, size=(128, 128), mode="bicubic")), "grid_sample": of((8, 16, 64, 64), lambda x: F.grid_sample(x, x[:, :2].movedim(1, 3), align_corners=False)),
    "unfold": of((8, 32, 32, 32), lambda x: F.unfold(x, 3, padding=1)), "fold": of((8, 288, 1024), lambda x: F.fold(x, (32, 32), 3, padding=1)),
    "pad_constant": of((32, 32, 32, 32), lambda x: F.pad(x, (1, 1, 1, 1))), "pad_reflect": of((32, 32, 32, 32), lambda x: F.pad(x, (1, 1, 1, 1), mode="reflect")),
    "pad_circular": of((32, 32, 32, 32), lambda x: F.pad(x, (1, 1, 1, 1), mode="circular")), "cat": of(R, lambda x: torch.cat([x, x], 1)), "stack": of(R, lambda x: torch.stack([x, x], 1)),
    "roll": of(R, lambda x: x.roll(5, 1)), "flip": of(R, lambda x: x.flip(1)), "repeat": of((512, 512), lambda x: x.repeat(2, 2)), "tril": of(R, lambda x: x.tril()),
    "erf": of(N, torch.erf), "erfc": of(N, torch.erfc), "erfinv": of(N, torch.erfinv), "lgamma": of(N, torch.lgamma), "digamma": of(N, torch.digamma), "i0": of(N, torch.i0), "log": of(N, torch.log), "log1p": of(N, torch.log1p),
    "expm1": of(N, torch.expm1), "exp2": of(N, torch.exp2), "sin": of(N, torch.sin), "tan": of(N, torch.tan), "atan": of(N, torch.atan), "asinh": of(N, torch.asinh), "sinh": of(N, torch.sinh), "pow2.5": of(N, lambda x: x**2.5),
    "pow": of(N, lambda x: x**x), "rsqrt": of(N, torch.rsqrt), "round": of(N, torch.round), "fmod": of(N, lambda x: torch.fmod(x, x)), "atan2": of(N, lambda x: torch.atan2(x, x)), "softplus": of(N, F.softplus),
    "mish": of(N, F.mish), "elu": of(N, F.elu), "leaky_relu": of(N, F.leaky_relu), "hardswish": of(N, F.hardswish), "logsigmoid": of(N, F.logsigmoid), "clamp": of(N, lambda x: x.clamp(0.2, 0.8)), "lerp": of(N, lambda x: torch.lerp(x, x, 0.3)),
    "group_norm": of((32, 64, 16, 16), lambda x: F.group_norm(x, 8)), "rms_norm": of(R, lambda x: F.rms_norm(x, (1024,))), "instance_norm": of((32, 64, 16, 16), F.instance_norm), "glu": of(R, F.glu),
    "cross_entropy": loss((4096, 1000), F.cross_entropy, lambda s: torch.randint(0, 1000, s[:1])), "mse": loss(N, F.mse_loss), "huber": loss(N, F.huber_loss), "bce_logits": loss(N, F.binary_cross_entropy_with_logits),
    "kl_div": loss(N, lambda x, y: F.kl_div(x, y, reduction="sum")), "poisson": loss(N, F.poisson_nll_loss), "ctc": ctc,
    "SGD": optimizer(lambda p: O.SGD(p, 1e-3, momentum=0.9)), "Adam": optimizer(O.Adam), "AdamW": optimizer(O.AdamW), "NAdam": optimizer(O.NAdam), "RAdam": optimizer(O.RAdam), "Adamax": optimizer(O.Adamax), "Adagrad": optimizer(O.Adagrad),
    "Adadelta": optimizer(O.Adadelta), "RMSprop": optimizer(O.RMSprop), "Rprop": optimizer(O.Rprop),
}
for n in (64, 256, 512):
    for name, f in {"solve": lambda x: torch.linalg.solve(x, x), "inverse": torch.linalg.inv, "det": torch.linalg.det, "cholesky": torch.linalg.cholesky, "qr": torch.linalg.qr,
                    "svd": lambda x: torch.linalg.svd(x, full_matrices=False), "eigh": torch.linalg.eigh}.items():
        MORE[f"{name}{n}"] = matrix(n, f)


def more(name):
    return MORE[name]()
