"""Print packages/core/src/configuration/former-ctapipe-classes.ts: configurable classes of earlier versions of ctapipe.

Run with a clone of ctapipe and its tags:  python make_former_ctapipe_classes.py CLONE > ../../packages/core/src/configuration/former-ctapipe-classes.ts
"""

import ast
import pathlib
import re
import subprocess
import sys

ROOTS = {"Component", "TelescopeComponent", "Tool"}
CURRENT = pathlib.Path(__file__).parents[2] / "packages/core/src/configuration/ctapipe-classes.ts"


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=sys.argv[1], capture_output=True, text=True, check=True).stdout


def bases_of(tag):
    """The base classes of all classes in the sources of a version."""
    bases = {}
    for path in git("ls-tree", "-r", "--name-only", tag).splitlines():
        if not path.endswith(".py") or "/tests/" in path or not re.match(r"(src/)?ctapipe/", path):
            continue
        for node in ast.walk(ast.parse(git("show", f"{tag}:{path}"))):
            if isinstance(node, ast.ClassDef):
                names = [getattr(base, "id", getattr(base, "attr", None)) for base in node.bases]
                bases.setdefault(node.name, set()).update(names)
    return bases


def configurable(bases):
    found = set(ROOTS)
    while more := {name for name, above in bases.items() if name not in found and above & found}:
        found |= more
    return found - ROOTS


def main():
    current = set(re.findall(r"^  (\w+): \{", CURRENT.read_text(), re.MULTILINE))
    versions = [tag for tag in git("tag", "--sort=v:refname").split() if re.fullmatch(r"v0\.\d+\.\d+", tag)]
    last = {}
    for tag in versions:
        minor = int(tag.split(".")[1])
        if minor >= 8:  # earlier versions had no configurations in YAML, JSON or TOML
            for name in configurable(bases_of(tag)):
                last[name] = f"0.{minor}"
    print("// Written by test/reference/make_former_ctapipe_classes.py from the sources of ctapipe", versions[-1])
    print("/** Configurable classes that ctapipe does not have any more, with the last version that had them. */")
    print("export const FORMER_CTAPIPE_CLASSES: ReadonlyMap<string, string> = new Map([")
    for name in sorted(set(last) - current):
        print(f"  ['{name}', '{last[name]}'],")
    print("]);")


main()
