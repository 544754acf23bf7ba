"""What is counted and logged of the program's work, and what never is."""

import io
import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.amount import WAN, Amount
from corpus.errors import FileError, ModelError
from qa.llm import Schema
from qa.reply import Figure, Reply, Status, Trace, Value
from qa.reword import reworded
from ui.logs import log_to
from ui.start import Progress, Report, Stopped
from ui.watch import Fault, Watch

SECRET = "某局的秘密问题"
REPLY = Reply(
    Status.ANSWERED, "2024年“公务接待费”决算数为1.28万元。", values=(Value(Amount(Decimal("1.28"), WAN), "公务接待费"),),
    figures=(Figure("1.28万元", Trace.PRINTED),), resolved="2024年公务接待费是多少？", scope=("某局", "2024年", "决算"),
)  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as JSON lines; the process's own set-up is put back."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    log_to(out, "json")
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)


def count(watch: Watch, name: str, **labels: str) -> float:
    return watch.counters.registry.get_sample_value(f"mingzhang_{name}", labels) or 0.0


def test_a_question_counts_once_by_its_last_reply(log: io.StringIO) -> None:
    watch = Watch()
    replies = watch.streamer(lambda asked, past: iter((Reply(Status.REFUSED, "没有"), REPLY)))
    assert len(list(replies(SECRET, ()))) == 2
    assert count(watch, "questions_total", status="answered") == 1 and count(watch, "questions_total", status="refused") == 0
    assert count(watch, "seconds_count", stage="ask") == 1
    assert '"event": "ask"' in log.getvalue() and SECRET not in log.getvalue()


def test_an_unforeseen_error_is_told_in_chinese_and_logged_by_type_and_place_alone(log: io.StringIO) -> None:
    watch = Watch()

    def broken(question: str, past: tuple[Reply, ...]) -> Reply:
        raise KeyError(question)

    with pytest.raises(Fault, match="程序出了错") as fault:
        watch.answerer(broken)(SECRET, ())
    assert SECRET not in str(fault.value) and fault.value.__cause__ is None and fault.value.__suppress_context__
    assert count(watch, "questions_total", status="error") == 1 and count(watch, "errors_total", kind="KeyError") == 1
    assert "KeyError" in log.getvalue() and "test_watch.py" in log.getvalue() and SECRET not in log.getvalue()


def test_an_exception_that_a_library_logs_keeps_its_message_to_itself(log: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert "ValueError" in log.getvalue() and "test_watch.py" in log.getvalue() and SECRET not in log.getvalue()


class Untrue:
    """A model that adds a figure of its own."""

    name = "untrue"

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        yield "其实是九十九亿元。"


class Gone(Untrue):
    def stream(self, prompt: str) -> Iterator[str]:
        raise ModelError("连不上语言模型接口")
        yield ""


def test_what_a_model_made_up_is_counted_as_dropped(log: io.StringIO) -> None:
    watch = Watch()
    model = watch.model(Untrue())
    *_, last = watch.streamer(lambda asked, past: reworded(REPLY, asked, model))(SECRET, ())
    assert last.text == REPLY.text and count(watch, "figures_dropped_total") == 1
    assert count(watch, "seconds_count", stage="model") == 1


def test_a_model_that_fails_is_counted_though_its_reader_gets_the_answer(log: io.StringIO) -> None:
    watch = Watch()
    model = watch.model(Gone())
    *_, last = watch.streamer(lambda asked, past: reworded(REPLY, asked, model))(SECRET, ())
    assert last.text == REPLY.text and last.notices == ("连不上语言模型接口",)
    assert count(watch, "errors_total", kind="ModelError") == 1 and count(watch, "questions_total", status="answered") == 1
    assert "连不上语言模型接口" in log.getvalue()


def test_reading_is_timed_by_stage(log: io.StringIO) -> None:
    watch = Watch()

    def add(path: Path, report: Report) -> str:
        for stage in ("读取页面", "读取页面", "建立索引"):
            report(Progress(stage))
        return "好"

    assert watch.adder(add)(Path("甲.pdf"), lambda progress: None) == "好"
    assert [count(watch, "seconds_count", stage=stage) for stage in ("读取页面", "建立索引", "read")] == [1, 1, 1]
    assert count(watch, "uploads_total", status="ok") == 1


@pytest.mark.parametrize(("error", "status"), [(FileError("甲.pdf", "不完整"), "error"), (Stopped(), "stopped")])
def test_a_file_that_was_not_read_counts_as_such(log: io.StringIO, error: Exception, status: str) -> None:
    watch = Watch()

    def add(path: Path, report: Report) -> str:
        raise error

    with pytest.raises(type(error)):
        watch.adder(add)(Path("甲.pdf"), lambda progress: None)
    assert count(watch, "uploads_total", status=status) == 1 and count(watch, "uploads_total", status="ok") == 0
