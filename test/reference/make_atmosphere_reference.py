"""Density, overburden, slant depth and their inverses of ctapipe's atmosphere models: table, exponential, five layers.

usage: python make_atmosphere_reference.py FILE > atmosphere.json   (ctapipe 0.32.0)
Heights in m, densities in g/cm3, overburdens in g/cm2, angles in rad; null for values that are not finite.
"""
import json
import sys
import warnings

import astropy.units as u
import numpy as np

from ctapipe.atmosphere import ExponentialAtmosphereDensityProfile, FiveLayerAtmosphereDensityProfile
from ctapipe.io import EventSource

warnings.simplefilter("ignore")
LAYERS = np.array([[0, -149.801663, 1183.6071, 954248.34, 1 / 954248.34], [7e5, -57.932486, 1143.0425, 800005.34, 1 / 800005.34],
                   [11.4e5, 0.63631894, 1322.9748, 629568.93, 1 / 629568.93], [37e5, 4.35453690e-4, 655.67307, 737521.77, 1 / 737521.77],
                   [100e5, 0.01128292, 1, 1e9, 1e-9]])
HEIGHTS = np.array([10, 1500, 6900, 7100, 11000, 12000, 25000, 36000, 50000, 90000]) * u.m
OVERBURDENS = np.array([900, 600, 400, 250, 100, 10, 1, 0.2]) * u.g / u.cm**2
ZENITH = 0.5 * u.rad


def numbers(quantity, unit):
    return [float(v) if np.isfinite(v) else None for v in np.atleast_1d(quantity.to_value(unit))]


def rows(profile):
    return {
        "density": numbers(profile(HEIGHTS), "g cm-3"), "overburden": numbers(profile.integral(HEIGHTS), "g cm-2"),
        "slant_depth": numbers(profile.slant_depth_from_height(HEIGHTS, ZENITH), "g cm-2"),
        "height": numbers(profile.height_from_overburden(OVERBURDENS), "m"),
        "height_from_slant_depth": numbers(profile.height_from_slant_depth(OVERBURDENS, ZENITH), "m"),
    }


with EventSource(sys.argv[1]) as source:
    table = source.atmosphere_density_profile
print(json.dumps({
    "made_with": "ctapipe 0.32.0", "heights": numbers(HEIGHTS, "m"), "overburdens": numbers(OVERBURDENS, "g cm-2"), "zenith": 0.5,
    "points": [numbers(table.table["height"], "m"), numbers(table.table["density"], "g cm-3"), numbers(table.table["column_density"], "g cm-2")],
    "layers": LAYERS.tolist(), "table": rows(table), "exponential": rows(ExponentialAtmosphereDensityProfile()),
    "five_layer": rows(FiveLayerAtmosphereDensityProfile.from_array(LAYERS)),
}))
