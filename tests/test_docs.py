"""README names every command, every setting and every word of the glossary, and keeps the commands that it promises."""

import re
from pathlib import Path

import pytest

from corpus.settings import PREFIX, Settings
from ui.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted((command.name or command.callback.__name__) for command in app.registered_commands if command.callback)
WORDS = {
    "决算": "final accounts", "预算": "budget", "科目": "account", "类、款、项": "class, section, item", "功能分类": "functional classification",
    "经济分类": "economic classification", "部门": "department", "单位": "agency", "三公经费": "three-public expenses", "财政拨款": "appropriation",
    "一般公共预算": "general public budget", "政府性基金": "government funds", "国有资本经营": "state capital", "基本支出": "basic expenditure",
    "项目支出": "project expenditure", "年初预算": "opening budget", "全年预算": "adjusted budget", "决算数": "outturn", "勾稽": "reconcile", "口径": "basis",
    "出处": "source",
}  # fmt: skip
"""中文 → the English that the code uses."""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"### `mingzhang {command}`" in README


def test_the_readme_tells_of_no_other_command() -> None:
    assert set(re.findall(r"### `mingzhang (\w+)`", README)) == set(COMMANDS)


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_readme(setting: str) -> None:
    assert f"`{PREFIX}{setting.upper()}`" in README


@pytest.mark.parametrize(("word", "english"), WORDS.items())
def test_every_word_of_the_glossary_stands_in_the_readme(word: str, english: str) -> None:
    assert re.search(rf"^\| {word} \| {english} \| .+ \|$", README, re.MULTILINE)


@pytest.mark.parametrize("last", [".venv/bin/mingzhang serve", ".venv/bin/pytest"])
def test_one_command_installs_and_runs(last: str) -> None:
    commands = [line.strip() for line in README.splitlines() if line.startswith("    python3.11 -m venv")]
    assert sum(line.endswith(f"&& {last}") for line in commands) == 1
    assert all("opencv-contrib-python-headless" in line for line in commands)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "evals/LOG.md", "evals/cases/README.md"])
def test_every_file_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:corpus|ingest|qa|evals|ui|tests|docs)/[\w./]*)`", text) + re.findall(r"\]\((docs/[\w.]+)\)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
