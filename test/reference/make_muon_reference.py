"""ctapipe's muon parameters for the events of a file, with converged fits, and its muon image model at some points.

usage: python make_muon_reference.py FILE > muons.json   (ctapipe 0.32.0 with iminuit)
Angles in rad, lengths in m. By default Minuit stops at an estimated distance from the minimum that is a fraction of
the given uncertainties, which for these fits is far from the minimum.
"""
import json
import math
import sys
import warnings

import astropy.units as u
import numpy as np
from iminuit import Minuit

migrad = Minuit.migrad


def converged(self, *arguments, **options):
    self.strategy, self.tol = 2, 1e-5
    for _ in range(5):
        migrad(self, ncall=20000)
    return self


Minuit.migrad = converged

from ctapipe.calib import CameraCalibrator
from ctapipe.image import ImageProcessor
from ctapipe.image.muon import MuonProcessor
from ctapipe.image.muon.fitting import kundu_chaudhuri_circle_fit
from ctapipe.image.muon.intensity_fitter import image_prediction_no_units
from ctapipe.instrument.camera.geometry import PixelShape
from ctapipe.io import EventSource

warnings.simplefilter("ignore")


def number(value):
    if isinstance(value, u.Quantity):
        physical = str(value.unit.physical_type)
        value = value.to_value({"angle": u.rad, "length": u.m, "solid angle": u.rad**2}.get(physical, value.unit))
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and not math.isfinite(value) else value


def values(container):
    return {name: number(value) for name, value in container.items()}


def muons(path):
    rows = []
    with EventSource(path, focal_length_choice="EQUIVALENT") as source:
        steps = [step(subarray=source.subarray) for step in (CameraCalibrator, ImageProcessor, MuonProcessor)]
        for event in source:
            for step in steps:
                step(event)
            for tel_id, muon in event.muon.tel.items():
                rows.append({"event_id": int(event.index.event_id), "tel_id": int(tel_id), "ring": values(muon.ring),
                             "parameters": values(muon.parameters), "efficiency": values(muon.efficiency)})
    return rows


rng = np.random.default_rng(5)


def prediction(shape):
    case = {
        "mirror_radius": 11.2, "hole_radius": rng.choice([0, 0.74]), "impact": rng.uniform(0, 20), "phi": rng.uniform(-np.pi, np.pi),
        "radius": rng.uniform(0.015, 0.022), "width": rng.uniform(0.0003, 0.002), "diameter": 0.0017,
        "oversampling": int(rng.choice([1, 2, 3])), "shape": shape,
        "x": rng.uniform(-0.03, 0.03, 40).tolist(), "y": rng.uniform(-0.03, 0.03, 40).tolist(),
    }
    case["expected"] = image_prediction_no_units(
        case["mirror_radius"], case["hole_radius"], case["impact"], case["phi"], 0, 0, case["radius"], case["width"],
        np.array(case["x"]), np.array(case["y"]), case["diameter"], case["oversampling"], pix_type=PixelShape[shape.upper()]).tolist()
    return {name: float(v) if isinstance(v, np.floating) else v for name, v in case.items()}


def circle():
    angle = rng.uniform(-np.pi, np.pi, 50)
    radius = rng.normal(1.1, 0.05, 50)
    x, y, w = 0.3 + radius * np.cos(angle), -0.2 + radius * np.sin(angle), rng.uniform(1, 20, 50)
    return {"x": x.tolist(), "y": y.tolist(), "w": w.tolist(), "fit": [float(v) for v in kundu_chaudhuri_circle_fit(x, y, w)]}


print(json.dumps({
    "made_with": "ctapipe 0.32.0",
    "muons": muons(sys.argv[1]),
    "predictions": [prediction(shape) for shape in ("hexagon", "square", "circle") for _ in range(4)],
    "circles": [circle() for _ in range(5)],
    "error_function": [[x, math.erf(x)] for x in np.linspace(-7, 7, 57).tolist()],
}))
