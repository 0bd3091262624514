"""Build the ONNX graph of a BERT encoder from its safetensors weights.

The public sentence encoders of the MiniLM family are plain BERT encoders.
Their packages carry weights but no ONNX file, and torch (the usual exporter)
would be 200 MB and move Rasa's numpy pin, so the graph is written out here,
node by node, after the published architecture (Devlin et al. 2019).

The large products are of 8-bit integers, which halves the time of training and of
an answer; what that costs in accuracy is in benchmarks/README.md. Each token is
scaled by itself: with one scale for a whole batch, as ONNX Runtime's own dynamic
quantization has it, a sentence's vector would depend on its neighbors.

Some layers may stand in the graph twice: as published, and fine-tuned on the intents
(``fine_tuning``). Both read what the lower layers say, so that a message is read by two
encoders for half more than the price of one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

# Opset 17 is the first with LayerNormalization as a single node.
_OPSET = 17
_IR_VERSION = 8
# ONNX Runtime's own operators: an integer product that leaves as floats.
_RUNTIME_OPS = "com.microsoft"
_LARGEST = 127
# Those below them say what is written and stay as published; the topmost is shaped for
# telling sentences' subjects apart, and the tuned reader does better without it.
TUNED_LAYERS = range(2, 5)
EMBEDDING, TUNED_EMBEDDING, TOKENS = "embedding", "tuned_embedding", "tokens"


class _Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.made: set[str] = set()

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.made:
            self.made.add(name)
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, output: str, *inputs: str, **attributes: Any) -> str:
        self.made.add(output)
        self.nodes.append(helper.make_node(op, list(inputs), [output], **attributes))
        return output


def layer_prefix(layer: int, tuned: bool = False) -> str:
    """How the names of a layer's weights begin; the tuned ones are named apart."""
    return f"{'tuned' if tuned else 'encoder'}.layer.{layer}."


def build_bert_graph(folder: Path, tuned: Mapping[str, np.ndarray] | None = None) -> bytes:
    """Serialised ONNX model of the encoder in ``folder``.

    ``folder`` holds ``config.json`` and ``model.safetensors`` of a BERT
    encoder with absolute positions and the exact (erf) GELU.

    Inputs of the graph: ``input_ids`` and ``attention_mask``, int64
    (batch, tokens). Outputs, float32: ``embedding`` (batch, hidden), the mean
    over the tokens that the mask keeps, of length one; ``tokens`` (batch,
    tokens, hidden), what the layers below ``TUNED_LAYERS`` give; with ``tuned``
    also ``tuned_embedding``, as ``embedding`` by the tuned layers alone.

    Args:
        tuned: weights of ``TUNED_LAYERS``, by names that begin with ``layer_prefix``.

    Raises:
        ValueError: the folder holds another architecture.
        FileNotFoundError: a file is missing.
    """
    config = json.loads((folder / "config.json").read_text())
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise ValueError(
            f"{folder / 'config.json'}: model_type {config.get('model_type')!r} with "
            f"hidden_act {config.get('hidden_act')!r} is not supported; "
            "give a BERT encoder with hidden_act 'gelu'."
        )
    if config["num_hidden_layers"] < TUNED_LAYERS.stop:
        raise ValueError(
            f"{folder / 'config.json'}: num_hidden_layers {config['num_hidden_layers']} is too "
            f"few; give an encoder of at least {TUNED_LAYERS.stop} layers."
        )
    weights = {**load_file(str(folder / "model.safetensors")), **(tuned or {})}
    hidden = config["hidden_size"]
    graph = _Graph()

    x = _embeddings(graph, weights, config)
    bias = _attention_bias(graph)
    for layer in range(TUNED_LAYERS.start):
        x = _encoder_layer(graph, weights, layer_prefix(layer), x, bias, config)
    tokens = graph.add("Identity", TOKENS, x)
    for layer in range(TUNED_LAYERS.start, config["num_hidden_layers"]):
        x = _encoder_layer(graph, weights, layer_prefix(layer), x, bias, config)
    _mean_of_tokens(graph, x, EMBEDDING)
    if tuned:
        x = tokens
        for layer in TUNED_LAYERS:
            x = _encoder_layer(graph, weights, layer_prefix(layer, tuned=True), x, bias, config)
        _mean_of_tokens(graph, x, TUNED_EMBEDDING)

    ints, floats = TensorProto.INT64, TensorProto.FLOAT
    shape = ["batch", "tokens"]
    outputs = {TOKENS: [*shape, hidden], EMBEDDING: ["batch", hidden]}
    if tuned:
        outputs[TUNED_EMBEDDING] = ["batch", hidden]
    proto = helper.make_graph(
        graph.nodes,
        "bert_encoder",
        [
            helper.make_tensor_value_info("input_ids", ints, shape),
            helper.make_tensor_value_info("attention_mask", ints, shape),
        ],
        [helper.make_tensor_value_info(name, floats, sizes) for name, sizes in outputs.items()],
        graph.weights,
    )
    model = helper.make_model(
        proto,
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME_OPS, 1)],
        ir_version=_IR_VERSION,
    )
    return bytes(model.SerializeToString())


def _embeddings(graph: _Graph, weights: dict[str, np.ndarray], config: dict[str, Any]) -> str:
    word = graph.constant("word", weights["embeddings.word_embeddings.weight"])
    position = graph.constant("position", weights["embeddings.position_embeddings.weight"])
    # Every token is of the first segment, so its vector is a constant.
    segment = graph.constant("segment", weights["embeddings.token_type_embeddings.weight"][0])
    words = graph.add("Gather", "words", word, "input_ids")
    # Slicing the table by the sentence's length is cheaper than Range + Gather.
    length = graph.add("Shape", "length", "input_ids", start=1, end=2)
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    positions = graph.add("Slice", "positions", position, zero, length, zero)
    total = graph.add("Add", "words_at", words, positions)
    total = graph.add("Add", "words_at_segment", total, segment)
    return _layer_norm(graph, weights, "embeddings.LayerNorm", total, config)


def _attention_bias(graph: _Graph) -> str:
    """Zero where the mask keeps a token, a large negative number elsewhere."""
    axes = graph.constant("bias_axes", np.array([1, 2], dtype=np.int64))
    one = graph.constant("one", np.array(1.0, dtype=np.float32))
    low = graph.constant("low", np.array(-1e9, dtype=np.float32))
    mask = graph.add("Cast", "mask", "attention_mask", to=TensorProto.FLOAT)
    wide = graph.add("Unsqueeze", "mask_wide", mask, axes)
    dropped = graph.add("Sub", "dropped", one, wide)
    return graph.add("Mul", "bias", dropped, low)


def _encoder_layer(
    graph: _Graph,
    weights: dict[str, np.ndarray],
    prefix: str,
    x: str,
    bias: str,
    config: dict[str, Any],
) -> str:
    heads, hidden = config["num_attention_heads"], config["hidden_size"]
    split = graph.constant(
        prefix + "split", np.array([0, 0, heads, hidden // heads], dtype=np.int64)
    )

    def heads_of(name: str, perm: list[int]) -> str:
        flat = _linear(graph, weights, prefix + f"attention.self.{name}", x)
        by_head = graph.add("Reshape", prefix + name + "_heads", flat, split)
        return graph.add("Transpose", prefix + name + "_t", by_head, perm=perm)

    query, value = heads_of("query", [0, 2, 1, 3]), heads_of("value", [0, 2, 1, 3])
    key = heads_of("key", [0, 2, 3, 1])
    scale = graph.constant(prefix + "scale", np.array((hidden // heads) ** -0.5, dtype=np.float32))
    scores = graph.add("MatMul", prefix + "scores", query, key)
    scores = graph.add("Mul", prefix + "scaled", scores, scale)
    scores = graph.add("Add", prefix + "masked", scores, bias)
    attention = graph.add("Softmax", prefix + "attention", scores, axis=-1)
    context = graph.add("MatMul", prefix + "context", attention, value)
    context = graph.add("Transpose", prefix + "context_t", context, perm=[0, 2, 1, 3])
    merge = graph.constant(prefix + "merge", np.array([0, 0, hidden], dtype=np.int64))
    context = graph.add("Reshape", prefix + "merged", context, merge)

    attended = _linear(graph, weights, prefix + "attention.output.dense", context)
    x = graph.add("Add", prefix + "residual1", attended, x)
    x = _layer_norm(graph, weights, prefix + "attention.output.LayerNorm", x, config)

    wide = _gelu(graph, prefix, _linear(graph, weights, prefix + "intermediate.dense", x))
    narrow = _linear(graph, weights, prefix + "output.dense", wide)
    x = graph.add("Add", prefix + "residual2", narrow, x)
    return _layer_norm(graph, weights, prefix + "output.LayerNorm", x, config)


def _linear(graph: _Graph, weights: dict[str, np.ndarray], name: str, x: str) -> str:
    matrix = weights[name + ".weight"].T.astype(np.float32)
    steps = np.abs(matrix).max(axis=0) / _LARGEST
    quantized = graph.constant(name + ".w", np.round(matrix / steps).astype(np.int8))
    scale = graph.constant(name + ".scale", steps)
    offset = graph.constant(name + ".b", weights[name + ".bias"])
    tokens, token_scale = _quantized_tokens(graph, x)
    product = graph.add(
        "MatMulIntegerToFloat",
        name + ".product",
        tokens,
        quantized,
        graph.constant("unit", np.array(1.0, dtype=np.float32)),
        scale,
        graph.constant("middle", np.array(128, dtype=np.uint8)),
        graph.constant("center", np.array(0, dtype=np.int8)),
        domain=_RUNTIME_OPS,
    )
    scaled = graph.add("Mul", name + ".scaled", product, token_scale)
    return graph.add("Add", name + ".sum", scaled, offset)


def _quantized_tokens(graph: _Graph, x: str) -> tuple[str, str]:
    """The tokens as integers around 128, and what one step of each is worth."""
    if x + ".q" not in graph.made:
        largest = graph.constant("largest", np.array(_LARGEST, dtype=np.float32))
        tiny = graph.constant("tiny", np.array(1e-9, dtype=np.float32))
        size = graph.add("Abs", x + ".abs", x)
        peak = graph.add("ReduceMax", x + ".peak", size, axes=[-1], keepdims=1)
        peak = graph.add("Max", x + ".peak_at_least", peak, tiny)
        graph.add("Div", x + ".scale", peak, largest)
        spread = graph.add("Mul", x + ".spread", x, graph.add("Div", x + ".up", largest, peak))
        graph.add("QuantizeLinear", x + ".q", spread, "unit", "middle")
    return x + ".q", x + ".scale"


def _layer_norm(
    graph: _Graph,
    weights: dict[str, np.ndarray],
    name: str,
    x: str,
    config: dict[str, Any],
) -> str:
    return graph.add(
        "LayerNormalization",
        name + ".out",
        x,
        graph.constant(name + ".w", weights[name + ".weight"]),
        graph.constant(name + ".b", weights[name + ".bias"]),
        axis=-1,
        epsilon=float(config["layer_norm_eps"]),
    )


def _gelu(graph: _Graph, prefix: str, x: str) -> str:
    """0.5 x (1 + erf(x / sqrt 2)), in the shape that ONNX Runtime fuses."""
    root = graph.constant(prefix + "root2", np.array(2**0.5, dtype=np.float32))
    one = graph.constant(prefix + "one", np.array(1.0, dtype=np.float32))
    half = graph.constant(prefix + "half", np.array(0.5, dtype=np.float32))
    scaled = graph.add("Div", prefix + "gelu_div", x, root)
    erf = graph.add("Erf", prefix + "gelu_erf", scaled)
    shifted = graph.add("Add", prefix + "gelu_add", erf, one)
    product = graph.add("Mul", prefix + "gelu_mul", x, shifted)
    return graph.add("Mul", prefix + "gelu", product, half)


def _mean_of_tokens(graph: _Graph, x: str, output: str) -> str:
    last = graph.constant("last_axis", np.array([2], dtype=np.int64))
    token_axis = graph.constant("token_axis", np.array([1], dtype=np.int64))
    mask = graph.add("Unsqueeze", output + ".mask", "mask", last)
    kept = graph.add("Mul", output + ".kept", x, mask)
    total = graph.add("ReduceSum", output + ".sum", kept, token_axis, keepdims=0)
    # Scaling to length one makes dividing by the number of tokens needless.
    return graph.add("LpNormalization", output, total, axis=-1, p=2)
