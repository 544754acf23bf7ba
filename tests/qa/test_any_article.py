"""Claims of any text: nothing raises, every claim stands where it says, and a text without figures claims none."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.disclosure import Disclosure, Kind, Scope
from qa.claims import claims_of
from tests.corpus.test_any_text import PIECES

WORDS = (
    "2022年 2021年度 决算 预算 硚口区政府办 武汉市硚口区人民政府办公室 某某局 三公经费 公务接待费 公务用车 支出 收入 基本支出 项目支出 其中 ， 。 ； ： 、 \n 比上年 同比 增长 下降 减少 增加 "
    "占 完成 预算的 的 为 是 分别为 约 共 和 与 前者 后者 两者 合计 最多 没有 未发生 持平 翻番 0 12.5 4.28 1,444.88 万元 元 % 个百分点 倍 人次 批次 辆 一半 三成 （ ） “ ” 从 到 降到 由 人均"
).split(" ")
REPORT = Disclosure("a" * 16, "a" * 64, "a.pdf", "武汉市硚口区人民政府办公室", ("硚口区政府办",), 2022, Kind.FINAL, Scope.DEPARTMENT, 39, (), True)
usual = settings(max_examples=100, deadline=None, derandomize=True)
articles = st.one_of(st.text(max_size=80), st.lists(st.sampled_from([*WORDS, *PIECES]), max_size=40).map("".join))


@usual
@given(articles)
def test_every_claim_stands_where_it_says(text: str) -> None:
    last = -1
    for claim in claims_of(text, [REPORT]):
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.text
        assert claim.start >= last
        last = claim.start


FIGURES, CLAIMING = "零〇一二两三四五六七八九十百千万亿点半成番过对", "无没未均持平最居排头全都同比较与致超突"
"""What figures are made of, and what claims are that have none (同比下降, 最多, 全部为货物)."""
LETTERS = st.characters(exclude_characters=FIGURES + CLAIMING, exclude_categories=["Nd", "Cs"])


@usual
@given(st.text(alphabet=LETTERS, max_size=120))
def test_a_text_without_a_figure_claims_nothing(text: str) -> None:
    assert claims_of(text, [REPORT]) == ()
