"""Latency, throughput and start of the kernel beside ipykernel.

All in one run on one machine, through the same client: times count from the
send of the request until both its reply and its idle have been read.
usage: latency.py [--n 300] [--json FILE] [KERNEL...]
"""
import argparse
import json
import os
import statistics
import time

import kernel as k

PROGRAMS = {
    "go": {
        "setup": 'import "strings"',
        "trivial": "1",
        "assign": "x := {i}",
        "print": 'fmt.Println("x")',
        "lines": 'for i := range 10000 {{ fmt.Println("line", i) }}',
        "displays": 'for i := range 5000 {{ display.Show(display.HTML(fmt.Sprint("m", i))) }}',
        "big": 'display.Show(display.HTML(strings.Repeat("x", 5<<20)))',
        "complete": "strings.TrimSp",
    },
    "python3": {
        "setup": "from IPython.display import HTML, display",
        "trivial": "1",
        "assign": "x = {i}",
        "print": 'print("x")',
        "lines": 'for i in range(10000): print("line", i)',
        "displays": 'for i in range(5000): display(HTML("m%d" % i))',
        "big": 'display(HTML("x" * (5 << 20)))',
        "complete": "os.path.isfil",
    },
}


def quantile(xs, q):
    xs = sorted(xs)
    return xs[min(len(xs) - 1, int(q * len(xs)))]


def rss(pid):
    """Resident MiB of a process and those below it, where /proc tells it."""
    total = 0
    for p in [pid, *k.descendants(pid)]:
        try:
            with open(f"/proc/{p}/status") as f:
                total += sum(int(l.split()[1]) for l in f if l.startswith("VmRSS"))
        except OSError:
            pass
    return total / 1024


def starts(name, n):
    """Milliseconds from the start of the process to the first reply."""
    out = []
    for _ in range(n):
        km = k.KernelManager(kernel_name=name)
        began = time.perf_counter()
        km.start_kernel()
        kc = km.client()
        kc.start_channels()
        kc.kernel_info()
        kc.get_shell_msg(timeout=60)
        out.append(1000 * (time.perf_counter() - began))
        kc.stop_channels()
        km.shutdown_kernel(now=True)
    return out


def measure(name, n):
    p = PROGRAMS.get(name, PROGRAMS["go"])
    row = {"start_ms": statistics.median(starts(name, 5))}
    with k.Kernel(name) as kn:
        kn.run(p["setup"])
        time.sleep(1)
        row["rss_mib"] = rss(kn.pid)
        for what in ("trivial", "assign", "print"):
            times = []
            for i in range(n + 30):
                r = kn.run(p[what].format(i=i))
                if r.status != "ok" or not r.complete:
                    raise SystemExit(f"{name}: {what}: {r!r}")
                if i >= 30:
                    times.append(1000 * r.seconds)
            row[what + "_ms"] = statistics.median(times)
            row[what + "_p95_ms"] = quantile(times, 0.95)
        for what, kind, want in (("lines", "stream", 10000), ("displays", "display_data", 5000), ("big", "display_data", 1)):
            times = []
            for _ in range(5):
                r = kn.run(p[what].format(), timeout=120)
                got = r.text().count("\n") if what == "lines" else len(r.of(kind))
                if got != want:
                    raise SystemExit(f"{name}: {what}: {got} of {want}")
                times.append(1000 * r.seconds)
                row[what + "_messages"] = len(r.of(kind))
            row[what + "_ms"] = statistics.median(times)
        times = []
        for _ in range(30):
            r = k.collect(kn.kc, kn.kc.complete(p["complete"]), 30)
            times.append(1000 * r.seconds)
        row["complete_ms"] = statistics.median(times)
    return row


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--n", type=int, default=300)
    ap.add_argument("--json")
    ap.add_argument("kernels", nargs="*", default=["go", "python3"])
    a = ap.parse_args()
    table = {name: measure(name, a.n) for name in a.kernels}
    print(f"{'':26s}" + "".join(f"{name:>12s}" for name in table) + ("       ratio" if len(table) == 2 else ""))
    for what in next(iter(table.values())):
        values = [row[what] for row in table.values()]
        ratio = f"{values[0] / values[1]:12.3f}" if len(values) == 2 and values[1] else ""
        print(f"{what:26s}" + "".join(f"{v:12.2f}" for v in values) + ratio)
    print(f"{os.cpu_count()} processors, n={a.n}")
    if a.json:
        with open(a.json, "w") as f:
            json.dump(table, f, indent=1)


main()
