#!/usr/bin/env python3
"""Finds the fraud accounts of an AMLSim sample that was not trained on: LightGBM on our features
against LightGBM on those of IBM's Graph Feature Preprocessor, everything else equal.

  pip install snapml==1.17.2 lightgbm==4.7.0 numpy pandas pyarrow scikit-learn
  python3 amlsim.py LIENKET SAMPLE SAMPLE     the program, two unpacked samples of IBM/AMLSim

One step of a sample is a day. Each account is told by mean, least, largest and sum of every figure
over the transfers that left it and over those that reached it. A model is trained on one
sample and judged on the other, both ways; then on half of the accounts of both, judged on the other
half. The threshold is chosen on the training accounts by cross-validation. F1 of fraud accounts.
"""
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

DAY = 86_400
WINDOW_DAYS = 30
BINS = [2, 3, 5, 9]
PATTERNS = ("fan", "degree", "scatter-gather", "temp-cycle", "lc-cycle")
SEEDS = range(2)


def load(folder):
    transfers = pd.read_csv(f"{folder}/transactions.csv")
    transfers.columns = ["source", "target", "value", "step"]
    transfers = transfers.sort_values("step", kind="stable").reset_index(drop=True)
    nodes = pd.read_csv(f"{folder}/nodes.csv").set_index("nodeid")["isFraud"]
    return transfers, nodes


def ours(program, transfers):
    with tempfile.TemporaryDirectory() as work:
        table = pd.DataFrame({
            "tx_id": np.arange(len(transfers)),
            "timestamp": 1_600_000_000 + transfers["step"] * DAY,
            "from_bank": "AML", "from_account": transfers["source"] + 1,
            "to_bank": "AML", "to_account": transfers["target"] + 1,
            "amount": transfers["value"].map("{:.2f}".format), "currency": "USD",
        })
        table.to_csv(f"{work}/transfers.csv", index=False)
        run = [program, "--home", f"{work}/node"]
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([*run, "init", "--agency", "bench", "--country", "VN", "--kind", "police"], **quiet)
        subprocess.run([*run, "import", f"{work}/transfers.csv"], **quiet)
        out = f"{work}/features.parquet"
        subprocess.run([*run, "features", "--window", f"{WINDOW_DAYS}d", "-o", out], **quiet)
        rows = pd.read_parquet(out)
    rows = rows.set_index(rows["tx_id"].astype(int)).sort_index()
    return rows.drop(columns=list(rows.columns[:6]) + ["complained"]).to_numpy(float)


def gfp(transfers):
    from snapml import GraphFeaturePreprocessor

    window = WINDOW_DAYS * DAY
    peer = GraphFeaturePreprocessor()
    wanted = dict(peer.get_params(), num_threads=2, time_window=window, vertex_stats_tw=window)
    wanted["vertex_stats_cols"] = [4]
    for name in PATTERNS:
        wanted.update({name: True, name + "_tw": window, name + "_bins": BINS})
    wanted.update({"lc-cycle_len": 10})
    peer.set_params(wanted)
    rows = np.column_stack([
        np.arange(len(transfers)), transfers["source"], transfers["target"],
        transfers["step"] * DAY, transfers["value"] * 100]).astype(np.float64)
    parts = [peer.transform(np.ascontiguousarray(rows[start : start + 128]))
             for start in range(0, len(rows), 128)]
    return np.vstack(parts)[:, 4:]


def by_account(figures, transfers, nodes):
    told = []
    for side in ("source", "target"):
        groups = pd.DataFrame(figures).groupby(transfers[side].to_numpy())
        for how in ("mean", "min", "max", "sum"):
            told.append(getattr(groups, how)().reindex(nodes.index).fillna(0).to_numpy())
    return np.hstack(told)


def model(seed):
    import lightgbm

    return lightgbm.LGBMClassifier(
        n_estimators=300, learning_rate=0.05, num_leaves=31, subsample=0.8, subsample_freq=1,
        colsample_bytree=0.8, random_state=seed, n_jobs=2, verbose=-1)


def f1(train, train_labels, test, test_labels):
    from sklearn.metrics import f1_score, precision_recall_curve
    from sklearn.model_selection import cross_val_predict

    scores = []
    for seed in SEEDS:
        guess = cross_val_predict(model(seed), train, train_labels, cv=3, method="predict_proba")[:, 1]
        precision, recall, bounds = precision_recall_curve(train_labels, guess)
        both = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        bound = bounds[min(int(np.argmax(both)), len(bounds) - 1)]
        said = model(seed).fit(train, train_labels).predict_proba(test)[:, 1] >= bound
        scores.append(f1_score(test_labels, said))
    return round(float(np.mean(scores)), 3), round(float(np.std(scores)), 3)


def main(program, folders):
    samples = {}
    for folder in folders:
        transfers, nodes = load(folder)
        tables = {"ours": ours(program, transfers), "gfp": gfp(transfers)}
        told = {name: by_account(table, transfers, nodes) for name, table in tables.items()}
        samples[os.path.basename(folder.rstrip("/"))] = (told, nodes.to_numpy())
    (one, (first, first_labels)), (two, (second, second_labels)) = samples.items()
    half = np.random.default_rng(0).random(len(first_labels) + len(second_labels)) < 0.5
    labels = np.concatenate([first_labels, second_labels])
    for name in ("ours", "gfp"):
        both = np.vstack([first[name], second[name]])
        print(json.dumps({
            "features": name, "figures": both.shape[1],
            f"{one} -> {two}": f1(first[name], first_labels, second[name], second_labels),
            f"{two} -> {one}": f1(second[name], second_labels, first[name], first_labels),
            "half -> other half": f1(both[half], labels[half], both[~half], labels[~half]),
        }), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
