"""Trains estimators of scikit-learn for ml-quality.mjs: the same rows, parameters and seeds.

usage: python ml_quality.py DIR   (reads DIR/tasks.json and the arrays that it names; writes one array of predictions per task)
"""

import json
import sys
from pathlib import Path

import numpy as np
import sklearn.ensemble

folder = Path(sys.argv[1])


def rows(name, n_features):
    return np.fromfile(folder / name, np.float32).reshape(-1, n_features)


for task in json.loads((folder / "tasks.json").read_text()):
    train = rows(task["train"], task["nFeatures"])
    targets = np.fromfile(folder / task["targets"], np.float64)
    chosen = np.fromfile(folder / task["chosen"], np.int32)
    estimator = getattr(sklearn.ensemble, task["className"])(**task["parameters"])
    estimator.fit(train[chosen], targets[chosen])
    test = rows(task["test"], task["nFeatures"])
    is_class = task["className"].endswith("Classifier")
    predictions = estimator.predict_proba(test)[:, 1] if is_class else estimator.predict(test)
    predictions.astype(np.float64).tofile(folder / task["predictions"])
