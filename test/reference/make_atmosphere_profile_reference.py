"""Values of ctapipe's SimTelEventSource.atmosphere_density_profile for a file, from its table and from its five layers.

usage: python make_atmosphere_profile_reference.py FILE > atmosphere-profile.json   (ctapipe 0.32.0)
Heights in m, densities in g/cm3, overburdens and slant depths in g/cm2, angles in rad; null for values that are not finite.
"""
import json
import sys
import warnings
from pathlib import Path

import astropy.units as u
import numpy as np

from ctapipe.io import SimTelEventSource

warnings.simplefilter("ignore")
HEIGHTS = np.array([10, 1500, 3999, 7100, 10500, 12345, 25000, 36000, 50000, 90000]) * u.m
DEPTHS = np.array([900, 600, 400, 250, 100, 10, 1, 0.2]) * u.g / u.cm**2
ZENITH = 0.35 * u.rad


def numbers(quantity, unit):
    return [float(v) if np.isfinite(v) else None for v in np.atleast_1d(quantity.to_value(unit))]


def rows(choice):
    with SimTelEventSource(sys.argv[1], atmosphere_profile_choice=choice) as source:
        profile = source.atmosphere_density_profile
    return {
        "density": numbers(profile(HEIGHTS), "g cm-3"),
        "overburden": numbers(profile.integral(HEIGHTS), "g cm-2"),
        "height": numbers(profile.height_from_overburden(DEPTHS), "m"),
        "slant_depth": numbers(profile.slant_depth_from_height(HEIGHTS, ZENITH), "g cm-2"),
        "height_from_slant_depth": numbers(profile.height_from_slant_depth(DEPTHS, ZENITH), "m"),
    }


print(json.dumps({
    "made_with": "ctapipe 0.32.0", "file": Path(sys.argv[1]).name, "heights": numbers(HEIGHTS, "m"),
    "depths": numbers(DEPTHS, "g cm-2"), "zenith": float(ZENITH.value), "choices": {c: rows(c) for c in ("TABLE", "FIVELAYER")},
}))
