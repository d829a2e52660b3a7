"""Who is the same person by Splink on DuckDB: resolve_splink.py RECORDS.csv THRESHOLD

RECORDS.csv comes from `bench resolve N --write RECORDS.csv`; complaints are left out."""

import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

path, threshold = sys.argv[1], float(sys.argv[2])
con = duckdb.connect()
con.execute("set threads=1")
values = ["name", "phone", "email", "device", "document"]
columns = ", ".join(f"nullif({v}, '') as {v}" for v in values)
con.execute(
    f"create table t as select unique_id, person, {columns} "
    f"from read_csv('{path}', all_varchar=true) where is_claim = '0'"
)
begun = time.process_time()
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="unique_id",
    blocking_rules_to_generate_predictions=[block_on(v) for v in values[1:]],
    comparisons=[cl.ExactMatch(v).configure(term_frequency_adjustments=True) for v in values],
)
db = DuckDBAPI(connection=con)
try:
    linker = Linker("t", settings, db)
except Exception:  # since version 5 tables are registered first
    linker = Linker(db.register("t"), settings)
train = linker.training
train.estimate_probability_two_random_records_match(
    [block_on("document"), block_on("device")], recall=0.8
)
train.estimate_u_using_random_sampling(max_pairs=1e6)
train.estimate_parameters_using_expectation_maximisation(block_on("device"))
train.estimate_parameters_using_expectation_maximisation(block_on("phone"))
pairs = linker.inference.predict(threshold_match_probability=0.9)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
    pairs, threshold_match_probability=threshold
)
cpu = time.process_time() - begun


def count(group: str) -> float:
    query = (
        "select sum(n * (n - 1) / 2) from (select count(*) as n from "
        f"{clusters.physical_name} c join t on c.unique_id = t.unique_id group by {group})"
    )
    return con.execute(query).fetchone()[0]


joined, right = count("c.cluster_id"), count("t.person")
both = count("c.cluster_id, t.person")
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(
    f'{{"threshold": {threshold}, "cpu_seconds": {cpu:.1f}, "peak_mebibytes": {memory}, '
    f'"precision": {both / joined:.4f}, "recall": {both / right:.4f}}}'
)
