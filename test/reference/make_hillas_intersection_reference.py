"""Results of HillasIntersection for real events, with ctapipe's defaults for all previous steps.

usage: python make_hillas_intersection_reference.py DATA NAME... > hillas-intersection.json   (ctapipe 0.32.0)
DATA is the folder of the simulation files; NAMEs are file names without extension. Angles in rad, lengths in m.
"""
import glob
import json
import sys
import warnings

import astropy.units as u
import numpy as np

from ctapipe.calib import CameraCalibrator
from ctapipe.image import ImageProcessor
from ctapipe.io import EventSource
from ctapipe.reco import HillasIntersection

warnings.simplefilter("ignore")
RADIANS = ("alt", "az", "alt_uncert", "az_uncert")
METRES = ("core_x", "core_y", "core_tilted_x", "core_tilted_y", "core_tilted_uncert_x", "core_tilted_uncert_y", "h_max")


def number(quantity, unit):
    value = float(quantity.to_value(unit))
    return value if np.isfinite(value) else None


def row(event):
    result = event.dl2.stereo.geometry["HillasIntersection"]
    impacts = {str(tel_id): number(dl2.impact["HillasIntersection"].distance, u.m) for tel_id, dl2 in event.dl2.tel.items()}
    return {
        "event_id": int(event.index.event_id), "is_valid": bool(result.is_valid),
        "telescopes": [int(tel_id) for tel_id in result.telescopes],
        **{name: number(result[name], u.rad) for name in RADIANS}, **{name: number(result[name], u.m) for name in METRES},
        "impact": impacts,
    }


def reconstruct(path):
    with EventSource(path) as source:
        steps = [step(subarray=source.subarray) for step in (CameraCalibrator, ImageProcessor, HillasIntersection)]
        rows = []
        for event in source:
            for step in steps:
                step(event)
            rows.append(row(event))
        return rows


folder, *names = sys.argv[1:]
print(json.dumps({"made_with": "ctapipe 0.32.0", "files": {name: reconstruct(glob.glob(f"{folder}/{name}.*")[0]) for name in names}}))
