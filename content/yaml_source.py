"""YAML files with the line of every value, so that a message can point at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.problem import ContentError, Problem

KeyPath = Sequence["str | int"]


@dataclass(frozen=True)
class YamlSource:
    """A parsed YAML file: its plain value and where each part of it stands."""

    path: Path
    value: Any
    _root: yaml.Node | None

    def line(self, key_path: KeyPath = ()) -> int:
        """Returns the 1-based line of the value at `key_path` (or of its parent)."""
        node = self._root
        line = 1 if node is None else node.start_mark.line + 1
        for key in key_path:
            node = _child(node, key)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line

    def problem(self, key_path: KeyPath, message: str, remedy: str) -> Problem:
        """Builds a problem that points at the value at `key_path`."""
        return Problem(self.path, self.line(key_path), message, remedy)


# The C parser is ten times faster; PyYAML's wheels always bring it.
class _UniqueKeyLoader(yaml.CSafeLoader):
    """Safe loader that refuses a key given twice (PyYAML keeps the last silently)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> YamlSource:
    """Reads one YAML file.

    Raises:
        ContentError: if the file is missing, not UTF-8 or not valid YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(
            [Problem(path, 1, f"cannot be read ({error})", "restore it, in UTF-8")]
        ) from error
    try:
        loader = _UniqueKeyLoader(text)
        try:
            root = loader.get_single_node()
            value = None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = getattr(error, "problem", None) or "it is not valid YAML"
        raise ContentError(
            [Problem(path, line, str(reason), "correct the YAML near this line")]
        ) from error
    return YamlSource(path, value, root)


def _child(node: yaml.Node | None, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == str(key):
                found: yaml.Node = value_node
                return found
    if not (isinstance(node, yaml.SequenceNode) and isinstance(key, int)):
        return None
    items: list[yaml.Node] = node.value
    return items[key] if key < len(items) else None
