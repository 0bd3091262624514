"""A YAML file edited by hand: each slip is one plain sentence, and none is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety.yaml_file import UnreadableError, read_yaml


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3", "line 3: 'a' stands there already (line 1); delete one, or begin"),
        ("a: {b: 1, b: 2}", "line 1: 'b' stands there already (line 1)"),
        ("- id: x\n  text: y\n  id: z", "line 3: 'id' stands there already (line 1)"),
        ("hours: Building # 4", "line 1: ' #' cuts the text off behind 'Building'"),
        ("a: one\n  two # three", "line 2: ' #' cuts the text off behind 'one two'"),
        ("- é # x", "line 1: ' #' cuts the text off behind 'é'"),
        ("\ufeffa: b # c", "line 1: ' #' cuts the text off behind 'b'"),
        ("a: b: c", "line 1, or a few lines above: a text with ': ' in it must stand in quotes"),
        ("a:\n\tb: c", "line 2, or a few lines above: write spaces in place of a tab"),
        ("a: >-\n\tb", "write spaces in place of a tab"),
        ("a: - b", "each '- ' must begin a line of its own"),
        ('a: "b', "a quote is opened and not closed"),
        ('a: "\\d"', "a \\ stands between double quotes"),
        ("a: [b\nc: d", "a list in brackets needs a comma between two entries"),
        ("- a\nb: c", "each entry of a list must begin with '- '"),
        ("a: 'b'c'", "the names of one entry must stand exactly below one another"),
        ("a: {legs} numb", "a text that begins with {"),
        ("a: b\nc", "a line has no colon"),
        ("- {legs}: x", "a text that begins with { must stand in quotes"),
        ("a: *b", "a text that begins with * must stand in quotes"),
        ("a: \a", "file: a character that cannot be seen; type it again"),
        ("a: !b c", "compare its indents, dashes, colons and quotes with other lines"),
    ],
)
def test_a_slip_is_told_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "file.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableError) as caught:
        read_yaml(path)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("# why\na: b\n# c\nd: 2026-11-21", {"a": "b", "d": "2026-11-21"}),
        ("a: 'Building # 4' # c", {"a": "Building # 4"}),
        ("a: >-\n  Building # 4\n  on top", {"a": "Building # 4 on top"}),
        ("a: # c\n  - b#c", {"a": ["b#c"]}),
        ("- a: 1\n- a: 2", [{"a": 1}, {"a": 2}]),
    ],
)
def test_what_is_well_written_is_read(tmp_path: Path, text: str, held: object) -> None:
    path = tmp_path / "file.yml"
    path.write_text(text, "utf-8")
    assert read_yaml(path) == held
