#!/usr/bin/env python3
"""Expressions with the values that Python, numpy and astropy give them, evaluated as ctapipe 0.32 evaluates criteria.

usage: make_expression_reference.py OUTPUT.json   (with a Python that has ctapipe)

Scalars are Python floats, like the defaults and most values of containers.
"""
import json
import random
import sys
import warnings

import astropy.units as u
import numpy as np
from ctapipe.containers import (
    CameraHillasParametersContainer, EventType, HillasParametersContainer, ImageParametersContainer,
    LeakageContainer, MorphologyContainer, TriggerContainer,
)
from ctapipe.core.expression_engine import ALLOWED_GLOBALS

warnings.simplefilter("ignore")
np.seterr(all="ignore")
rng = np.random.default_rng(7)
random.seed(7)

N = 9
SCALARS = dict(x=2.5, y=-0.75, z=1e3, n=7, k=-3, big=2**40, flag=True, no=False, missing=float("nan"), empty=None)
ARRAYS = dict(
    image=rng.gamma(2, 20, N).astype(np.float32).round(2),
    charges=rng.normal(0, 10, N).round(3),
    counts=rng.integers(-5, 20, N).astype(np.int32),
    mask=rng.random(N) > 0.5,
    other=rng.random(N) > 0.3,
    # computed by a formula, so that they need not be stored
    long_image=((np.arange(1855) * 7919) % 1009 / 7).astype(np.float32),
    long_charges=(np.arange(1000) * 7919) % 1009 / 7 - 70,
)
IN_RADIANS = ["phi", "psi", "psi_uncertainty"]  # ctapipe's hillas_parameters gives these in radians, although its containers declare degrees
ANGLES = dict(fov_lon=0.5, fov_lat=-1.25, width=0.11, length=0.31, psi=37.5, r=1.3)
parameters = ImageParametersContainer(
    hillas=HillasParametersContainer(intensity=153.25, **{k: v * u.deg for k, v in ANGLES.items()} | {k: 0 * u.rad + ANGLES[k] * u.deg if k in ANGLES else np.nan * u.rad for k in IN_RADIANS}),
    leakage=LeakageContainer(intensity_width_1=0.125, intensity_width_2=0.25),
    morphology=MorphologyContainer(n_pixels=12, n_islands=2),
)
camera_parameters = ImageParametersContainer(
    hillas=CameraHillasParametersContainer(intensity=80.5, x=0.3 * u.m, width=0.05 * u.m, length=0.09 * u.m, **{k: np.nan * u.rad for k in IN_RADIANS})
)
trigger = TriggerContainer(tels_with_trigger=np.array([1, 3, 4]), event_type=EventType.SUBARRAY)
SCOPE = dict(
    SCALARS, **ARRAYS, parameters=parameters, camera_parameters=camera_parameters, trigger=trigger,
    table=dict(hillas_width=0.11),
)

pick = random.choice


def number(depth):
    if depth == 0:
        return pick(["x", "y", "z", "n", "k", "flag", "parameters.hillas.intensity", "parameters.morphology.n_pixels",
                     "parameters.leakage.intensity_width_2", "3", "0.5", "1e2", "17", "2", "np.pi", "image.size", "len(counts)",
                     "parameters.hillas.width.value", "parameters.hillas.psi.to_value(u.rad)",
                     "parameters.hillas.length.to_value('arcmin')", "camera_parameters.hillas.width.value", "counts[2]", "charges[-1]"])
    d = depth - 1
    return pick([
        lambda: f"{number(d)} {pick(['+', '-', '*', '/'])} {number(d)}",
        lambda: f"({number(d)}) {pick(['+', '-', '*', '/'])} ({number(d)})",
        lambda: f"{number(0)} {pick(['//', '%'])} {number(0)}",
        lambda: f"abs({number(d)}) ** {pick(['2', '0.5', '-1', '3'])}",
        lambda: f"-{number(0)} ** 2",
        lambda: f"{pick(['-', '+', '--'])}({number(d)})",
        lambda: f"{pick(['sin', 'cos', 'np.tan', 'np.arctan', 'np.exp', 'abs', 'np.abs', 'np.deg2rad', 'np.rad2deg'])}({number(0)})",
        lambda: f"{pick(['sqrt', 'np.log', 'log10', 'np.log1p'])}(abs({number(d)}) + 1)",
        lambda: f"{pick(['arctan2', 'np.hypot', 'np.minimum', 'np.maximum', 'min', 'max'])}({number(d)}, {number(0)})",
        lambda: f"np.clip({number(d)}, -1, 4)",
        lambda: f"{pick(['charges', 'counts', 'image'])}.{pick(['sum', 'mean', 'min', 'max', 'std'])}()",
        lambda: f"np.{pick(['sum', 'mean', 'min', 'max', 'std', 'median', 'var'])}({array(d)})",
        lambda: f"np.std({array(0)}, ddof=1)",
        lambda: f"np.count_nonzero({pick([array, masks])(d)})",
        lambda: f"({masks(d)}).sum()",
        lambda: f"{number(d)} if {truths(d)} else {number(d)}",
        lambda: f"(({quantity(d)}) / ({quantity(0)})).to_value('')",
        lambda: f"({quantity(d)}).to_value(u.{pick(['deg', 'rad', 'arcmin', 'mrad'])})",
        lambda: f"np.sin({quantity(0)}).value",
        lambda: f"round({number(0)})",
        lambda: f"int({number(0)})",
        lambda: f"sum([{number(0)}, {number(0)}])",
        lambda: f"({pick(['n', '12', '0b1101', '255'])} {pick(['&', '|', '^', '<<', '>>'])} {pick(['3', '5', '0x2'])})",
        lambda: f"~{pick(['n', '5', 'k'])}",
        lambda: f"np.where({truths(0)}, {number(0)}, {number(0)})",
    ])()


def array(depth):
    if depth == 0:
        return pick(["charges", "counts", "charges", "image"])
    d = depth - 1
    return pick([
        lambda: f"{array(d)} {pick(['+', '-', '*'])} {number(0)}",
        lambda: f"({array(d)}) {pick(['+', '-', '*', '/'])} ({array(0)})",
        lambda: f"({array(0)})[{masks(0)}]",
        lambda: f"({array(0)})[{pick(['1:', ':-2', '::2', '::-1', '2:7:3', '[0, 2, -1]', 'np.array([1, 1])'])}]",
        lambda: f"np.where({masks(d)}, {array(0)}, {array(0)})",
        lambda: f"{pick(['np.abs', 'sin', 'np.floor', 'np.sign', 'np.isfinite'])}({array(d)})",
        lambda: f"np.sqrt(abs({array(d)}))",
        lambda: f"counts {pick(['//', '%'])} {pick(['3', '-4', '7'])}",
        lambda: f"charges {pick(['//', '%'])} {pick(['2.5', '-0.7'])}",
        lambda: f"{pick(['np.minimum', 'np.maximum', 'np.hypot', 'np.arctan2'])}({array(0)}, {number(0)})",
        lambda: f"-({array(d)})",
        lambda: f"(counts {pick(['&', '|', '^'])} {pick(['3', '12'])})",
        lambda: "charges ** 2",
        lambda: f"np.round({array(0)}, 1)",
    ])()


def truths(depth):
    if depth == 0:
        return pick(["flag", "no", "x > 2", "n == 7", "empty is None", "x is not None", "n in (1, 7)", "3 not in [1, 2]",
                     "'a' in 'cat'", "parameters.hillas.width.value > 0", "parameters.hillas.width > 0 * u.deg",
                     "parameters.hillas.psi < 1 * u.rad", "np.isfinite(missing)", "np.isnan(missing)", "3 in trigger.tels_with_trigger",
                     "trigger.event_type.value == 32", "trigger.event_type.name == 'SUBARRAY'", "table['hillas_width'] < 1",
                     "parameters.hillas.width.unit == u.deg", "2 * u.m == 200 * u.cm", "1 * u.m == 1 * u.deg", "1 * u.m != 1 * u.deg"])
    d = depth - 1
    comparison = lambda: pick(["<", "<=", ">", ">=", "==", "!="])
    return pick([
        lambda: f"{number(d)} {comparison()} {number(d)}",
        lambda: f"{number(0)} {comparison()} {number(0)} {comparison()} {number(0)}",
        lambda: f"{quantity(d)} {comparison()} {quantity(0)}",
        lambda: f"({truths(d)}) {pick(['and', 'or'])} ({truths(d)})",
        lambda: f"{truths(0)} {pick(['and', 'or'])} {truths(0)} {pick(['and', 'or'])} not {truths(0)}",
        lambda: f"not {truths(d)}",
        lambda: f"({truths(d)}) {pick(['&', '|', '^'])} ({truths(d)})",
        lambda: f"({masks(d)}).{pick(['any', 'all'])}()",
        lambda: f"np.{pick(['any', 'all'])}({masks(d)})",
        lambda: f"{pick(['any', 'all'])}({masks(0)})",
        lambda: f"np.logical_{pick(['and', 'or', 'xor'])}({truths(0)}, {truths(0)})",
        lambda: f"{number(0)} in [{number(0)}, {number(0)}]",
        lambda: f"{truths(0)} if {truths(0)} else {truths(0)}",
    ])()


def masks(depth):
    if depth == 0:
        return pick(["mask", "other", "charges > 0", "image >= 20", "counts != 3", "counts == 3", "(image > 5) & (image < 60)"])
    d = depth - 1
    return pick([
        lambda: f"({array(d)} {pick(['<', '<=', '>', '>=', '==', '!='])} {number(0)})",
        lambda: f"({masks(d)}) {pick(['&', '|', '^'])} ({masks(d)})",
        lambda: f"~({masks(d)})",
        lambda: f"np.logical_{pick(['and', 'or', 'xor'])}({masks(d)}, {masks(0)})",
        lambda: f"np.logical_not({masks(d)})",
        lambda: f"np.isfinite({array(d)})",
        lambda: "np.isin(counts, [1, 3, 5])",
        lambda: "mask + other",
        lambda: "mask * other",
    ])()


def quantity(depth):
    if depth == 0:
        return pick([f"parameters.hillas.{name}" for name in ANGLES]
                    + ["5 * u.deg", "0.1 * u.rad", "30 * u.arcmin", "u.Quantity(2, 'deg')", "(7 << u.deg)"])
    d = depth - 1
    return pick([
        lambda: f"{quantity(d)} {pick(['+', '-'])} {quantity(0)}",
        lambda: f"({quantity(d)}) {pick(['*', '/'])} {pick(['2', 'x', 'n'])}",
        lambda: f"{pick(['2', 'y'])} * ({quantity(d)})",
        lambda: f"({quantity(d)}).to({pick(['u.rad', chr(34) + 'arcmin' + chr(34), 'u.Unit(' + chr(34) + 'deg' + chr(34) + ')'])})",
        lambda: f"abs({quantity(d)})",
        lambda: f"np.sqrt(({quantity(0)}) ** 2 + ({quantity(0)}) ** 2)",
        lambda: f"np.{pick(['minimum', 'maximum', 'hypot'])}({quantity(0)}, {quantity(0)})",
        lambda: f"np.arctan2({quantity(0)}, {quantity(0)})",
        lambda: f"np.deg2rad({quantity(0)})",
        lambda: f"-({quantity(d)})",
        lambda: f"max({quantity(0)}, {quantity(0)})",
    ])()


FIXED = [
    # sums of float32 images are computed in float32
    "long_image.sum()", "long_image.mean()", "long_image.std()", "np.sum(long_charges)", "long_charges.std()", "long_charges.mean()",
    *[f"long_image[:{n}].sum()" for n in (0, 1, 7, 8, 9, 127, 128, 129, 130, 257, 1000)],
    *[f"np.var(long_charges[:{n}])" for n in (1, 7, 130)],
    "image > 33.3", "long_image.max()", "long_image.argmax()", "np.argmin(long_charges)", "np.median(long_image)", "np.median(charges[:4])",
    "2 ** 3 ** 2", "-2 ** 2", "2 ** -1", "not 1 == 2", "1 < 2 < 3 > 2", "1 == 1.0 == True", "1 | 2 ^ 3 & 4", "1 + 2 << 1", "7 // -2", "-7 // 2",
    "-7 % 3", "7 % -3", "7.5 // 2", "-7.5 % 2", "1_000 + 0x1F", "3 > 2 == True", "True + True", "-True", "None is None", "'a' == 'a'",
    "(1, 2) == (1, 2)", "[1, 2] == [1, 3]", "len((1, 2, 3))", "len([])", "(5,)[0]", "[1, 2, 3][-1]", "'abc' < 'abd'", "0 or 5", "0 and 5", "'' or 3",
    "round(2.5)", "round(-0.5)", "round(3.14159, 2)", "round(1234, -2)", "int(-2.7)", "float('inf')", "bool(0)", "min([3, 1, 2])", "max(counts)",
    "3 * u.m / (2 * u.cm)", "(3 * u.m / (2 * u.cm)).to_value('')", "(2 * u.m) ** 2", "1 / u.m * 3", "5 * u.deg / u.m", "np.sqrt(4 * u.m ** 2)",
    "(1 * u.TeV).to('GeV')", "(1 * u.g / u.cm ** 2).to('kg / m2')", "(10 * u.km / u.h).to('m / s')", "(3 * u.ns).to_value('s')", "(1 * u.d).to('min')",
    "parameters.hillas.width > 0", "0 < parameters.hillas.width", "parameters.hillas.width == 0", "(300 * u.GeV) < (1 * u.TeV)", "np.inf > 5 * u.m",
    "u.Quantity([1, 2], 'm') > 150 * u.cm", "([1, 2] * u.m).sum()", "camera_parameters.hillas.x.to('cm')", "camera_parameters.hillas.phi", "parameters.hillas.kurtosis",
    "parameters.morphology.n_islands", "parameters.morphology.n_small_islands", "len(trigger.tels_with_trigger) >= 2", "trigger.tels_with_trigger.size", "mask.sum()", "mask.mean()", "~mask", "mask[2]", "image[mask]",
    "image[mask].sum() > 10", "image[image > image.mean()].size", "(image > 5) & mask", "np.all(image[mask] > 0)", "np.any(np.isnan(image))", "np.array([1, 2, 3]).mean()",
]
# invalid criteria
FAILING = [
    "image > 5 and x", "0 < image < 5", "not image", "bool(mask)", "parameters.hillas.widht", "unknown > 3", "x.value", "5 * u.deg + 3 * u.m", "5 * u.deg < 3 * u.m",
    "parameters.hillas.width > 5", "image[100]", "image[mask[:3]]", "image + charges[:3]", "mask - other", "np.nosuch(3)", "image.nosuch()", "empty > 3", "'a' < 3", "x & 3",
    "2.5 | 1", "u.nosuch", "(5 * u.deg).to('m')", "np.sin(5 * u.m)", "np.exp(5 * u.deg)", "x()", "x[0]", "1 +", "(1", "1)", "a b", "", "x = 3", "for x in image", "1 2", "'abc",
    "5deg", "007", "$x", "image[", "f(", "np.sqrt()", "np.sqrt(1, 2, 3, 4)", "np.sum(image, nonsense=2)", "len(3)", "image.sum(axis=1)", "np.max(image[:0])", "min([])", "None + 1",
    "[1, 2] < 3", "parameters.hillas.width.unit > 3", "1 if 2", "not", "x not 3", "x is is 3", "(x for x in image", "**x", "x..y", "x.3",
]


def plain(value):
    if isinstance(value, u.Quantity):
        return {"value": plain(value.value), "unit": str(value.unit)}
    if isinstance(value, np.ndarray) and value.ndim > 0:
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray) or isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    if value is not None and not isinstance(value, (bool, int, float, str)):
        raise TypeError(f"{value!r} has no place in the reference")
    return value


def evaluate(text):
    return plain(eval(compile(text, "criterion", "eval"), dict(ALLOWED_GLOBALS), SCOPE))


cases = []
seen = set()
for text in FIXED:
    cases.append([text, evaluate(text)])
makers = [number, truths, masks, array, quantity]
while len(cases) < 700:
    text = pick(makers)(pick([1, 2, 2, 3]))
    if text in seen or len(text) > 150:
        continue
    seen.add(text)
    try:
        value = evaluate(text)
    except Exception:
        continue  # division by zero, which gives infinity in Cherenkit, and invalid products of the generator
    if isinstance(value, int) and abs(value) > 2**53:
        continue
    cases.append([text, value])
failing = []
for text in FAILING:
    try:
        value = evaluate(text)
    except Exception:
        failing.append(text)
    else:
        raise SystemExit(f"{text!r} does not fail but gives {value!r}")

scope = dict(scalars={k: plain(v) for k, v in SCALARS.items()},
             arrays={k: {"type": v.dtype.name, "values": v.tolist()} for k, v in ARRAYS.items() if len(v) == N}, angles=ANGLES)
with open(sys.argv[1], "w") as output:
    output.write('{"scope": ' + json.dumps(scope) + ',\n"failing": ' + json.dumps(failing) + ',\n"cases": [\n'
                 + ",\n".join(json.dumps(case) for case in cases) + "\n]}\n")
