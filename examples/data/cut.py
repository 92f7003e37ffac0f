#!/usr/bin/env python3
"""Cuts the bundled data: the first 10,000 training and 2,000 test images of Fashion-MNIST, the same bytes every time.

    examples/data/cut.py [FOLDER]      FOLDER holds the full set (default: full, which fetch.sh fills)
"""
import gzip
import hashlib
import struct
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILES = {  # bundled name: (publisher's name, rows)
    "train-images.gz": ("train-images-idx3-ubyte.gz", 10_000),
    "train-labels.gz": ("train-labels-idx1-ubyte.gz", 10_000),
    "test-images.gz": ("t10k-images-idx3-ubyte.gz", 2_000),
    "test-labels.gz": ("t10k-labels-idx1-ubyte.gz", 2_000),
}


def first_rows(idx, rows):
    """The first rows of an IDX file of bytes: header (0, 0, type, dimensions; one big-endian size each), then the rows."""
    if idx[:3] != b"\x00\x00\x08":
        sys.exit(f"not an IDX file of unsigned bytes: it starts with {idx[:4].hex()}, wanted 000008..")
    dimensions = idx[3]
    start = 4 + 4 * dimensions
    sizes = struct.unpack(f">{dimensions}I", idx[4:start])
    row_bytes = 1
    for size in sizes[1:]:
        row_bytes *= size
    if sizes[0] < rows or len(idx) != start + sizes[0] * row_bytes:
        sys.exit(f"IDX says {sizes} in {len(idx)} bytes; wanted at least {rows} whole rows")
    return idx[:4] + struct.pack(f">{dimensions}I", rows, *sizes[1:]) + idx[start:start + rows * row_bytes]


def main():
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "full"
    sums = []
    for name, (original, rows) in FILES.items():
        cut = first_rows(gzip.decompress((source / original).read_bytes()), rows)
        with open(HERE / name, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:  # no name, no time
            packed.write(cut)
        sums.append(f"{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}  {name}\n")
    (HERE / "SHA256SUMS").write_text("".join(sums))


main()
