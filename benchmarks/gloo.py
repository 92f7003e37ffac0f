"""The net of examples/fashion-mlp in DistributedDataParallel over gloo: two processes of one thread each.

gloo.py FOLDER BATCH EPOCHS prints the rows a second of the last epoch; FOLDER has Fashion-MNIST's training files.
Rows are shuffled in every epoch, and each process takes its half of every batch, as two tasks of Firesteel do.
"""

import gzip
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.distributed import barrier, destroy_process_group, init_process_group
from torch.nn.parallel import DistributedDataParallel

PROCESSES = 2


def idx(path, offset, *shape):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset).reshape(shape)


def train(rank, folder, batch, epochs):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=os.environ.get("MASTER_PORT", "29517"))
    torch.set_num_threads(1)
    init_process_group("gloo", rank=rank, world_size=PROCESSES)
    x = torch.tensor(idx(f"{folder}/train-images-idx3-ubyte.gz", 16, -1, 784), dtype=torch.uint8)
    y = torch.tensor(idx(f"{folder}/train-labels-idx1-ubyte.gz", 8, -1).astype(np.int64))
    torch.manual_seed(1)
    layers = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10)]
    model = DistributedDataParallel(nn.Sequential(*layers))
    optimizer = torch.optim.Adam(model.parameters(), 0.001)
    loss = nn.CrossEntropyLoss()
    half = batch // PROCESSES
    for _ in range(epochs):
        order = torch.randperm(len(x))  # the same in both: they have the same seed
        barrier()
        start = time.perf_counter()
        for begin in range(0, len(x) - batch + 1, batch):
            rows = order[begin + rank * half : begin + (rank + 1) * half]
            optimizer.zero_grad()
            loss(model((x[rows].float() / 255 - 0.286) / 0.353), y[rows]).backward()
            optimizer.step()
        barrier()
        seconds = time.perf_counter() - start
    if rank == 0:
        print(len(x) // batch * batch / seconds)
    destroy_process_group()


if __name__ == "__main__":
    torch.multiprocessing.spawn(train, (sys.argv[1], int(sys.argv[2]), int(sys.argv[3])), PROCESSES)
