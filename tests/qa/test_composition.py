"""What a sum consists of: its parts with their shares, and only where they add up to what is printed."""

from collections.abc import Iterator

import pytest

from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Source
from corpus.shelf import Shelf
from qa.answer import answer
from qa.glossary import term_of, terms_in
from qa.reply import Status
from tests.qa.hand_made import made, office, rows, shelf_of

PARTS = ("因公出国（境）费 0.00", "公务用车购置及运行维护费 3.00", "公务接待费 1.28")


def shelf_with(folder: pytest.TempPathFactory, whole: str) -> Shelf:
    table = rows(*PARTS, form="三公经费表", column=("决算数",))
    return shelf_of(folder.mktemp("parts"), made("甲区民政局", "甲区民政局", 2024, (*rows(f"“三公”经费 {whole}"), *table)))


@pytest.fixture(scope="module")
def whole_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    kept = shelf_with(tmp_path_factory, "4.28")
    yield kept
    kept.close()


@pytest.mark.parametrize("asked", ["2024年三公经费由哪几项构成？", "2024年三公经费的构成", "2024年三公经费各项占比", "2024年三公经费各项分别是多少？"])
def test_parts_of_a_whole_are_told_with_their_shares_and_drawn(asked: str, whole_shelf: Shelf) -> None:
    reply = answer(asked, whole_shelf)
    assert reply.status is Status.ANSWERED, reply.text
    assert str(reply.values[0].amount) == "4.28万元" and "占70.09%" in reply.text and "占29.91%" in reply.text
    assert [str(point.amount) for point in reply.series] == ["3.00万元", "1.28万元", "0.00万元"]
    assert reply.formula and "÷" in reply.formula and all(point.citation for point in reply.series)


def test_parts_that_do_not_add_up_are_no_composition(tmp_path_factory: pytest.TempPathFactory) -> None:
    shelf = shelf_with(tmp_path_factory, "5.28")
    reply = answer("2024年三公经费的构成", shelf)
    assert "构成：" not in reply.text and not reply.series
    shelf.close()


def test_who_belongs_to_a_department_is_no_sum(whole_shelf: Shelf) -> None:
    assert not answer("甲区民政局由哪几个单位组成？", whole_shelf).series


def test_a_share_that_is_worked_out_is_drawn_beside_its_whole(whole_shelf: Shelf) -> None:
    reply = answer("2024年公务接待费占三公经费多少？", whole_shelf)
    assert str(reply.values[0].amount) == "29.91%" and [str(point.amount) for point in reply.series] == ["1.28万元", "4.28万元"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("基本支出：指为保障机构正常运转而发生的支出。", "基本支出"),
        ("（十六）“三公”经费：纳入预算管理的“三公”经费，是指……", "三公经费"),
        ("住房保障支出（类）住房改革支出（款）住房公积金（项）：反映按规定缴纳的住房公积金。", "住房公积金"),
        ("其他支出是指上述项目以外的支出。", "其他支出"),
        ("没有冒号的一段话。", ""),
    ],
)
def test_what_a_paragraph_explains_is_read_from_its_head(printed: str, name: str) -> None:
    assert term_of(Chunk("c", "d", ChunkKind.DEFINITION, (), printed, (Source("甲.pdf", 1),))) == name


def test_terms_are_the_reports_own_and_never_the_tail_of_a_longer_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    shelf = shelf_of(tmp_path_factory.mktemp("terms"), made("甲局", "甲局", 2024, (), defined=("“三公”经费：是指三项。", "经营收入：指经营的收入。")))
    found = terms_in("2024年“三公”经费与国有资本经营收入", shelf.disclosures(), shelf)
    assert [(term.name, term.words, term.citation.quote) for term in found] == [("三公经费", "“三公”经费", "“三公”经费：是指三项。")]
    shelf.close()


def test_an_answer_names_the_terms_that_its_report_explains(tmp_path_factory: pytest.TempPathFactory) -> None:
    shelf = shelf_of(tmp_path_factory.mktemp("office"), office())
    reply = answer("硚口区政府办2022年机关运行经费是多少？", shelf)
    assert [term.words for term in reply.terms] == ["机关运行经费"] and reply.terms[0].citation.page
    assert not answer("机关运行经费是什么意思？", shelf).terms, "the explanation itself is the answer"
    shelf.close()
