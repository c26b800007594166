"""Benchmarks ctapipe's ImPACTReconstructor for bench-impact.mjs.

usage: python bench_impact.py FILE TEMPLATES   (prints JSON: by event id, CPU seconds of the reconstructor, and its energy, TeV)

Requires iminuit. The seed of the energy is 0.8 of the true energy, as in bench-impact.mjs.
"""

import json
import sys
import time
import warnings

import astropy.units as u

warnings.simplefilter("ignore")
from ctapipe.calib import CameraCalibrator  # noqa: E402
from ctapipe.containers import ReconstructedEnergyContainer  # noqa: E402
from ctapipe.image import ImageProcessor  # noqa: E402
from ctapipe.io import SimTelEventSource  # noqa: E402
from ctapipe.reco import HillasReconstructor  # noqa: E402
from ctapipe.reco.impact import ImPACTReconstructor  # noqa: E402

result = {}
with SimTelEventSource(input_url=sys.argv[1], focal_length_choice="EFFECTIVE") as source:
    subarray = source.subarray
    calibrate, parametrize = CameraCalibrator(subarray=subarray), ImageProcessor(subarray=subarray)
    hillas = HillasReconstructor(subarray=subarray)
    impact = ImPACTReconstructor(subarray, source.atmosphere_density_profile, root_dir=sys.argv[2])
    # Other cameras than those of the table are a KeyError.
    impact.ped_table = {**impact.ped_table, **{str(t.camera.name): 1.4 for t in subarray.tel.values()}}
    for event in source:
        calibrate(event), parametrize(event), hillas(event)
        if not event.dl2.stereo.geometry["HillasReconstructor"].is_valid:
            continue
        energy = 0.8 * event.simulation.shower.energy.to(u.TeV)
        event.dl2.stereo.energy["seed"] = ReconstructedEnergyContainer(energy=energy, is_valid=True, prefix="seed")
        begin = time.process_time()
        impact(event)
        seconds = time.process_time() - begin
        energy = event.dl2.stereo.energy["ImPACTReconstructor"].energy.to_value(u.TeV)
        result[int(event.index.event_id)] = [seconds, float(energy)]
print(json.dumps(result))
