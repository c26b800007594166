"""Small cameras and the array format of reference files, shared by the scripts in this folder."""

import base64

import astropy.units as u
import numpy as np
from astropy.coordinates import EarthLocation
from ctapipe.coordinates import CameraFrame
from ctapipe.instrument import (
    CameraDescription,
    CameraGeometry,
    CameraReadout,
    OpticsDescription,
    SubarrayDescription,
    TelescopeDescription,
)

N_SAMPLES = 16
PULSE_STEP = 0.2
RATE = 1.024


def packed(array):
    array = np.ascontiguousarray(array)
    if array.dtype == bool:
        array = array.astype(np.uint8)
    if array.dtype == np.int64:
        array = array.astype(np.int32)
    return {
        "dtype": array.dtype.newbyteorder("<").str[1:],
        "shape": list(array.shape),
        "data": base64.b64encode(array.tobytes()).decode(),
    }


def hexagonal(radius):
    q, r = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    inside = np.abs(q + r) <= radius
    x, y = (q + r / 2)[inside], (r * np.sqrt(3) / 2)[inside]
    n = len(x)
    return CameraGeometry(
        "Hexagonal",
        pix_id=np.arange(n),
        pix_x=x * 0.05 * u.m,
        pix_y=y * 0.05 * u.m,
        pix_area=np.full(n, 0.05**2 * np.sqrt(3) / 2) * u.m**2,
        pix_type="hexagon",
        frame=CameraFrame(focal_length=28 * u.m),
    )


def subarray_of(geometry, pulse):
    readout = CameraReadout(
        geometry.name,
        sampling_rate=RATE * u.GHz,
        reference_pulse_shape=pulse,
        reference_pulse_sample_width=PULSE_STEP * u.ns,
        n_channels=2,
        n_pixels=geometry.n_pixels,
        n_samples=N_SAMPLES,
    )
    optics = OpticsDescription("X", "LST", 1, 28 * u.m, 29 * u.m, 400 * u.m**2, 200, "PARABOLIC")
    telescope = TelescopeDescription("X", optics, CameraDescription(geometry.name, geometry, readout))
    return SubarrayDescription("one", {1: np.zeros(3) * u.m}, {1: telescope}, EarthLocation.from_geodetic(0 * u.deg, 0 * u.deg))
