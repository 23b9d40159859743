"""jupyter_kernel_test with every sample that it knows.

Prints one JSON object a line: {"name", "ok", "detail"}.
usage: suite.py KERNEL
"""
import io
import sys
import unittest

import jupyter_kernel_test as jkt

import report

KERNEL = sys.argv[1]


# How long a test waits for what must come, on whatever machine.
PATIENCE = jkt.TIMEOUT = 120


def patient(kc):
    """Makes the tests wait longer than the 0.1 s that upstream allows."""
    for channel in (kc.shell_channel, kc.iopub_channel):
        get = jkt.ensure_sync(channel.get_msg)
        channel.get_msg = lambda timeout=None, get=get: get(timeout=PATIENCE)


class Kernel(jkt.KernelTests):
    kernel_name = KERNEL
    language_name = "go"
    file_extension = ".go"
    code_hello_world = 'fmt.Println("hello, world")'
    code_stderr = 'import "os"\nfmt.Fprintln(os.Stderr, "test")'
    completion_samples = [{"text": "fmt.Printl", "matches": {"Println"}}]
    complete_code_samples = ["x := 1", "func f() int { return 1 }", 'import "os"', "type T struct {\n\tA int\n}\n"]
    incomplete_code_samples = ["func f() {", "for i := 0; i < 3; i++ {", "x := []int{1,", "y := (1 +", "s := `raw"]
    invalid_code_samples = ["x := := 7q", "x := )", "func := = 3"]
    code_page_something = "fmt.Println?"
    code_generate_error = 'panic("boom")'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[]int{1, 4, 9}"},
    ]
    code_display_data = [
        {"code": 'display.Show(display.HTML("<b>test</b>"))', "mime": "text/html"},
        {"code": 'display.Show(display.Markdown("$x$"))', "mime": "text/markdown"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "fmt.Println"
    code_clear_output = "display.Clear(false)"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        patient(cls.kc)

    def flush_channels(self):
        """Reads what came before: upstream calls a channel empty when nothing
        has come for 0.1 s."""
        msg_id = self.kc.kernel_info()
        while self.kc.get_shell_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != msg_id:
            pass
        while True:
            m = self.kc.get_iopub_msg(timeout=PATIENCE)
            if m["parent_header"].get("msg_id") == msg_id and m["content"].get("execution_state") == "idle":
                return

    def get_non_kernel_info_reply(self, timeout=None):
        return super().get_non_kernel_info_reply(timeout=PATIENCE)


class Welcome(jkt.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True

    def test_recv_iopub_welcome_msg(self):
        get = self.kc.get_iopub_msg
        self.kc.get_iopub_msg = lambda timeout=None: get(timeout=PATIENCE)
        super().test_recv_iopub_welcome_msg()


class Result(unittest.TextTestResult):
    """Remembers the worst of each test; a skipped sample is a failure here."""

    def __init__(self, *args):
        super().__init__(*args)
        self.rows = {}

    def note(self, test, ok, detail=""):
        name = getattr(test, "test_case", test).id().split(".")[-1]
        was = self.rows.get(name, (True, ""))
        self.rows[name] = (was[0] and ok, "\n".join(d for d in (was[1], detail) if d))

    def addSuccess(self, test):
        super().addSuccess(test)
        self.note(test, True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note(test, False, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self.note(test, False, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, False, "skipped: " + reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note(test, False, f"{subtest.params}: " + self._exc_info_to_string(err, test))


loader = unittest.TestLoader()
suite = unittest.TestSuite([loader.loadTestsFromTestCase(Kernel), loader.loadTestsFromTestCase(Welcome)])
result = unittest.TextTestRunner(resultclass=Result, stream=io.StringIO()).run(suite)
for name, (ok, detail) in sorted(result.rows.items()):
    report.line(name, ok, detail)
report.line("count", len(result.rows) == 13, f"{len(result.rows)} tests, want 13")
