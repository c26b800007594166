"""ctapipe's HillasReconstructor and HillasIntersection for random images of a small array in both frames, also divergent.

usage: python make_stereo_reference.py > stereo.json   (ctapipe 0.32.0)
Angles in rad, lengths in m.
"""
import json
import warnings

import astropy.units as u
import numpy as np
from astropy.coordinates import EarthLocation

from ctapipe.containers import (
    ArrayEventContainer,
    CameraHillasParametersContainer,
    HillasParametersContainer,
    ImageParametersContainer,
    MorphologyContainer,
)
from ctapipe.coordinates import CameraFrame
from ctapipe.instrument import (
    CameraDescription,
    CameraGeometry,
    CameraReadout,
    OpticsDescription,
    SubarrayDescription,
    TelescopeDescription,
)
from ctapipe.reco import HillasIntersection, HillasReconstructor

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)

CAMERAS = {"Large": (29.3, 0.4), "Middle": (16.4, 0.7)}  # focal length and pitch of 19 hexagonal pixels, m
TELESCOPES = {1: "Large", 2: "Large", 5: "Middle", 6: "Middle", 8: "Middle"}


def telescope(name):
    focal_length, pitch = CAMERAS[name]
    q, r = np.mgrid[-2:3, -2:3]
    inside = np.abs(q + r) <= 2
    q, r = q[inside], r[inside]
    x, y = pitch * (q + r / 2), pitch * np.sqrt(3) / 2 * r
    n = len(x)
    geometry = CameraGeometry(name, np.arange(n), x * u.m, y * u.m, np.full(n, pitch**2) * u.m**2, "hexagon",
                              frame=CameraFrame(focal_length=focal_length * u.m))
    readout = CameraReadout(name, 1 * u.GHz, np.array([[0.0, 1.0]]), 1 * u.ns, 1, n, 40)
    optics = OpticsDescription(name, "MST", 1, focal_length * u.m, focal_length * u.m, 100 * u.m**2, 100, "PARABOLIC")
    return TelescopeDescription(name, optics, CameraDescription(name, geometry, readout)), x.tolist(), y.tolist()


descriptions = {name: telescope(name) for name in CAMERAS}
positions = {tel_id: rng.uniform(-150, 150, 3) * [1, 1, 0.1] for tel_id in TELESCOPES}
place = EarthLocation(lon=-17.9 * u.deg, lat=28.8 * u.deg, height=2200 * u.m)
subarray = SubarrayDescription("toy", {t: p * u.m for t, p in positions.items()},
                               {t: descriptions[name][0] for t, name in TELESCOPES.items()}, place)
reconstructor = HillasReconstructor(subarray)
intersection = HillasIntersection(subarray)


def value(quantity, unit):
    number = float(quantity.to_value(unit))
    return number if np.isfinite(number) else None


def shower(frame, divergence):
    event = ArrayEventContainer()
    alt, az = rng.uniform(0.8, 1.5), rng.uniform(0, 2 * np.pi)
    event.monitoring.pointing.array_altitude = alt * u.rad
    event.monitoring.pointing.array_azimuth = az * u.rad
    event.trigger.tels_with_trigger = list(TELESCOPES)
    images = {}
    for tel_id, name in TELESCOPES.items():
        if rng.random() < 0.25:
            continue
        focal_length = CAMERAS[name][0]
        pointing = [alt + divergence * rng.normal(), az + divergence * rng.normal()]
        event.monitoring.tel[tel_id].pointing.altitude = pointing[0] * u.rad
        event.monitoring.tel[tel_id].pointing.azimuth = pointing[1] * u.rad
        image = {
            "pointing": pointing, "lon": rng.normal(0, 0.02), "lat": rng.normal(0, 0.02), "psi": rng.uniform(-np.pi / 2, np.pi / 2),
            "width": rng.uniform(0.001, 0.002), "length": rng.uniform(0.002, 0.005), "intensity": float(rng.integers(20, 2000)),
            "n_pixels": int(rng.integers(3, 30)),
        }
        images[str(tel_id)] = image
        common = {"intensity": image["intensity"], "psi": image["psi"] * u.rad}
        if frame == "telescope":
            hillas = HillasParametersContainer(
                fov_lon=image["lon"] * u.rad, fov_lat=image["lat"] * u.rad,
                length=image["length"] * u.rad, width=image["width"] * u.rad, **common)
        else:
            hillas = CameraHillasParametersContainer(
                x=image["lat"] * focal_length * u.m, y=image["lon"] * focal_length * u.m,
                length=image["length"] * focal_length * u.m, width=image["width"] * focal_length * u.m, **common)
        event.dl1.tel[tel_id].parameters = ImageParametersContainer(
            hillas=hillas, morphology=MorphologyContainer(n_pixels=image["n_pixels"]))
    reconstructor(event)
    result = event.dl2.stereo.geometry["HillasReconstructor"]
    radians = ("alt", "az", "alt_uncert", "az_uncert")
    metres = ("core_x", "core_y", "core_tilted_x", "core_tilted_y", "h_max")
    intersection(event)
    crossed = event.dl2.stereo.geometry["HillasIntersection"]
    uncertainties = ("core_tilted_uncert_x", "core_tilted_uncert_y")
    return {
        "frame": frame, "pointing": [alt, az], "images": images, "is_valid": bool(result.is_valid),
        "telescopes": [int(t) for t in result.telescopes],
        "average_intensity": float(result.average_intensity) if result.is_valid else None,
        **{name: value(result[name], u.rad) for name in radians}, **{name: value(result[name], u.m) for name in metres},
        "psi": {str(t): value(event.dl1.tel[t].parameters.core.psi, u.rad) for t in event.dl1.tel},
        "impact": {str(t): value(event.dl2.tel[t].impact["HillasReconstructor"].distance, u.m) for t in event.dl2.tel},
        "intersection": {
            "is_valid": bool(crossed.is_valid), "telescopes": [int(t) for t in crossed.telescopes],
            **{name: value(crossed[name], u.rad) for name in radians},
            **{name: value(crossed[name], u.m) for name in metres + uncertainties},
        },
    }


print(json.dumps({
    "made_with": "ctapipe 0.32.0",
    "reference_location": [float(place.lon.rad), float(place.lat.rad), float(place.height.to_value(u.m))],
    "cameras": {name: {"focal_length": CAMERAS[name][0], "x": x, "y": y} for name, (_, x, y) in descriptions.items()},
    "telescopes": {str(t): {"camera": name, "position": positions[t].tolist()} for t, name in TELESCOPES.items()},
    "showers": [shower(frame, divergence) for frame in ("telescope", "camera") for divergence in (0, 0, 0.03, 0.03, 0.03, 0.03)],
}))
