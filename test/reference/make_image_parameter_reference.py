"""Image parameters of ctapipe for seeded toy images and degenerate ones, for test/kernels/image and test/core/image.

usage: python make_image_parameter_reference.py > image-parameters.json   (made with ctapipe 0.32.0)

Each image is parametrized in the camera frame (metres) and in the telescope frame (degrees); null if ctapipe raises an exception.
The timing fit draws 1000 random starts instead of 5, so that it finds the optimum. Arrays are {dtype, shape, data}:
base64 of the little-endian bytes, so that comparisons can be exact.
"""

import base64
import json
import sys
import warnings

import astropy.units as u
import ctapipe.image.timing as timing
import numpy as np
from ctapipe.coordinates import CameraFrame, TelescopeFrame
from ctapipe.containers import (
    CameraTimingParametersContainer,
    ImageParametersContainer,
    IntensityStatisticsContainer,
    PeakTimeStatisticsContainer,
    TimingParametersContainer,
)
from ctapipe.core import Container, QualityQuery
from ctapipe.image import (
    brightest_island,
    concentration_parameters,
    descriptive_statistics,
    hillas_parameters,
    largest_island,
    leakage_parameters,
    morphology_parameters,
    number_of_islands,
    tailcuts_clean,
    timing_parameters,
    toymodel,
)
from ctapipe.image.hillas import HillasParameterizationError
from ctapipe.instrument import CameraGeometry
from ctapipe.reco.reconstructor import StereoQualityQuery

warnings.simplefilter("ignore")
RNG = np.random.default_rng(23)
FOCAL_LENGTH = 7 * u.m

fit = timing.lts_linear_regression
timing.lts_linear_regression = lambda x, y, samples=5: fit(x=x, y=y, samples=1000)


def packed(array):
    array = np.ascontiguousarray(array)
    if array.dtype == bool:
        array = array.astype(np.uint8)
    return {
        "dtype": array.dtype.newbyteorder("<").str[1:],
        "shape": list(array.shape),
        "data": base64.b64encode(array.tobytes()).decode(),
    }


def plain(value):
    if isinstance(value, Container):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, u.Quantity):
        value = value.value
    value = float(value)
    return None if np.isnan(value) else value


def hexagonal(radius):
    q, r = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    inside = np.abs(q + r) <= radius
    x, y = (q + r / 2)[inside], (r * np.sqrt(3) / 2)[inside]
    return geometry("hexagon", x * 0.05, y * 0.05, 0.05**2 * np.sqrt(3) / 2)


def square(n):
    y, x = np.mgrid[:n, :n] - (n - 1) / 2
    return geometry("square", x.ravel() * 0.04, y.ravel() * 0.04, 0.04**2)


def geometry(pix_type, x, y, area):
    return CameraGeometry(
        pix_type,
        pix_id=np.arange(len(x)),
        pix_x=x * u.m,
        pix_y=y * u.m,
        pix_area=np.full(len(x), area) * u.m**2,
        pix_type=pix_type,
        frame=CameraFrame(focal_length=FOCAL_LENGTH, rotation=0 * u.deg),
    )


def in_frame(geom, image, peak_time, mask, queries):
    try:
        hillas = hillas_parameters(geom[mask], image[mask])
    except HillasParameterizationError:
        return None
    on_sky = geom.pix_x.unit == u.deg
    parameters = ImageParametersContainer(
        hillas=hillas,
        timing=TimingParametersContainer() if on_sky else CameraTimingParametersContainer(),
        concentration=concentration_parameters(geom[mask], image[mask], hillas),
        leakage=leakage_parameters(geom, image, mask),
        morphology=morphology_parameters(geom, mask),
        intensity_statistics=descriptive_statistics(image[mask], IntensityStatisticsContainer),
    )
    if peak_time is not None:
        parameters.timing = timing_parameters(geom[mask], image[mask], peak_time[mask], hillas)
        parameters.peak_time_statistics = descriptive_statistics(peak_time[mask], PeakTimeStatisticsContainer)
    return {
        "hillas": plain(hillas),
        "timing": None if peak_time is None else plain(parameters.timing),
        "concentration": plain(parameters.concentration),
        "passes": [query(parameters=parameters).tolist() for query in queries["degrees" if on_sky else "metres"]],
    }


def parametrized(name, geom, image, mask, queries, peak_time=None):
    islands, labels = number_of_islands(geom, mask)
    return {
        "name": name,
        "camera": geom.name,
        "image": packed(image),
        "peakTime": None if peak_time is None else packed(peak_time),
        "mask": packed(mask),
        "metres": in_frame(geom, image, peak_time, mask, queries),
        "degrees": in_frame(geom.transform_to(TelescopeFrame()), image, peak_time, mask, queries),
        "leakage": plain(leakage_parameters(geom, image, mask)),
        "morphology": plain(morphology_parameters(geom, mask)),
        "labels": packed(labels),
        "largest": packed(largest_island(labels)),
        "brightest": packed(brightest_island(islands, labels, image)),
        "intensity": plain(descriptive_statistics(image[mask])),
        "peakTimes": None if peak_time is None else plain(descriptive_statistics(peak_time[mask])),
    }


def toys(geom, queries):
    radius = geom.guess_radius().to_value("m")
    for k in range(8):
        r, phi = RNG.uniform(0, 0.9 * radius), RNG.uniform(-np.pi, np.pi)
        model = toymodel.Gaussian(
            x=r * np.cos(phi) * u.m,
            y=r * np.sin(phi) * u.m,
            length=RNG.uniform(0.06, 0.12) * u.m,
            width=RNG.uniform(0.02, 0.05) * u.m,
            psi=RNG.uniform(-90, 90) * u.deg,
        )
        image, signal, _ = model.generate_image(geom, intensity=10 ** RNG.uniform(2, 4), nsb_level_pe=1, rng=RNG)
        image = image.astype(np.float32)
        time = obtain_time(geom, model, k).astype(np.float32)
        mask = tailcuts_clean(geom, image, 5, 3, keep_isolated_pixels=k % 2 == 1)
        if np.count_nonzero(mask) > 3:
            yield parametrized(f"toy {k}", geom, image, mask, queries, time)
            true = signal.astype(np.int32)
            yield parametrized(f"true toy {k}", geom, true, true > 0, queries)


def obtain_time(geom, model, k):
    time = toymodel.obtain_time_image(geom.pix_x, geom.pix_y, model.x, model.y, model.psi, 20 * u.ns / u.m, 12 * u.ns)
    time = time + RNG.normal(0, 0.5, len(time))
    return np.round(time) if k == 0 else time + 20 * (RNG.uniform(size=len(time)) < 0.1)


def degenerate(geom, queries):
    center = int(np.argmin(np.hypot(geom.pix_x.value, geom.pix_y.value)))
    around = np.flatnonzero(geom.neighbor_matrix[center])
    row = np.flatnonzero(np.abs(geom.pix_y.value - geom.pix_y.value[center]) < 1e-9)
    column = np.flatnonzero(np.abs(geom.pix_x.value - geom.pix_x.value[center]) < 1e-9)
    random = np.flatnonzero(RNG.uniform(size=geom.n_pixels) < 0.4)
    equal, varied = np.full(geom.n_pixels, 10.0), RNG.uniform(5, 50, geom.n_pixels)
    times = RNG.uniform(10, 20, geom.n_pixels)
    for name, pixels, image, time in [
        ("one pixel", [center], varied, times),
        ("two pixels", [center, around[0]], varied, times),
        ("a row", row, varied, times),
        ("a column", column, equal, times),
        ("one bright pixel among dark ones", around, np.where(np.arange(geom.n_pixels) == around[1], 7, 0), times),
        ("four pixels", np.r_[center, around[:3]], varied, times),
        ("equal times", np.r_[center, around], varied, np.full_like(times, 12)),
        ("many islands", random, varied, times),
        ("all pixels", np.arange(geom.n_pixels), varied, times),
        ("no light", around, np.zeros(geom.n_pixels), times),
        ("a negative charge", around, np.where(np.arange(geom.n_pixels) == around[0], -1, varied), None),
    ]:
        mask = np.zeros(geom.n_pixels, dtype=bool)
        mask[pixels] = True
        time = None if time is None else time.astype(np.float32)
        yield parametrized(name, geom, image.astype(np.float32), mask, queries, time)


def camera(geom):
    on_sky = geom.transform_to(TelescopeFrame())
    neighbors = geom.neighbor_matrix_sparse
    frames = {
        unit: {
            "pixX": packed(g.pix_x.value),
            "pixY": packed(g.pix_y.value),
            "pixArea": packed(g.pix_area.value),
            "pixelWidth": packed(g.pixel_width.value),
        }
        for unit, g in (("metres", geom), ("degrees", on_sky))
    }
    return {
        **frames,
        "pixType": geom.pix_type.value,
        "focalLength": FOCAL_LENGTH.value,
        "offsets": packed(neighbors.indptr.astype(np.int32)),
        "indices": packed(neighbors.indices.astype(np.int32)),
        "border1": packed(geom.get_border_pixel_mask(1)),
        "border2": packed(geom.get_border_pixel_mask(2)),
    }


# Criteria in the units of the containers of each frame.
COMMON = [
    ("light", "parameters.hillas.intensity > 300"),
    ("contained", "parameters.leakage.intensity_width_2 < 0.3"),
    ("one island", "parameters.morphology.n_islands == 1"),
    ("timed", "np.isfinite(parameters.timing.slope.value)"),
    ("not flat", "parameters.intensity_statistics.kurtosis > -1"),
]
CRITERIA = {
    "metres": [
        *COMMON,
        ("long", "parameters.hillas.length > 5 * u.cm"),
        ("near", "np.hypot(parameters.hillas.x, parameters.hillas.y).value < 0.2"),
        ("steep", "abs(parameters.timing.slope.value) > 10"),
    ],
    "degrees": [
        *COMMON,
        ("long", "parameters.hillas.length.value > 0.5"),
        ("near", "parameters.hillas.r.to_value(u.rad) < 0.03"),
        ("steep", "abs(parameters.timing.slope.value) > 2"),
    ],
}


def queries_in(frame):
    """The default query of stereo reconstruction, and one with the criteria above."""
    return [StereoQualityQuery(), QualityQuery(quality_criteria=CRITERIA[frame])]


def counts(query):
    table = query.to_table(functions=True)
    return {column: table[column].tolist() for column in table.colnames}


def main():
    cameras = [hexagonal(7), square(11)]
    queries = {frame: queries_in(frame) for frame in CRITERIA}
    images = [case for geom in cameras for make in (toys, degenerate) for case in make(geom, queries)]
    json.dump(
        {
            "cameras": {geom.name: camera(geom) for geom in cameras},
            "images": images,
            "criteria": CRITERIA,
            "counts": {frame: [counts(query) for query in queries[frame]] for frame in CRITERIA},
        },
        sys.stdout,
        separators=(",", ":"),
    )


main()
