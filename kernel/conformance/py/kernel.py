"""A kernel under test and a client that polls the sockets themselves, so that
late, slow and missing readers can be played."""
import json
import os
import subprocess
import tempfile
import time

import zmq
from jupyter_client.manager import KernelManager

# How long a probe waits for what must come, on whatever machine. No probe
# depends on how fast the kernel is.
PATIENCE = 120


class Run:
    """What one request brought."""

    def __init__(self, msg_id):
        self.msg_id = msg_id
        self.reply = None
        self.iopub = []
        self.idle = False
        self.seconds = None

    @property
    def status(self):
        return self.reply and self.reply["content"].get("status")

    @property
    def evalue(self):
        return (self.reply or {"content": {}})["content"].get("evalue", "")

    @property
    def complete(self):
        return self.reply is not None and self.idle

    def of(self, *types):
        return [m for m in self.iopub if m["msg_type"] in types]

    def text(self, name="stdout"):
        return "".join(m["content"]["text"] for m in self.of("stream") if m["content"]["name"] == name)

    def __repr__(self):
        kinds = {}
        for m in self.iopub:
            kinds[m["msg_type"]] = kinds.get(m["msg_type"], 0) + 1
        content = self.reply and {k: v for k, v in self.reply["content"].items() if k != "traceback"}
        return f"reply {content}, iopub {kinds}, stdout {self.text()[-300:]!r}, stderr {self.text('stderr')[-300:]!r}"


class Kernel:
    """A running kernel with one client."""

    def __init__(self, name="go", log=None, extra_env=None):
        self.km = KernelManager(kernel_name=name)
        self.km.start_kernel(env=dict(os.environ, **(extra_env or {})), stderr=log)
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=PATIENCE)

    @property
    def pid(self):
        return self.km.provisioner.pid

    @property
    def info(self):
        return self.km.get_connection_info()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)

    def client(self):
        """One more client, ready."""
        kc = self.km.client()
        kc.start_channels()
        kc.wait_for_ready(timeout=PATIENCE)
        return kc

    def run(self, code, timeout=PATIENCE, **kw):
        return run(self.kc, code, timeout, **kw)


def receive(kc, socket):
    """The next message that is already there, or None. It is read without
    jupyter_client's checks, which cost more than all the kernel does in a
    flood; the suite goes through them."""
    try:
        frames = socket.recv_multipart(zmq.NOBLOCK)
    except zmq.Again:
        return None
    at = frames.index(b"<IDS|MSG>")
    header, parent, _, content = (json.loads(f) for f in frames[at + 2 : at + 6])
    return {"header": header, "msg_type": header["msg_type"], "parent_header": parent, "content": content}


def send(kc, channel, msg_type, content):
    msg = kc.session.msg(msg_type, content)
    getattr(kc, channel + "_channel").send(msg)
    return msg["header"]["msg_id"]


def collect(kc, msg_id, timeout=PATIENCE, asleep=0, channel="shell", hook=None):
    """Reads until reply and idle of a request are there, or timeout. iopub is
    not looked at in the first `asleep` seconds."""
    r = Run(msg_id)
    shell, iopub = getattr(kc, channel + "_channel").socket, kc.iopub_channel.socket
    poller = zmq.Poller()
    poller.register(shell, zmq.POLLIN)
    began = time.perf_counter()
    awake = False
    while not r.complete:
        now = time.perf_counter() - began
        if now > timeout:
            break
        if not awake and now >= asleep:
            poller.register(iopub, zmq.POLLIN)
            awake = True
        wait = timeout - now if awake else min(timeout, asleep) - now
        events = dict(poller.poll(max(1, wait * 1000)))
        if iopub in events:
            m = receive(kc, iopub)
            if m and m["parent_header"].get("msg_id") == msg_id:
                r.iopub.append(m)
                if hook:
                    hook(m)
                if m["msg_type"] == "status" and m["content"]["execution_state"] == "idle":
                    r.idle = True
        if shell in events:
            m = receive(kc, shell)
            if m and m["parent_header"].get("msg_id") == msg_id:
                r.reply = m
    r.seconds = time.perf_counter() - began
    return r


def run(kc, code, timeout=PATIENCE, asleep=0, hook=None, **kw):
    kw.setdefault("allow_stdin", False)
    return collect(kc, kc.execute(code, **kw), timeout, asleep, hook=hook)


def published(kc, wanted, msg_id=None):
    """Reads iopub until a message comes that is wanted (of that request), and
    returns all that came."""
    got = []
    end = time.time() + PATIENCE
    while time.time() < end:
        if kc.iopub_channel.socket.poll(1000):
            m = receive(kc, kc.iopub_channel.socket)
            if m is None or msg_id and m["parent_header"].get("msg_id") != msg_id:
                continue
            got.append(m)
            if wanted(m):
                break
    return got


def begin(kc, code):
    """Starts a cell, and returns when it has begun."""
    msg_id = kc.execute(code, allow_stdin=False)
    published(kc, lambda m: m["msg_type"] == "execute_input", msg_id)
    return msg_id


class Gate:
    """A file that cells wait for."""

    def __init__(self):
        self.dir = tempfile.TemporaryDirectory()  # removed with the gate
        self.path = os.path.join(self.dir.name, "open")

    @property
    def code(self):
        """Declares the function wait."""
        return (
            'import ("os"; "time")\n'
            "wait := func() { for { if _, err := os.Stat(%s); err == nil { return }; time.Sleep(time.Millisecond) } }\n" % json.dumps(self.path)
        )

    def open(self):
        with open(self.path, "w"):
            pass


def drain(kc, quiet=0.2):
    """Reads everything until nothing comes for a while, and returns it."""
    sockets = [kc.shell_channel.socket, kc.iopub_channel.socket, kc.control_channel.socket, kc.stdin_channel.socket]
    poller = zmq.Poller()
    for s in sockets:
        poller.register(s, zmq.POLLIN)
    got = []
    while True:
        events = dict(poller.poll(quiet * 1000))
        if not events:
            return got
        for s in events:
            m = receive(kc, s)
            if m:
                got.append(m)


def processes():
    """All processes: pid to (parent, state). From /proc, else from ps."""
    found = {}
    if os.path.isdir("/proc/self"):
        for d in os.listdir("/proc"):
            if d.isdigit():
                try:
                    with open(f"/proc/{d}/stat") as f:
                        stat = f.read()
                except OSError:
                    continue
                state, parent = stat[stat.rindex(")") + 2 :].split()[:2]
                found[int(d)] = (int(parent), state)
        return found
    for row in subprocess.check_output(["ps", "-axo", "pid=,ppid=,stat="], text=True).splitlines():
        pid, parent, state = row.split()[:3]
        found[int(pid)] = (int(parent), state)
    return found


def descendants(pid):
    """The processes below pid."""
    all_of_them = processes()
    found, todo = [], [pid]
    while todo:
        above = todo.pop()
        below = [p for p, (parent, _) in all_of_them.items() if parent == above]
        found += below
        todo += below
    return found


def alive(pid):
    state = processes().get(pid)
    return state is not None and not state[1].startswith("Z")


def until(what, timeout=PATIENCE):
    end = time.time() + timeout
    while time.time() < end:
        if what():
            return True
        time.sleep(0.05)
    return bool(what())
