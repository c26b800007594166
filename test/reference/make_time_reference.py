#!/usr/bin/env python3
"""Unix times as ctapipe 0.32 writes them into its files, with astropy's MJD and ISO strings.

usage: make_time_reference.py OUTPUT.json   (with a Python that has ctapipe)

Days that end with a leap second are omitted: there astropy stretches Unix time over the 86401 seconds of the day.
"""
import json
import random
import sys

import numpy as np
from astropy.time import Time
from astropy.utils import iers
from ctapipe.containers import NAN_TIME
from ctapipe.time import ctao_high_res_to_time, time_to_ctao_high_res

random.seed(5)
DAY = 86400
leap_days = {int(round(Time(row["mjd"], format="mjd", scale="utc").unix)) // DAY - 1 for row in iers.LeapSeconds.auto_open()}

seconds = [1, 3600, 63072000 - DAY - 1, 1500000000, 1483228800, 1713460705, 2**32 - 40]
seconds += [day * DAY + offset for day in sorted(leap_days) if day > 730 for offset in (-1, DAY, DAY + 1)]
seconds += [random.randrange(0, 2**32 - 40) for _ in range(300)]
cases = []
for unix in seconds:
    if unix // DAY in leap_days:
        continue
    # not near a whole second, where ctapipe's sum of floats may be rounded across it
    nanoseconds = random.randrange(1, 10**9)
    time = Time(unix, nanoseconds * 1e-9, format="unix", scale="utc", precision=9)
    high_res = time_to_ctao_high_res(time).tolist()
    cases.append(dict(unix=[unix, nanoseconds], high_res=high_res, mjd=time.tai.mjd, iso=time.isot + "Z"))

leap_seconds = []
for day in sorted(leap_days):
    if day < 730:
        continue
    iso = Time(day * DAY, format="unix").utc.strftime("%Y-%m-%dT") + "23:59:60.250000000"
    time = Time(iso, scale="utc", precision=9)
    leap_seconds.append(dict(high_res=time_to_ctao_high_res(time).tolist(), iso=time.isot + "Z"))

reference = dict(nan_time=time_to_ctao_high_res(NAN_TIME).tolist(), nan_mjd=NAN_TIME.mjd, leap_seconds=leap_seconds, cases=cases)
with open(sys.argv[1], "w") as output:
    output.write(json.dumps(reference).replace("{", "\n{") + "\n")
