#!/usr/bin/env python3
"""Measures IBM's Graph Feature Preprocessor (PyPI snapml) in the configuration of its paper
(arXiv 2402.08593), and compares its values with ours.

  pip install snapml==1.17.2 numpy pandas duckdb
  python3 gfp.py transactions.csv[.gz]     CPU seconds of the features alone, batches of 128
  python3 gfp.py --values ROWS COLUMNS     ROWS as `bench features DIR --rows ROWS` writes them,
                                           COLUMNS a file with the names it prints

A batch of one transfer sees no later one, as ours never do: values are compared so. Where GFP
1.17.2 does other than its manual says, the comparison goes around it:
- it counts a pattern of size 4 under the bin that begins at 5: bins of one size each are compared;
- it forgets by the time of the transfer before: a stranger's transfer at the same moment goes first;
- it says variance 0 for small spreads about large averages: moments are listed, not failed.
What ours do otherwise on purpose: transfers to oneself count nowhere (GFP counts them in its
statistics); temporal cycles pass 10 accounts at most (GFP: any number).
"""
import json
import sys
import time

DAY = 86_400
BATCH = 128
BINS = [2, 3, 5, 9]
PATTERNS = ("fan", "degree", "scatter-gather", "temp-cycle", "lc-cycle")


def preprocessor(statistics=None, bins=BINS):
    from snapml import GraphFeaturePreprocessor

    peer = GraphFeaturePreprocessor()
    wanted = dict(peer.get_params(), num_threads=1, time_window=DAY, vertex_stats_tw=DAY)
    wanted["vertex_stats_cols"] = [4]
    if statistics:
        wanted["vertex_stats_feats"] = statistics
    for name in PATTERNS:
        wanted.update({name: True, name + "_tw": DAY, name + "_bins": bins})
    wanted.update({"scatter-gather_tw": DAY // 4, "lc-cycle_len": 10})
    peer.set_params(wanted)
    return peer


def load(path):
    import duckdb
    import numpy as np

    rates = "case t.currency when 'VND' then 25000 when 'CNY' then 7.2 when 'INR' then 84 " \
        "when 'SGD' then 1.35 when 'THB' then 35 when 'KRW' then 1380 else 1 end"
    rows = duckdb.connect().execute(f"""
        with t as (from read_csv('{path}', all_varchar = true)),
        a as (select account, row_number() over (order by account) - 1 as number from (
            select from_bank || '/' || from_account as account from t
            union select to_bank || '/' || to_account from t))
        select x.number as source, y.number as target, t.timestamp::double as at,
            round(t.amount::double / {rates} * 100) as cents
        from t join a x on x.account = t.from_bank || '/' || t.from_account
        join a y on y.account = t.to_bank || '/' || t.to_account
        order by t.timestamp::bigint, t.tx_id::bigint""").fetchnumpy()
    columns = [rows[name] for name in ("source", "target", "at", "cents")]
    return np.column_stack([np.arange(len(columns[0])), *columns]).astype(np.float64)


def measure(path):
    import numpy as np

    transfers, peer = load(path), preprocessor()
    wall, cpu = time.time(), time.process_time()
    for start in range(0, len(transfers), BATCH):
        rows = peer.transform(np.ascontiguousarray(transfers[start : start + BATCH]))
    cpu, wall = time.process_time() - cpu, time.time() - wall
    print(json.dumps({
        "peer": "gfp", "transfers": len(transfers), "columns": rows.shape[1] - 5,
        "cpu_seconds": round(cpu, 2), "wall_seconds": round(wall, 2),
        "rows_per_cpu_second": round(len(transfers) / cpu),
    }))


def values(path, names):
    import numpy as np

    names = open(names).read().strip().split(",")
    ours = np.fromfile(path).reshape(-1, len(names) + 4)
    ours = ours[ours[:, 1] != ours[:, 2]]
    bins = [int(name.removeprefix("fan_in_").split("_")[0]) for name in names if "fan_in_" in name]
    peer = preprocessor(list(range(11)), bins)
    stranger = ours[:, 1:3].max() + 1
    theirs = []
    for number, (at, source, target, cents) in enumerate(ours[:, :4]):
        peer.partial_fit(np.array([[2.0 * number, stranger, stranger + 1, at, 1.0]]))
        row = np.array([[2.0 * number + 1, source, target, at, cents]])
        theirs.append(peer.transform(row)[0, 5:])
    theirs = np.vstack(theirs)
    differing = {}
    for place, name in enumerate(names[: theirs.shape[1]]):
        one, two = ours[:, 4 + place], theirs[:, place]
        near = 1e-6 * np.maximum(1, np.maximum(abs(one), abs(two)))
        differ = np.flatnonzero(abs(one - two) > near)
        if len(differ):
            row = differ[0]
            differing[name] = f"{len(differ)} rows; row {row}: {one[row]:g}, GFP {two[row]:g}"
    print(json.dumps({
        "transfers": len(ours), "columns_compared": theirs.shape[1],
        "cells_not_zero": int(np.count_nonzero(theirs)),
        "differing": differing,
    }, indent=1))


if __name__ == "__main__":
    if sys.argv[1] == "--values":
        values(*sys.argv[2:4])
    else:
        measure(sys.argv[1])
