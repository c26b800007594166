"""Masks of ctapipe's image cleaners for small seeded cameras, including extreme images, for test/plugin-cleaners.

usage: python make_cleaning_reference.py > cleaning.json   (made with ctapipe 0.32.0)

Arrays are {dtype, shape, data}: base64 of the little-endian bytes. A mask is the list of its pixels, or the error
that ctapipe raises.
"""

import itertools
import json
import warnings

import astropy.units as u
import numpy as np
from ctapipe.containers import CameraMonitoringContainer
from ctapipe.image import ImageCleaner
from ctapipe.instrument import CameraGeometry
from small_cameras import PULSE_STEP, hexagonal, packed, subarray_of

warnings.simplefilter("ignore")
RNG = np.random.default_rng(20)
PULSE = np.tile(np.exp(-0.5 * ((np.arange(0, 30, PULSE_STEP) - 9) / 1.7) ** 2), (2, 1))

BASE = [
    dict(zip(("picture_threshold_pe", "boundary_threshold_pe", "min_picture_neighbors", "keep_isolated_pixels"), values))
    for values in itertools.product((7.3, 12.0), (3.1, 9.0), (0, 1, 2, 3), (False, True))
]
OWN = {
    "TailcutsImageCleaner": [{}],
    "MARSImageCleaner": [{}],
    "FACTImageCleaner": [{}, dict(time_limit_ns=1.3), dict(time_limit_ns=0.0), dict(time_limit_ns=40.0)],
    "TimeConstrainedImageCleaner": [
        {},
        dict(time_limit_core_ns=2.0, time_limit_boundary_ns=4.0),
        dict(time_limit_core_ns=0.7),
        dict(time_limit_core_ns=50.0, time_limit_boundary_ns=50.0),
    ],
    "NSBImageCleaner": [
        {},
        dict(time_limit=None, bright_cleaning_threshold=None),
        dict(time_limit=4.0, time_num_neighbors=2),
        dict(bright_cleaning_threshold=10.0, bright_cleaning_fraction=0.4, bright_cleaning_n_pixels=5),
        dict(bright_cleaning_threshold=10.0, bright_cleaning_fraction=0.4, time_limit=None, bright_cleaning_n_pixels=1),
        dict(largest_island_only=True),
        dict(largest_island_only=True, time_limit=None, pedestal_factor=4.0),
    ],
}


def without_neighbors(geometry):
    n = geometry.n_pixels
    return CameraGeometry(
        "Lonely", geometry.pix_id, geometry.pix_x, geometry.pix_y, geometry.pix_area, geometry.pix_type,
        neighbors=np.zeros((n, n), dtype=bool), frame=geometry.frame,
    )  # fmt: skip


def images_of(n):
    """Images and peak times, with standard deviations of the pedestals if they are known."""
    noise = RNG.normal(0, 1, n)
    shower = np.where(np.arange(n) % 7 < 4, RNG.gamma(0.7, 20, n), noise)
    times = 20 + RNG.normal(0, 1.2, n)
    isolated = np.where(np.arange(n) % 9 == 4, 50.0, 0.0)
    on_thresholds = RNG.choice([3.1, 7.3, 9.0, 12.0, 14.6, 24.0], n)
    steps = np.round(times * 2) / 2
    with_nan = np.where(np.arange(n) == n // 2, np.nan, shower)
    nan_time = np.where(np.arange(n) == np.argmax(shower), np.nan, times)
    rows = [
        ("shower", shower, times, None),
        ("shower over pedestals", shower, times, RNG.gamma(4, 1.0, n)),
        ("a pixel without pedestals", shower, times, np.where(np.arange(n) % 5 == 0, np.nan, 2.0)),
        ("charges on thresholds", on_thresholds, times, None),
        ("times on limits", shower, steps, None),
        ("no light", np.zeros(n), np.zeros(n), None),
        ("noise alone", noise, times, None),
        ("light everywhere", np.full(n, 500.0), times, None),
        ("light everywhere at once", np.full(n, 500.0), np.full(n, 20.0), None),
        ("isolated pixels", isolated, times, None),
        ("one pixel", np.where(np.arange(n) == 3, 80.0, 0.0), times, None),
        ("NaN in the image", with_nan, times, None),
        ("NaN in the brightest peak time", shower, nan_time, None),
        ("NaN everywhere", np.full(n, np.nan), np.full(n, np.nan), None),
        ("negative", -shower, times, None),
    ]
    return [(name, image.astype(np.float32), time.astype(np.float32), std) for name, image, time, std in rows]


def mask_of(cleaner, image, time, std):
    monitoring = CameraMonitoringContainer()
    monitoring.pixel_statistics.pedestal_image.std = std
    try:
        mask = cleaner(1, image, arrival_times=time, monitoring=monitoring)
    except Exception as error:
        return type(error).__name__
    return np.flatnonzero(mask).tolist()


cameras = {}
for geometry in [hexagonal(4), CameraGeometry.make_rectangular(6, 7), without_neighbors(hexagonal(2))]:
    subarray = subarray_of(geometry, PULSE)
    sparse = geometry.neighbor_matrix_sparse
    images = images_of(geometry.n_pixels)
    # only two cleaners use the thresholds of isolated pixels
    cases = [
        dict(cleaner=name, traits=base | own)
        for name, variants in OWN.items()
        for own in variants
        for base in ([{}, *BASE] if name in ("TailcutsImageCleaner", "MARSImageCleaner") else [{}, *BASE[::3]])
    ]
    for case in cases:
        cleaner = ImageCleaner.from_name(case["cleaner"], subarray=subarray, **case["traits"])
        case["masks"] = [mask_of(cleaner, *image[1:]) for image in images]
    cameras[geometry.name] = dict(
        offsets=packed(sparse.indptr.astype(np.int32)), indices=packed(sparse.indices.astype(np.int32)),
        pulse=packed(PULSE), pulseSampleWidth=PULSE_STEP,
        images=[
            dict(name=name, image=packed(image), peakTime=packed(time), **({} if std is None else dict(pedestalStd=packed(std))))
            for name, image, time, std in images
        ],
        cases=cases,
    )  # fmt: skip

print(json.dumps(dict(cameras=cameras), separators=(",", ":")))
