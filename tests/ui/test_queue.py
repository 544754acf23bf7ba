"""What we set of Gradio's queue is still there to be set."""

import gradio as gr

from ui.app import LOOK, rest


def test_gradio_still_has_the_pauses_that_are_set() -> None:
    """Else setting them would do nothing, and an idle server would wake a thousand times a second."""
    page = gr.Blocks(analytics_enabled=False)
    known = set(vars(page._queue))
    rest(page)
    assert page._queue.sleep_when_free == LOOK
    assert set(vars(page._queue)) == known
