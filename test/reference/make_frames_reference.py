"""Frame transformations and stereo geometry at random positions, computed with ctapipe and astropy.

usage: python make_frames_reference.py > frames.json   (ctapipe 0.32.0)
Angles in rad, lengths in m.
"""
import json
import warnings

import astropy.units as u
import numpy as np
from astropy.coordinates import AltAz, EarthLocation, SkyCoord, angular_separation

from ctapipe.coordinates import (
    CameraFrame,
    EastingNorthingFrame,
    EngineeringCameraFrame,
    GroundFrame,
    NominalFrame,
    TelescopeFrame,
    TiltedGroundFrame,
    altaz_to_righthanded_cartesian,
    get_point_on_shower_axis,
    impact_distance,
    project_to_ground,
)
from ctapipe.reco.hillas_reconstructor import HillasReconstructor

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)


def altaz(alt, az):
    return SkyCoord(alt=alt, az=az, unit=u.rad, frame=AltAz())


def numbers(*quantities, unit=None):
    return [float(q.to_value(unit) if hasattr(q, "to_value") and unit is not None else q) for q in quantities]


def offsets():
    rows = []
    for i in range(25):
        alt0 = np.pi / 2 if i == 0 else rng.uniform(-0.2, np.pi / 2)
        az0 = rng.uniform(0, 2 * np.pi)
        pointing = altaz(alt0, az0)
        alt, az = (rng.uniform(-1.5, 1.5), rng.uniform(0, 2 * np.pi)) if i < 8 else (min(alt0 + rng.normal(0, 0.03), 1.5), az0 + rng.normal(0, 0.05))
        direction = altaz(alt, az)
        telescope = direction.transform_to(TelescopeFrame(telescope_pointing=pointing))
        nominal = direction.transform_to(NominalFrame(origin=pointing))
        lon, lat = rng.normal(0, 0.05, 2) if i % 2 else (rng.uniform(-3, 3), rng.uniform(-1.5, 1.5))
        back = SkyCoord(fov_lon=lon, fov_lat=lat, unit=u.rad, frame=TelescopeFrame(telescope_pointing=pointing)).transform_to(AltAz())
        rows.append({
            "pointing": [alt0, az0], "direction": [alt, az],
            "telescope": numbers(telescope.fov_lon, telescope.fov_lat, unit=u.rad),
            "nominal": numbers(nominal.fov_lon, nominal.fov_lat, unit=u.rad),
            "point": [lon, lat], "back": numbers(back.alt, back.az, unit=u.rad),
            "separation": float(angular_separation(az0, alt0, az, alt)),
            "cartesian": [float(v) for v in altaz_to_righthanded_cartesian(alt, az)],
        })
    return rows


def cameras():
    rows = []
    for i in range(8):
        f, rotation = rng.uniform(2, 30), 0.0 if i < 2 else rng.uniform(-np.pi, np.pi)
        x, y = rng.normal(0, 0.5, 2)
        lon, lat = rng.normal(0, 0.04, 2)
        frame = CameraFrame(focal_length=f * u.m, rotation=rotation * u.rad)
        point = SkyCoord(x=x * u.m, y=y * u.m, frame=frame)
        sky = point.transform_to(TelescopeFrame())
        back = SkyCoord(fov_lon=lon, fov_lat=lat, unit=u.rad, frame=TelescopeFrame()).transform_to(frame)
        plain = SkyCoord(x=x * u.m, y=y * u.m, frame=CameraFrame())
        one, two = (plain.transform_to(EngineeringCameraFrame(n_mirrors=n)) for n in (1, 2))
        rows.append({
            "focal_length": f, "rotation": rotation, "camera": [x, y], "telescope": numbers(sky.fov_lon, sky.fov_lat, unit=u.rad),
            "point": [lon, lat], "back": numbers(back.x, back.y, unit=u.m),
            "engineering": [numbers(p.x, p.y, unit=u.m) for p in (one, two)],
        })
    return rows


def grounds():
    rows = []
    for i in range(12):
        alt, az = (np.pi / 2 if i == 0 else rng.uniform(0.2, np.pi / 2)), rng.uniform(0, 2 * np.pi)
        place = EarthLocation(lon=rng.uniform(-180, 180) * u.deg, lat=rng.uniform(-90, 90) * u.deg, height=2000 * u.m)
        x, y, z = rng.uniform(-1000, 1000, 3) * [1, 1, 0.1]
        ground = SkyCoord(x=x * u.m, y=y * u.m, z=z * u.m, frame=GroundFrame(reference_location=place))
        tilted_frame = TiltedGroundFrame(pointing_direction=altaz(alt, az))
        tilted = ground.transform_to(tilted_frame)
        tilted_point = SkyCoord(x=x * u.m, y=y * u.m, z=z * u.m, frame=tilted_frame)
        back = tilted_point.transform_to(GroundFrame())
        projected = project_to_ground(tilted_point)
        map_ = ground.transform_to(EastingNorthingFrame())
        earth = ground.frame.to_earth_location()
        here = GroundFrame.from_earth_location(earth, place)
        telescope = GroundFrame(x=x * u.m, y=y * u.m, z=z * u.m)
        core, distance = rng.uniform(-200, 200, 2), rng.uniform(1e3, 2e4)
        seen = get_point_on_shower_axis(core[0] * u.m, core[1] * u.m, alt * u.rad, az * u.rad,
                                        GroundFrame(x=[x] * u.m, y=[y] * u.m, z=[z] * u.m), distance * u.m)
        away = impact_distance(np.array([core[0], core[1], 0]), np.array(altaz_to_righthanded_cartesian(alt, az)), np.array([[x, y, z]]))
        geodetic = place.geodetic
        rows.append({
            "pointing": [alt, az], "point": [x, y, z], "tilted": numbers(tilted.x, tilted.y, tilted.z, unit=u.m),
            "ground": numbers(back.x, back.y, back.z, unit=u.m), "projected": numbers(projected.x, projected.y, projected.z, unit=u.m),
            "map": numbers(map_.easting, map_.northing, map_.height, unit=u.m),
            "reference": [geodetic.lon.rad, geodetic.lat.rad, float(geodetic.height.to_value(u.m))],
            "itrs": numbers(earth.x, earth.y, earth.z, unit=u.m), "here": numbers(here.x, here.y, here.z, unit=u.m),
            "core": core.tolist(), "distance": distance, "seen": [float(seen.alt.rad[0]), float(seen.az.rad[0])], "impact": float(away[0]),
        })
    return rows


def showers():
    """Random axes and positions, which need not be consistent for a comparison of formulas."""
    rows = []
    for n in (2, 2, 3, 4, 7):
        alt, az = rng.uniform(0.8, np.pi / 2), rng.uniform(0, 2 * np.pi)
        cog = np.array(altaz_to_righthanded_cartesian(alt + rng.normal(0, 0.02, n), az + rng.normal(0, 0.03, n)))
        normals = np.cross(cog, cog + rng.normal(0, 0.003, (n, 3)))
        weights = rng.uniform(50, 5000, n)
        psi = rng.uniform(-np.pi / 2, np.pi / 2, n)
        positions = rng.uniform(-300, 300, (n, 3)) * [1, 1, 0.05]
        pointing = altaz(alt, az)
        direction, error = HillasReconstructor.estimate_direction(normals, weights)
        coords = SkyCoord(*positions.T, unit=u.m, frame=GroundFrame())
        ground, tilted = HillasReconstructor.estimate_core_position(pointing, psi, coords)
        height = HillasReconstructor.estimate_relative_h_max(cog, coords)
        rows.append({
            "pointing": [alt, az], "cog": cog.tolist(), "normals": normals.tolist(), "weights": weights.tolist(), "psi": psi.tolist(),
            "positions": positions.tolist(), "direction": direction.tolist(), "error": float(error.to_value(u.rad)),
            "core": numbers(ground.x, ground.y, unit=u.m), "core_tilted": numbers(tilted.x, tilted.y, unit=u.m),
            "height": float(height.to_value(u.m)),
        })
    return rows


print(json.dumps({"made_with": "ctapipe 0.32.0", "offsets": offsets(), "cameras": cameras(), "grounds": grounds(), "showers": showers()}))
