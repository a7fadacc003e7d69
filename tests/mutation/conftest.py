"""At the end of a run: which faults it did not plant."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, so that nobody takes a part for the whole."""
    from tests.mutation.choice import history, left_out
    from tests.mutation.test_planted_faults import PLANTED

    rest = left_out((fault for fault, _ in PLANTED), history())
    if rest:
        terminalreporter.write_line(f"not planted, for their files are unchanged: {len(rest)}")
        terminalreporter.write_line("; ".join(fault.name for fault in rest))
