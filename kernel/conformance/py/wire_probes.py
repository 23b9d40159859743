"""What reaches the sockets: lies, silence, deafness."""
import hashlib
import hmac
import json
import os
import socket
import struct
import time

import zmq

import kernel as k
from probes import lives, probe
from report import check


GREETING = b"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x00NULL".ljust(64, b"\x00")


def ports(kn):
    return [(n, kn.info[n]) for n in ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")]


def tcp(port):
    s = socket.create_connection(("127.0.0.1", port), timeout=k.PATIENCE)
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


@probe("wire")
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


@probe("wire")
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
    quiet = 1000 * k.PATIENCE
    while s.poll(quiet):
        quiet = 500  # for those that should not come
        s.recv_multipart()
        replies += 1
    ctx.destroy(linger=0)
    r = kn.run("fmt.Println(replays)")
    check("replayed_message", replies == 1 and r.text() == "1\n", f"{replies} replies, {r!r}")


@probe("wire")
def forged_frame_length(kn):
    forged = b"\x02" + struct.pack(">Q", 1 << 62)
    for name, port in ports(kn):
        kind = b"SUB" if name == "iopub_port" else b"REQ" if name == "hb_port" else b"DEALER"
        early = tcp(port)
        early.sendall(GREETING + forged)
        late = zmtp(port, kind)
        late.sendall(forged)
        late.settimeout(k.PATIENCE)
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


@probe("wire")
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


@probe("wire")
def half_open_connections(kn):
    held = []
    for _, port in ports(kn):
        for _ in range(5):
            held.append(tcp(port))
        s = tcp(port)
        s.sendall(GREETING)
        held.append(s)
    kc = kn.client()
    r = k.run(kc, 'fmt.Println("new")')
    check("half_open_connections", r.text() == "new\n", repr(r))
    kc.stop_channels()
    dropped = k.until(lambda: all(closed(s) for s in held))
    check("half_open_connections_are_dropped", dropped, "some are still open")
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


@probe("wire")
def client_that_never_reads(kn):
    """Subscribes and reads nothing, while a cell shows more than its queue
    may hold: the honest client gets all of it, in order."""
    deaf = zmtp(kn.info["iopub_port"], b"SUB")
    deaf.sendall(b"\x00\x01\x01")
    kn.run('import "strings"\npad := strings.Repeat("x", 1<<20)')
    n = 200
    r = kn.run(f'for i := range {n} {{ display.Show(display.HTML(fmt.Sprint(i, " ", pad))) }}', timeout=5 * k.PATIENCE)
    got = [int(m["content"]["data"]["text/html"].split()[0]) for m in r.of("display_data")]
    check("client_that_never_reads", got == list(range(n)) and r.status == "ok", f"{len(got)} of {n}, {r.seconds:.1f} s, reply {r.status}")
    check("client_that_never_reads_is_dropped", k.until(lambda: dead(deaf)), "still connected")
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


@probe("wire")
def zmtp_heartbeats(kn):
    """A peer with ZMQ_HEARTBEAT_IVL drops a connection that does not PONG."""
    ctx = zmq.Context()
    key = kn.info["key"]
    key = key if isinstance(key, bytes) else key.encode()
    s = ctx.socket(zmq.DEALER)
    s.heartbeat_ivl, s.heartbeat_timeout, s.heartbeat_ttl = 50, 5000, 10000
    monitor = s.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    s.connect(f"tcp://127.0.0.1:{kn.info['shell_port']}")
    frames = signed(key, header(20).replace(b"execute_request", b"kernel_info_request"), b"{}", b"{}", b"{}")
    s.send_multipart(frames)
    ok = s.poll(1000 * k.PATIENCE) and b"kernel_info_reply" in b"".join(s.recv_multipart())
    time.sleep(6)
    disconnected = monitor.poll(0)
    check("zmtp_heartbeats", ok and not disconnected, f"reply {ok}, disconnected {disconnected}")
    ctx.destroy(linger=0)
    lives("zmtp_heartbeats_kernel_lives", kn)


@probe("wire")
def heartbeat_channel(kn):
    kn.kc.hb_channel.unpause()
    time.sleep(1.5)
    check("heartbeat_channel", k.until(kn.kc.hb_channel.is_beating), "no beat")


@probe("wire")
def reconnects_leak_nothing(kn):
    table = f"/proc/{kn.pid}/fd" if os.path.isdir("/proc/self/fd") else None
    fds = lambda: len(os.listdir(table)) if table else 0
    before = fds()
    for _ in range(40):
        for _, port in ports(kn):
            s = tcp(port)
            s.sendall(GREETING)
            s.close()
    check("reconnects_leak_nothing", k.until(lambda: fds() <= before + 2), f"{before} descriptors, then {fds()}")


@probe("wire")
def welcome_for_everyone(kn):
    got = []
    for _ in range(2):
        kc = kn.km.client()
        kc.start_channels()
        got.append(kc.get_iopub_msg(timeout=k.PATIENCE)["msg_type"])
        kc.stop_channels()
    check("welcome_for_everyone", got == ["iopub_welcome"] * 2, got)
