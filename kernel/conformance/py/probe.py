"""What clients, networks and cells do to a kernel in bad moments.

Prints one JSON object a line: {"name", "ok", "detail"}.
Probes belong to a group, named by the heading above them; all that are asked
for share one kernel, unless they are about its life.
usage: probe.py KERNEL SIGNAL_KERNEL [GROUP|NAME...]
"""
import hashlib
import hmac
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import uuid

import zmq

import kernel as k
from report import check, line, log

KERNEL, SIGNAL_KERNEL = sys.argv[1:3]
PROBES = []
GROUP = "wire"


def probe(f):
    f.group = GROUP
    PROBES.append(f)
    return f


def lives(name, kn, detail=""):
    """The kernel answers a cell, quickly."""
    r = kn.run('fmt.Println("alive")', timeout=10)
    return check(name, r.status == "ok" and r.text() == "alive\n" and r.seconds < 5, f"{detail} {r!r} after {r.seconds:.1f} s")


# --- the wire ---------------------------------------------------------------

GREETING = b"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x00NULL".ljust(64, b"\x00")


def ports(kn):
    return [(n, kn.info[n]) for n in ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")]


def tcp(port):
    s = socket.create_connection(("127.0.0.1", port), timeout=5)
    return s


def zmtp(port, kind):
    """A raw connection with the handshake behind it."""
    s = tcp(port)
    s.sendall(GREETING)
    body = b"\x05READY\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind
    s.sendall(bytes([4, len(body)]) + body)
    got = b""
    while len(got) < 64 + 8:
        got += s.recv(4096)
    return s


def signed(key, *parts):
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for p in parts:
        mac.update(p)
    return [b"<IDS|MSG>", mac.hexdigest().encode(), *parts]


def header(n):
    return json.dumps({"msg_id": f"probe{n}", "msg_type": "execute_request", "session": "p", "username": "p", "date": "", "version": "5.4"}).encode()


def malformed(key, tag):
    """Messages that must be dropped; the tag keeps them from being replays."""
    content = b'{"code": "leaked := ' + tag + b'", "silent": false}'
    good = signed(key, header(1), b"{}", b"{}", content)
    return [
        [b"hello", b"there"],
        [b""],
        [b"<IDS|MSG>"],
        good[:4],
        [b"<IDS|MSG>", b"", *good[2:]],
        [b"<IDS|MSG>", b"0" * 64, *good[2:]],
        signed(b"guess", header(2), b"{}", b"{}", content),
        [*good[:5], content.replace(b"leaked", b"forged")],
        signed(key, b"\xff\xfe" + tag, b"", b"[]", b"null"),
        signed(key, b'{"msg_id":' + tag, b"{}", b"{}", b"{}"),
        signed(key, b'{"msg_id": "' + tag + b'"}', b"{}", b"{}", b"{}"),
        signed(key, header(3), b"{}", b"{}", b'{"code": ' + tag + b', "silent": "x"}'),
    ]


@probe
def malformed_messages(kn):
    key = kn.info["key"]
    key = key if isinstance(key, bytes) else key.encode()
    ctx = zmq.Context()
    for n, channel in enumerate(("shell_port", "control_port", "stdin_port")):
        for frames in malformed(key, b"%d" % n):
            s = ctx.socket(zmq.DEALER)
            s.linger = 1000
            s.connect(f"tcp://127.0.0.1:{kn.info[channel]}")
            s.send_multipart(frames)
            s.close()
    ctx.term()
    lives("malformed_messages", kn)
    r = kn.run("leaked")
    check("malformed_messages_do_not_run", r.status == "error", repr(r))


@probe
def replayed_message(kn):
    key = kn.info["key"]
    key = key if isinstance(key, bytes) else key.encode()
    kn.run("replays := 0")
    ctx = zmq.Context()
    s = ctx.socket(zmq.DEALER)
    s.connect(f"tcp://127.0.0.1:{kn.info['shell_port']}")
    frames = signed(key, header(10), b"{}", b"{}", b'{"code": "replays++"}')
    for _ in range(3):
        s.send_multipart(frames)
    replies = 0
    while s.poll(500):
        s.recv_multipart()
        replies += 1
    ctx.destroy(linger=0)
    r = kn.run("fmt.Println(replays)")
    check("replayed_message", replies == 1 and r.text() == "1\n", f"{replies} replies, {r!r}")


@probe
def forged_frame_length(kn):
    forged = b"\x02" + struct.pack(">Q", 1 << 62)
    for name, port in ports(kn):
        kind = b"SUB" if name == "iopub_port" else b"REQ" if name == "hb_port" else b"DEALER"
        early = tcp(port)
        early.sendall(GREETING + forged)
        late = zmtp(port, kind)
        late.sendall(forged)
        late.settimeout(5)
        try:
            while late.recv(4096):
                pass
            closed = True
        except ConnectionError:
            closed = True
        except TimeoutError:
            closed = False
        early.close()
        if not closed:
            check("forged_frame_length", False, f"{name}: the connection is still open")
            return
    lives("forged_frame_length", kn)


@probe
def garbage(kn):
    for _, port in ports(kn):
        for blob in (os.urandom(4096), b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 10, b"\x00" * 4096):
            s = tcp(port)
            try:
                s.sendall(blob)
            except ConnectionError:
                pass
            s.close()
    lives("garbage", kn)


@probe
def half_open_connections(kn):
    held = []
    for _, port in ports(kn):
        for _ in range(5):
            held.append(tcp(port))
        s = tcp(port)
        s.sendall(GREETING)
        held.append(s)
    began = time.time()
    kc = kn.client()
    r = k.run(kc, 'fmt.Println("new")', timeout=10)
    check("half_open_connections", r.text() == "new\n" and time.time() - began < 4, f"{r!r} after {time.time() - began:.1f} s")
    kc.stop_channels()
    dropped = k.until(lambda: all(closed(s) for s in held), 8)
    check("half_open_connections_are_dropped", dropped, "some are still open after 8 s")
    for s in held:
        s.close()


def closed(s):
    s.settimeout(0.01)
    try:
        return s.recv(4096) == b"" or closed(s)
    except (TimeoutError, BlockingIOError):
        return False
    except ConnectionError:
        return True


@probe
def client_that_never_reads(kn):
    """Subscribes and reads nothing, while a cell shows more than its queue
    may hold: the honest client gets all of it, in order."""
    deaf = zmtp(kn.info["iopub_port"], b"SUB")
    deaf.sendall(b"\x00\x01\x01")
    kn.run('import "strings"\npad := strings.Repeat("x", 1<<20)')
    n = 200
    r = kn.run(f'for i := range {n} {{ display.Show(display.HTML(fmt.Sprint(i, " ", pad))) }}', timeout=120)
    got = [int(m["content"]["data"]["text/html"].split()[0]) for m in r.of("display_data")]
    check("client_that_never_reads", got == list(range(n)) and r.status == "ok", f"{len(got)} of {n}, {r.seconds:.1f} s, reply {r.status}")
    check("client_that_never_reads_is_dropped", k.until(lambda: dead(deaf), 10), "still connected")
    deaf.close()
    lives("client_that_never_reads_others_live", kn)


def dead(s):
    """Whether the peer has ended the connection, without reading from it."""
    try:
        s.setblocking(False)
        s.send(b"\x00\x01\x00")
        time.sleep(0.05)
        s.send(b"\x00\x01\x00")
        return False
    except BlockingIOError:
        return False
    except OSError:
        return True


@probe
def zmtp_heartbeats(kn):
    """A peer with ZMQ_HEARTBEAT_IVL drops a connection that does not PONG."""
    ctx = zmq.Context()
    key = kn.info["key"]
    key = key if isinstance(key, bytes) else key.encode()
    s = ctx.socket(zmq.DEALER)
    s.heartbeat_ivl, s.heartbeat_timeout, s.heartbeat_ttl = 50, 300, 1000
    monitor = s.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    s.connect(f"tcp://127.0.0.1:{kn.info['shell_port']}")
    frames = signed(key, header(20).replace(b"execute_request", b"kernel_info_request"), b"{}", b"{}", b"{}")
    s.send_multipart(frames)
    ok = s.poll(3000) and b"kernel_info_reply" in b"".join(s.recv_multipart())
    time.sleep(1.5)
    disconnected = monitor.poll(0)
    check("zmtp_heartbeats", ok and not disconnected, f"reply {ok}, disconnected {disconnected}")
    ctx.destroy(linger=0)
    lives("zmtp_heartbeats_kernel_lives", kn)


@probe
def heartbeat_channel(kn):
    kn.kc.hb_channel.unpause()
    time.sleep(1.5)
    check("heartbeat_channel", kn.kc.hb_channel.is_beating(), "no beat")


@probe
def reconnects_leak_nothing(kn):
    table = f"/proc/{kn.pid}/fd" if os.path.isdir("/proc/self/fd") else None
    fds = lambda: len(os.listdir(table)) if table else 0
    before = fds()
    for _ in range(40):
        for _, port in ports(kn):
            s = tcp(port)
            s.sendall(GREETING)
            s.close()
    check("reconnects_leak_nothing", k.until(lambda: fds() <= before + 2, 8), f"{before} descriptors, then {fds()}")


@probe
def welcome_for_everyone(kn):
    got = []
    for _ in range(2):
        kc = kn.km.client()
        kc.start_channels()
        got.append(kc.get_iopub_msg(timeout=5)["msg_type"])
        kc.stop_channels()
    check("welcome_for_everyone", got == ["iopub_welcome"] * 2, got)


# --- floods -----------------------------------------------------------------

GROUP = "floods"


def displays(kn, n, asleep, name):
    r = kn.run(f'for i := range {n} {{ display.Show(display.HTML(fmt.Sprint("m", i))) }}', timeout=120, asleep=asleep)
    got = [m["content"]["data"].get("text/html") for m in r.of("display_data")]
    ok = got == [f"m{i}" for i in range(n)] and r.complete and r.status == "ok"
    check(name, ok, f"{len(got)} of {n} in {r.seconds:.2f} s, complete {r.complete}, {r!r}"[:600])
    log(f"{name}: {len(got)} of {n} in {r.seconds:.2f} s")


def lines(kn, n, asleep, name):
    r = kn.run(f'for i := range {n} {{ fmt.Println("line", i) }}', timeout=120, asleep=asleep)
    ok = r.text() == "".join(f"line {i}\n" for i in range(n)) and r.complete and r.status == "ok"
    check(name, ok, f"{r.text().count(chr(10))} of {n} in {r.seconds:.2f} s, complete {r.complete}, {r!r}"[:600])
    log(f"{name}: {r.text().count(chr(10))} of {n} lines in {r.seconds:.2f} s, {len(r.of('stream'))} messages")


@probe
def floods(kn):
    displays(kn, 50000, 0, "displays_50000")
    displays(kn, 50000, 3, "displays_50000_reader_asleep")
    lines(kn, 100000, 0, "lines_100000")
    lines(kn, 100000, 3, "lines_100000_reader_asleep")


def from_a_browser(kn, code):
    """Sends a cell as JupyterLab does through its server, and returns its id."""
    msg = kn.kc.session.msg("execute_request", {"code": code, "silent": False, "allow_stdin": False})
    msg["header"]["msg_id"] = msg["msg_id"] = str(uuid.uuid4())
    kn.kc.shell_channel.send(msg)
    return msg["msg_id"]


def fullest_window(arrivals, seconds=3):
    """The largest sum of (time, amount) in any window of that length."""
    worst = total = start = 0
    for time_, amount in arrivals:
        total += amount
        while arrivals[start][0] < time_ - seconds:
            total -= arrivals[start][1]
            start += 1
        worst = max(worst, total)
    return worst


@probe
def pace_for_a_browser(kn):
    """Jupyter Server drops what comes faster than 1 MB of text or 1000
    messages a second, over 3 seconds."""
    text, shown = [], []

    def note(m):
        if m["msg_type"] == "stream":
            text.append((time.time(), len(json.dumps(m["content"])) + 700))
        if m["msg_type"] != "status":
            shown.append((time.time(), 1))

    msg_id = from_a_browser(kn, "for i := 0; ; i++ { fmt.Println(i) }")
    r = k.collect(kn.kc, msg_id, timeout=5, hook=note)
    began = time.time()
    kn.km.interrupt_kernel()
    rest = k.collect(kn.kc, msg_id, timeout=20, hook=note)
    took = time.time() - began
    lines = "".join(m["content"]["text"] for m in r.of("stream") + rest.of("stream")).splitlines()
    check("pace_keeps_order", lines == [str(i) for i in range(len(lines))], f"{len(lines)} lines")
    worst = fullest_window(text)
    check("pace_of_text", 1e6 < worst < 3e6, f"{worst} bytes in 3 s, {len(text)} messages")
    check("pace_interrupt_is_prompt", rest.idle and took < 1.5, f"{took:.2f} s")
    log(f"prints for ever: {worst} bytes in the fullest 3 s, {len(text)} messages, interrupted in {1000 * took:.0f} ms")
    shown.clear()
    msg_id = from_a_browser(kn, "for i := range 3500 { display.Show(display.HTML(fmt.Sprint(i))) }")
    r = k.collect(kn.kc, msg_id, timeout=30, hook=note)
    worst = fullest_window(shown)
    check("pace_of_messages", worst < 3000 and len(r.of("display_data")) == 3500, f"{worst} in 3 s, {len(r.of('display_data'))} in all")
    log(f"3500 displays: {worst} in the fullest 3 s, {r.seconds:.1f} s")


# --- cells that kill their process -------------------------------------------

GROUP = "cells"

CRASHES = {
    "stack_overflow": ("func frec(n int) int { return frec(n+1) + 1 }\nfrec(0)", "stack overflow"),
    "concurrent_map_writes": (
        'import "time"\nm := map[int]int{}\nfor range 8 { go func() { for i := 0; ; i++ { m[i%100] = i } }() }\ntime.Sleep(5*time.Second)',
        "concurrent map",
    ),
    "os_exit": ('import "os"\nfmt.Println("before")\nos.Exit(3)', "3"),
    "goroutine_panic": ('import "time"\ngo func() { panic("in the background") }()\ntime.Sleep(time.Second)', "in the background"),
}


@probe
def crashes(kn):
    for name, (code, want) in CRASHES.items():
        kn.run("survivor := 1")
        r = kn.run(code, timeout=60)
        drained = k.drain(kn.kc, 0.3)
        words = r.evalue + " ".join(" ".join(m["content"]["traceback"]) for m in r.of("error")) + r.text("stderr")
        words += " ".join(m["content"].get("text", "") for m in drained if m["msg_type"] == "stream")
        check("crash_" + name, r.complete and want in words, f"{r!r}, error {words[:300]!r}")
        if name == "os_exit":
            check("crash_os_exit_keeps_output", "before\n" in r.text(), repr(r))
        lives("after_" + name, kn)


@probe
def killed_from_outside(kn):
    code = 'import ("os"; "time")\nfmt.Println(os.Getpid())\ntime.Sleep(30*time.Second)'

    def kill(m):
        if m["msg_type"] == "stream":
            os.kill(int(m["content"]["text"].strip()), signal.SIGKILL)

    r = kn.run(code, timeout=20, hook=kill)
    check("crash_sigkill", r.status == "error" and "SIGKILL" in r.evalue and len(r.of("error")) == 1, repr(r))
    lives("after_sigkill", kn)


@probe
def killed_between_cells(kn):
    r = kn.run('import "os"\nfmt.Println(os.Getpid())')
    os.kill(int(r.text().strip()), signal.SIGKILL)
    time.sleep(0.5)
    r = kn.run('fmt.Println("next")', timeout=10)
    check("killed_between_cells", r.text() == "next\n" and "variables are lost" in r.text("stderr"), repr(r))


@probe
def replay_after_a_death(kn):
    """The variables come back with %replay; a part can be run again."""
    kn.km.restart_kernel()
    kn.kc.wait_for_ready(timeout=30)
    kn.run("func double(i int) int { return 2 * i }")
    kn.run("a := 20")
    kn.run("a++\nfmt.Println(double(a))")
    r = kn.run("m := map[int]int{}\nfor range 8 { go func() { for { m[1] = 1 } }() }\nfor {}", timeout=20)
    told = " ".join(" ".join(m["content"]["traceback"]) for m in r.of("error"))
    check("death_offers_replay", "%replay" in told and "cells 1–3" in told, told)
    r = kn.run("%replay")
    check("replay", r.status == "ok" and r.text().endswith("42\n"), repr(r))
    check("replay_again_in_part", kn.run("%replay 3").text().endswith("44\n"))
    check("replay_brings_back", kn.run("fmt.Println(double(a))").text() == "44\n")


# --- interrupts ---------------------------------------------------------------

GROUP = "life"

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
        msg_id = kn.kc.execute(code, allow_stdin=False)
        time.sleep(0.4)
        began = time.time()
        kn.km.interrupt_kernel()
        r = k.collect(kn.kc, msg_id, timeout=15)
        check(f"interrupt_{how}_{name}", r.status == "error" and time.time() - began < 4, f"{time.time() - began:.2f} s, {r!r}")
        log(f"interrupt_{how}_{name}: {1000 * (time.time() - began):.0f} ms")
    r = kn.run("add()\nfmt.Println(kept)")
    check(f"interrupt_{how}_keeps_state", r.text() == "42\n", repr(r))


@probe
def interrupt_by_message(kn):
    interrupts(kn, "message")


@probe
def interrupt_by_signal(_):
    with k.Kernel(SIGNAL_KERNEL) as kn:
        interrupts(kn, "signal")
        kn.km.interrupt_kernel()  # nothing runs
        lives("interrupt_signal_when_idle", kn)


# --- the life of a kernel ------------------------------------------------------


@probe
def restart(_):
    with k.Kernel(KERNEL) as kn:
        kn.run("old := 1")
        pid, below = kn.pid, k.descendants(kn.pid)
        kn.km.restart_kernel()
        kn.kc.wait_for_ready(timeout=30)
        r = kn.run("fmt.Println(1)")
        check("restart", r.text() == "1\n" and r.reply["content"]["execution_count"] == 1, repr(r))
        check("restart_forgets", kn.run("old").status == "error")
        check("restart_ends_the_old_processes", k.until(lambda: not any(k.alive(p) for p in [pid, *below])), "some are alive")


@probe
def shutdown_on_both_channels(_):
    for channel in ("control", "shell"):
        with k.Kernel(KERNEL) as kn:
            below = k.descendants(kn.pid)
            kn.kc.execute("for {\n}")
            time.sleep(0.3)
            msg_id = k.send(kn.kc, channel, "shutdown_request", {"restart": False})
            r = k.collect(kn.kc, msg_id, timeout=5, channel=channel)
            ended = k.until(lambda: not any(k.alive(p) for p in [kn.pid, *below]), 5)
            check(f"shutdown_on_{channel}", r.complete and r.reply["msg_type"] == "shutdown_reply" and ended, f"{r!r}, ended {ended}")


@probe
def killed_front_leaves_nothing(_):
    with k.Kernel(KERNEL) as kn:
        kn.kc.execute("for {\n}")
        time.sleep(0.3)
        below = k.descendants(kn.pid)
        os.kill(kn.pid, signal.SIGKILL)
        check("killed_front_leaves_nothing", below and k.until(lambda: not any(k.alive(p) for p in below), 5), below)


@probe
def orphan_ends(_):
    """The process that started the kernel is killed: the kernel notices."""
    program = (
        "import sys, time\n"
        "from jupyter_client.manager import KernelManager\n"
        "km = KernelManager(kernel_name=sys.argv[1]); km.start_kernel()\n"
        "kc = km.client(); kc.start_channels(); kc.wait_for_ready(timeout=30)\n"
        "print(km.provisioner.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, KERNEL], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    below = k.descendants(pid)
    parent.kill()
    parent.wait()
    check("orphan_ends", k.until(lambda: not any(k.alive(p) for p in [pid, *below]), 8), [pid, *below])


# --- conversations ---------------------------------------------------------------

GROUP = "cells"


@probe
def control_while_a_cell_runs(kn):
    msg_id = kn.kc.execute('import "time"\ntime.Sleep(30*time.Second)', allow_stdin=False)
    time.sleep(0.3)
    began = time.time()
    info = k.collect(kn.kc, k.send(kn.kc, "control", "kernel_info_request", {}), 5, channel="control")
    took_info = time.time() - began
    began = time.time()
    comp = k.collect(kn.kc, kn.kc.complete("fmt.Printl", 10), 5)
    took_comp = time.time() - began
    check("control_while_a_cell_runs", info.complete and took_info < 2, f"{took_info:.2f} s, {info!r}")
    check("completion_while_a_cell_runs", comp.complete and took_comp < 2 and "Println" in comp.reply["content"]["matches"], f"{took_comp:.2f} s, {comp!r}")
    log(f"while a cell runs: kernel_info {1000 * took_info:.1f} ms, completion {1000 * took_comp:.1f} ms")
    kn.km.interrupt_kernel()
    k.collect(kn.kc, msg_id, 10)


@probe
def queued_cells_are_aborted(kn):
    ids = [kn.kc.execute(c, allow_stdin=False) for c in ('import "time"\ntime.Sleep(200*time.Millisecond)\npanic("x")', "1", "2")]
    replies = {}
    end = time.time() + 10
    while len(replies) < 3 and time.time() < end:
        m = kn.kc.get_shell_msg(timeout=10)
        replies[m["parent_header"]["msg_id"]] = m["content"]["status"]
    check("queued_cells_are_aborted", [replies.get(i) for i in ids] == ["error", "aborted", "aborted"], replies)
    lives("after_aborts", kn)


@probe
def stdin(kn):
    kc = kn.kc
    msg_id = kc.execute("var s string\nfmt.Scanln(&s)\nfmt.Println(\"got\", s)", allow_stdin=True)
    try:
        ask = kc.get_stdin_msg(timeout=10)
        kc.input("bob")
        r = k.collect(kc, msg_id, 10)
        check("stdin", ask["msg_type"] == "input_request" and r.text().endswith("got bob\n"), repr(r))
    except Exception as e:
        kn.km.interrupt_kernel()
        check("stdin", False, f"no input_request: {e!r}, {k.collect(kc, msg_id, 5)!r}")
    r = kn.run("var t string\n_, err := fmt.Scanln(&t)\nfmt.Println(err != nil)", timeout=10)
    check("stdin_not_allowed_ends", r.complete, repr(r))


@probe
def late_output(kn):
    first = kn.run('import "time"\ngo func() { time.Sleep(500*time.Millisecond); fmt.Println("late!") }()')
    kn.run('fmt.Println("second")')
    late = [m for m in k.drain(kn.kc, 1) if m["msg_type"] == "stream"]
    ok = len(late) == 1 and late[0]["content"]["text"] == "late!\n" and late[0]["parent_header"]["msg_id"] == first.msg_id
    check("late_output_keeps_its_parent", ok, late)


@probe
def silent_and_uncounted(kn):
    count = kn.run("1").reply["content"]["execution_count"]
    r = kn.run("2", silent=True)
    check("silent", not r.of("execute_input", "execute_result"), repr(r))
    r = kn.run("3", store_history=False)
    check("store_history_false", r.reply["content"]["execution_count"] == count and r.of("execute_result"), repr(r))
    r = kn.run("e := 6", user_expressions={"x": "e * 7", "y": "nosuch"})
    x = r.reply["content"]["user_expressions"]
    check("user_expressions", x.get("x", {}).get("data", {}).get("text/plain") == "42" and x.get("y", {}).get("status") == "error", x)
    check("counts_go_on", r.reply["content"]["execution_count"] == count + 1, repr(r))


@probe
def comms(kn):
    msg_id = k.send(kn.kc, "shell", "comm_open", {"comm_id": "c1", "target_name": "jupyter.nosuch", "data": {}})
    got = [m for m in k.drain(kn.kc, 0.5) if m["parent_header"].get("msg_id") == msg_id]
    kinds = [m["content"].get("execution_state", m["msg_type"]) for m in got]
    check("unknown_comm_is_closed", kinds == ["busy", "comm_close", "idle"], kinds)
    r = k.collect(kn.kc, k.send(kn.kc, "shell", "comm_info_request", {}), 5)
    check("comm_info", r.status == "ok" and "comms" in r.reply["content"], repr(r))


@probe
def updates_and_clearing(kn):
    r = kn.run('h := display.NewHandle(display.HTML("a"))\nh.Update(display.HTML("b"))\ndisplay.Clear(true)')
    kinds = [m["msg_type"] for m in r.of("display_data", "update_display_data", "clear_output")]
    ids = {m["content"].get("transient", {}).get("display_id") for m in r.of("display_data", "update_display_data")}
    check("updates_and_clearing", kinds == ["display_data", "update_display_data", "clear_output"] and len(ids) == 1 and None not in ids, f"{kinds} {ids} {r!r}")


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
                shared = k.Kernel(KERNEL, log=kernel_log)
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
