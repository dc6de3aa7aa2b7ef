"""Baseline of `secateur bench train` and `bench retrain`: PyTorch's epoch on the CPU.

Usage: pytorch_epochs.py NETWORK THREADS IMAGES LABELS DENSITIES, two uncompressed IDX files and the
densities of the layers, "0.08,0.09,0.26": survivors are drawn at random, and what is pruned is put
back to zero after every step. Empty: nothing is pruned.
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
    name, threads, images, labels, densities = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    x = idx(images, 16).reshape(-1, 1, 28, 28).float() / 255
    y = idx(labels, 8).long()
    model = network(name)
    optimizer = torch.optim.SGD(
        model.parameters(), lr=0.02, momentum=0.9, nesterov=True, weight_decay=1e-4)
    weights = [p for p in model.parameters() if p.dim() > 1] if densities else []
    masks = [(torch.rand_like(w) < float(d)).float()
             for w, d in zip(weights, densities.split(","))]

    def mask():
        with torch.no_grad():
            for w, m in zip(weights, masks):
                w.mul_(m)

    mask()
    for _ in sys.stdin:
        start = time.perf_counter()
        order = torch.randperm(len(x))
        for first in range(0, len(x), BATCH):
            rows = order[first:first + BATCH]
            optimizer.zero_grad()
            functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
            mask()
        print(time.perf_counter() - start, flush=True)


main()
