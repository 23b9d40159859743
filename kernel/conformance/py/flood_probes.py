"""Much output, attentive and late readers, and the pace for a browser."""
import datetime
import json
import time
import uuid

import kernel as k
from probes import probe
from report import check, log


def displays(kn, n, asleep, name):
    r = kn.run(f'for i := range {n} {{ display.Show(display.HTML(fmt.Sprint("m", i))) }}', timeout=5 * k.PATIENCE, asleep=asleep)
    got = [m["content"]["data"].get("text/html") for m in r.of("display_data")]
    ok = got == [f"m{i}" for i in range(n)] and r.complete and r.status == "ok"
    check(name, ok, f"{len(got)} of {n} in {r.seconds:.2f} s, complete {r.complete}, {r!r}"[:600])
    log(f"{name}: {len(got)} of {n} in {r.seconds:.2f} s")


def lines(kn, n, asleep, name):
    r = kn.run(f'for i := range {n} {{ fmt.Println("line", i) }}', timeout=5 * k.PATIENCE, asleep=asleep)
    ok = r.text() == "".join(f"line {i}\n" for i in range(n)) and r.complete and r.status == "ok"
    check(name, ok, f"{r.text().count(chr(10))} of {n} in {r.seconds:.2f} s, complete {r.complete}, {r!r}"[:600])
    log(f"{name}: {r.text().count(chr(10))} of {n} lines in {r.seconds:.2f} s, {len(r.of('stream'))} messages")


@probe("floods")
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


@probe("floods")
def pace_for_a_browser(kn):
    """Jupyter Server drops what comes faster than 1 MB of text or 1000
    messages a second, over 3 seconds. The times are those of the kernel: this
    program may be slow to read."""
    text, shown = [], []

    def note(m):
        when = datetime.datetime.fromisoformat(m["header"]["date"]).timestamp()
        if m["msg_type"] == "stream":
            text.append((when, len(json.dumps(m["content"])) + 700))
        if m["msg_type"] != "status":
            shown.append((when, 1))

    msg_id = from_a_browser(kn, "for i := 0; ; i++ { fmt.Println(i) }")
    r = k.collect(kn.kc, msg_id, timeout=5, hook=note)
    worst = fullest_window(text)
    began = time.time()
    kn.km.interrupt_kernel()
    rest = k.collect(kn.kc, msg_id)
    took = time.time() - began
    lines = "".join(m["content"]["text"] for m in r.of("stream") + rest.of("stream")).splitlines()
    check("pace_keeps_order", lines == [str(i) for i in range(len(lines))], f"{len(lines)} lines")
    check("pace_of_text", 0 < worst < 3e6, f"{worst} bytes in 3 s, {len(text)} messages")
    check("pace_ends_with_an_interrupt", rest.complete, f"{took:.2f} s")
    log(f"prints for ever: {worst} bytes in the fullest 3 s, {len(text)} messages, interrupted in {1000 * took:.0f} ms")
    shown.clear()
    msg_id = from_a_browser(kn, "for i := range 3500 { display.Show(display.HTML(fmt.Sprint(i))) }")
    r = k.collect(kn.kc, msg_id, hook=note)
    worst = fullest_window(shown)
    check("pace_of_messages", worst < 3000 and len(r.of("display_data")) == 3500, f"{worst} in 3 s, {len(r.of('display_data'))} in all")
    log(f"3500 displays: {worst} in the fullest 3 s, {r.seconds:.1f} s")
