"""What every process of the assistant is told of the machine."""

from pathlib import Path

import pytest

from launch import environment

_AVX2 = "flags : fpu sse2 avx avx2 fma"
_AVX512 = _AVX2 + " avx512f avx512bw avx512dq avx512vl avx512cd avx512_bf16"


@pytest.mark.parametrize(
    ("processor", "kernels"),
    [(_AVX512, "SkylakeX"), (_AVX2, "Haswell"), ("flags : fpu sse2", None)],
)
def test_numpy_gets_the_best_kernels_that_the_processor_can_run(
    processor: str, kernels: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    monkeypatch.setattr(environment, "_PROCESSOR", tmp_path / "cpuinfo")
    (tmp_path / "cpuinfo").write_text(processor)
    assert environment.process_environment(0).get("OPENBLAS_CORETYPE") == kernels


def test_what_the_operator_chose_and_other_systems_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_PROCESSOR", tmp_path / "no-such-file")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Zen")
    assert environment.process_environment(0)["OPENBLAS_CORETYPE"] == "Zen"
    monkeypatch.delenv("OPENBLAS_CORETYPE")
    assert "OPENBLAS_CORETYPE" not in environment.process_environment(0)
