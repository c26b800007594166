"""Writes calibration files of LSTs in HDF5 format, as lstchain does with ctapipe, from those in FITS format.

usage: lst_calibration_files.py FOLDER_OF_FITS_FILES OUTPUT_FOLDER
"""
import sys
from pathlib import Path

import astropy.units as u
import numpy as np
import tables
from astropy.io import fits
from astropy.table import QTable, Table
from ctapipe.core import Container, Field
from ctapipe.io import HDF5TableWriter, write_table

source, output = map(Path, sys.argv[1:])


class WaveformCalibrationContainer(Container):
    time = Field(np.nan * u.s, "time", unit=u.s)
    dc_to_pe = Field(None, "p.e. per ADC count")
    pedestal_per_sample = Field(None, "pedestal")
    time_correction = Field(None, "times", unit=u.ns)
    unusable_pixels = Field(None, "unusable pixels")


class DRS4PedestalContainer(Container):
    baseline_mean = Field(None, "baseline")
    spike_height = Field(None, "heights of spikes")


row = QTable.read(source / "calibration.fits", hdu="calibration")[0]
with HDF5TableWriter(output / "calibration.h5", group_name="tel_1", mode="w") as writer:
    names = ("dc_to_pe", "pedestal_per_sample", "time_correction", "unusable_pixels")
    writer.write("calibration", WaveformCalibrationContainer(time=0 * u.s, prefix="", **{name: row[name] for name in names}))

with fits.open(source / "drs4_pedestal.fits.gz") as hdus:
    arrays = {name: hdus[name].data.astype("int16") for name in ("baseline_mean", "spike_height")}
with HDF5TableWriter(output / "drs4_pedestal.h5", group_name="r1/monitoring", mode="w") as writer:
    writer.write("drs4_baseline/tel_001", DRS4PedestalContainer(prefix="", **arrays))

with fits.open(source / "time_calibration.fits") as hdus, tables.open_file(output / "time_calibration.h5", "w") as file:
    for name in ("fan", "fbn"):
        file.create_array("/", name, hdus[name].data.astype("float32"))

write_table(Table({"obs_id": [2008, 2008], "event_id": np.array([5, 7], dtype="int64")}), output / "pedestals.h5", "/interleaved_pedestal_ids")

summary = Table(
    {
        "run_id": [2006, 2008],
        "n_subruns": [1, 1],
        "run_type": ["DRS4", "DATA"],
        "dragon_reference_time": np.array([1, 1582059789000000000], dtype="uint64"),
        "dragon_reference_counter": np.array([1, 2516351600], dtype="uint64"),
        "dragon_reference_module_index": [0, int(sys.argv[3]) if len(sys.argv) > 3 else 0],
        "dragon_reference_source": ["run_start", "ucts"],
    }
)
summary.write(output / "run_summary.ecsv", delimiter=",")
summary.write(output / "run_summary_spaces.ecsv")
