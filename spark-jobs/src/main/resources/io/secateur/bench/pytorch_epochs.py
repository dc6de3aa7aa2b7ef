"""Baseline of `secateur bench train`: PyTorch's epoch on the CPU.

Usage: pytorch_epochs.py NETWORK THREADS IMAGES LABELS, two uncompressed IDX files.
Trains an epoch for each line on standard input and prints the seconds it took.
Tensors in memory, a shuffled index, no DataLoader, eager, SGD with Nesterov momentum.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional

BATCH = 64


def network(name):
    if name == "lenet-300-100":
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 300), nn.ReLU(),
            nn.Linear(300, 100), nn.ReLU(),
            nn.Linear(100, 10))
    if name == "lenet-5":
        return nn.Sequential(
            nn.Conv2d(1, 20, 5), nn.MaxPool2d(2),
            nn.Conv2d(20, 50, 5), nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(800, 500), nn.ReLU(),
            nn.Linear(500, 10))
    raise SystemExit(f"no network {name}")


def idx(path, header):
    with open(path, "rb") as file:
        content = bytearray(file.read())
    return torch.frombuffer(content, dtype=torch.uint8, offset=header)


def main():
    name, threads, images, labels = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    x = idx(images, 16).reshape(-1, 1, 28, 28).float() / 255
    y = idx(labels, 8).long()
    model = network(name)
    optimizer = torch.optim.SGD(
        model.parameters(), lr=0.02, momentum=0.9, nesterov=True, weight_decay=1e-4)
    for _ in sys.stdin:
        start = time.perf_counter()
        order = torch.randperm(len(x))
        for first in range(0, len(x), BATCH):
            rows = order[first:first + BATCH]
            optimizer.zero_grad()
            functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
        print(time.perf_counter() - start, flush=True)


main()
