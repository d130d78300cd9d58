"""What is done before an archive is made: the better query editor is put in, where there is node."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class EditorHook(BuildHookInterface[Any]):
    """Builds the editor into the static folder; without node it has the plain one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build for a real archive; an editable install needs Python alone (`make editor` builds)."""
        del build_data
        if version == "standard":
            runpy.run_path(str(Path(self.root) / "editor" / "build.py"))["main"]()
