"""Values of the elementary and special functions to 17 digits, from mpmath: what ulps_test.go holds dl's float64 functions to.

The arguments are float32 numbers spread evenly over the bit patterns of each function's domain, so over all magnitudes.
"""
import pathlib
import random
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "internal/golden"))
import mpmath
import numpy
from golden import Writer
from mpmath import mpf

mp = mpmath.mp
mp.dps = 60
random.seed(5)
w = Writer(__file__)
w.meta["mpmath"] = mpmath.__version__
inf = float("inf")
POINTS = 160


def key(x):
    """Numbers float32 in order."""
    b = struct.unpack("<I", struct.pack("<f", x))[0]
    return b if b < 1 << 31 else (1 << 31) - b


def unkey(k):
    return struct.unpack("<f", struct.pack("<I", k if k >= 0 else (1 << 31) - k))[0]


def samples(lo, hi):
    a, b = key(lo), key(hi)
    return sorted({unkey(random.randint(a + (b - a) * i // POINTS, a + (b - a) * (i + 1) // POINTS)) for i in range(POINTS)})


def erfinv(x):
    """erfinv by Newton's method on what mpmath gives, since it loses digits near 1."""
    with mp.workdps(120):
        return mp.erfinv(x)


def sinc(x):
    return mpf(1) if x == 0 else mp.sinpi(x) / (mp.pi * x)


def lgamma(x):
    return mp.re(mp.loggamma(x))


def entr(x):
    return mpf(0) if x == 0 else -x * mp.log(x)


def elu(x, a, s=1):
    return s * x if x > 0 else s * a * mp.expm1(x)


def tanhshrink(x):
    with mp.workdps(400):
        return x - mp.tanh(x)


def mvlgamma3(x):
    return mpf(3) / 2 * mp.log(mp.pi) + sum(lgamma(x - mpf(j) / 2) for j in range(3))


def gelu_tanh(x):
    return x / (1 + mp.exp(-2 * mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)))


def power(p):
    return lambda x: mp.power(x, p)


alpha, scale = mpf("1.6732632423543772848170429916717"), mpf("1.0507009873554804934193349852946")
big, tiny = 3.4e38, 1e-45
for name, f, lo, hi in [
    ("exp", mp.exp, -104, 89), ("log", mp.log, tiny, big), ("sqrt", mp.sqrt, 0, big), ("rsqrt", lambda x: 1 / mp.sqrt(x), tiny, big), ("expm1", mp.expm1, -104, 89),
    ("log1p", mp.log1p, -0.9999999, big), ("exp2", lambda x: mp.power(2, x), -150, 128), ("log2", lambda x: mp.log(x) / mp.log(2), tiny, big), ("log10", mp.log10, tiny, big),
    ("reciprocal", lambda x: 1 / x, 1e-38, big), ("tanh", mp.tanh, -50, 50), ("sigmoid", lambda x: 1 / (1 + mp.exp(-x)), -104, 104), ("logit", lambda x: mp.log(x / (1 - x)), tiny, 0.99999994),
    ("sin", mp.sin, -big, big), ("cos", mp.cos, -big, big), ("tan", mp.tan, -big, big), ("asin", mp.asin, -1, 1), ("acos", mp.acos, -1, 1), ("atan", mp.atan, -big, big),
    ("sinh", mp.sinh, -89.4, 89.4), ("cosh", mp.cosh, -89.4, 89.4), ("asinh", mp.asinh, -big, big), ("acosh", mp.acosh, 1, big), ("atanh", mp.atanh, -0.99999994, 0.99999994),
    ("deg2rad", lambda x: x * mp.pi / 180, -big, big), ("rad2deg", lambda x: x * 180 / mp.pi, -5e36, 5e36), ("erf", mp.erf, -6, 6), ("erfc", mp.erfc, -6, 10), ("erfinv", erfinv, -0.99999994, 0.99999994),
    ("lgamma", lgamma, tiny, big), ("lgamma negative", lgamma, -40, -1e-45), ("digamma", lambda x: mp.psi(0, x), tiny, big), ("digamma negative", lambda x: mp.psi(0, x), -40, -1e-38),
    ("polygamma1", lambda x: mp.psi(1, x), 1e-18, 1e18), ("polygamma2", lambda x: mp.psi(2, x), 1e-12, 1e12), ("polygamma1 negative", lambda x: mp.psi(1, x), -40, -1e-18), ("mvlgamma3", mvlgamma3, 1.0000001, big),
    ("sinc", sinc, -1e15, 1e15), ("i0", lambda x: mp.besseli(0, x), -91, 91), ("i1", lambda x: mp.besseli(1, x), -91, 91), ("i0e", lambda x: mp.exp(-abs(x)) * mp.besseli(0, x), -1e15, 1e15),
    ("i1e", lambda x: mp.exp(-abs(x)) * mp.besseli(1, x), -1e15, 1e15), ("ndtr", mp.ncdf, -14.4, 6), ("log_ndtr", lambda x: mp.log(mp.ncdf(x)), -1e18, 14), ("ndtri", lambda p: mp.sqrt(2) * erfinv(2 * p - 1), tiny, 0.99999994),
    ("erfcx", lambda x: mp.exp(x * x) * mp.erfc(x), -9.3, big), ("entr", entr, 0, big), ("cbrt", lambda x: mp.sign(x) * mp.cbrt(abs(x)), -big, big), ("square", lambda x: x * x, -1e19, 1e19),
    ("softplus", lambda x: mp.log1p(mp.exp(x)), -104, big), ("gelu", lambda x: x * mp.ncdf(x), -14.4, big), ("gelu_tanh", gelu_tanh, -10.2, big), ("silu", lambda x: x / (1 + mp.exp(-x)), -108, big),
    ("mish", lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), -108, big), ("logsigmoid", lambda x: -mp.log1p(mp.exp(-x)), -big, 104), ("selu", lambda x: elu(x, alpha, scale), -big, big / 2),
    ("elu0.7", lambda x: elu(x, mpf(7) / 10), -big, big), ("celu1.3", lambda x: x if x > 0 else mpf(13) / 10 * mp.expm1(x / (mpf(13) / 10)), -big, big), ("tanhshrink", tanhshrink, -big, big),
    ("softsign", lambda x: x / (1 + abs(x)), -big, big), ("pow3", power(3), -6e12, 6e12), ("pow-2", power(-2), 1e-19, 1e19), ("pow2.5", power(mpf(5) / 2), 1e-15, 1e15), ("pow0.5", mp.sqrt, 0, big), ("pow-0.5", lambda x: 1 / mp.sqrt(x), tiny, big),
    ("pow7", power(7), -1e5, 1e5), ("pow30", power(30), -16, 16), ("pow1.5", power(mpf(3) / 2), 0, 4e25),
]:
    x = samples(lo, hi)
    y = [float(f(mpf(v))) for v in x]
    w.case(name, {"x": numpy.array(x, dtype="float64")}, {"y": numpy.array(y, dtype="float64")})
    print(name, flush=True)
w.save()
