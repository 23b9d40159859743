"""The list of probes, and what they share. A probe is a function of a running
kernel; it reports what it has checked."""
from report import check

PROBES = []


def probe(group):
    """Enters a function in the list, as one of a group."""

    def enter(f):
        f.group = group
        PROBES.append(f)
        return f

    return enter


def lives(name, kn, detail=""):
    """The kernel answers a cell."""
    r = kn.run('fmt.Println("alive")')
    return check(name, r.status == "ok" and r.text() == "alive\n", f"{detail} {r!r} after {r.seconds:.1f} s")
