"""Interrupts, and the life and death of the kernel itself."""
import os
import signal
import subprocess
import sys
import time

import kernel as k
from probes import lives, probe
from report import check, log

KERNEL, SIGNAL_KERNEL = sys.argv[1:3]


BLOCKED = {
    "loop": "for {\n}",
    "work": "n := 0\nfor {\n\tn++\n}",
    "sleep": 'import "time"\ntime.Sleep(time.Hour)',
    "channel": "<-make(chan int)",
    "select": "select {}",
    "prints": 'import "time"\nfor {\n\tfmt.Println("tick")\n\ttime.Sleep(10 * time.Millisecond)\n}',
}


def interrupts(kn, how):
    kn.run("kept := 41\nadd := func() { kept++ }")
    for name, code in BLOCKED.items():
        msg_id = k.begin(kn.kc, code)
        time.sleep(0.2)  # so that it is where it is to be stopped
        began = time.time()
        kn.km.interrupt_kernel()
        r = k.collect(kn.kc, msg_id)
        check(f"interrupt_{how}_{name}", r.status == "error", f"{time.time() - began:.2f} s, {r!r}")
        log(f"interrupt_{how}_{name}: {1000 * (time.time() - began):.0f} ms")
    r = kn.run("add()\nfmt.Println(kept)")
    check(f"interrupt_{how}_keeps_state", r.text() == "42\n", repr(r))


@probe("life")
def interrupt_by_message(kn):
    interrupts(kn, "message")


@probe("life")
def interrupt_by_signal(_):
    with k.Kernel(SIGNAL_KERNEL) as kn:
        interrupts(kn, "signal")
        kn.km.interrupt_kernel()  # nothing runs
        lives("interrupt_signal_when_idle", kn)


@probe("life")
def restart(_):
    with k.Kernel(KERNEL) as kn:
        kn.run("old := 1")
        pid, below = kn.pid, k.descendants(kn.pid)
        kn.km.restart_kernel()
        kn.kc.wait_for_ready(timeout=k.PATIENCE)
        r = kn.run("fmt.Println(1)")
        check("restart", r.text() == "1\n" and r.reply["content"]["execution_count"] == 1, repr(r))
        check("restart_forgets", kn.run("old").status == "error")
        check("restart_ends_the_old_processes", k.until(lambda: not any(k.alive(p) for p in [pid, *below])), "some are alive")


@probe("life")
def shutdown_on_both_channels(_):
    for channel in ("control", "shell"):
        with k.Kernel(KERNEL) as kn:
            below = k.descendants(kn.pid)
            k.begin(kn.kc, "for {\n}")
            msg_id = k.send(kn.kc, channel, "shutdown_request", {"restart": False})
            r = k.collect(kn.kc, msg_id, channel=channel)
            ended = k.until(lambda: not any(k.alive(p) for p in [kn.pid, *below]))
            check(f"shutdown_on_{channel}", r.complete and r.reply["msg_type"] == "shutdown_reply" and ended, f"{r!r}, ended {ended}")


@probe("life")
def killed_front_leaves_nothing(_):
    with k.Kernel(KERNEL) as kn:
        k.begin(kn.kc, "for {\n}")
        below = k.descendants(kn.pid)
        os.kill(kn.pid, signal.SIGKILL)
        check("killed_front_leaves_nothing", below and k.until(lambda: not any(k.alive(p) for p in below)), below)


@probe("life")
def orphan_ends(_):
    """The process that started the kernel is killed: the kernel notices."""
    program = (
        "import sys, time\n"
        "from jupyter_client.manager import KernelManager\n"
        "km = KernelManager(kernel_name=sys.argv[1]); km.start_kernel()\n"
        "kc = km.client(); kc.start_channels(); kc.wait_for_ready(timeout=120)\n"
        "print(km.provisioner.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, KERNEL], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    below = k.descendants(pid)
    parent.kill()
    parent.wait()
    check("orphan_ends", k.until(lambda: not any(k.alive(p) for p in [pid, *below])), [pid, *below])
