"""A lock's file → the lock, held; a folder that takes no lock is told in Chinese."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import ShelfError


@contextmanager
def held(lock: FileLock) -> Iterator[None]:
    """An error of what is done under the lock stays what it is."""
    try:
        lock.acquire()
    except OSError as error:
        raise ShelfError(f"报告库的文件夹 {Path(lock.lock_file).parent} 不能写：{error.strerror}。请检查路径和权限") from error
    try:
        yield
    finally:
        lock.release()
