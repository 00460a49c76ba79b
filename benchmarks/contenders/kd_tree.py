"""The floor: which reports lie near one another in time and space, by a k-d tree of scipy, and nothing else.

Run by `benchmarks.matching` in an environment of its own: python kd_tree.py TEST.parquet OUT.json
"""

import json
import sys
import time

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

KM, DAYS, RADIUS = 50.0, 1.0, 6371.009


def points(frame):
    """Points in space with the day as a fourth coordinate, scaled so that the window is a cube of side one."""
    latitude, longitude = np.radians(frame["latitude"]), np.radians(frame["longitude"])
    chord = 2 * RADIUS * np.sin(KM / RADIUS / 2)
    space = [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    return np.column_stack([*(RADIUS * each / chord for each in space), frame["day"] / DAYS])


def main(test, out):
    frame = pd.read_parquet(test, columns=["latitude", "longitude", "day"])
    began, spent = time.perf_counter(), time.process_time()
    pairs = cKDTree(points(frame)).query_pairs(1.0, p=np.inf, output_type="ndarray")
    graph = coo_matrix((np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])), shape=(len(frame), len(frame)))
    connected_components(graph, directed=False)
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"seconds": time.perf_counter() - began, "cpu": time.process_time() - spent, "pairs": len(pairs)}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
