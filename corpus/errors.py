"""Every error that a user can meet, as one tree; each message is Chinese and says what to do next.

MingzhangError
 ├── FileError         a file cannot be read: names the file and the cause
 ├── ShelfError        the shelf cannot be opened, or was made with another embedding or a newer program
 │    └── VectorsError its vectors cannot be read; reports and figures stand, words still find, and the doctor makes vectors anew
 ├── ModelError        a language model cannot be reached or answers badly; the model-less answer stands
 ├── CaseError         an evaluation file is malformed: names the line
 └── SettingError      a setting is wrong: names the setting and its rule

Imports nothing of ours but how a file's name is shown, so that every folder may import it.
"""

from corpus.filename import shown_name


class MingzhangError(Exception):
    """Root of the tree; `str(error)` is a Chinese sentence for the user."""


class FileError(MingzhangError):
    """A file that cannot be read."""

    def __init__(self, file: str, cause: str) -> None:
        self.file = shown_name(file)
        super().__init__(f"无法读取《{self.file}》：{cause}")
        self.cause = cause

    def __reduce__(self) -> tuple[type["FileError"], tuple[str, str]]:
        """An error crosses from a reading process to the one that waits for it."""
        return FileError, (self.file, self.cause)


class ShelfError(MingzhangError):
    """The shelf cannot be used as it is."""


class VectorsError(ShelfError):
    """The vectors in the shelf's folder cannot be read: what they were made from stands in the database."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"向量库坏了（{cause}）。报告和数字都在，仍可按字词查；请用 mingzhang doctor --repair 重建向量")


class ModelError(MingzhangError):
    """A language model cannot be used; never a reason to lose the answer."""


class CaseError(MingzhangError):
    """An evaluation file has a malformed line."""


class SettingError(MingzhangError):
    """A setting breaks its rule."""


FULL = "报告库写不进去：磁盘已满。请腾出空间后重试，没有存入的报告再读一次即可"


SPOILT = "报告库文件已损坏，请从备份恢复，或删除后重新读入报告"


def is_full(cause: str) -> bool:
    """Whether a database, a vector store or the system says by this that the disk (or a quota) is full."""
    return any(sign in cause for sign in ("disk is full", "No space left", "Disk quota", "File too large", "could not extend file"))
