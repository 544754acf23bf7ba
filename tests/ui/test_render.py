"""Replies drawn as HTML: what is shown, what is held back, and that any text stays text."""

from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.amount import PERCENT, WAN, Amount
from qa.reply import Citation, Figure, Point, Reply, ScopePart, Status, Term, Trace, Value
from ui.chart import series_html
from ui.render import Turn, conversation_html, copy_text, progress_html, reply_html, text
from ui.start import Background, Progress

CITED = Citation(1, "0123456789abcdef", "甲.pdf", 3, (1.0, 2.0, 3.0, 4.0), "原话")


class Words(HTMLParser):
    """The text of some HTML, and the tags that it opens, with the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.names: list[list[str]] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names.append([name for name, _ in attrs])
        self.attributes += attrs


@given(st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'/ab="))))
@example("<img src=x>")
@example("' onclick='x")
@example("&lt;b&gt;")
def test_any_text_from_outside_opens_no_tag_and_adds_no_attribute(outside: str) -> None:
    for quote in "'", '"':
        drawn = Words(f"<p title={quote}{text(outside)}{quote}>{text(outside)}</p>")
        assert (drawn.tags, drawn.attributes, drawn.text) == (["p"], [("title", outside)], outside)


@given(st.text(alphabet="<>&\"'a[1]=/ \n"))
def test_a_hostile_reply_has_the_tags_of_a_harmless_one(outside: str) -> None:
    def tags(word: str) -> list[tuple[str, list[str]]]:
        cited = Citation(7, "0123456789abcdef", word, 3, None, word)
        reply = Reply(Status.ANSWERED, "答", (Value(Amount(Decimal(1), WAN), word),), word, (cited,), choices=(word,))
        drawn = Words(reply_html(word, reply))
        return list(zip(drawn.tags, drawn.names, strict=True))

    assert tags(outside or "无") == tags("无")


def test_a_mark_without_a_source_stays_as_it_is() -> None:
    drawn = reply_html("问", Reply(Status.ANSWERED, "见 [1] 和 [2]。", citations=(CITED,)))
    assert drawn.count('class="chip"') == 1 and "和 [2]。" in drawn


def test_a_figure_that_was_not_traced_is_counted_as_unchecked() -> None:
    figures = (Figure("1", Trace.PRINTED), Figure("2", Trace.NONE))
    drawn = reply_html("问", Reply(Status.ANSWERED, "答", figures=figures))
    assert "已核对 1/2" in drawn and 'class="checked partly"' in drawn


def test_an_unreliable_source_is_told_from_a_reliable_one() -> None:
    doubtful = Citation(1, CITED.disclosure, "甲.pdf", 3, None, "4.28", reliable=False)
    drawn = reply_html("问", Reply(Status.ANSWERED, "4.28 [1]", citations=(doubtful,)))
    assert "未能核对" in drawn and "chip doubtful" in drawn
    assert "未能核对" not in reply_html("问", Reply(Status.ANSWERED, "4.28 [1]", citations=(CITED,)))


def test_a_source_without_pages_says_its_place() -> None:
    cell = Citation(1, CITED.disclosure, "甲.xlsx", 0, None, "4.28", place="Sheet1!C5")
    assert "Sheet1!C5" in reply_html("问", Reply(Status.ANSWERED, "4.28 [1]", citations=(cell,)))


def test_digits_are_shown_as_printed() -> None:
    value = Value(Amount(Decimal("1234.50"), WAN), "支出")
    assert '<span class="number">1,234.50</span> <span class="unit">万元' in reply_html(
        "问", Reply(Status.ANSWERED, "答", (value,))
    )


def test_a_question_that_waits_is_shown_with_nothing_answered() -> None:
    drawn = conversation_html((Turn("问", None),))
    assert "正在查账" in drawn and "copy" not in drawn


def test_a_copied_answer_names_page_and_words() -> None:
    copied = copy_text("多少？", Reply(Status.ANSWERED, "4.28万元 [1]。", citations=(CITED,), formula="1+1"))
    assert copied == "问：多少？\n4.28万元 [1]。\n计算：1+1\n[1] 《甲.pdf》第3页：“原话”"


def test_figures_of_different_bases_are_never_drawn_as_bars() -> None:
    mixed = (Point("甲", Amount(Decimal(1), WAN), 1), Point("乙", Amount(Decimal(1), PERCENT), 1))
    assert "bars" not in series_html(mixed, text) and "<table>" in series_html(mixed, text)


def test_a_zero_of_a_series_has_its_figure_and_no_bar() -> None:
    zeros = tuple(Point(name, Amount(Decimal(number), WAN), 1) for name, number in (("甲", "0.00"), ("乙", "2")))
    drawn = series_html(zeros, text)
    assert drawn.count("<i style") == 1 and "0.00万元" in drawn
    assert "<i style" not in series_html((zeros[0], zeros[0]), text)


def test_only_what_was_said_of_the_scope_can_be_taken_away() -> None:
    reply = Reply(Status.ANSWERED, "答", scope=("某局", "2023年", "2024年", "决算"), given=frozenset({ScopePart.YEAR}))
    drawn = conversation_html((Turn("问", reply),))
    assert "2023年、2024年<button" in drawn and drawn.count("data-drop") == 1
    assert "data-drop" not in reply_html("问", reply), "outside a conversation there is nothing to ask again"


def test_a_term_is_offered_where_it_stands_first_and_only_there() -> None:
    term = Term("基本支出", "基本支出", CITED)
    drawn = reply_html("问", Reply(Status.ANSWERED, "<b>基本支出</b>为1 [1]。\n基本支出占2 [1]。", citations=(CITED,), terms=(term,)))
    assert drawn.count('class="term"') == 1 and "&lt;b&gt;<button" in drawn and "基本支出占2" in drawn


def test_a_name_that_looks_like_a_formula_is_defused_in_the_data_file() -> None:
    points = tuple(Point(name, Amount(Decimal("1234.50"), WAN), 1) for name in ("=1+1", '乙"'))
    link = unquote(series_html(points, text).split('href="data:text/csv;charset=utf-8,')[1].split('"')[0])
    assert link == '\ufeff名称,数值,单位\r\n"\'=1+1",1234.50,万元\r\n"乙""",1234.50,万元'


def test_progress_without_a_total_claims_no_share() -> None:
    assert 'aria-valuenow="0"' in progress_html(Progress("打开"))
    assert Progress("读", 5, 10).share == 50


def test_work_that_fails_says_why_and_never_counts_as_ready() -> None:
    def work(note: object) -> None:
        from corpus.errors import FileError

        raise FileError("甲.pdf", "文件不完整")

    background = Background(work, "打开报告")
    background.begin()
    background.wait()
    ended = background.progress()
    assert ended and "文件不完整" in ended.failed
