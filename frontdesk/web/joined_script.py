"""The modules of a folder as one classic script: one request, and one script tag.

Nothing has to be built: the front desk joins them when it starts. Each module keeps its
own scope, so that their names cannot clash.
"""

import re
from pathlib import Path

from rjsmin import jsmin

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(
    r"^export ((?:async )?(?:class|const|function\*?) (\w+))", re.MULTILINE
)


def joined_script(entry: Path) -> str:
    """Returns a module and all that it imports, without comments.

    Raises:
        RecursionError: if two modules import each other.
    """
    parts: dict[str, str] = {}
    _add(entry, parts)
    return str(jsmin('(() => {\n"use strict";\n' + "".join(parts.values()) + "})();\n"))


def _add(module: Path, parts: dict[str, str]) -> None:
    source = module.read_text(encoding="utf-8")
    for _, name in _IMPORT.findall(source):
        if name not in parts:
            _add(module.with_name(f"{name}.js"), parts)
    exported = ", ".join(name for _, name in _EXPORT.findall(source))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = $\2;\n", source))
    parts[module.stem] = (
        f"const ${module.stem} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();\n"
    )
