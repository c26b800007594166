"""Write configuration.json: the results of Python's fnmatch for patterns and of traitlets for nested sections.

Run with a Python that has ctapipe 0.32.0 (its traitlets is used):  python make_configuration_reference.py
"""

import fnmatch
import itertools
import json
import pathlib
import random

import traitlets
from traitlets.config import Config, Configurable

PATTERNS = [
    "*", "LST*", "LST_*", "*_LSTCam", "MST*NectarCam", "?ST_*", "[LM]ST*", "[!L]ST*", "[L-M]ST*", "LST_LST_LSTCam",
    "lst*", "LST", "", "*a*", "*[!a-z]", "[]L]*", "[!]L]*", "LST[", "LST[*", "[L", "*_*_*", "*__*", "**", "a*b*c",
    "[M-]ST*", "[-M]ST*", "[[]*", "*.*", "LST.*", "S[^S]T*", "[!^]*", "[*]", "[?]", "(LST|MST)*", "L*T*m", "*?", "?*?",
]
NAMES = [
    "LST_LST_LSTCam", "MST_MST_NectarCam", "MST_MST_FlashCam", "SST_ASTRI_CHEC", "", "a", "]a", "^ST", "S^T", "-ST", "[x",
    "*", "?", "abc", "aXbXc", "ac", "MST_MSTx-NectarCam_MSTx-NectarCam", "LST.x", "(LST|MST)x",
]


class QualityQuery(Configurable):
    value = traitlets.Unicode("default").tag(config=True)


class StereoQualityQuery(QualityQuery):
    pass


class Reconstructor(Configurable):
    value = traitlets.Unicode("default").tag(config=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.query = StereoQualityQuery(parent=self)


class HillasReconstructor(Reconstructor):
    pass


class ShowerProcessor(Configurable):
    value = traitlets.Unicode("default").tag(config=True)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.reconstructor = HillasReconstructor(parent=self)


class Tool(Configurable):
    value = traitlets.Unicode("default").tag(config=True)


class ProcessorTool(Tool):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.processor = ShowerProcessor(parent=self)


CLASSES = [c.__name__ for c in (QualityQuery, StereoQualityQuery, Reconstructor, HillasReconstructor, ShowerProcessor, ProcessorTool)]


def random_sections(rng, counter, depth=0):
    sections = {}
    for name in rng.sample(CLASSES, rng.randint(2, 4) if depth == 0 else rng.randint(0, 3)):
        section = random_sections(rng, counter, depth + 1) if depth < 3 else {}
        if rng.random() < 0.6:
            section["value"] = f"v{next(counter)}"
        sections[name] = section
    return sections


def resolve(sections):
    tool = ProcessorTool(config=Config(sections))
    processor = tool.processor
    reconstructor = processor.reconstructor
    return [part.value for part in (tool, processor, reconstructor, reconstructor.query)]


def main():
    rng = random.Random(0)
    cases = []
    for _ in range(80):
        sections = random_sections(rng, itertools.count())
        cases.append({"sections": sections, "values": resolve(sections)})
    patterns = [[p, [name for name in NAMES if fnmatch.fnmatchcase(name, p)]] for p in PATTERNS]
    reference = {"names": NAMES, "patterns": patterns, "sections": cases}
    path = pathlib.Path(__file__).with_name("configuration.json")
    path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")


main()
