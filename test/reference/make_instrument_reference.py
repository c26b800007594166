"""Instrument model: toy cameras, guesses, earth locations and subarrays, computed with ctapipe and astropy.

usage: python make_instrument_reference.py > instrument.json   (ctapipe 0.32.0)
"""
import json
import warnings

import astropy.units as u
import numpy as np
from astropy.coordinates import EarthLocation

from ctapipe.coordinates import CameraFrame, TelescopeFrame
from ctapipe.instrument import (
    CameraDescription,
    CameraGeometry,
    CameraReadout,
    OpticsDescription,
    SubarrayDescription,
    TelescopeDescription,
)
from ctapipe.instrument.guess import guess_telescope, unknown_telescope

warnings.simplefilter("ignore")
rng = np.random.default_rng(3)


def numbers(quantity, unit=None):
    values = quantity.to_value(unit) if unit is not None else np.asarray(quantity)
    return np.asarray(values, dtype=float).ravel().tolist()


def hexagons(n_rings, pitch):
    q, r = np.mgrid[-n_rings : n_rings + 1, -n_rings : n_rings + 1]
    inside = np.abs(q + r) <= n_rings
    q, r = q[inside], r[inside]
    return pitch * (q + r / 2), pitch * np.sqrt(3) / 2 * r


def squares(n, pitch, gap):
    """4 x 4 modules of n x n pixels with wider gaps between the modules, without the corner modules."""
    place = np.arange(4 * n) * pitch + np.arange(4 * n) // n * gap
    place -= place.mean()
    x, y = np.meshgrid(place, place)
    module = np.arange(4 * n) // n
    mx, my = np.meshgrid(module, module)
    corner = ((mx == 0) | (mx == 3)) & ((my == 0) | (my == 3))
    return x[~corner], y[~corner]


def bricks(n, pitch):
    """Square pixels on a hexagonal grid: every second row is shifted by half a pixel."""
    row, column = np.mgrid[0:n, 0:n]
    return (pitch * (column + row % 2 / 2)).ravel(), (pitch * row).ravel().astype(float)


def camera(name, x, y, area, frame=None, **options):
    frame = frame or CameraFrame(focal_length=28 * u.m)
    geometry = CameraGeometry(
        name, np.arange(len(x)), x * u.m, y * u.m, np.full(len(x), area) * u.m**2, frame=frame, **options
    )
    projected = geometry.transform_to(TelescopeFrame())
    neighbors = geometry.neighbor_matrix
    radius = geometry.guess_radius().to_value(u.m)
    points = rng.uniform(-1.3 * radius, 1.3 * radius, (60, 2))
    # one call per point: for an array, ctapipe checks only the first point of each border pixel
    pixels = [int(geometry.position_to_pix_index(px * u.m, py * u.m)) for px, py in points]
    plain = {k: float(v.to_value(u.rad)) if isinstance(v, u.Quantity) else v for k, v in options.items()}
    return {
        "input": {"name": name, "x": x.tolist(), "y": y.tolist(), "area": area, "focal_length": float(frame.focal_length.to_value(u.m)),
                  "frame_rotation": float(frame.rotation.to_value(u.rad)), **plain},
        "pix_x": numbers(geometry.pix_x, u.m),
        "pix_y": numbers(geometry.pix_y, u.m),
        "pix_rotation": float(geometry.pix_rotation.to_value(u.rad)),
        "cam_rotation": float(geometry.cam_rotation.to_value(u.rad)),
        "pixel_width": float(geometry.pixel_width[0].to_value(u.m)),
        "neighbors": [np.flatnonzero(row).tolist() for row in neighbors],
        "diagonal_neighbor_counts": np.asarray(geometry.calc_pixel_neighbors(diagonal=True).sum(axis=1)).astype(int).tolist(),
        "border": [np.flatnonzero(geometry.get_border_pixel_mask(width)).tolist() for width in (1, 2, 3)],
        "radius": radius,
        "telescope_frame": {
            "pix_x": numbers(projected.pix_x, u.rad),
            "pix_y": numbers(projected.pix_y, u.rad),
            "pix_area": float(projected.pix_area[0].to_value(u.rad**2)),
            "pix_rotation": float(projected.pix_rotation.to_value(u.rad)),
            "cam_rotation": float(projected.cam_rotation.to_value(u.rad)),
        },
        "points": points.tolist(),
        "pixels": [pixel if pixel >= 0 else -1 for pixel in pixels],
    }


def guess(n_pixels, focal_length, n_tiles=None):
    try:
        result = guess_telescope(n_pixels, focal_length, n_tiles)._asdict()
        result["reflector_shape"] = result["reflector_shape"].value
    except ValueError:
        result = None
    return {"n_pixels": n_pixels, "focal_length": focal_length, "n_tiles": n_tiles, "result": result}


def location(lon, lat, height):
    place = EarthLocation(lon=lon * u.deg, lat=lat * u.deg, height=height * u.m)
    itrs = numbers(u.Quantity([place.x, place.y, place.z]), u.m)
    back = EarthLocation(*itrs, unit=u.m).geodetic
    return {"geodetic": [np.deg2rad(lon), np.deg2rad(lat), height], "itrs": itrs,
            "back": [back.lon.rad, back.lat.rad, back.height.to_value(u.m)]}


def telescope(name, size, optics_name, camera_name, focal_length, area, n_pixels):
    x, y = hexagons(2, 0.05)
    x, y = x[:n_pixels], y[:n_pixels]
    geometry = CameraGeometry(camera_name, np.arange(len(x)), x * u.m, y * u.m, np.full(len(x), 2e-3) * u.m**2, "hexagon",
                              frame=CameraFrame(focal_length=focal_length * u.m))
    readout = CameraReadout(camera_name, 1 * u.GHz, np.array([[0.0, 1.0, 0.5]]), 1 * u.ns, 1, len(x), 40)
    optics = OpticsDescription(optics_name, size, 1, focal_length * u.m, np.nan * u.m, area * u.m**2, 100, "PARABOLIC")
    return TelescopeDescription(name, optics, CameraDescription(camera_name, geometry, readout))


def subarray():
    specification = {
        5: ("M", "MST", "M", "NectarCam", 16.0, 100.0, 19),
        1: ("L", "LST", "L", "LSTCam", 28.0, 387.0, 19),
        2: ("L", "LST", "L", "LSTCam", 28.0, 387.0, 19),
        3: ("L", "LST", "other name", "LSTCam", 28.00001, 387.2, 19),
        4: ("A", "SST", "A", "CHEC", 2.28, 8.0, 7),
        9: ("M", "MST", "M", "FlashCam", 16.0, 100.0, 18),
    }
    positions = {tel_id: rng.uniform(-500, 500, 3) * [1, 1, 0.05] for tel_id in specification}
    place = EarthLocation(lon=-17.892 * u.deg, lat=28.762 * u.deg, height=2156 * u.m)
    array = SubarrayDescription(
        "alpha", {t: p * u.m for t, p in positions.items()}, {t: telescope(*s) for t, s in specification.items()}, place
    )
    mask = np.array([True, False, True, True, False, True])
    return {
        "telescopes": {str(t): s for t, s in specification.items()},
        "order": list(specification),
        "positions": {str(t): p.tolist() for t, p in positions.items()},
        "tel_ids": array.tel_ids.tolist(),
        "telescope_types": sorted(str(t) for t in array.telescope_types),
        "telescope_type_names": [t.name for t in array.telescope_types],
        "camera_types": [c.name for c in array.camera_types],
        "n_optics": len(array.optics_types),
        "footprint": float(array.footprint.to_value(u.m**2)),
        "mst": list(array.get_tel_ids_for_type("MST_M_NectarCam")),
        "mixed": [int(t) for t in array.get_tel_ids([9, "LST_L_LSTCam", array.tel[4]])],
        "mask": mask.tolist(),
        "multiplicity": int(array.multiplicity(mask)),
        "multiplicity_lst": int(array.multiplicity(mask, "LST_L_LSTCam")),
        "ids_of_mask": array.tel_mask_to_tel_ids(mask).tolist(),
        "selected": [array.select_subarray(ids).name for ids in ([9, 1, 2, 3], [1, 2], [5, 3, 4, 1, 9])],
        "earth_locations": {
            str(t): numbers(u.Quantity([p.x, p.y, p.z]), u.m) for t, p in array.tel_earth_locations.items()
        },
    }


hex_x, hex_y = hexagons(5, 0.05)
square_x, square_y = squares(4, 0.006, 0.0004)
gap_x, gap_y = squares(4, 0.006, 0.004)
brick_x, brick_y = bricks(8, 0.02)
jitter = lambda values: values + rng.normal(0, 0.0008, len(values))
result = {
    "made_with": "ctapipe 0.32.0",
    "cameras": [
        camera("rotated", hex_x, hex_y, 2.1e-3, pix_type="hexagon", pix_rotation=30 * u.deg, cam_rotation=-10.893 * u.deg),
        camera("jittered", jitter(hex_x), jitter(hex_y), 2.1e-3, pix_type="hexagon"),
        camera("circles", hex_x, hex_y, 1.9e-3, pix_type="circle", frame=CameraFrame(focal_length=16 * u.m, rotation=12 * u.deg)),
        camera("modules", jitter(square_x) * 1.0, square_y, 3.4e-5, pix_type="square"),
        camera("gaps", gap_x, gap_y, 3.4e-5, pix_type="square"),
        camera("bricks", brick_x, brick_y, 4e-4, pix_type="square", grid_type="hex"),
    ],
    "guesses": [
        guess(2048, 2.283), guess(2368, 2.15), guess(2048, 2.15), guess(1296, 5.6), guess(1764, 16.0), guess(1855, 16.0),
        guess(1855, 28.0), guess(11328, 5.5863), guess(1039, 16.97, 964), guess(1039, 17.0, 247), guess(1039, 17.0, 1),
        guess(960, 15.0, 380), guess(2048, 36.0), guess(1440, 4.89), guess(1855, 29.3), guess(7, 1.0),
    ],
    "unknown": [
        {"mirror_area": area, "n_pixels": n, **unknown_telescope(area, n)._asdict()}
        for area, n in ((387.3, 7987), (106.2, 40000), (12.5, 10), (13.5, 10), (50.2, 3), (50.3, 3), (201.0, 3), (201.1, 3))
    ],
    "locations": [
        location(-17.8920302, 28.7621661, 2156), location(-70.316345, -24.683429, 2147), location(0, 0, 2150),
        location(179.9, 89.9, -30), location(12.3, -90, 100), location(-100, 45, 30000),
    ],
    "subarray": subarray(),
}
print(json.dumps(result))
