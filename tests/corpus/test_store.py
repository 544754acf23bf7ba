"""What the SQL store keeps, and that it keeps it whole."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

import corpus.store
from corpus.disclosure import Disclosure
from corpus.errors import ShelfError
from corpus.fact import Basis, Fact
from corpus.store import Saved, Store
from corpus.word_index import telling
from tests.corpus.shelf_samples import record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'shelf.sqlite'}")
    yield opened
    opened.close()


def test_a_record_comes_back_as_it_was_saved(store: Store, tmp_path: Path) -> None:
    saved = record()
    assert store.save(saved).saved is Saved.NEW
    again = Store(f"sqlite:///{tmp_path / 'shelf.sqlite'}")
    ids = [saved.disclosure.id]
    assert again.disclosures() == (saved.disclosure,)
    assert again.facts(ids) == saved.facts
    assert again.tables(ids) == saved.tables
    assert again.chunks(ids) == saved.chunks
    assert again.discrepancies(ids[0]) == saved.discrepancies
    assert again.unchecked(ids[0]) == saved.unchecked
    again.close()


def test_the_samples_set_every_field_of_a_fact() -> None:
    """So that the test above fails when a field is added and not packed."""
    facts = record().facts
    for field in fields(Fact):
        assert any(getattr(fact, field.name) for fact in facts), field.name
    assert all(getattr(record().disclosure, field.name) for field in fields(Disclosure))


def test_a_blank_stays_blank_and_zero_stays_zero(store: Store) -> None:
    store.save(record())
    blank, zero = store.facts([record().disclosure.id])[2:4]
    assert blank.amount is None
    assert zero.amount is not None and zero.amount.number == 0


def test_printed_digits_keep_their_trailing_zeros(store: Store) -> None:
    store.save(record())
    first = store.facts([record().disclosure.id])[0].amount
    assert first is not None and str(first.number) == "88.20" and first.step == Decimal("100")


def test_the_same_reading_twice_changes_nothing(store: Store) -> None:
    store.save(record())
    counts = store.counts()
    assert store.save(record()).saved is Saved.UNCHANGED
    assert store.counts() == counts


def test_a_newer_program_reads_the_same_file_anew(store: Store) -> None:
    store.save(record())
    newer = record(program="newer")
    assert store.save(replace(newer, facts=newer.facts[:2])).saved is Saved.REPLACED
    assert store.facts([newer.disclosure.id]) == newer.facts[:2]


def test_changed_content_under_the_same_name_replaces_the_old(store: Store) -> None:
    store.save(record("one"))
    change = store.save(record("two"))
    assert change.gone == (record("one").disclosure.id,)
    assert store.disclosures() == (record("two").disclosure,)
    assert store.facts([record("one").disclosure.id]) == ()


def test_the_same_path_with_another_year_replaces_the_old(store: Store) -> None:
    store.save(record("one"), "/reports/latest.pdf")
    store.save(record("two", year=2023), "/reports/latest.pdf")
    assert [d.year for d in store.disclosures()] == [2023]


def test_two_publishers_may_use_the_same_file_name(store: Store) -> None:
    store.save(record("one"), "/a/决算.pdf")
    store.save(record("two", publisher="上海市普陀区财政局"), "/b/决算.pdf")
    assert len(store.disclosures()) == 2


def test_deleting_leaves_nothing_behind(store: Store) -> None:
    store.save(record())
    assert store.delete(record().disclosure.id)
    assert not store.delete(record().disclosure.id)
    assert set(store.counts().values()) == {0}
    assert store.search_words("行政运行", None, 5) == []


def test_a_write_that_fails_half_way_leaves_the_old(store: Store) -> None:
    store.save(record("one"))
    twice = replace(record("two"), chunks=record("two").chunks * 2)
    with pytest.raises(ShelfError):
        store.save(twice)
    assert store.disclosures() == (record("one").disclosure,)
    assert store.facts([record("one").disclosure.id]) == record("one").facts


def test_another_process_sees_what_was_saved(store: Store, tmp_path: Path) -> None:
    other = Store(f"sqlite:///{tmp_path / 'shelf.sqlite'}")
    assert other.disclosures() == ()
    store.save(record())
    assert other.disclosures() == (record().disclosure,)
    store.save(replace(record(program="2"), facts=()))
    assert other.facts([record().disclosure.id]) == ()
    other.close()


@pytest.mark.parametrize("reports", [1, 25])
def test_facts_are_found_by_name_account_year_and_basis(store: Store, reports: int) -> None:
    """25 reports are asked through the database's indexes, one in memory: the answers are alike."""
    for n in range(reports):
        store.save(record(str(n), file=f"{n}.pdf", year=2000 + n))
    assert len(store.facts(names=["行政 运行"])) == reports
    assert len(store.facts(accounts=["2130102"])) == reports
    assert len(store.facts(names=["行政运行"], accounts=["2130102"])) == 2 * reports
    assert [f.year for f in store.facts(names=["行政运行"], year=2000)] == [2000]
    assert store.facts(names=["行政运行"], basis=Basis.TARGET) == ()
    assert store.facts(names=["没有这一项"]) == ()
    chosen = [d.id for d in store.disclosures()][:1]
    assert len(store.facts(chosen, names=["行政运行"])) == 1


def test_a_fact_and_a_chunk_are_found_by_id(store: Store) -> None:
    saved = record()
    store.save(saved)
    assert store.fact(saved.facts[1].id) == saved.facts[1]
    assert store.chunk(saved.chunks[2].id) == saved.chunks[2]
    assert store.fact("0000000000000000-1") is None and store.chunk("none") is None


@pytest.fixture(params=["a few reports", "the whole shelf"])
def searched(request: pytest.FixtureRequest, store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A few reports are ranked in memory, the whole shelf by the database: what is found must be alike."""
    if request.param == "the whole shelf":
        monkeypatch.setattr(corpus.store, "WHOLE", 0)
    return store


@pytest.mark.parametrize("query", ["2130101", "1,234.56", "1234.56", "2022年度", "行政运行", "88.20", "硚口乡村振兴"])
def test_numbers_codes_and_names_are_found_whole(searched: Store, query: str) -> None:
    searched.save(record())
    assert searched.search_words(query, None, 5)


@pytest.mark.parametrize("query", ["213010", "1,234.5", "234", "56", "", "。，", '"', "NEAR(", "body:*"])
def test_a_part_of_a_number_or_a_sign_finds_nothing(searched: Store, query: str) -> None:
    searched.save(record())
    assert searched.search_words(query, None, 5) == []


def test_words_are_searched_in_the_chosen_reports_only(searched: Store) -> None:
    searched.save(record("one", file="1.pdf"))
    searched.save(record("two", file="2.pdf"))
    chosen = record("two").disclosure.id
    assert {id.split("-")[0] for id, _ in searched.search_words("行政运行", [chosen], 9)} == {chosen}
    assert searched.search_words("行政运行", [], 9) == []


def test_a_rare_word_outranks_a_common_one(searched: Store) -> None:
    for n in range(5):
        searched.save(record(str(n), file=f"{n}.pdf"))
    assert searched.search_words("2130101 名词", None, 1)[0][0].endswith("-c2")


def test_the_database_ranks_as_memory_does(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        store.save(record(str(n), file=f"{n}.pdf"))
    in_memory = store.search_words("2130101 收入 名词 增加1,234.56", None, 9)
    monkeypatch.setattr(corpus.store, "WHOLE", 0)
    by_database = store.search_words("2130101 收入 名词 增加1,234.56", None, 9)
    assert [id for id, _ in in_memory] == [id for id, _ in by_database]


@pytest.mark.parametrize("whole", [0, 20])
def test_chunks_that_score_alike_come_in_one_order_whichever_was_read_first(tmp_path: Path, whole: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two machines may read the same files in another order; within a report the order of reading stays."""
    monkeypatch.setattr(corpus.store, "WHOLE", whole)
    same = []
    for n in range(6):
        made = record(str(n), file=f"{n}.pdf", year=2020 + n)
        same.append(replace(made, chunks=tuple(replace(made.chunks[2], id=f"{made.disclosure.id}-p{m}") for m in range(8, 12))))
    found = []
    for name, order in (("one", same), ("two", same[::-1])):
        store = Store(f"sqlite:///{tmp_path / name}.sqlite")
        for made in order:
            store.save(made)
        found.append([id for id, _ in store.search_words("2130101", None, 24)])
        store.close()
    assert found[0] == found[1] and len(found[0]) == 24
    assert found[0][:4] == [f"{min(made.disclosure.id for made in same)}-p{n}" for n in range(8, 12)]


def test_common_words_are_left_out_before_they_cost_too_much() -> None:
    common = {"支出": 0.9, "公务": 0.01, "2024年": 0.5}
    assert telling(["支出", "硚口", "2024年", "公务"], common, 1_000_000) == ["硚口", "公务"]
    assert telling(["支出"], common, 1_000_000) == []
    assert telling(["支出"], common, 1_000) == telling(["支出"], common, 100_000) == ["支出"]


def test_readers_do_not_wait_for_a_writer(store: Store, tmp_path: Path) -> None:
    store.save(record("one", file="1.pdf"))
    with sqlite3.connect(tmp_path / "shelf.sqlite", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM facts")
        seen: list[int] = []
        reader = threading.Thread(target=lambda: seen.append(len(store.facts([record("one").disclosure.id]))))
        reader.start()
        reader.join(timeout=120)
        writer.execute("ROLLBACK")
    writer.close()
    assert seen == [6]


def test_what_is_worked_out_in_one_go_sees_the_shelf_as_of_one_moment(store: Store, tmp_path: Path) -> None:
    """Half an answer must not rest on a report that was taken off, or replaced, while it was worked out."""
    saved = record()
    store.save(saved)
    other = Store(f"sqlite:///{tmp_path / 'shelf.sqlite'}")
    with store.steady():
        assert store.disclosures() == (saved.disclosure,)
        other.delete(saved.disclosure.id)
        assert store.disclosures() == (saved.disclosure,)
        assert store.facts() == saved.facts and store.chunks() == saved.chunks
        with store.steady():  # a check answers questions of its own
            assert store.disclosures()
        assert store.disclosures()
    assert store.disclosures() == ()
    other.close()


def test_another_thread_sees_the_shelf_as_it_is(store: Store) -> None:
    store.save(record())
    seen: list[int] = []
    with store.steady():
        assert len(store.disclosures()) == 1
        threads = [threading.Thread(target=work) for work in (lambda: store.delete(record().disclosure.id), lambda: seen.append(len(store.disclosures())))]
        for thread in threads:
            thread.start()
            thread.join()
    assert seen == [0]


def test_chunks_of_some_kinds_are_given_alone(store: Store) -> None:
    saved = record()
    store.save(saved)
    kinds = {chunk.kind for chunk in saved.chunks}
    assert len(kinds) > 1
    for kind in kinds:
        assert store.chunks(kinds=[kind]) == tuple(chunk for chunk in saved.chunks if chunk.kind is kind)
    assert store.chunks() == saved.chunks


def test_many_threads_read_while_one_writes(store: Store) -> None:
    failures: list[Exception] = []

    def read() -> None:
        try:
            for _ in range(20):
                for d in store.disclosures():
                    assert len(store.facts([d.id])) in (0, 6)
                store.search_words("行政运行", None, 3)
        except (ShelfError, AssertionError, KeyError) as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for n in range(20):
        store.save(record(str(n), file=f"{n % 5}.pdf"))
    for reader in readers:
        reader.join()
    assert failures == [] and len(store.disclosures()) == 5


def test_a_shelf_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "shelf.sqlite") as raw:
        raw.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    raw.close()
    with pytest.raises(ShelfError, match="升级"):
        Store(f"sqlite:///{tmp_path / 'shelf.sqlite'}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "shelf.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(ShelfError, match="已损坏"):
        Store(f"sqlite:///{tmp_path / 'shelf.sqlite'}")


def test_half_characters_and_nul_are_kept(store: Store) -> None:
    odd = record(file="坏\udcff名.pdf")
    odd = replace(odd, facts=(replace(odd.facts[0], item=("a\0b\udcff",), text="\ud83d"),))
    store.save(odd, "/坏\udcff名.pdf")
    assert store.facts([odd.disclosure.id]) == odd.facts
