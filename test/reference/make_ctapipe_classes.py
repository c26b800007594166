"""Print packages/core/src/configuration/ctapipe-classes.ts: the configurable classes of ctapipe, with traits and defaults.

Run with a Python that has ctapipe 0.32.0:  python make_ctapipe_classes.py > ../../packages/core/src/configuration/ctapipe-classes.ts
"""

import enum
import importlib
import json
import math
import pathlib
import pkgutil
import warnings
from collections import UserList

import ctapipe
from ctapipe.core import Component, TelescopeComponent
from ctapipe.core.telescope_component import TelescopeParameter
from traitlets.config import Configurable

ROOTS = {Component, TelescopeComponent}


def import_everything():
    for module in pkgutil.walk_packages(ctapipe.__path__, "ctapipe."):
        if ".tests" in module.name or "conftest" in module.name:
            continue
        try:
            importlib.import_module(module.name)
        except Exception:  # needs a package that is not installed; contains only plots and tests
            pass


def subclasses(cls):
    for subclass in cls.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def plain(value):
    """The default as JSON; raises KeyError if JSON cannot represent it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, pathlib.Path):
        return str(value)
    if isinstance(value, (list, tuple, set, frozenset, UserList)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise KeyError(value)


def default_of(trait):
    default = plain(trait.default())
    is_one_rule = isinstance(trait, TelescopeParameter) and default and len(default) == 1 and default[0][1] == "*"
    return default[0][2] if is_one_rule else default


def describe(cls, known):
    base = next((b for b in cls.__mro__[1:] if b in known), None)
    inherited = base.class_traits(config=True) if base else {}
    traits = {}
    unknown = []
    for name, trait in sorted(cls.class_traits(config=True).items()):
        if inherited.get(name) is trait:
            continue
        try:
            traits[name] = default_of(trait)
        except (KeyError, ValueError, TypeError):
            unknown.append(name)
    entry = {}
    if base:
        entry["extends"] = base.__name__
    if traits:
        entry["traits"] = traits
    if unknown:
        entry["withoutDefault"] = unknown
    return entry


def main():
    warnings.filterwarnings("ignore")
    import_everything()
    known = {c for c in subclasses(Configurable) if c.__module__.startswith("ctapipe")} - ROOTS
    print("// Written by test/reference/make_ctapipe_classes.py from ctapipe", ctapipe.__version__)
    print("import type { Json } from '../component/trait-declaration.js';")
    print()
    print("/** A configurable class of ctapipe. */")
    print("export interface CtapipeClass {")
    print("  readonly extends?: string;")
    print("  /** Defaults of the traits that it adds or replaces. */")
    print("  readonly traits?: { readonly [name: string]: Json };")
    print("  /** Such traits whose default is none, or nothing that JSON can say. */")
    print("  readonly withoutDefault?: readonly string[];")
    print("}")
    print()
    print("/** The configurable classes of ctapipe by name: what a configuration written for it may speak of. */")
    print("// prettier-ignore")
    print("export const CTAPIPE_CLASSES: { readonly [name: string]: CtapipeClass } = {")
    for cls in sorted(known, key=lambda c: c.__name__):
        print(f"  {cls.__name__}: {json.dumps(describe(cls, known))},")
    print("};")


main()
