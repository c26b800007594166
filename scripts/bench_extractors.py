"""Seconds that ctapipe's CameraCalibrator takes per telescope event with each image extractor, as JSON.

usage: python bench_extractors.py FILE
"""

import copy
import json
import logging
import sys
import time
import warnings

from ctapipe.calib import CameraCalibrator
from ctapipe.core import non_abstract_children
from ctapipe.image import ImageExtractor
from ctapipe.io import EventSource

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

with EventSource(sys.argv[1], focal_length_choice="EQUIVALENT") as source:
    events = [copy.deepcopy(event) for event in source]
n_telescope_events = sum(len(event.r1.tel) for event in events)


def timed(calibrate, count):
    begin = time.perf_counter()
    for _ in range(count):
        for event in events:
            calibrate(event)
    return time.perf_counter() - begin


seconds = {}
for extractor in non_abstract_children(ImageExtractor):
    calibrate = CameraCalibrator(subarray=source.subarray, image_extractor_type=extractor.__name__)
    timed(calibrate, 1)  # compiles
    count = 1
    while timed(calibrate, count) < 0.2:
        count *= 2
    seconds[extractor.__name__] = min(timed(calibrate, count) / count for _ in range(5)) / n_telescope_events
print(json.dumps(seconds))
