"""Which publishers a question names: short names, slips, strangers, and short names that fit several."""

import pytest

from corpus.disclosure import Disclosure, Kind, Scope
from qa.publisher import named_publishers

OFFICE = "武汉市硚口区人民政府办公室"
PUTUO = "中共上海市普陀区委社会工作部"
JINGAN = "中共上海市静安区委社会工作部"
STREET = "上海市普陀区人民政府万里街道办事处"


def disclosure(publisher: str, *aliases: str) -> Disclosure:
    return Disclosure("0" * 16, "0" * 64, f"{publisher}.pdf", publisher, aliases, 2022, Kind.FINAL, Scope.DEPARTMENT, 1, (), True)


SHELF = (
    disclosure(OFFICE, "硚口区政府办", "硚口区人民政府办公室"), disclosure(PUTUO, "普陀区委社会工作部"), disclosure(STREET, "万里街道", "万里街道办事处"),
)  # fmt: skip
TWO = (disclosure(PUTUO, "社会工作部", "普陀区委社会工作部"), disclosure(JINGAN, "社会工作部", "静安区委社会工作部"))


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("武汉市硚口区人民政府办公室2022年三公经费", OFFICE), ("硚口区政府办2022年三公经费", OFFICE), ("硚口区府办的三公经费", OFFICE),
        ("普陀区委社会工作部2022年支出", PUTUO), ("普陀区委社工部2022年支出", PUTUO), ("万里街道三公经费", STREET), ("万里街道办2022年预算", STREET),
        ("普陀万里街道的预算", STREET), ("2022年万里街道的三公经费是多少", STREET),
    ],
)  # fmt: skip
def test_a_short_name_names_its_publisher(text: str, publisher: str) -> None:
    assert named_publishers(text, SHELF).publishers == (publisher,)


@pytest.mark.parametrize(("slip", "publisher"), [("万礼街道三公经费", STREET), ("硚口区政府班2022年支出", OFFICE), ("乔口区政府办2022年支出", "")])
def test_a_slip_of_the_same_sound_is_heard(slip: str, publisher: str) -> None:
    """办 and 班 sound alike, 硚 is read qiao as 乔 is; a name is never guessed from less than its whole sound."""
    found = named_publishers(slip, SHELF).publishers
    assert found == ((publisher,) if publisher else found)
    assert set(found) <= {OFFICE, STREET}


@pytest.mark.parametrize(
    "text",
    [
        "江汉区政府办2022年三公经费", "江汉区人民政府办公室2022年三公经费", "浦东新区区委社会工作部2024年支出", "硚口区财政局2022年三公经费",
        "长征镇2022年预算", "普陀区教育局2022年支出",
    ],
)  # fmt: skip
def test_another_organisation_is_a_stranger(text: str) -> None:
    named = named_publishers(text, SHELF)
    assert named.publishers == () and named.unknown


def test_a_short_name_of_two_is_ambiguous() -> None:
    named = named_publishers("社会工作部2022年支出是多少", TWO)
    assert named.publishers == () and set(named.ambiguous) == {PUTUO, JINGAN}


def test_the_place_before_a_short_name_settles_it() -> None:
    assert named_publishers("静安区的社会工作部2022年支出", TWO).publishers == (JINGAN,)


def test_two_names_are_both_named_in_order() -> None:
    assert named_publishers("万里街道和硚口区政府办的三公经费哪个多", SHELF).publishers == (STREET, OFFICE)


def test_a_place_with_one_publisher_means_it() -> None:
    assert named_publishers("硚口区2022年三公经费", SHELF).publishers == (OFFICE,)


def test_a_question_without_a_name_names_none() -> None:
    named = named_publishers("2022年三公经费是多少", SHELF)
    assert (named.publishers, named.unknown, named.ambiguous) == ((), "", ())


def test_the_names_place_is_told() -> None:
    text = "请问硚口区政府办的三公经费"
    ((start, end),) = named_publishers(text, SHELF).spans
    assert text[start:end] == "硚口区政府办"


def test_a_level_right_behind_a_citys_name_is_no_part_of_the_name() -> None:
    text = "云海市级政府债务余额是多少"
    named = named_publishers(text, (disclosure("云海市", "云海"),))
    assert named.publishers == ("云海市",)
    assert [text[start:end] for start, end in named.spans] == ["云海"]


BUREAU = "粤浦市荔塘区教育局"
CARE = "川中省沱原县民政局"


@pytest.mark.parametrize(("text", "unknown"), [("市民政局2024年三公经费", "市民政局"), ("川中省民政局2024年支出", "川中省民政局"), ("粤浦市教育局2025年预算", "粤浦市教育局"), ("2025年市教育局预算", "市教育局")])
def test_an_office_of_a_higher_level_is_another_office(text: str, unknown: str) -> None:
    found = named_publishers(text, (disclosure(BUREAU, "教育局"), disclosure(CARE, "民政局")))
    assert found.publishers == () and found.unknown == unknown


@pytest.mark.parametrize(("text", "publisher"), [("我县民政局2024年三公经费", CARE), ("县民政局2024年支出", CARE), ("区教育局2025年预算", BUREAU), ("粤浦市荔塘区教育局预算", BUREAU), ("荔塘教育局预算", BUREAU)])
def test_an_office_of_its_own_level_is_meant(text: str, publisher: str) -> None:
    assert named_publishers(text, (disclosure(BUREAU, "教育局"), disclosure(CARE, "民政局"))).publishers == (publisher,)
