"""The shape of each kind of content file, as JSON Schema, and the check against it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from content.problem import Problem
from content.yaml_source import YamlSource


@cache
def _validator(kind: str) -> Any:
    schema = yaml.safe_load(
        (Path(__file__).parent / f"{kind}.yml").read_text(encoding="utf-8")
    )
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def schema_problems(source: YamlSource, kind: str) -> list[Problem]:
    """Checks a file against the schema `kind` (`fact`, `clinic`, `sources`, ...)."""
    return [
        source.problem(list(error.absolute_path), _explain(error), _remedy(error, kind))
        for error in _validator(kind).iter_errors(source.value)
    ]


def _explain(error: jsonschema.ValidationError) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "the file"
    message = error.message
    if len(message) > 160:
        message = f"{message[:60]} ... {message[-90:]}"
    return f"{where}: {message}"


def _remedy(error: jsonschema.ValidationError, kind: str) -> str:
    hint = error.schema.get("description") if isinstance(error.schema, dict) else None
    if hint:
        return str(hint)
    if error.validator == "additionalProperties":
        return "remove the unknown key, or correct its spelling"
    if error.validator == "required":
        return "add the missing key"
    return f"see content/schema/{kind}.yml for what is allowed here"
