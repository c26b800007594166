"""Prints responses without radial symmetry by pyirf, and weights by ctapipe, of the columns in a file of JSON."""

import json
import sys

import astropy.units as u
import numpy as np
from astropy.table import QTable
from ctapipe.irf import RadialEventWeighter, SimpleEventWeighter
from pyirf.irf import (
    effective_area_3d_lonlat,
    effective_area_3d_polar,
    energy_dispersion_3d_lonlat,
    energy_dispersion_3d_polar,
)
from pyirf.simulations import SimulatedEventsInfo
from pyirf.spectral import PowerLaw
from pyirf.utils import calculate_source_fov_position_angle

with open(sys.argv[1]) as file:
    given = json.load(file)
s = given["showers"]
info = SimulatedEventsInfo(
    n_showers=s["nShowers"],
    energy_min=s["energyMin"] * u.TeV,
    energy_max=s["energyMax"] * u.TeV,
    max_impact=s["maxImpact"] * u.m,
    spectral_index=s["spectralIndex"],
    viewcone_min=np.rad2deg(s["viewconeMin"]) * u.deg,
    viewcone_max=np.rad2deg(s["viewconeMax"]) * u.deg,
)
events = QTable(
    {
        "true_energy": given["energy"] * u.TeV,
        "true_source_fov_lon": given["lon"] * u.deg,
        "true_source_fov_lat": given["lat"] * u.deg,
        "true_fov_offset": given["offset"] * u.deg,
        "true_source_fov_offset": given["offset"] * u.deg,
        "reco_energy": given["recoEnergy"] * u.TeV,
        "true_az": given["az"] * u.rad,
        "true_alt": given["alt"] * u.rad,
        "pointing_az": given["pointingAz"] * u.rad,
        "pointing_alt": given["pointingAlt"] * u.rad,
    }
)
events["true_source_fov_position_angle"] = calculate_source_fov_position_angle(events)
edges = given["fov"] * u.deg
area = effective_area_3d_lonlat(events, info, given["energies"] * u.TeV, edges, edges, subpixels=100)
# pyirf divides by the numbers of showers with longitude and latitude exchanged.
showers = info.calculate_n_showers_3d_lonlat(given["energies"] * u.TeV, edges, edges, subpixels=100)
area = area * showers / showers.transpose(0, 2, 1)
energies, migrations = given["energies"] * u.TeV, np.array(given["migrations"])
rings, angles = given["rings"] * u.deg, given["angles"] * u.deg
polar_area = effective_area_3d_polar(events, info, energies, rings, angles)
dispersion = energy_dispersion_3d_lonlat(events, energies, edges, edges, migrations)
polar_dispersion = energy_dispersion_3d_polar(events, energies, rings, angles, migrations)
source = PowerLaw.from_simulation(info, 50 * u.h)
simple = SimpleEventWeighter(source_spectrum=source)(events)["weight"]
radial = RadialEventWeighter(source_spectrum=source, fov_offset_max=5 * u.deg, fov_offset_n_bins=3)(events)["weight"]
# pyirf: energy, longitude, latitude, migration. Files: the reverse.
json.dump(
    {
        "area": area.to_value(u.m**2).T.ravel().tolist(),
        "polarArea": polar_area.to_value(u.m**2).T.ravel().tolist(),
        "dispersion": dispersion.T.ravel().tolist(),
        "polarDispersion": polar_dispersion.T.ravel().tolist(),
        "simple": np.asarray(simple).tolist(),
        "radial": np.asarray(radial).tolist(),
    },
    sys.stdout,
)
