#!/usr/bin/env python3
"""Inclusion proofs a second that aics-tlog verifies: the same proofs as ours, one core.

  pip install aics-tlog==0.2.1      it asks for Python 3.12; AICS_TLOG names a folder with it unpacked,
                                    for an older Python that can run it
  python3 aics_proofs.py FILE       first line: size and root; then index, leaf hash, hashes
"""
import os
import sys
import time

if "AICS_TLOG" in os.environ:
    sys.path.insert(0, os.environ["AICS_TLOG"])
from aics_tlog.tree import verify_inclusion  # noqa: E402


def main():
    with open(sys.argv[1]) as file:
        size, root = file.readline().split()
        size, root = int(size), bytes.fromhex(root)
        proofs = []
        for line in file:
            index, leaf, way = line.split(" ")
            way = [bytes.fromhex(one) for one in way.strip().split(",") if one]
            proofs.append((bytes.fromhex(leaf), int(index), way))
    start = time.process_time()
    for leaf, index, way in proofs:
        assert verify_inclusion(leaf, index, size, way, root), index
    print(round(len(proofs) / (time.process_time() - start), 1))


main()
