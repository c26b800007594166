#!/usr/bin/env python3
"""Results of ctapipe's quality query and feature generator for expressions over a table.

usage: make_table_expression_reference.py OUTPUT.json   (with a Python that has ctapipe)
"""

import json
import sys

import astropy.units as u
import numpy as np
from astropy.coordinates import angular_separation
from astropy.table import Table
from ctapipe.coordinates.utils import altaz_to_nominal
from ctapipe.core import FeatureGenerator, QualityQuery

COLUMNS = {
    "obs_id": dict(type="int32", values=[1, 1, 1, 2, 2]),
    "event_id": dict(type="int64", values=[11, 12, 13, 11, 12]),
    "is_valid": dict(type="bool", values=[1, 0, 1, 1, 0]),
    "hillas_intensity": dict(type="float64", values=[50.5, 120.25, 8.0, 1e4, 77.0]),
    "hillas_width": dict(type="float64", unit="deg", values=[0.02, 0.11, 0.0, 0.3, 0.07]),
    "hillas_length": dict(type="float64", unit="deg", values=[0.1, 0.2, 0.05, 0.9, 0.3]),
    "leakage": dict(type="float32", values=[0.1, 0.25, 0.0, 0.9, 0.3]),
    "true_energy": dict(type="float64", unit="TeV", values=[0.01, 1.5, 30.0, 0.3, 0.125]),
    "true_alt": dict(type="float64", unit="deg", values=[70.0, 69.5, 71.0, 30.0, 90.0]),
    "impact": dict(type="float64", unit="m", values=[10.0, 1500.0, 120.0, 88.5, 0.0]),
    "height": dict(type="float64", unit="km", values=[10.0, 9.5, 12.0, 8.5, 7.0]),
    "telescopes": dict(type="bool", shape=[4], values=[1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0]),
    "image": dict(type="float32", shape=[3], values=[1, 2, 3, 0.5, -1, 4, 9, 9, 9, 0, 0, 0, 7, 0.25, 1]),
    "coordinates": dict(type="float64", unit="deg", shape=[2], values=[0.1, 0.2, -1, 2, 0, 0.5, 180, 0, 359.5, -3]),
    "camera": dict(type="string", values=["LSTCam", "NectarCam", "LSTCam", "FlashCam", "NectarCam"]),
}

CRITERIA = [
    "hillas_intensity > 50",
    "is_valid",
    "~is_valid",
    "(hillas_intensity > 50) & is_valid",
    "(hillas_intensity > 50) | (leakage < 0.2)",
    "(obs_id == 1) & (event_id >= 12)",
    "hillas_width > 0",
    "hillas_width > 0.05 * u.deg",
    "hillas_width > 6 * u.arcmin",
    "hillas_width.quantity > 6 * u.arcmin",
    "hillas_width.to('rad') > 0.001 * u.rad",
    "hillas_width / hillas_length > 0.3",
    "np.log10(hillas_intensity) > 1.9",
    "np.log10(true_energy.quantity / u.TeV) > -1",
    "np.abs(impact - 100) < 50",
    "np.sin(true_alt.quantity) > 0.9",
    "np.sin(np.deg2rad(true_alt)) > 0.9",
    "np.isfinite(leakage) & (leakage != 0)",
    "np.count_nonzero(telescopes, axis=1) >= 3",
    "np.sum(image, axis=1) > 5",
    "np.mean(image, axis=1) > 2",
    "np.max(image, axis=-1) < 5",
    "np.any(image > 8, axis=1)",
    "np.all(telescopes, axis=1)",
    "np.count_nonzero(image > 1, axis=1) > 1",
    "camera == 'LSTCam'",
    "camera != 'LSTCam'",
    "np.isin(camera, ['LSTCam', 'FlashCam'])",
    "np.isin(event_id, [11, 13])",
    "event_id % 2 == 0",
    "leakage * 2 > 0.5",
    "hillas_intensity > np.mean(hillas_intensity)",
]

FEATURES = [
    "hillas_width * hillas_length",
    "hillas_width / hillas_length",
    "hillas_length - hillas_width",
    "hillas_intensity / hillas_length",
    "np.log10(true_energy / u.TeV)",
    "np.sqrt(hillas_width**2 + hillas_length**2)",
    "impact + height",
    "height + impact",
    "impact.to_value(u.km)",
    "np.sin(true_alt)",
    "leakage * 2",
    "is_valid & (leakage > 0.2)",
    "np.arctan2(hillas_width, hillas_length)",
    "true_energy.to(u.GeV)",
    "np.sum(image, axis=1)",
    "coordinates[:, 0]",
    "coordinates[:, -1] + hillas_width",
    "image[:, 1]",
    "angular_separation(coordinates[:, 0], coordinates[:, 1], 0 * u.deg, true_alt)",
    "angular_separation(hillas_intensity, 0.5, 0.25, hillas_intensity * 1e-5)",
    "altaz_to_nominal(coordinates[:, 0], coordinates[:, 1] + true_alt, 0 * u.rad, true_alt)[:, 1]",
    "altaz_to_nominal(coordinates[:, 0] * 0.1, true_alt, 0 * u.rad, true_alt - hillas_length)[:, 0]",
]


def table():
    columns = {}
    for name, column in COLUMNS.items():
        dtype = None if column["type"] == "string" else column["type"]
        values = np.array(column["values"], dtype=dtype)
        if "shape" in column:
            values = values.reshape(-1, *column["shape"])
        columns[name] = values
    result = Table(columns)
    for name, column in COLUMNS.items():
        if "unit" in column:
            result[name].unit = column["unit"]
    return result


def mask(expression):
    query = QualityQuery(quality_criteria=[("criterion", expression)])
    return query.get_table_mask(table()).astype(int).tolist()


def feature(expression):
    functions = dict(angular_separation=angular_separation, altaz_to_nominal=altaz_to_nominal)
    generated = FeatureGenerator(features=[("feature", expression)])(table(), **functions)["feature"]
    unit = "" if generated.unit is None else u.Unit(generated.unit).to_string("vounit")
    return dict(type=str(generated.dtype), unit=unit, values=np.asarray(generated).tolist())


reference = {
    "columns": COLUMNS,
    "criteria": {text: mask(text) for text in CRITERIA},
    "features": {text: feature(text) for text in FEATURES},
}
with open(sys.argv[1], "w") as output:
    json.dump(reference, output)
    output.write("\n")
