"""Settings of pipeline components: their defaults, overridden by `config.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from content.yaml_source import read_yaml


def component_config(config_file: Path, component: type[Any]) -> dict[str, Any]:
    """Returns what a component class of the pipeline is configured with."""
    name = f"{component.__module__}.{component.__qualname__}"
    config: dict[str, Any] = dict(component.get_default_config())
    for entry in read_yaml(config_file).value["pipeline"]:
        if entry["name"] == name:
            config |= entry
    config.pop("name", None)
    return config
