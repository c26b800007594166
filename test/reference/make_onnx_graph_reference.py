#!/usr/bin/env python3
"""Writes models that are small neural networks, with features and the outputs of ONNX Runtime.

usage: make_onnx_graph_reference.py OUTPUT.json   (with a Python that has onnx and onnxruntime)
"""

import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

FEATURES = ["hillas_intensity", "hillas_width", "hillas_length"]
TYPES = ["LST_LST_LSTCam", "MST_MST_NectarCam"]
random = np.random.default_rng(1)


def part(i, n_outputs, last):
    """A hidden layer of 8 neurons after the logarithm of the features, from the input x{i} to the output y{i}."""
    weights = {
        f"w{i}": random.normal(size=(len(FEATURES), 8)),
        f"b{i}": random.normal(size=8),
        f"v{i}": random.normal(size=(8, n_outputs)),
        f"c{i}": random.normal(size=n_outputs),
    }
    nodes = [
        helper.make_node("Abs", [f"x{i}"], [f"a{i}"]),
        helper.make_node("Log", [f"a{i}"], [f"l{i}"]),
        helper.make_node("Gemm", [f"l{i}", f"w{i}", f"b{i}"], [f"h{i}"]),
        helper.make_node("Tanh", [f"h{i}"], [f"t{i}"]),
        helper.make_node("Gemm", [f"t{i}", f"v{i}", f"c{i}"], [f"g{i}"]),
        helper.make_node(last, [f"g{i}"], [f"y{i}"]),
    ]
    initializers = [numpy_helper.from_array(value.astype(np.float32), name) for name, value in weights.items()]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [f"n{i}", size])
        for name, size in [(f"x{i}", len(FEATURES)), (f"y{i}", n_outputs)]
    ]
    return nodes, initializers, ends


def model(reconstructor, n_outputs, last, column, **more):
    parts = [part(i, n_outputs, last) for i in range(len(TYPES))]
    graph = helper.make_graph(
        [node for nodes, _, _ in parts for node in nodes],
        "networks",
        [ends[0] for _, _, ends in parts],
        [ends[1] for _, _, ends in parts],
        [initializer for _, initializers, _ in parts for initializer in initializers],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    description = {
        "format": 1,
        "reconstructor": reconstructor,
        "prefix": "Network",
        "features": FEATURES,
        "feature_units": {"hillas_width": "deg", "hillas_length": "deg"},
        "feature_generator": [],
        "quality_criteria": [["bright", "hillas_intensity > 50"], ["wide", "hillas_width > 0"]],
        "stereo_combiner": {"class": "StereoMeanCombiner"},
        "telescope_types": [
            {
                "type": name,
                "roles": {
                    "model": {"class": "MLP", "parameters": {}, "input": f"x{i}", "output": f"y{i}", "column": column}
                },
            }
            for i, name in enumerate(TYPES)
        ],
        **more,
    }
    helper.set_model_props(made, {"cherenkit": json.dumps(description)})
    onnx.checker.check_model(made, full_check=True)
    session = onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
    rows = np.exp(random.normal(size=(20, len(FEATURES)))).astype(np.float32)
    outputs = {}
    for i, name in enumerate(TYPES):
        feeds = {f"x{k}": rows for k in range(len(TYPES))}
        outputs[name] = session.run([f"y{i}"], feeds)[0][:, column or 0].tolist()
    return {"model": base64.b64encode(made.SerializeToString()).decode(), "rows": rows.ravel().tolist(), "outputs": outputs}


reference = {
    "energy": model("EnergyRegressor", 1, "Tanh", None, target="true_energy", unit="TeV", log_target=True),
    "particle": model("ParticleClassifier", 2, "Softmax", 1, target="true_shower_primary_id", unit=None, log_target=False),
}
with open(sys.argv[1], "w") as output:
    json.dump(reference, output)
    output.write("\n")
