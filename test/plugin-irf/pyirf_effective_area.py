"""Prints effective areas in longitude and latitude by pyirf, and weights by ctapipe, of the columns in a file of JSON."""

import json
import sys

import astropy.units as u
import numpy as np
from astropy.table import QTable
from ctapipe.irf import RadialEventWeighter, SimpleEventWeighter
from pyirf.irf import effective_area_3d_lonlat
from pyirf.simulations import SimulatedEventsInfo
from pyirf.spectral import PowerLaw

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
    }
)
edges = given["fov"] * u.deg
area = effective_area_3d_lonlat(events, info, given["energies"] * u.TeV, edges, edges, subpixels=100)
# pyirf divides by the numbers of showers with longitude and latitude exchanged.
showers = info.calculate_n_showers_3d_lonlat(given["energies"] * u.TeV, edges, edges, subpixels=100)
area = area * showers / showers.transpose(0, 2, 1)
source = PowerLaw.from_simulation(info, 50 * u.h)
simple = SimpleEventWeighter(source_spectrum=source)(events)["weight"]
radial = RadialEventWeighter(source_spectrum=source, fov_offset_max=5 * u.deg, fov_offset_n_bins=3)(events)["weight"]
# pyirf: energy, longitude, latitude. Here: latitude, longitude, energy.
json.dump(
    {
        "area": area.to_value(u.m**2).transpose(2, 1, 0).ravel().tolist(),
        "simple": np.asarray(simple).tolist(),
        "radial": np.asarray(radial).tolist(),
    },
    sys.stdout,
)
