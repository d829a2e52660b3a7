#!/usr/bin/env python3
"""The peer of `bench import`: DuckDB reads a CSV of transfers into a table on disk and numbers its accounts.

  pip install duckdb
  python3 duckdb_ingest.py transactions.csv
"""
import os, sys, tempfile

import duckdb

with tempfile.TemporaryDirectory() as folder:
    con = duckdb.connect(os.path.join(folder, "flows.duckdb"))
    con.execute("set threads=2")
    con.execute(f"create table t as from read_csv('{sys.argv[1]}', all_varchar=true)")
    con.execute("""create table a as select acc, (row_number() over (order by acc) - 1)::int i from
        (select distinct from_bank || '/' || from_account acc from t union select to_bank || '/' || to_account from t)""")
    con.execute("""create table e as select t.tx_id, x.i s, y.i d, t.timestamp::bigint ts, t.amount, t.currency from t
        join a x on x.acc = t.from_bank || '/' || t.from_account join a y on y.acc = t.to_bank || '/' || t.to_account""")
    con.execute("checkpoint")
    print(duckdb.__version__, con.execute("select count(*) from e").fetchone()[0])
