#!/usr/bin/env python3
"""A freeze in a minute, measured: from a victim's complaint to a request that is sealed for the partner.

    python3 freeze.py LIENKET BENCH DIR [TRANSFERS]

makes a case of so many transfers, imports it, introduces a node of Singapore, and freezes complaint after
complaint in whole processes; the first whose money rests in Singapore is approved and sent.
"""
import csv, json, os, random, statistics, subprocess, sys, time

lienket, bench, folder = sys.argv[1:4]
transfers = sys.argv[4] if len(sys.argv) > 4 else "3000000"
flow = os.path.join(folder, "flow")


def run(home, *words):
    begin = time.time()
    done = subprocess.run([lienket, "--home", os.path.join(folder, home), "--json", *words],
                          capture_output=True, text=True, check=False)
    return time.time() - begin, json.loads(done.stdout)


subprocess.run([bench, "generate", "--transfers", transfers, "--seed", "2", "--rings", "60", "-o", flow], check=True)
for home, agency, country in [("vn", "A05", "VN"), ("sg", "SPF", "SG")]:
    run(home, "init", "--agency", agency, "--country", country, "--kind", "police")
for home, other in [("vn", "sg"), ("sg", "vn")]:
    card = os.path.join(folder, other + ".card")
    words = run(other, "partner", "card", "-o", card)[1]["fingerprint"]
    run(home, "partner", "add", card, "--fingerprint", words)
print(f"import {run('vn', 'import', flow)[0]:.1f} s")

with open(os.path.join(flow, "complaints.csv"), encoding="utf-8") as rows:
    complaints = [row["complaint_id"] for row in csv.DictReader(rows)]
random.Random(3).shuffle(complaints)
times, sealed = [], None
for complaint in complaints[:700]:
    seconds, answer = run("vn", "freeze", complaint)
    times.append(seconds)
    for one in answer.get("accounts", []):
        request = one["request"]
        if sealed is None and one["country"] == "SG" and request and request["complete"]:
            number = request["request"]
            approved = run("vn", "request", "approve", number, "--as", "second")
            sent = run("vn", "request", "send", number)
            sealed = (sent[1].get("state"), seconds, approved[0], sent[0])
print(f"first freeze {times[0]:.2f} s, then p50 {statistics.median(times[1:]):.3f} s, most {max(times[1:]):.3f} s")
if sealed:
    print(f"{sealed[0]}: freeze {sealed[1]:.2f} s, approve {sealed[2]:.2f} s, send {sealed[3]:.2f} s")
