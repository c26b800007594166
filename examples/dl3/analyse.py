"""Finds the simulated source in the DL3 files of make-dl3.sh with gammapy: a spectrum (1D), and a source in the sky (3D).

usage: python analyse.py FOLDER/dl3 [RESULT.json]

Needs gammapy 2 (pip install "gammapy>=2" "regions<0.12"). The simulated source is 0.5 deg above the pointing and has a power law of
index -2; its flux is that of the simulated showers within the observation time.
"""

import json
import sys

import astropy.units as u
import numpy as np
from astropy.coordinates import SkyCoord
from gammapy.data import DataStore
from gammapy.datasets import MapDataset, SpectrumDataset
from gammapy.makers import MapDatasetMaker, ReflectedRegionsBackgroundMaker, SafeMaskMaker, SpectrumDatasetMaker
from gammapy.maps import MapAxis, RegionGeom, WcsGeom
from gammapy.modeling import Fit
from gammapy.modeling.models import FoVBackgroundModel, PointSpatialModel, PowerLawSpectralModel, SkyModel
from gammapy.stats import WStatCountsStatistic
from regions import CircleSkyRegion

folder = sys.argv[1]
observations = DataStore.from_dir(folder).get_observations(required_irf="full-enclosure")
pointing = observations[0].get_pointing_icrs(observations[0].tmid)
source = pointing.directional_offset_by(0 * u.deg, 0.5 * u.deg)

energy = MapAxis.from_energy_bounds("0.2 TeV", "20 TeV", nbin=3, per_decade=True, name="energy")
energy_true = MapAxis.from_energy_bounds("0.1 TeV", "50 TeV", nbin=5, per_decade=True, name="energy_true")
spectrum = dict(index=2.5, amplitude=1e-11 * u.Unit("cm-2 s-1 TeV-1"), reference=1 * u.TeV)


def power_law(result):
    """Index and amplitude with their errors."""
    return {
        name: [result.parameters[name].value, result.parameters[name].error] for name in ("index", "amplitude")
    }


# 1D: events in a circle around the source, and in circles at the same distance from the pointing.
region = CircleSkyRegion(source, 0.2 * u.deg)
empty = SpectrumDataset.create(RegionGeom.create(region, axes=[energy]), energy_axis_true=energy_true)
maker = SpectrumDatasetMaker(selection=["counts", "exposure", "edisp"], containment_correction=True)
background_maker = ReflectedRegionsBackgroundMaker()
stacked = None
for observation in observations:
    dataset = background_maker.run(maker.run(empty.copy(name=str(observation.obs_id)), observation), observation)
    if stacked is None:
        stacked = dataset
    else:
        stacked.stack(dataset)
n_on, n_off = stacked.counts.data.sum(), stacked.counts_off.data.sum()
alpha = float(np.nanmedian(stacked.acceptance.data / stacked.acceptance_off.data))
stacked.models = [SkyModel(PowerLawSpectralModel(**spectrum), name="source")]
fit = Fit().run([stacked])
one = {
    "on": int(n_on),
    "off": int(n_off),
    "significance": float(WStatCountsStatistic(n_on, n_off, alpha).sqrt_ts),
    "success": bool(fit.success),
    **power_law(stacked.models[0]),
}

# 3D: a point source and the background of the responses in the field of view.
geom = WcsGeom.create(skydir=pointing, width=(4, 4), binsz=0.05, axes=[energy])
whole = MapDataset.create(geom, energy_axis_true=energy_true, name="whole")
for observation in observations:
    dataset = MapDatasetMaker().run(whole.copy(name=str(observation.obs_id)), observation)
    whole.stack(SafeMaskMaker(methods=["offset-max"], offset_max=2 * u.deg).run(dataset, observation))
place = PointSpatialModel(lon_0=source.ra + 0.05 * u.deg, lat_0=source.dec - 0.05 * u.deg, frame="icrs")
background = FoVBackgroundModel(dataset_name="whole")
counts, expected = whole.counts.data[whole.mask_safe.data].sum(), whole.npred_background().data[whole.mask_safe.data].sum()
background.spectral_model.norm.value = counts / expected
spectrum["amplitude"] = stacked.models[0].parameters["amplitude"].quantity
whole.models = [SkyModel(PowerLawSpectralModel(**spectrum), place, name="source"), background]
fit = Fit().run([whole])
found = whole.models["source"]
parameters = found.parameters
position = SkyCoord(parameters["lon_0"].quantity, parameters["lat_0"].quantity, frame="icrs")
three = {
    "counts": int(counts),
    "success": bool(fit.success),
    "separation": float(position.separation(source).deg),
    "error": float(np.hypot(parameters["lon_0"].error * np.cos(source.dec.rad), parameters["lat_0"].error)),
    **power_law(found),
}

for name, values in (("1D", one), ("3D", three)):
    print(name, values)
if len(sys.argv) > 2:
    with open(sys.argv[2], "w") as file:
        json.dump({"1D": one, "3D": three}, file)

consistent = (
    one["success"]
    and three["success"]
    and one["significance"] > 5
    and three["separation"] < 3 * max(three["error"], 0.005)
    and all(abs(result["index"][0] - 2) < 4 * result["index"][1] for result in (one, three))
)
print("the source was found where it was simulated" if consistent else "the result differs from the simulation")
sys.exit(0 if consistent else 1)
