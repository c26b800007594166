"""Benchmarks the image extractors and image cleaners of ctapipe for bench-algorithms.mjs.

usage: python bench_algorithms.py FILE SECONDS [ONLY]   (prints JSON: microseconds per telescope event by class name)
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.simplefilter("ignore")
from ctapipe.calib import CameraCalibrator  # noqa: E402
from ctapipe.core import non_abstract_children  # noqa: E402
from ctapipe.image import ImageCleaner, ImageExtractor  # noqa: E402
from ctapipe.io import EventSource  # noqa: E402

file, seconds, only = sys.argv[1], float(sys.argv[2]), (sys.argv[3:] or [""])[0]
source = EventSource(file, focal_length_choice="EQUIVALENT")
calibrate = CameraCalibrator(subarray=source.subarray)
events = []
for event in source:
    calibrate(event)
    for tel_id, dl1 in event.dl1.tel.items():
        dl0 = event.dl0.tel[tel_id]
        broken = np.zeros((1, dl1.image.size), dtype=bool)
        events.append((tel_id, dl0.waveform, dl0.selected_gain_channel, broken, dl1.image, dl1.peak_time))


def extract(extractor):
    for tel_id, waveform, channel, broken, _, _ in events:
        extractor(waveform, tel_id=tel_id, selected_gain_channel=channel, broken_pixels=broken)


def clean(cleaner):
    for tel_id, _, _, _, image, peak_time in events:
        cleaner(tel_id, image, arrival_times=peak_time)


def measure(run, component):
    """Median time of a round, after warm-up rounds for compilation."""
    for duration, rounds in ((seconds / 2, []), (seconds, times := [])):
        end = time.perf_counter() + duration
        while True:
            begin = time.perf_counter()
            run(component)
            rounds.append(time.perf_counter() - begin)
            if time.perf_counter() > end:
                break
    return 1e6 * float(np.median(times)) / len(events)


results = {}
for kind, run in ((ImageExtractor, extract), (ImageCleaner, clean)):
    for cls in non_abstract_children(kind):
        if only not in cls.__name__:
            continue
        try:
            results[cls.__name__] = measure(run, cls(subarray=source.subarray))
        except Exception as error:
            print(f"{cls.__name__}: {error}", file=sys.stderr)
print(json.dumps(results))
