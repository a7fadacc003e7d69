"""The clinic's settings for tests: a data folder of their own that is gone afterwards."""

import atexit
import os
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="percuta-tests-")
atexit.register(_FOLDER.cleanup)
for _name in [name for name in os.environ if name.startswith("PERCUTA_")]:
    del os.environ[_name]  # a developer's own clinic does not shape the one under test
os.environ["PERCUTA_DATA_FOLDER"] = _FOLDER.name

from percuta.site.settings import *  # noqa: E402, F403 - the folder must be known first

# Argon2 is slow on purpose; one test checks that the real settings use it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
