"""Statistics and histograms of calibration events by ctapipe, for test/kernels/statistics.

usage: python make_statistics_reference.py > statistics.json   (made with ctapipe 0.32.0, and the package hist)

Values are made of integers by formulas that the test repeats, so that they need not be stored.
"""

import json
import warnings

import numpy as np
from astropy.table import Column, Table
from astropy.time import Time, TimeDelta
from ctapipe.monitoring.aggregator import HistogramAggregator, PlainAggregator, SigmaClippingAggregator
from ctapipe.monitoring.outlier import MedianOutlierDetector, RangeOutlierDetector, StdOutlierDetector
from traitlets.config import Config

warnings.simplefilter("ignore")
N_EVENTS, N_PIXELS = 37, 24

row, pixel = np.mgrid[0:N_EVENTS, 0:N_PIXELS]
values = ((row * row * 7 + pixel * 13 + row * pixel * 3) % 101 / 10 + (row % 9 == pixel % 9) * 40).astype(np.float32)
values[:, 3] = np.nan
values[5:12, 4] = np.nan
values[2, 5] = np.inf
values[9, 5] = -np.inf
values[:, 6] = 2.5
values[1:, 7] = np.nan

start = Time(60000.0, format="mjd", scale="tai")
table = Table({
    "time": start + TimeDelta(np.arange(N_EVENTS), format="sec"), "event_id": np.arange(N_EVENTS), "image": values[:, np.newaxis]
})  # fmt: skip


def listed(array):
    return [float(v) if np.isfinite(v) else None for v in np.asarray(array).ravel()]


def statistics(aggregator, column):
    result = aggregator(column)
    return {name: listed(result[name][0]) for name in ("n_events", "mean", "median", "std")}


cases = {}
for dtype in ("float32", "float64"):
    typed = table.copy()
    typed["image"] = typed["image"].astype(dtype)
    cases[dtype] = {
        "plain": statistics(PlainAggregator(), typed),
        "clipped": [
            {"maxSigma": sigma, "iterations": n,
             **statistics(SigmaClippingAggregator(max_sigma=sigma, iterations=n), typed)}
            for sigma, n in [(4, 5), (2, 1), (1, 3)]
        ],
    }  # fmt: skip

AXES = [
    {"class_name": "Regular", "bins": 7, "start": 0.0, "stop": 9.5, "name": "charge", "underflow": True, "overflow": True},
    {"class_name": "Regular", "bins": 5, "start": 2.5, "stop": 10.0, "name": "charge", "underflow": False, "overflow": False},
    {"class_name": "Regular", "bins": 10, "start": 0.0, "stop": 10.0, "name": "charge"},
    {"class_name": "Variable", "edges": [0.0, 0.5, 2.5, 9.9, 42.5], "name": "charge", "underflow": True, "overflow": True},
    {"class_name": "Variable", "edges": [0.0, 2.5, 10.0], "name": "charge", "underflow": False, "overflow": False},
]  # fmt: skip
histograms = []
for axis in AXES:
    result = HistogramAggregator(axis_definition=axis)(table)
    histograms.append({
        "axis": axis, "n_events": listed(result["n_events"][0]), "histogram": np.asarray(result["histogram"][0])[:, 0].tolist(),
        "edges": result.meta["bin_edges"].tolist(), "centers": result.meta["bin_centers"].tolist(),
    })  # fmt: skip

# Statistics of two chunks of a camera, without NaN: ctapipe finds no outliers in cameras with NaN.
k = np.arange(2 * 40)
cameras = (k * 17 % 43 + (k % 31 == 0) * 60.0).reshape(2, 1, 40)
detectors = []
for dtype in ("float32", "float64"):
    column = Column(cameras.astype(dtype), name="mean")
    for detector, trait, factors in [
        (RangeOutlierDetector, "validity_range", [3.0, 40.0]), (MedianOutlierDetector, "median_range_factors", [-0.9, 0.8]),
        (StdOutlierDetector, "std_range_factors", [-1.2, 1.5]),
    ]:  # fmt: skip
        found = detector(subarray=None, config=Config({detector.__name__: {trait: factors}}))(column)
        detectors.append({"dtype": dtype, "detector": detector.__name__, "limits": factors, "outliers": found.astype(int).ravel().tolist()})

print(json.dumps({"statistics": cases, "histograms": histograms, "detectors": detectors}))
