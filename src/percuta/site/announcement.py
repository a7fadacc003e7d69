"""What the terminal says once the server answers."""

import io

import segno

_WHITE_ON_BLACK = "\033[97;40m"
_PLAIN = "\033[0m"

STEPS = """\
On each iPad, once:
  1. Join the clinic's own Wi-Fi, point the camera at the code, and tap the link.
  2. Safari warns, since it does not know this clinic yet. Tap Show Details, visit this website,
     then Allow.
  3. Open Settings and tap Profile Downloaded. Under More Details compare the fingerprint with
     the one below; only if it is the same, tap Install.
  4. In Settings, General, About, Certificate Trust Settings, turn on the one of Percuta.
  5. Open {address} in Safari, sign in, and add it to the Home Screen.

Fingerprint (SHA-256): {fingerprint}
"""


def for_this_machine(address: str) -> str:
    """The address alone."""
    return f"Percuta answers at {address}\nStop it with Ctrl+C.\n"


def for_tablets(address: str, trust_address: str, fingerprint: str, *, is_coloured: bool) -> str:
    """The address, the code that leads to the authority, and how to trust it."""
    code = _code(trust_address, is_coloured=is_coloured)
    steps = STEPS.format(address=address, fingerprint=fingerprint)
    return f"{for_this_machine(address)}\n{code}\n{trust_address}\n\n{steps}"


def _code(text: str, *, is_coloured: bool) -> str:
    """A QR code in half-block characters, right on a dark and on a light screen alike."""
    drawn = io.StringIO()
    segno.make(text, micro=False).terminal(out=drawn, border=2, compact=True)
    if not is_coloured:
        return drawn.getvalue()
    lines = drawn.getvalue().splitlines()
    return "".join(f"{_WHITE_ON_BLACK}{line}{_PLAIN}\n" for line in lines)
