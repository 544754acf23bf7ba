"""Mutations of a small record, and an audit that sees only one kind of thing."""

from decimal import Decimal

from corpus.amount import WAN, Amount
from corpus.chunk import Chunk, ChunkKind
from corpus.disclosure import Disclosure, Kind, Scope, Source
from corpus.fact import Basis, Discrepancy, Fact, Measure, Origin, Severity
from corpus.record import Record
from corpus.table import Sums, TableInfo
from evals.mutate import Kind as Spoilt
from evals.mutate import Mutation, mutated, mutations, noticeable, tally

SENTENCE = "办公费1,230.45万元，水费6.00万元。"


def fact(id: str, number: str, item: str, page: int, origin: Origin = Origin.TEXT, text: str = "") -> Fact:
    amount = Amount(Decimal(number.replace(",", "")), WAN)
    table = "t1" if origin is Origin.TEXT else ""
    return Fact(
        id, "d", table, 0, 0, "表", "", (item,), "", (), Measure.AMOUNT, Basis.BUDGET, "", 2025, amount,
        Source("a.pdf", page), origin, True, text or number,
    )


def record() -> Record:
    facts = (
        fact("1", "1,230.45", "办公费", 1), fact("2", "80.00", "电费", 1),
        fact("3", "1,230.45", "办公费", 2, Origin.PROSE, SENTENCE),
        fact("4", "6.00", "水费", 2, Origin.PROSE, SENTENCE),
    )
    disclosure = Disclosure("d", "d", "a.pdf", "某局", (), 2025, Kind.BUDGET, Scope.DEPARTMENT, 2, (), True)
    table = TableInfo("t1", "d", "表", "", "万元", (Source("a.pdf", 1),), Origin.TEXT, Sums.HOLD, False, "")
    chunk = Chunk("c", "d", ChunkKind.PARAGRAPH, (), SENTENCE, (Source("a.pdf", 2),))
    return Record(disclosure, "1", (table,), facts, (chunk,))


def compares_sentence_with_table(read: Record) -> list[Discrepancy]:
    table, prose = (next(f for f in read.facts if f.id == id) for id in "13")
    if table.amount == prose.amount:
        return []
    message = f"{table.text} ≠ {prose.text}"
    return [Discrepancy("sentence_is_table", Severity.ERROR, message, (table.source, prose.source))]


def test_a_mutation_changes_exactly_one_figure_and_its_print() -> None:
    before = record()
    for mutation in mutations(before, 40, seed=1):
        after = mutated(before, mutation)
        changed = [a for a, b in zip(after.facts, before.facts, strict=True) if a.amount != b.amount]
        assert [f.id for f in changed] == [mutation.fact]
        assert mutation.after in changed[0].text
        prose = changed[0].origin is Origin.PROSE
        assert (after.chunks[0].text != SENTENCE) is prose


def test_a_sentence_is_rewritten_for_every_fact_that_it_holds() -> None:
    after = mutated(record(), Mutation("4", Spoilt.DIGIT, "6.00", "9.00", ""))
    assert [f.text for f in after.facts[2:]] == ["办公费1,230.45万元，水费9.00万元。"] * 2
    assert after.facts[2].amount == record().facts[2].amount


def test_the_same_seed_gives_the_same_mutations() -> None:
    assert mutations(record(), 30, seed=7) == mutations(record(), 30, seed=7)
    assert mutations(record(), 30, seed=7) != mutations(record(), 30, seed=8)
    assert {m.kind for m in mutations(record(), 40, seed=7)} == set(Spoilt)


def test_what_stands_once_and_enters_no_sum_cannot_be_noticed() -> None:
    read = record()
    assert [noticeable(read, f) for f in read.facts] == ["另处也写着", "进入合计", "另处也写着", ""]


def test_only_what_is_new_and_can_be_noticed_is_counted() -> None:
    found = tally(record(), compares_sentence_with_table, 60, seed=3)
    assert {m.fact for m in found.noticed} == {"1", "3"}
    assert {m.fact for m in found.missed} == {"2"}
    assert {m.fact for m in found.blind} == {"4"}
    assert found.elsewhere == 0
    assert 0 < found.share < 1
