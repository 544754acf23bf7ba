"""DOC (and RTF) file → Page, by way of a DOCX that LibreOffice makes of it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import FileError
from ingest.page import Page
from ingest.word import docx_pages

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 180
"""A disclosure takes two; a file that takes longer than this hangs the converter."""
MISSING = (
    "这是 Word 97-2003 的 .doc 文件，读取它需要 LibreOffice。请安装（Debian/Ubuntu：apt install libreoffice-writer；"
    "其他系统：libreoffice.org），或用 Word/WPS 另存为 .docx 再上传"
)
SCRIPTING, PROXY = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Inet/Settings"
CLOSED = (
    (SCRIPTING, "BlockUntrustedRefererLinks", "true"), (SCRIPTING, "DisableActiveContent", "true"), (SCRIPTING, "MacroSecurityLevel", "3"),
    (PROXY, "ooInetProxyType", "2"), (PROXY, "ooInetHTTPProxyName", "127.0.0.1"), (PROXY, "ooInetHTTPProxyPort", "9"),
    (PROXY, "ooInetHTTPSProxyName", "127.0.0.1"), (PROXY, "ooInetHTTPSProxyPort", "9"), (PROXY, "ooInetNoProxy", ""),
)  # fmt: skip
"""The converter's own settings: no links of the document are followed, no macro runs, and its way out is a port where nobody listens."""
FAILED = "LibreOffice 转换失败，文件可能已损坏或有密码，请用 Word 或 WPS 另存为 .docx 再上传"


def doc_pages(path: Path) -> Iterator[Page]:
    """The pages of the converted document."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise FileError(path.name, MISSING)
    with TemporaryDirectory() as folder:
        source = Path(folder, "in.doc")
        shutil.copyfile(path, source)
        _convert(program, source, path.name)
        yield from docx_pages(source.with_suffix(".docx"))


def _convert(program: str, source: Path, name: str) -> None:
    """Make the DOCX beside the source; a profile of its own lets several conversions run at once, macros never run."""
    folder = source.parent
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_registry(), encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--convert-to", "docx", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, timeout=SECONDS, stdin=subprocess.DEVNULL, capture_output=True)
    except (subprocess.SubprocessError, OSError) as error:
        raise FileError(name, FAILED) from error
    if not source.with_suffix(".docx").exists():
        raise FileError(name, FAILED)


def _registry() -> str:
    """`CLOSED` as the converter reads it."""
    items = "".join(f'<item oor:path="{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>' for path, name, value in CLOSED)
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
