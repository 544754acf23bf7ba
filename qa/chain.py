"""A shelf as LlamaIndex knows such things: a retriever and a query engine, for pipelines that are built of its parts.

The engine's answer is our answer, citations as source nodes; the retriever's nodes are our chunks, found as `Shelf.search`
finds them, the same search that answers quoting a passage use. LlamaIndex takes seconds to import, so nothing in
the program itself loads this module.
"""

from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import ConfigDict

from corpus.shelf import Found, Shelf
from qa.llm import Model
from qa.render import as_json
from qa.replies import final
from qa.reply import Citation

PASSAGES = 8


class ShelfRetriever(BaseRetriever):
    """Chunks of the disclosures named (of all, where none is), the best first."""

    def __init__(self, shelf: Shelf, disclosures: tuple[str, ...] = (), k: int = PASSAGES) -> None:
        super().__init__()
        self._shelf, self._disclosures, self._k = shelf, disclosures, k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(found) for found in self._shelf.search(query_bundle.query_str, self._disclosures or None, self._k)]


class ShelfQueryEngine(CustomQueryEngine):
    """Question → our answer. `metadata` of the response is the JSON object that `mingzhang ask --json` prints."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    shelf: Shelf
    words: Any = None
    """A `qa.llm.Model`; None for the model-less answer. (`Any`: pydantic asks what a Protocol cannot answer.)"""

    def custom_query(self, query_str: str) -> Response:
        model: Model | None = self.words
        reply = final(query_str, self.shelf, model)
        return Response(reply.text, [_cited(citation) for citation in reply.citations], as_json(reply))


def _node(found: Found) -> NodeWithScore:
    chunk = found.chunk
    place = {"disclosure": chunk.disclosure, "file": chunk.sources[0].file, "page": chunk.sources[0].page, "headings": " › ".join(chunk.headings)}
    return NodeWithScore(node=TextNode(id_=chunk.id, text=chunk.text, metadata=place), score=found.score)


def _cited(citation: Citation) -> NodeWithScore:
    place = {"n": citation.n, "disclosure": citation.disclosure, "file": citation.file, "page": citation.page, "box": citation.box}
    return NodeWithScore(node=TextNode(id_=f"citation-{citation.n}", text=citation.quote, metadata=place))
