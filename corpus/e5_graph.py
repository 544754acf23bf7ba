"""The matrices of the embedding model → the graph that ONNX Runtime runs: word vectors in, the last layer's vectors out (the gate of onnx)."""

from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

from corpus.e5_file import E5File, Floats

WORDS, LENGTHS, MADE = "words", "lengths", "made"
"""The names of what goes in (texts × tokens × width; tokens of each text) and of what comes out."""
IR_VERSION, OPSET = 9, 17
CONTRIB = "com.microsoft"
"""ONNX Runtime's own operators."""


def graph_of(file: E5File) -> bytes:
    made = _Making(file)
    made.normal("emb.ln", WORDS, "l.0")
    for layer in range(file.sizes.layers):
        made.attention(f"l{layer}", f"l.{layer}")
        made.forward(f"l{layer}", MADE if layer == file.sizes.layers - 1 else f"l.{layer + 1}")
    return made.model()


class _Making:
    """Grows node by node; a weight is read from the file when a node first names it."""

    def __init__(self, file: E5File) -> None:
        self._file, self._sizes = file, file.sizes
        self._nodes: list[NodeProto] = []
        self._weights: list[TensorProto] = []

    def model(self) -> bytes:
        shape = ("texts", "tokens", self._sizes.width)
        words, made = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in (WORDS, MADE))
        lengths = helper.make_tensor_value_info(LENGTHS, TensorProto.INT32, ("texts",))
        graph = helper.make_graph(self._nodes, "e5", [words, lengths], [made], self._weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION).SerializeToString())

    def attention(self, layer: str, given: str) -> None:
        width = self._sizes.width
        asked = [self._times(f"{layer}.{part}", given, width, width) for part in "qkv"]
        bias = self._weight(f"{layer}.qkv.b", np.concatenate([self._file.floats(f"{layer}.{part}.b", width) for part in "qkv"]))
        self._node("MultiHeadAttention", [*asked, bias, LENGTHS], f"{layer}.heads", domain=CONTRIB, num_heads=self._sizes.heads)
        self._back(f"{layer}.ao", f"{layer}.aln", f"{layer}.heads", given, width, f"{layer}.attended")

    def forward(self, layer: str, output: str) -> None:
        """The curve is the tanh one: some percent less work in all than the one with erf, and the least cosine stays the same."""
        given, inner = f"{layer}.attended", self._sizes.inner
        wide = self._times(f"{layer}.fi", given, self._sizes.width, inner)
        self._node("FastGelu", [wide, self._vector(f"{layer}.fi.b", inner)], f"{layer}.bent", domain=CONTRIB)
        self._back(f"{layer}.fo", f"{layer}.oln", f"{layer}.bent", given, inner, output)

    def normal(self, name: str, given: str, output: str) -> None:
        scale, shift = (self._vector(f"{name}.{part}", self._sizes.width) for part in "wb")
        self._node("LayerNormalization", [given, scale, shift], output, axis=-1, epsilon=self._sizes.eps)

    def _back(self, name: str, normal: str, given: str, beside: str, columns: int, output: str) -> None:
        """Onto what went in, then made even. Not ONNX Runtime's one operator for all three: that one took four times as long."""
        made = self._times(name, given, columns, self._sizes.width)
        self._node("Add", [made, self._vector(f"{name}.b", self._sizes.width)], f"{name}.shifted")
        self._node("Add", [f"{name}.shifted", beside], f"{name}.sum")
        self.normal(normal, f"{name}.sum", output)

    def _times(self, name: str, given: str, columns: int, rows: int) -> str:
        matrix = self._weight(f"{name}.w", self._file.floats(f"{name}.w", rows, columns).T)
        return self._node("MatMul", [given, matrix], name)

    def _node(self, operator: str, inputs: list[str], output: str, domain: str = "", **numbers: Any) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **numbers))
        return output

    def _vector(self, name: str, length: int) -> str:
        return self._weight(name, self._file.floats(name, length))

    def _weight(self, name: str, weight: Floats) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(weight), name))
        return name
