"""The parts of bench-ml.mjs that run in Python.

usage: python bench_ml.py models REFERENCE GAMMA PROTON DIR
           (trains ctapipe's models with REFERENCE/*.yaml: energy.pkl, classifier.pkl, disp.pkl)
       python bench_ml.py train DIR TASK
           (trains the estimator of TASK on DIR/rows.f32 and DIR/targets.f64 and prints JSON: CPU seconds, seconds and R2)
"""

import json
import os
import sys
import time
from pathlib import Path

# Threads of histogram boosting would be counted, too, and wait for each other on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402


def train_models(reference, gamma, proton, folder):
    from ctapipe.core import run_tool
    from ctapipe.tools.apply_models import ApplyModels
    from ctapipe.tools.train_disp_reconstructor import TrainDispReconstructor
    from ctapipe.tools.train_energy_regressor import TrainEnergyRegressor
    from ctapipe.tools.train_particle_classifier import TrainParticleClassifier

    def run(tool, name, *arguments):
        own = [] if name is None else ["-c", f"{reference}/{name}.yaml", "-o", f"{folder}/{name}.pkl"]
        run_tool(tool, [*map(str, arguments), *own, "--overwrite", "-q"], raises=True)

    run(TrainEnergyRegressor(), "energy", "-i", gamma)
    energies = {name: f"{folder}/{name}.energy.h5" for name in ("gamma", "proton")}
    for name, source in (("gamma", gamma), ("proton", proton)):
        run(ApplyModels(), None, "-i", source, "-o", energies[name], "-r", f"{folder}/energy.pkl")
    run(
        TrainParticleClassifier(),
        "classifier",
        "--signal",
        energies["gamma"],
        "--background",
        energies["proton"],
    )
    run(TrainDispReconstructor(), "disp", "-i", energies["gamma"])


def train_estimator(folder, task):
    import sklearn.ensemble

    name, parameters = json.loads(task)
    targets = np.fromfile(Path(folder) / "targets.f64", np.float64)
    rows = np.fromfile(Path(folder) / "rows.f32", np.float32).reshape(len(targets), -1)
    half = len(targets) // 2
    start, begin = time.process_time(), time.perf_counter()
    estimator = getattr(sklearn.ensemble, name)(**parameters).fit(rows[:half], targets[:half])
    trained, elapsed = time.process_time() - start, time.perf_counter() - begin
    start = time.process_time()
    predicted = estimator.predict(rows[half:])
    applied = time.process_time() - start
    residuals = np.sum((targets[half:] - predicted) ** 2)
    r2 = 1 - residuals / np.sum((targets[half:] - targets[half:].mean()) ** 2)
    print(json.dumps({"train": trained, "elapsed": elapsed, "rate": (len(targets) - half) / applied, "r2": r2}))


command, *arguments = sys.argv[1:]
{"models": train_models, "train": train_estimator}[command](*arguments)
