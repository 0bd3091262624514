"""Run ONNX graphs."""

from __future__ import annotations

import onnxruntime


def session_of(graph: bytes, threads: int) -> onnxruntime.InferenceSession:
    """A session of a serialised ONNX model; one call may use so many cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Spinning threads would take the cores from the rest of the server.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
