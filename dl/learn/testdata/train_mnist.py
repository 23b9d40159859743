"""Reference for TestMNIST: the first tutorial's network on the first 10,000 samples of MNIST, two epochs.

    python train_mnist.py MNIST_DIRECTORY      (the four gzipped IDX files; needs numpy and torch)
"""
import gzip
import pathlib
import sys

import numpy as np
import torch
from torch import nn

root = pathlib.Path(sys.argv[1])


def idx(name, skip):
    return np.frombuffer(gzip.open(root / name).read(), np.uint8, offset=skip)


def images(name):
    return (torch.tensor(idx(name, 16).reshape(-1, 1, 28, 28)) / 255 - 0.5) / 0.5


def labels(name):
    return torch.tensor(idx(name, 8).astype(np.int64))


train_x, train_y = images("train-images-idx3-ubyte.gz")[:10000], labels("train-labels-idx1-ubyte.gz")[:10000]
test_x, test_y = images("t10k-images-idx3-ubyte.gz"), labels("t10k-labels-idx1-ubyte.gz")

print("torch", torch.__version__)
for seed in range(5):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    for epoch in range(2):
        for i in torch.randperm(10000).split(64):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(train_x[i]), train_y[i])
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        print(f"seed {seed}: {(model(test_x).argmax(1) == test_y).float().mean().item():.4f}")
