"""Cells that kill their process, and conversations with cells."""
import os
import signal
import time

import kernel as k
from probes import lives, probe
from report import check, log


CRASHES = {
    "stack_overflow": ("func frec(n int) int { return frec(n+1) + 1 }\nfrec(0)", "stack overflow"),
    "concurrent_map_writes": (
        'import "time"\nm := map[int]int{}\nfor range 8 { go func() { for i := 0; ; i++ { m[i%100] = i } }() }\ntime.Sleep(time.Minute)',
        "concurrent map",
    ),
    "os_exit": ('import "os"\nfmt.Println("before")\nos.Exit(3)', "3"),
    "goroutine_panic": ('import "time"\ngo func() { panic("in the background") }()\ntime.Sleep(time.Minute)', "in the background"),
}


@probe("cells")
def crashes(kn):
    for name, (code, want) in CRASHES.items():
        kn.run("survivor := 1")
        r = kn.run(code)
        drained = k.drain(kn.kc, 0.3)
        words = r.evalue + " ".join(" ".join(m["content"]["traceback"]) for m in r.of("error")) + r.text("stderr")
        words += " ".join(m["content"].get("text", "") for m in drained if m["msg_type"] == "stream")
        check("crash_" + name, r.complete and want in words, f"{r!r}, error {words[:300]!r}")
        if name == "os_exit":
            check("crash_os_exit_keeps_output", "before\n" in r.text(), repr(r))
        lives("after_" + name, kn)


@probe("cells")
def killed_from_outside(kn):
    code = 'import ("os"; "time")\nfmt.Println(os.Getpid())\ntime.Sleep(time.Hour)'

    def kill(m):
        if m["msg_type"] == "stream":
            os.kill(int(m["content"]["text"].strip()), signal.SIGKILL)

    r = kn.run(code, hook=kill)
    check("crash_sigkill", r.status == "error" and "SIGKILL" in r.evalue and len(r.of("error")) == 1, repr(r))
    lives("after_sigkill", kn)


@probe("cells")
def killed_between_cells(kn):
    r = kn.run('import "os"\nfmt.Println(os.Getpid())')
    os.kill(int(r.text().strip()), signal.SIGKILL)
    k.published(kn.kc, lambda m: m["msg_type"] == "stream" and "SessionEnded" in m["content"]["text"])
    r = kn.run('fmt.Println("next")')
    check("killed_between_cells", r.text() == "next\n" and "variables are lost" in r.text("stderr"), repr(r))


@probe("cells")
def replay_after_a_death(kn):
    """The variables come back with %replay; a part can be run again."""
    kn.km.restart_kernel()
    kn.kc.wait_for_ready(timeout=k.PATIENCE)
    kn.run("func double(i int) int { return 2 * i }")
    kn.run("a := 20")
    kn.run("a++\nfmt.Println(double(a))")
    r = kn.run("m := map[int]int{}\nfor range 8 { go func() { for { m[1] = 1 } }() }\nfor {}")
    told = " ".join(" ".join(m["content"]["traceback"]) for m in r.of("error"))
    check("death_offers_replay", "%replay" in told and "cells 1–3" in told, told)
    r = kn.run("%replay")
    check("replay", r.status == "ok" and r.text().endswith("42\n"), repr(r))
    check("replay_again_in_part", kn.run("%replay 3").text().endswith("44\n"))
    check("replay_brings_back", kn.run("fmt.Println(double(a))").text() == "44\n")


@probe("cells")
def control_while_a_cell_runs(kn):
    msg_id = k.begin(kn.kc, 'import "time"\ntime.Sleep(time.Hour)')
    began = time.time()
    info = k.collect(kn.kc, k.send(kn.kc, "control", "kernel_info_request", {}), channel="control")
    took_info = time.time() - began
    began = time.time()
    comp = k.collect(kn.kc, kn.kc.complete("fmt.Printl", 10))
    took_comp = time.time() - began
    check("control_while_a_cell_runs", info.complete, f"{took_info:.2f} s, {info!r}")
    check("completion_while_a_cell_runs", comp.complete and "Println" in comp.reply["content"]["matches"], f"{took_comp:.2f} s, {comp!r}")
    log(f"while a cell runs: kernel_info {1000 * took_info:.1f} ms, completion {1000 * took_comp:.1f} ms")
    kn.km.interrupt_kernel()
    k.collect(kn.kc, msg_id)


@probe("cells")
def queued_cells_are_aborted(kn):
    gate = k.Gate()
    ids = [kn.kc.execute(c, allow_stdin=False) for c in (gate.code + 'wait()\npanic("x")', "1", "2")]
    k.collect(kn.kc, kn.kc.kernel_info())  # it is answered behind them: they are in the queue
    gate.open()
    replies = {}
    while len(replies) < 3:
        m = kn.kc.get_shell_msg(timeout=k.PATIENCE)
        replies[m["parent_header"]["msg_id"]] = m["content"].get("status")
    check("queued_cells_are_aborted", [replies.get(i) for i in ids] == ["error", "aborted", "aborted"], replies)
    lives("after_aborts", kn)


@probe("cells")
def stdin(kn):
    kc = kn.kc
    msg_id = kc.execute("var s string\nfmt.Scanln(&s)\nfmt.Println(\"got\", s)", allow_stdin=True)
    try:
        ask = kc.get_stdin_msg(timeout=k.PATIENCE)
        kc.input("bob")
        r = k.collect(kc, msg_id)
        check("stdin", ask["msg_type"] == "input_request" and r.text().endswith("got bob\n"), repr(r))
    except Exception as e:
        kn.km.interrupt_kernel()
        check("stdin", False, f"no input_request: {e!r}, {k.collect(kc, msg_id)!r}")
    r = kn.run("var t string\n_, err := fmt.Scanln(&t)\nfmt.Println(err != nil)")
    check("stdin_not_allowed_ends", r.complete, repr(r))


@probe("cells")
def late_output(kn):
    gate = k.Gate()
    first = kn.run(gate.code + 'go func() { wait(); fmt.Println("late!") }()')
    kn.run('fmt.Println("second")')
    gate.open()
    late = [m for m in k.published(kn.kc, lambda m: m["msg_type"] == "stream" and "late!" in m["content"]["text"]) if m["msg_type"] == "stream"]
    text = "".join(m["content"]["text"] for m in late)
    ok = text == "[after the cell ended]\nlate!\n" and all(m["parent_header"]["msg_id"] == first.msg_id for m in late)
    check("late_output_keeps_its_parent", ok, late)


@probe("cells")
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


@probe("cells")
def comms(kn):
    msg_id = k.send(kn.kc, "shell", "comm_open", {"comm_id": "c1", "target_name": "jupyter.nosuch", "data": {}})
    got = k.published(kn.kc, lambda m: m["content"].get("execution_state") == "idle", msg_id)
    kinds = [m["content"].get("execution_state", m["msg_type"]) for m in got]
    check("unknown_comm_is_closed", kinds == ["busy", "comm_close", "idle"], kinds)
    r = k.collect(kn.kc, k.send(kn.kc, "shell", "comm_info_request", {}))
    check("comm_info", r.status == "ok" and "comms" in r.reply["content"], repr(r))


@probe("cells")
def updates_and_clearing(kn):
    r = kn.run('h := display.NewHandle(display.HTML("a"))\nh.Update(display.HTML("b"))\ndisplay.Clear(true)')
    kinds = [m["msg_type"] for m in r.of("display_data", "update_display_data", "clear_output")]
    ids = {m["content"].get("transient", {}).get("display_id") for m in r.of("display_data", "update_display_data")}
    check("updates_and_clearing", kinds == ["display_data", "update_display_data", "clear_output"] and len(ids) == 1 and None not in ids, f"{kinds} {ids} {r!r}")
