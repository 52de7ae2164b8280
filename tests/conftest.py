"""No example is timed: the machine may be busy. No source is compiled twice: there are many."""

import os
import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

if sys.dont_write_bytecode:  # as in many containers; it doubles the start of each process
    # what is compiled is kept all the same, but away from the sources, with pytest's own cache
    kept = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "bytecode")
    sys.dont_write_bytecode, sys.pycache_prefix = False, kept
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = kept
