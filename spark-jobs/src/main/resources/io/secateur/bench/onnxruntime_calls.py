"""Baseline of `secateur bench inference`: a network in onnxruntime on the CPU, all weights multiplied.

Usage: onnxruntime_calls.py GRAPH VALUES EXAMPLES COUNT, the topology as JSON, then float32: the
parameters in its order, and COUNT examples. One thread.
Answers each line on standard input with one of numbers: "predict SECONDS LEAST" predicts all
examples again and again and gives the seconds of each call, "answer" gives what the first example
makes of the last node.
"""
import json
import sys
import time

import numpy
import onnx
import onnxruntime
from onnx import helper, numpy_helper


def window(node, **more):
    a = node["attributes"]
    pads = [a["padding-height"], a["padding-width"]]
    return dict(
        kernel_shape=[a["kernel-height"], a["kernel-width"]],
        strides=[a["stride-height"], a["stride-width"]], pads=pads + pads, **more)


def operator(node):
    """The ONNX operator of a node and its attributes."""
    kind = node["kind"]
    if kind == "dense":
        return "Gemm", {"transB": 1}
    if kind == "convolution":
        return "Conv", window(node, group=node["attributes"]["groups"])
    if kind == "max-pool":
        return "MaxPool", window(node)
    return {"relu": "Relu", "flatten": "Flatten", "dropout": "Identity", "softmax": "Softmax",
            "add": "Sum"}[kind], {}


def model(nodes, values):
    operators, tensors = [], []

    def tensor(name, array):
        tensors.append(numpy_helper.from_array(array, name))
        return name

    for node in nodes:
        name, inputs = node["name"], list(node["inputs"])
        for parameter in node["parameters"]:
            size = int(numpy.prod(parameter["shape"]))
            inputs.append(tensor(parameter["name"], values[:size].reshape(parameter["shape"])))
            values = values[size:]
        if node["kind"] == "input":
            scale = tensor("scale", numpy.float32(node["attributes"]["scale"]))
            operators.append(helper.make_node("Mul", ["raw", scale], [name]))
        else:
            kind, attributes = operator(node)
            operators.append(helper.make_node(kind, inputs, [name], **attributes))

    def value(name, node):
        shape = ["count"] + node["output-shape"]
        return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)

    last = nodes[-1]
    graph = helper.make_graph(
        operators, "network", [value("raw", nodes[0])], [value(last["name"], last)], tensors)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString()


def main():
    graph, values, examples, count = sys.argv[1:]
    with open(graph, encoding="utf-8") as file:
        nodes = json.load(file)["nodes"]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model(nodes, numpy.fromfile(values, "<f4")), options, providers=["CPUExecutionProvider"])
    rows = numpy.fromfile(examples, "<f4").reshape([int(count)] + nodes[0]["output-shape"])
    inputs = {"raw": rows}
    for line in sys.stdin:
        request = line.split()
        if request[0] == "answer":
            print(*(float(x) for x in session.run(None, inputs)[0][0]), flush=True)
            continue
        seconds, least = float(request[1]), int(request[2])
        taken = []
        end = time.perf_counter() + seconds
        while len(taken) < least or time.perf_counter() < end:
            start = time.perf_counter()
            session.run(None, inputs)
            taken.append(time.perf_counter() - start)
        print(*taken, flush=True)


main()
