"""What clients, networks and cells do to a kernel in bad moments.

Prints one JSON object a line: {"name", "ok", "detail"}. Probes belong to a
group; all that are asked for share one kernel, unless they are about its life.
usage: probe.py KERNEL SIGNAL_KERNEL [GROUP|NAME...]
"""
import sys
import tempfile
import time
import traceback

import cell_probes
import flood_probes
import kernel as k
import life_probes
import wire_probes
from probes import PROBES
from report import line, log

MODULES = [wire_probes, flood_probes, cell_probes, life_probes]  # importing them fills the list


def main():
    wanted = sys.argv[3:]
    kernel_log = tempfile.TemporaryFile()
    shared = None
    for p in PROBES:
        if wanted and p.__name__ not in wanted and p.group not in wanted:
            continue
        began = time.time()
        try:
            if shared is None or not shared.km.is_alive():
                shared = k.Kernel(sys.argv[1], log=kernel_log)
            k.drain(shared.kc, 0.1)
            p(shared)
            if not shared.km.is_alive():
                line(p.__name__, False, "the kernel process has died")
        except Exception:
            line(p.__name__, False, traceback.format_exc())
        log(f"{p.__name__}: {time.time() - began:.1f} s")
    if shared:
        shared.close()
    kernel_log.seek(0)
    log("--- log of the kernel ---\n" + kernel_log.read().decode(errors="replace")[-6000:])


main()
