"""The collector of cycles looks through everything rarely, and through what is young as often as before."""

import gc

from corpus.collecting import RARELY, collect_rarely


def test_all_is_looked_through_rarely_and_what_is_young_as_before() -> None:
    before = gc.get_threshold()
    try:
        collect_rarely()
        assert gc.get_threshold() == (*before[:2], RARELY) and before[2] < RARELY
    finally:
        gc.set_threshold(*before)
