"""What the installed program stands on: its files, its command, and an OpenCV that needs no desktop."""

import tomllib
from importlib.util import find_spec
from pathlib import Path

import cv2

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_opencv_that_stays_needs_no_desktop_and_has_what_img2table_uses() -> None:
    gui = next(line for line in cv2.getBuildInformation().splitlines() if line.strip().startswith("GUI:"))
    assert gui.split()[-1] == "NONE"
    assert hasattr(cv2, "ximgproc")


def test_every_folder_of_code_is_packed() -> None:
    patterns = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    folders = {path.parent for pattern in patterns for path in ROOT.glob(f"{pattern}/**/*.py")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()


def test_every_file_that_code_needs_is_packed() -> None:
    for package, patterns in PROJECT["tool"]["setuptools"]["package-data"].items():
        for pattern in patterns:
            assert list((ROOT / package).glob(pattern)), f"{package}/{pattern} matches nothing"


def test_the_version_is_one() -> None:
    from corpus.version import PROGRAM

    assert PROJECT["project"]["version"] == PROGRAM


def test_the_command_exists() -> None:
    module, _, _ = PROJECT["project"]["scripts"]["mingzhang"].partition(":")
    assert find_spec(module) is not None
