"""The collector of cycles → set to look through everything rarely: an answer that met such a look took 0.2 s instead of 0.03."""

import gc

RARELY = 1000
"""Collections of the middle generation before one of all: by default ten. What is kept of a shelf is frozen and without cycles."""


def collect_rarely() -> None:
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, RARELY)
