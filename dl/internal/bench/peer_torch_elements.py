"""Functions of single elements: the PyTorch side of elementmore.go."""

import torch
import torch.nn.functional as F

ELEMENTS = 1 << 20


def uniform():
    return torch.rand(ELEMENTS)


def normal():
    return torch.randn(ELEMENTS)


ACTIVATIONS = {
    "relu": torch.relu, "gelu": F.gelu, "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu, "mish": F.mish, "softplus": F.softplus,
    "logsigmoid": F.logsigmoid, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "elu": F.elu, "selu": F.selu, "celu": F.celu, "leaky_relu": F.leaky_relu, "relu6": F.relu6,
    "hardtanh": F.hardtanh, "hardswish": F.hardswish, "hardsigmoid": F.hardsigmoid, "hardshrink": F.hardshrink, "softshrink": F.softshrink,
    "threshold": lambda x: F.threshold(x, 0.1, 20), "softsign": F.softsign, "tanhshrink": F.tanhshrink, "abs": torch.abs, "square": torch.square,
    "clamp": lambda x: x.clamp(-0.5, 0.5), "exp": torch.exp, "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "atan": torch.atan, "sinh": torch.sinh, "cosh": torch.cosh,
    "asinh": torch.asinh, "erf": torch.erf, "erfc": torch.erfc, "expm1": torch.expm1, "exp2": torch.exp2, "sinc": torch.sinc,
}
POSITIVE = {
    "log": torch.log, "log2": torch.log2, "log10": torch.log10, "log1p": torch.log1p, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt, "reciprocal": torch.reciprocal,
    "asin": torch.asin, "acos": torch.acos, "atanh": torch.atanh, "logit": torch.logit, "lgamma": torch.lgamma, "digamma": torch.digamma, "erfinv": torch.erfinv,
    "pow2.5": lambda x: x**2.5, "pow3": lambda x: x**3, "pow0.3": lambda x: x**0.3,
}
OTHERS = {
    "floor": torch.floor, "ceil": torch.ceil, "round": torch.round, "trunc": torch.trunc, "frac": torch.frac, "sign": torch.sign, "neg": torch.neg, "isnan": torch.isnan,
    "isinf": torch.isinf, "isfinite": torch.isfinite, "gt0.5": lambda x: x > 0.5, "nan_to_num": lambda x: x.nan_to_num(0, 1, -1), "i0": torch.i0,
}
PAIRS = {
    "add": torch.add, "mul": torch.mul, "div": torch.div, "maximum": torch.maximum, "minimum": torch.minimum, "fmod": torch.fmod, "remainder": torch.remainder,
    "atan2": torch.atan2, "hypot": torch.hypot, "logaddexp": torch.logaddexp, "gt": torch.gt, "eq": torch.eq, "lerp": lambda a, b: torch.lerp(a, b, 0.3),
    "floor_divide": torch.floor_divide, "where": lambda a, b: torch.where(a > 0, a, b), "masked_fill": lambda a, b: a.masked_fill(a > 0, 1),
    "prelu": lambda a, b: F.prelu(a, b[:1]), "addcmul": lambda a, b: torch.addcmul(a, a, b, value=0.5), "addcdiv": lambda a, b: torch.addcdiv(a, a, b, value=0.5),
}
TYPES = {
    "f32": normal, "f64": lambda: normal().double(), "i64": lambda: torch.randint(1, 100, (ELEMENTS,)), "i32": lambda: torch.randint(1, 100, (ELEMENTS,)).int(),
    "u8": lambda: torch.randint(1, 100, (ELEMENTS,)).to(torch.uint8), "bool": lambda: normal() > 0, "bf16": lambda: normal().bfloat16(), "f16": lambda: normal().half(),
}
KINDS = {"f32": torch.float32, "f64": torch.float64, "i64": torch.int64, "i32": torch.int32, "u8": torch.uint8, "bool": torch.bool, "bf16": torch.bfloat16, "f16": torch.float16}
TYPED = {
    "add": torch.add, "mul": torch.mul, "gt": torch.gt, "maximum": torch.maximum, "remainder": torch.remainder, "clamp": lambda a, b: a.clamp(3, 50), "abs": lambda a, b: a.abs(),
    "neg": lambda a, b: a.neg(), "sign": lambda a, b: a.sign(), "bitwise_and": torch.bitwise_and, "floor_divide": torch.floor_divide,
    "and": torch.logical_and, "or": torch.logical_or, "not": lambda a, b: a.logical_not(),
}


def elem(*name):
    name = " ".join(name)
    if name in ACTIVATIONS or name in OTHERS:
        x, f = normal(), ACTIVATIONS.get(name) or OTHERS[name]
        return lambda: f(x)
    if name in POSITIVE:
        x, f = uniform(), POSITIVE[name]
        return lambda: f(x)
    if name == "acosh":
        x = uniform() + 1
        return lambda: torch.acosh(x)
    if name in PAIRS:
        a, b, f = normal(), normal(), PAIRS[name]
        return lambda: f(a, b)
    if name in ("pow", "xlogy"):
        a, b, f = uniform(), normal() if name == "pow" else uniform(), getattr(torch, name)
        return lambda: f(a, b)
    kind, _, rest = name.partition(" ")
    if rest.startswith("to "):
        a, to = TYPES[kind](), KINDS[rest[3:]]
        return lambda: a.to(to)
    if rest in TYPED:
        a, b, f = TYPES[kind](), TYPES[kind](), TYPED[rest]
        return lambda: f(a, b)
    x, f = uniform().double(), ACTIVATIONS.get(rest) or POSITIVE[rest]
    return lambda: f(x)


def slope(name):
    x = (normal() if name in ACTIVATIONS else uniform()).requires_grad_()
    f, g = ACTIVATIONS.get(name) or POSITIVE[name], normal()

    def step():
        x.grad = None
        f(x).backward(g)

    return step
