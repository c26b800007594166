#!/usr/bin/env python3
"""Directions in the horizontal frame and in the ICRS, by astropy: test/reference/equatorial.json. Run it with ctapipe's Python."""
import json
import pathlib
import warnings

warnings.simplefilter("ignore")
import astropy.units as u
import numpy as np
from astropy.coordinates import AltAz, EarthLocation, SkyCoord
from astropy.time import Time

rng = np.random.default_rng(5)
j2000 = Time(51544.5, format="mjd", scale="tt")
rows = []
for date in ["2004-08-09T10:11:12", "2012-03-04T05:06:07", "2019-07-01T22:00:00", "2024-12-24T03:30:00", "2026-05-05T00:10:00"]:
    for lon, lat in [(-17.89, 28.76), (-70.3, -24.7)]:
        location, time = EarthLocation.from_geodetic(lon * u.deg, lat * u.deg, 2200 * u.m), Time(date, scale="utc")
        for _ in range(4):
            alt, az = rng.uniform(20, 89), rng.uniform(0, 360)
            sky = SkyCoord(alt=alt * u.deg, az=az * u.deg, frame=AltAz(obstime=time, location=location)).icrs
            rows.append(dict(seconds=(time.tt - j2000).to_value(u.s), lon=lon, lat=lat, alt=alt, az=az, ra=sky.ra.deg, dec=sky.dec.deg))
path = pathlib.Path(__file__).with_name("equatorial.json")
path.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
