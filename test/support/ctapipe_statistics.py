"""Statistics by ctapipe's library for settings in which its tool fails, such as chunks of a duration.

usage: ctapipe_statistics.py prepare INPUT OUTPUT                   random times and missing values
       ctapipe_statistics.py replace INPUT CONFIG.json OURS OUTPUT  a copy of OURS, with the statistics replaced by ctapipe's
"""

import json
import shutil
import sys

import astropy.units as u
import numpy as np
import tables
from astropy.table import vstack
from ctapipe.io import TableLoader, write_table
from ctapipe.monitoring.calculator import PixelStatisticsCalculator
from traitlets.config import Config

CAMERA = "/dl1/monitoring/telescope/calibration/camera"


def prepare(source: str, output: str) -> None:
    random = np.random.default_rng(5)
    shutil.copy(source, output)
    with tables.open_file(output, "a") as file:
        table = file.root.dl1.event.telescope.images.tel_001
        rows = table.read()
        image = rows["image"]
        image[random.random(image.shape) < 0.02] = np.nan
        image[random.random(image.shape) < 0.001] = np.inf
        image[8:14, :, 100:700] += 150
        image[:, :, 50:60] = 0
        table[:] = rows
        # Some events have the same time. None is at the edge of a chunk, for which ctapipe's rounding of times decides.
        times = np.cumsum(random.choice([0, 0.25, 0.5, 1.5, 3.75], len(rows))) + 0.0625 * random.integers(0, 2, len(rows))
        times = np.sort(times) + 0.0001 * np.arange(len(rows)) // 3
        for path in ("/dl1/event/subarray/trigger", "/dl1/event/telescope/trigger"):
            table = file.get_node(path)
            rows = table.read()
            rows["time"][:, 0] = 1_700_000_000 + np.floor(times)
            rows["time"][:, 1] = np.round((times % 1) * 4e9)
            table[:] = rows


def replace(source: str, config: str, ours: str, output: str) -> None:
    with open(config) as file:
        settings = json.load(file)
    with TableLoader(source, dl1_images=True) as loader:
        events = loader.read_telescope_events(telescopes=[1])
        calculator = PixelStatisticsCalculator(subarray=loader.subarray, config=Config(settings))
    (aggregator,) = calculator.stats_aggregators.values()
    if "TimeChunking" in settings:
        # first_pass sets chunk_shift to None, with which TimeChunking fails.
        aggregator.chunking.chunk_shift = 0 * u.s
        found = aggregator(table=events, col_name="image")
        calculator._find_and_append_outliers(found)
        found["is_valid"] = calculator._get_valid_chunks(found["outlier_mask"])
    else:
        found = calculator.first_pass(table=events, tel_id=1)
        if aggregator.chunking.chunk_shift and not np.all(found["is_valid"]):
            found = vstack([found, calculator.second_pass(events, found["is_valid"].data, tel_id=1)])
            found.sort("time_start")
    kind = "pixel_histograms" if "histogram" in found.colnames else "pixel_statistics"
    shutil.copy(ours, output)
    write_table(found, output, f"{CAMERA}/{kind}/flatfield_image/tel_001", overwrite=True)


globals()[sys.argv[1]](*sys.argv[2:])
