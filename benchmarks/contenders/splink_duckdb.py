"""Splink 5 on DuckDB: probabilistic linkage with the labels that Khaldun has too.

Run by `benchmarks.matching` in an environment of its own: python splink_duckdb.py TRAIN.parquet TEST.parquet OUT.json
"""

import json
import logging
import sys
import time

import duckdb
import numpy as np
import pandas as pd
from splink import DuckDBAPI, Linker, block_on

logging.disable(logging.CRITICAL)

KM = (
    "6371 * 2 * asin(sqrt(pow(sin(radians(latitude_r - latitude_l) / 2), 2) + cos(radians(latitude_l)) * "
    "cos(radians(latitude_r)) * pow(sin(radians(longitude_r - longitude_l) / 2), 2)))"
)
COARSE = "(geo_precision_l = 3 or geo_precision_r = 3)"
THRESHOLDS = [x / 2 for x in range(-8, 25)]


def level(condition, label, **more):
    return {"sql_condition": condition, "label_for_charts": label, **more}


def comparison(name, *levels):
    null = level(f'"{name}_l" is null or "{name}_r" is null', "null", is_null_level=True)
    return {"output_column_name": name, "comparison_levels": [null, *levels, level("ELSE", "else")]}


def settings():
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "number",
        "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False,
        "blocking_rules_to_generate_predictions": [
            block_on(day, place)
            for day in ("days_even", "days_odd")
            for place in ("cell", "cell_shifted", "admin1")
        ],
        "comparisons": [
            comparison(
                "day",
                level("abs(day_l - day_r) = 0 and time_precision_l = 1 and time_precision_r = 1", "day"),
                level("abs(day_l - day_r) = 0", "day of a week"),
                level("abs(day_l - day_r) = 1", "day beside"),
            ),
            comparison(
                "latitude",
                level('"place_id_l" = "place_id_r"', "place", tf_adjustment_column="place_id", tf_adjustment_weight=1.0),
                level(f"{COARSE} and admin1_l = admin1_r", "province"),
                level(f"not {COARSE} and {KM} < 25", "25 km"),
                level(f"not {COARSE} and {KM} < 50", "50 km"),
            ),
            comparison("sub_event_type", level("sub_event_type_l = sub_event_type_r", "same"),
                       level("event_type_l = event_type_r", "event type")),
            comparison("group", level("group_l = group_r", "same")),
            comparison("actor2", level("actor2_l = actor2_r", "same")),
            comparison(
                "toll",
                level("toll_l = toll_r and toll_l >= 5", "many"),
                level("toll_l = toll_r and toll_l >= 2", "few"),
                level("toll_l = toll_r", "one or none"),
                level("abs(toll_l - toll_r) <= 2", "about"),
            ),
        ],
    }  # fmt: skip


def prepared(path):
    frame = pd.read_parquet(path)
    day = frame["day"].astype("int64")
    frame["days_even"], frame["days_odd"] = day // 2, (day + 1) // 2
    country = frame["country"].astype(str)
    for name, shift in (("cell", 0.0), ("cell_shifted", 0.5)):
        rows = np.floor(frame["latitude"] + shift).astype(int)
        columns = np.floor(frame["longitude"] + shift).astype(int)
        frame[name] = rows.astype(str) + ":" + columns.astype(str)
    frame["admin1"] = country + ":" + frame["admin1"]
    frame["group"] = frame["actor1"].where(frame["actor1_id"].notna())
    frame["actor2"] = frame["actor2"].fillna("nobody")
    return frame


def pairs_of(numbers):
    counts = np.unique(numbers, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def quality(gold, coded):
    both = pairs_of(gold.astype(np.int64) * (int(coded.max()) + 1) + coded)
    p, r = both / max(pairs_of(coded), 1), both / max(pairs_of(gold), 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def clustered(linker, predicted, frame, weight):
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=1 / (1 + 2**-weight)
    ).as_pandas_dataframe()
    of = dict(zip(found["number"], found["cluster_id"]))
    return pd.factorize(pd.Series([of[number] for number in frame["number"]]))[0].astype(np.int64)


def linker_on(frame, model):
    api = DuckDBAPI(duckdb.connect())
    return Linker(api.register(frame), model, log_level=None)


def trained(frame):
    linker = linker_on(frame, settings())
    count = len(frame)
    true = pairs_of(frame["incident"].to_numpy())
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    linker.training.estimate_m_from_label_column("incident")
    model = linker.misc.save_model_to_json()
    model["probability_two_random_records_match"] = true / (count * (count - 1) / 2)
    return model


def main(train, test, out):
    learnt = prepared(train)
    model = trained(learnt)
    linker = linker_on(learnt, model)
    predicted = linker.inference.predict(threshold_match_probability=1 / (1 + 2 ** -THRESHOLDS[0]))
    gold = learnt["incident"].to_numpy()
    scored = [(quality(gold, clustered(linker, predicted, learnt, weight))[2], weight) for weight in THRESHOLDS]
    best = max(scored)[1]
    frame = prepared(test)
    began, spent = time.perf_counter(), time.process_time()
    linker = linker_on(frame, model)
    predicted = linker.inference.predict(threshold_match_probability=1 / (1 + 2**-best))
    coded = clustered(linker, predicted, frame, best)
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    p, r, f1 = quality(frame["incident"].to_numpy(), coded)
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"seconds": seconds, "cpu": cpu, "p": p, "r": r, "f1": f1, "threshold": best}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
