"""One JSON object a line, for the Go test that reads it."""
import json
import sys


def line(name, ok, detail=""):
    print(json.dumps({"name": name, "ok": bool(ok), "detail": str(detail)[-4000:]}), flush=True)


def check(name, ok, detail=""):
    """Reports and gives the verdict back."""
    line(name, ok, detail)
    return ok


def log(*words):
    print(*words, file=sys.stderr, flush=True)
