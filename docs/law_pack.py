#!/usr/bin/env python3
"""Reads a signed law pack, apart from all other code of Lienket; docs/law.md says every byte.

    python3 law_pack.py PACK CARD [FOLDER]     whether the agency of CARD signed PACK; unpacks it

Status 0: both signatures hold and every file is the one that was signed. 1: anything else. Whether
the card is that agency's, and its key not revoked since, two officers know: it says neither.
"""

import hashlib
import pathlib
import re
import sys

sys.dont_write_bytecode = True

import verify  # noqa: E402, from the same folder

FIRST, SIGNED = b"lienket law pack 1", b"lienket/lk1/law-pack\n"
NAME = re.compile(rb"([A-Za-z0-9_-]+/)?[A-Za-z0-9_-]+\.toml")
LINE = re.compile(rb"([0-9a-f]{64}) (0|[1-9][0-9]{0,7}) (.+)")
MAX_FILES, MAX_FILE, MAX_ALL = 2_000, 1 << 20, 16 << 20


def word(line, name, shape):
    found = re.fullmatch(name + b" " + shape, line)
    verify.need(found, f"no {name.decode()}")
    return found.groups() if len(found.groups()) > 1 else found.group(1)


def law_pack(data, card):
    """The pack's name, when it was signed, and its files."""
    verify.need(len(data) <= MAX_ALL + (1 << 20), "too large")
    data.decode()
    head, _, rest = data.partition(b"\n\n")
    signatures, _, rest = rest.partition(b"\n\n")
    first, name, signed, agency, digest, *listing = head.split(b"\n")
    verify.need(first == FIRST, "another format")
    name = word(name, b"name", rb"(.{1,300})").decode()
    signed = word(signed, b"signed", rb"([0-9TZ:.-]+)").decode()
    agency = word(agency, b"agency", rb"([0-9a-f]{64})").decode()
    digest = word(digest, b"pack", rb"([0-9a-f]{64})").decode()
    verify.need(len(listing) <= MAX_FILES and not verify.has_control(name), "a head that is none")
    files, sums = {}, b""
    for line in listing:
        found = LINE.fullmatch(line)
        verify.need(found, "a line of the listing that is none")
        sha256, size, path = found.group(1), int(found.group(2)), found.group(3)
        verify.need(NAME.fullmatch(path) and len(path) <= 300, "a name that is none")
        verify.need(not files or path > last, "another order")
        last = path
        verify.need(size <= MAX_FILE, "a file is too large")
        files[path], rest = rest[:size], rest[size:]
        found = hashlib.sha256(files[path]).hexdigest().encode()
        verify.need(len(files[path]) == size and found == sha256, f"{path.decode()} was changed")
        sums += sha256 + b"  " + path + b"\n"
    verify.need(not rest, "something stands behind the last file")
    verify.need(sum(map(len, files.values())) <= MAX_ALL, "too large")
    verify.need(hashlib.sha256(sums).hexdigest() == digest, "the digest is not the listing's")
    classical, _, quantum = signatures.partition(b"\n")
    key, classical = word(classical, b"ed25519", rb"([0-9a-f]{64}) ([0-9a-f]{128})")
    quantum = word(quantum, b"ml-dsa-44", rb"([0-9a-f]{4840})")
    verify.need(card["id"].hex() == agency, "signed by another agency")
    key, message = bytes.fromhex(key.decode()), SIGNED + head + b"\n"
    entry = next((one for one in card["signing"] if one["key"] == key), None)
    verify.need(entry, "the card does not name the key")
    classical, quantum = (bytes.fromhex(one.decode()) for one in (classical, quantum))
    verify.need(verify.ed25519(key, message, classical), "the Ed25519 signature does not hold")
    quantum = verify.ml_dsa(verify.ML_DSA_44, entry["ml_dsa"], message, quantum)
    verify.need(quantum, "the ML-DSA-44 signature does not hold")
    return name, signed, files


def main(pack, card, folder=None):
    try:
        card = verify.card(pathlib.Path(card).read_bytes())
        name, signed, files = law_pack(pathlib.Path(pack).read_bytes(), card)
    except (verify.Bad, ValueError) as why:
        print(f"no: {why}")
        return 1
    for path, content in files.items() if folder else ():
        path = pathlib.Path(folder, path.decode())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{name}: {len(files)} files, signed by {card['agency']} at {signed}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
