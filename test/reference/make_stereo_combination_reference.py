"""Results of ctapipe's StereoMeanCombiner for random telescope predictions of energies, scores and directions.

usage: python make_stereo_combination_reference.py > stereo-combination.json   (ctapipe 0.32.0)
Angles in rad, energies in TeV; null for NaN.
"""
import json
import warnings

import astropy.units as u
import numpy as np

from ctapipe.containers import (
    ArrayEventContainer,
    HillasParametersContainer,
    ImageParametersContainer,
    LeakageContainer,
    ParticleClassificationContainer,
    ReconstructedEnergyContainer,
    ReconstructedGeometryContainer,
)
from ctapipe.instrument import SubarrayDescription
from ctapipe.reco import StereoMeanCombiner

warnings.simplefilter("ignore")
rng = np.random.default_rng(23)
WEIGHTS = ["none", "intensity", "aspect-weighted-intensity", "containment-weighted-intensity"]


def prediction():
    width = rng.uniform(0.001, 0.002)
    return {
        "is_valid": bool(rng.random() < 0.8), "energy": rng.lognormal(0, 1), "score": rng.random(),
        "alt": rng.uniform(1.2, 1.22), "az": rng.choice([0, 2 * np.pi]) + rng.uniform(-0.01, 0.01),
        "intensity": rng.lognormal(6, 1), "width": width, "length": width * rng.uniform(1, 4),
        "leakage": float(np.float32(rng.random())),
    }


def build(telescopes):
    event = ArrayEventContainer()
    for tel_id, p in telescopes.items():
        event.dl1.tel[tel_id].parameters = ImageParametersContainer(
            hillas=HillasParametersContainer(intensity=p["intensity"], width=p["width"] * u.rad, length=p["length"] * u.rad),
            leakage=LeakageContainer(intensity_width_2=p["leakage"]),
        )
        dl2 = event.dl2.tel[tel_id]
        valid = p["is_valid"]
        dl2.energy["mono"] = ReconstructedEnergyContainer(energy=p["energy"] * u.TeV, is_valid=valid)
        dl2.particle_type["mono"] = ParticleClassificationContainer(prediction=p["score"], is_valid=valid)
        dl2.geometry["mono"] = ReconstructedGeometryContainer(alt=p["alt"] * u.rad, az=p["az"] * u.rad, is_valid=valid)
    return event


def number(value, unit=None):
    value = float(value.to_value(unit) if unit else value)
    return None if np.isnan(value) else value


def combine(telescopes, weights, log_target):
    results = {}
    event = build(telescopes)
    for prop in ["ENERGY", "PARTICLE_TYPE", "GEOMETRY"]:
        StereoMeanCombiner(prefix="mono", property=prop, weights=weights, log_target=log_target)(event)
    stereo = event.dl2.stereo
    energy, score, geometry = stereo.energy["mono"], stereo.particle_type["mono"], stereo.geometry["mono"]
    results["energy"] = {"is_valid": bool(energy.is_valid), "telescopes": energy.telescopes,
                         "energy": number(energy.energy, "TeV"), "energy_uncert": number(energy.energy_uncert, "TeV")}
    results["particle_type"] = {"is_valid": bool(score.is_valid), "telescopes": score.telescopes,
                                "prediction": number(score.prediction)}
    results["geometry"] = {"is_valid": bool(geometry.is_valid), "telescopes": geometry.telescopes,
                           "alt": number(geometry.alt, "rad"), "az": number(geometry.az, "rad"),
                           "ang_distance_uncert": number(geometry.ang_distance_uncert, "rad")}
    return {"weights": weights, "log_target": log_target, **results}


events = []
for n in [0, 1, 2, 2, 3, 4, 7]:
    telescopes = {tel_id: prediction() for tel_id in rng.permutation(9)[:n].tolist()}
    events.append({"telescopes": telescopes, "combined": [combine(telescopes, w, log) for w in WEIGHTS for log in (False, True)]})
print(json.dumps({"events": events}))
