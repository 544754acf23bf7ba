"""A language model with a queue of replies: all that is faked is what the model says."""

from collections.abc import Iterator

from corpus.errors import ModelError
from qa.llm import Schema


class FakeModel:
    """Says the next reply of its queue, a few characters at a time; an exception in the queue is raised in its place."""

    name = "fake"

    def __init__(self, *queue: str | ModelError) -> None:
        self.queue = list(queue)
        self.prompts: list[str] = []
        self.schemas: list[Schema | None] = []

    def __call__(self, prompt: str, schema: Schema | None = None) -> str:
        self.schemas.append(schema)
        return "".join(self.stream(prompt))

    def stream(self, prompt: str) -> Iterator[str]:
        self.prompts.append(prompt)
        said = self.queue.pop(0)
        while isinstance(said, str) and said:
            piece, said = said[:3], said[3:]
            yield piece
            if not said and self.queue and isinstance(error := self.queue[0], ModelError):
                del self.queue[0]
                raise error
        if isinstance(said, ModelError):
            raise said
