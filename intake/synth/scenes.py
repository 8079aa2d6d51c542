"""Scenes: what one drawn file is to be, by named strata and groups of strata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random

from intake.errors import Refused
from intake.synth.files import FILES, ONE_PAGE
from intake.synth.layouts import LAYOUTS
from intake.synth.paper import PAPERS
from intake.synth.reference import happens, weighted
from intake.synth.scanners import SCANNERS
from intake.synth.unrelated import UNRELATED

GROUPS = {"office": 46.0, "hard": 26.0, "hand": 14.0, "born": 6.0, "unrelated": 8.0}
ARRANGEMENTS = ("one", "pair", "both-on-page", "several", "with-letter")
OFFICE_SCANNERS = {"grey-300": 30.0, "colour-300": 20.0, "grey-200": 32.0, "bitonal-300": 12.0}
OFFICE_PAPERS = {
    "clean": 56.0, "tinted": 12.0, "stapled": 7.0, "punched": 7.0, "folded": 7.0,
    "highlighted": 5.0, "bleed-through": 6.0,
}  # fmt: skip
WORN = {"low-toner": 3.0, "crumpled": 2.0, "coffee": 1.0, "copy": 3.0, "dark": 2.0,
        "bleed-through": 1.0}  # fmt: skip
HARSH_PAPERS = ("copy", "low-toner", "dark", "bleed-through")
FILE_ODDS = {
    "pdf": 40.0, "jpeg": 20.0, "png": 10.0, "tiff": 10.0, "webp": 3.0, "bmp": 2.0, "heic": 3.0,
    "pdf-rotated": 3.0, "pdf-layered": 6.0, "jpeg-low": 3.0,
}  # fmt: skip
AXES: dict[str, Sequence[str]] = {
    "layout": tuple(LAYOUTS), "fill": ("typed", "typewriter", "hand", "mixed"),
    "scanner": tuple(SCANNERS), "paper": tuple(PAPERS), "file": tuple(FILES),
    "arrangement": (*ARRANGEMENTS, *UNRELATED), "language": ("ky", "ru"),
}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What one file is to be; ``quarters`` are quarter turns of its pages against the clock."""

    group: str
    layout: str
    fill: str
    scanner: str
    paper: str
    file: str
    arrangement: str
    language: str
    quarters: int = 0

    @property
    def is_harsh(self) -> bool:
        """Whether paper or scanner swallow pale ink."""
        swallows = self.scanner in ("fax", "bitonal-300") or self.paper in HARSH_PAPERS
        return swallows or self.scanner == "grey-110"

    def strata(self) -> dict[str, str]:
        """Return the scene's values by axis, as text."""
        return {axis: str(value) for axis, value in asdict(self).items()}


def wanted_strata(names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Split names into groups and ``axis=value`` pairs; Refused for an unknown one."""
    groups, values = [], {}
    for name in names:
        axis, _, value = name.partition("=")
        if name in GROUPS:
            groups.append(name)
        elif value in AXES.get(axis, ()):
            values[axis] = value
        else:
            known = ", ".join((*GROUPS, *(f"{axis}=…" for axis in AXES)))
            raise Refused(f"no stratum is called {name}; use one of {known}")
    return groups, values


def draw_scene(rng: Random, groups: Sequence[str], values: Mapping[str, str]) -> Scene:
    """Draw a scene of one of the groups (of all for none), its axes as far as they are given."""
    group = rng.choice(list(groups)) if groups else weighted(rng, GROUPS)
    scene = _drawn(rng, group)
    for axis, value in values.items():
        scene = replace(scene, **{axis: value})  # type: ignore[arg-type]  # axes are text
    return _possible(scene, values)


def _drawn(rng: Random, group: str) -> Scene:
    scanner, paper = weighted(rng, OFFICE_SCANNERS), weighted(rng, OFFICE_PAPERS)
    if group == "hard":
        scanner, paper = _hardship(rng)
    elif group == "hand" and happens(rng, 0.2):
        scanner = "phone"
    arrangement = weighted(rng, {"one": 74.0, "pair": 8.0, "both-on-page": 4.0, "several": 6.0,
                                 "with-letter": 8.0})  # fmt: skip
    if group == "unrelated":
        arrangement = rng.choice(tuple(UNRELATED))
    file = weighted(rng, {"pdf-born": 3.0, "pdf-mixed": 1.0} if group == "born" else FILE_ODDS)
    if scanner == "phone":
        file = weighted(rng, {"jpeg": 5.0, "jpeg-exif": 4.0, "heic": 2.0, "pdf": 2.0})
    elif scanner == "fax":
        file = rng.choice(("tiff", "tiff", "pdf"))
    fill = weighted(rng, {"typed": 80.0, "typewriter": 20.0})
    if group == "hand":
        fill = weighted(rng, {"hand": 75.0, "mixed": 25.0})
    quarters = rng.choice((1, 2, 3)) if happens(rng, 0.05) else 0
    return Scene(
        group, rng.choice(tuple(LAYOUTS)), fill, scanner, paper,
        file, arrangement, rng.choice(("ky", "ru")), quarters,
    )  # fmt: skip


def _hardship(rng: Random) -> tuple[str, str]:
    device = weighted(rng, {"phone": 25.0, "fax": 14.0, "grey-150": 20.0, "grey-110": 5.0,
                            "tilted": 8.0, "dark-border": 8.0, "worn": 20.0})  # fmt: skip
    if device == "worn":
        return weighted(rng, OFFICE_SCANNERS), weighted(rng, WORN)
    return device, weighted(rng, {"clean": 70.0, "folded": 15.0, "crumpled": 10.0, "tinted": 5.0})


def _possible(scene: Scene, values: Mapping[str, str]) -> Scene:
    """Return the scene without contradictions: pages a file cannot hold, a scanned born-digital."""
    several = scene.arrangement in ("pair", "several", "with-letter") or scene.layout == "two-pages"
    if several and scene.file in ONE_PAGE:
        scene = replace(scene, file="pdf") if "file" not in values else _single(scene)
    if scene.file.startswith(("pdf-born", "pdf-mixed")):
        scene = replace(scene, fill="typed", scanner="grey-300", paper="clean", quarters=0)
    return scene


def _single(scene: Scene) -> Scene:
    layout = "official" if scene.layout == "two-pages" else scene.layout
    return replace(scene, arrangement="one", layout=layout)
