#!/usr/bin/env python3
"""Checks a bundle for the court, apart from all other code of Lienket.

    python3 verify.py [--json] BUNDLE.zip ...     what each bundle proves, and what is wrong with it
    python3 verify.py --vectors lk1.json          whether this program agrees with the test vectors

Status 0: everything holds. 1: anything else. Python 3.11 is enough: no package, no network.
Signatures are checked here as the standards write it down (RFC 8032 for Ed25519, FIPS 204 for
ML-DSA-65 and ML-DSA-44): slow, and open to be read.
"""

import base64
import binascii
import collections
import functools
import hashlib
import json
import re
import struct
import sys
import unicodedata

WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
WHITE += "\u200a\u2028\u2029\u202f\u205f\u3000"
COUNTRIES = set("""
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
ZW
""".split())
AGENCY_KINDS = {"police", "central-authority", "fiu", "contact-point", "organisation"}
TLP = {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"}
PAP = ["PAP:CLEAR", "PAP:GREEN", "PAP:AMBER", "PAP:RED"]
LIMITS = ["H0", "H1", "H2", "H3"]
KINDS = ["accepted", "rejected", "opened", "handled"]
END_OF_TIME = 4_102_444_800 * 1_000_000
MAX_FILES, MAX_NAME, MAX_CARDS = 4_096, 300, 256


class Bad(Exception):
    """Bytes are not what they have to be."""


def need(condition, why):
    if not condition:
        raise Bad(why)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def has_control(text, allowed=""):
    return any(unicodedata.category(c) == "Cc" and c not in allowed for c in text)


# --- CBOR: one way to write a value (RFC 8949, section 4.2.1) ------------------------------------

def cbor(data, most):
    """The value of some bytes; maps have rising numbers as keys."""
    need(len(data) <= most, "too many bytes")
    value, end = cbor_item(data, 0, 0)
    need(end == len(data), "bytes are left over")
    return value


def cbor_item(data, at, depth):
    need(at < len(data) and depth < 16, "cut off or too deep")
    major, number, at = *cbor_head(data, at),
    if major == 0:
        return number, at
    if major in (2, 3):
        need(number <= len(data) - at, "cut off")
        raw = data[at:at + number]
        return (raw if major == 2 else utf8(raw)), at + number
    if major == 4:
        values = []
        for _ in range(number):
            value, at = cbor_item(data, at, depth + 1)
            values.append(value)
        return values, at
    need(major == 5, "a kind of value that this format does not have")
    values, last = {}, -1
    for _ in range(number):
        key, at = cbor_item(data, at, depth + 1)
        need(isinstance(key, int) and key > last, "keys are not rising numbers")
        values[key], at = cbor_item(data, at, depth + 1)
        last = key
    return values, at


def cbor_head(data, at):
    major, short = data[at] >> 5, data[at] & 31
    if short < 24:
        return major, short, at + 1
    need(short < 28, "no definite length")
    size = 1 << (short - 24)
    need(at + 1 + size <= len(data), "cut off")
    number = int.from_bytes(data[at + 1:at + 1 + size], "big")
    need(number >= (24, 1 << 8, 1 << 16, 1 << 32)[short - 24], "longer than need be")
    return major, number, at + 1 + size


def utf8(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Bad("no UTF-8") from None


# Shapes: a function each that returns the value or raises Bad.

def uint(most):
    def read(value):
        need(isinstance(value, int) and value <= most, "no such number")
        return value
    return read


def raw(size=None):
    def read(value):
        need(isinstance(value, bytes) and size in (None, len(value)), "no bytes of that length")
        return value
    return read


def text(value):
    need(isinstance(value, str), "no text")
    return value


def word(words):
    def read(value):
        need(isinstance(value, str) and value in words, "no such word")
        return value
    return read


def many(shape):
    def read(value):
        need(isinstance(value, list), "no list")
        return [shape(one) for one in value]
    return read


def row(*shapes):
    def read(value):
        need(isinstance(value, list) and len(value) == len(shapes), "no list of that length")
        return [shape(one) for shape, one in zip(shapes, value)]
    return read


def record(**fields):
    """A map: the fields are numbered in their order; a name with a last underscore may be none."""
    names = list(fields)

    def read(value):
        need(isinstance(value, dict) and all(key < len(names) for key in value), "unknown field")
        found = {}
        for number, name in enumerate(names):
            need(number in value or name.endswith("_"), f"{name} is missing")
            found[name.rstrip("_")] = fields[name](value[number]) if number in value else None
        return found
    return read


U64 = uint(2**64 - 1)
DIGEST = raw(32)
TIME = uint(END_OF_TIME - 1)
ROOT = record(ed25519=raw(32), ml_dsa=raw(1952))
SIGNING = record(key=raw(32), start=TIME, until=TIME, ml_dsa=raw(1312))
TLS = record(key=raw(32), start=TIME, until=TIME)
SEALING = record(key=raw(1216), start=TIME, until=TIME)
REVOKED = record(key=DIGEST, start=TIME)
CARD = record(
    version=uint(255), agency=text, country=word(COUNTRIES), kind=word(AGENCY_KINDS),
    endpoints=many(text), sequence=U64, previous_=DIGEST, made=TIME, root=ROOT,
    signing=many(SIGNING), sealing=many(SEALING), tls=many(TLS), revoked=many(REVOKED))
HEADER = record(suite=uint(255), id=raw(16), sender=DIGEST, receiver=DIGEST, index=U64,
                before=DIGEST, made=TIME)
OPENING = record(holder=DIGEST, encapsulation=raw(1120), key=raw(48))
ENVELOPE = row(row(HEADER, many(OPENING), DIGEST, DIGEST), raw(64), raw())
HANDLING = record(tlp=word(TLP), pap=uint(3), purpose=text, basis=text, limits=many(uint(3)),
                  limit_text_=text, source_=uint(3), information_=uint(3), retain_until_=TIME)
ATTACHMENT = record(name=text, size=U64, sha256=DIGEST, key=raw(32), blob=DIGEST)
CONTENT = record(salt=raw(32), kind=text, handling=HANDLING, body=raw(), in_reply_to_=raw(16),
                 due_=TIME, attachments=many(ATTACHMENT))
RECEIPT = record(kind=uint(3), message=raw(16), envelope=DIGEST, sender=DIGEST, receiver=DIGEST,
                 at=TIME, code_=text, text_=text)


# --- Ed25519 (RFC 8032, section 5.1), strictly: no second signature can be made of one -----------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def point(encoded):
    """A point in extended coordinates; None: there is none."""
    y, sign = int.from_bytes(encoded, "little"), encoded[31] >> 7
    y = (y & (2**255 - 1)) % P
    above, below = (y * y - 1) % P, (D * y * y + 1) % P
    x = above * pow(below, 3, P) * pow(above * pow(below, 7, P), (P - 5) // 8, P) % P
    if below * x * x % P == -above % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if below * x * x % P != above:
        return None
    if x & 1 != sign:
        x = -x % P
    return (x, y, 1, x * y % P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * D * one[3] * other[3] % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def double(one):
    a, b = one[0] * one[0] % P, one[1] * one[1] % P
    c, h = 2 * one[2] * one[2] % P, a + b
    e = h - (one[0] + one[1]) * (one[0] + one[1]) % P
    g = a - b
    f = c + g
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def is_small(one):
    for _ in range(3):
        one = double(one)
    return one[0] % P == 0 and (one[1] - one[2]) % P == 0


def encoded(one):
    inverse = pow(one[2], P - 2, P)
    x, y = one[0] * inverse % P, one[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=65_536)
def ed25519(key, message, signature):
    """Whether a key signed a message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, nonce = point(key), point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or nonce is None or scalar >= ORDER:
        return False
    if is_small(public) or is_small(nonce):
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    minus = (-public[0] % P, public[1], 1, -public[3] % P)
    both, found = add(BASE, minus), NEUTRAL
    for bit in range(252, -1, -1):
        found = double(found)
        of_base, of_key = scalar >> bit & 1, challenge >> bit & 1
        if of_base or of_key:
            found = add(found, both if of_base and of_key else BASE if of_base else minus)
    return encoded(found) == signature[:32]


# --- ML-DSA-65 and ML-DSA-44 (FIPS 204): checking alone ------------------------------------------

Q = 8_380_417
# What FIPS 204, table 1, calls k, l, tau, omega, gamma1 and gamma2; beta is tau times eta. Then the
# bytes of a commitment (lambda / 4), and bits of a coefficient of z and of w1.
Parameters = collections.namedtuple(
    "Parameters", "rows columns tau omega gamma1 gamma2 beta commitment z_bits high_bits")
ML_DSA_65 = Parameters(6, 5, 49, 55, 1 << 19, (Q - 1) // 32, 49 * 4, 48, 20, 4)
ML_DSA_44 = Parameters(4, 4, 39, 80, 1 << 17, (Q - 1) // 88, 39 * 2, 32, 18, 6)
ZETAS = [pow(1753, int(f"{n:08b}"[::-1], 2), Q) for n in range(256)]


def ntt(values):
    values, number, length = list(values), 0, 128
    while length:
        for start in range(0, 256, 2 * length):
            number += 1
            zeta = ZETAS[number]
            for j in range(start, start + length):
                t = zeta * values[j + length] % Q
                values[j + length] = values[j] - t
                values[j] += t
        length //= 2
    return [value % Q for value in values]


def inverse_ntt(values):
    values, number, length = list(values), 256, 1
    while length < 256:
        for start in range(0, 256, 2 * length):
            number -= 1
            zeta = -ZETAS[number]
            for j in range(start, start + length):
                t = values[j]
                values[j] = (t + values[j + length]) % Q
                values[j + length] = zeta * (t - values[j + length]) % Q
        length *= 2
    return [8_347_681 * value % Q for value in values]


def bits(data, width):
    whole = int.from_bytes(data, "little")
    mask = (1 << width) - 1
    return [whole >> width * n & mask for n in range(len(data) * 8 // width)]


def packed_bits(values, width):
    whole = sum(value << width * n for n, value in enumerate(values))
    return whole.to_bytes(len(values) * width // 8, "little")


@functools.lru_cache(maxsize=64)
def matrix(seed, rows, columns):
    def entry(i, j):
        stream = hashlib.shake_128(seed + bytes([j, i])).digest(3 * 1024)
        found = []
        for at in range(0, len(stream), 3):
            value = stream[at] | stream[at + 1] << 8 | (stream[at + 2] & 127) << 16
            if value < Q:
                found.append(value)
                if len(found) == 256:
                    break
        return found
    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def sample_in_ball(seed, tau):
    stream = hashlib.shake_256(seed).digest(1024)
    signs, at, ball = int.from_bytes(stream[:8], "little"), 8, [0] * 256
    for i in range(256 - tau, 256):
        while stream[at] > i:
            at += 1
        j = stream[at]
        at += 1
        ball[i] = ball[j]
        ball[j] = -1 if signs >> (i + tau - 256) & 1 else 1
    return ball


def hints(packed, rows, omega):
    """The places of the hints, polynomial by polynomial; None: not written in the one way."""
    found, start = [], 0
    for i in range(rows):
        end = packed[omega + i]
        if end < start or end > omega:
            return None
        places = packed[start:end]
        if any(one >= other for one, other in zip(places, places[1:])):
            return None
        found.append(set(places))
        start = end
    return None if any(packed[start:omega]) else found


def use_hint(value, has_hint, gamma2):
    low = value % (2 * gamma2)
    if low > gamma2:
        low -= 2 * gamma2
    if value - low == Q - 1:
        high, low = 0, low - 1
    else:
        high = (value - low) // (2 * gamma2)
    if not has_hint:
        return high
    count = (Q - 1) // (2 * gamma2)
    return (high + 1) % count if low > 0 else (high - 1) % count


@functools.lru_cache(maxsize=65_536)
def ml_dsa(by, key, message, signature):
    """Whether a key signed a message, with an empty context."""
    size = 32 * by.z_bits
    if len(key) != 32 + 320 * by.rows:
        return False
    if len(signature) != by.commitment + by.columns * size + by.omega + by.rows:
        return False
    commitment, packed = signature[:by.commitment], signature[by.commitment + by.columns * size:]
    z = [[by.gamma1 - value for value in bits(signature[at:at + size], by.z_bits)]
         for at in range(by.commitment, by.commitment + by.columns * size, size)]
    places = hints(packed, by.rows, by.omega)
    if places is None or any(abs(value) >= by.gamma1 - by.beta for one in z for value in one):
        return False
    mu = hashlib.shake_256(hashlib.shake_256(key).digest(64) + b"\0\0" + message).digest(64)
    ball = ntt(sample_in_ball(commitment, by.tau))
    z = [ntt(one) for one in z]
    high_bits = b""
    for i, line in enumerate(matrix(key[:32], by.rows, by.columns)):
        t = ntt([value << 13 for value in bits(key[32 + i * 320:32 + (i + 1) * 320], 10)])
        sums = [-c * one for c, one in zip(ball, t)]
        for entry, one in zip(line, z):
            sums = [total + a * b for total, a, b in zip(sums, entry, one)]
        w = inverse_ntt([value % Q for value in sums])
        high = [use_hint(value, n in places[i], by.gamma2) for n, value in enumerate(w)]
        high_bits += packed_bits(high, by.high_bits)
    return hashlib.shake_256(mu + high_bits).digest(by.commitment) == commitment


# --- The record (RFC 6962; C2SP signed-note, tlog-checkpoint, tlog-cosignature) ------------------

def leaf_hash(data):
    return sha256(b"\0", data)


def node_hash(left, right):
    return sha256(b"\1", left, right)


def walk(leaf, index, size, hashes):
    """The root to which a proof leads, and the root of the leaves before that one: what stands to
    the left of its way up is just the complete subtrees into which those leaves fall."""
    need(index < size, "a leaf beyond the record")
    sides, first, end = [], 0, size
    while end - first > 1:
        middle = first + (1 << (end - first - 1).bit_length() - 1)
        sides.append(index >= middle)
        first, end = (middle, end) if index >= middle else (first, middle)
    need(len(sides) == len(hashes), "a proof of another length")
    root, before = leaf, None
    for is_left, part in zip(reversed(sides), hashes):
        if is_left:
            root = node_hash(part, root)
            before = part if before is None else node_hash(part, before)
        else:
            root = node_hash(root, part)
    return root, sha256(b"") if before is None else before


def is_name(name):
    return name != "" and not has_control(name) and not any(c in WHITE + "+" for c in name)


def decimal(line):
    need(re.fullmatch("0|[1-9][0-9]{0,19}", line) and int(line) < 2**64, "no number")
    return int(line)


def base64_bytes(line):
    try:
        found = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise Bad("no Base64") from None
    need(base64.b64encode(found).decode() == line, "no Base64")
    return found


def note(data):
    """Text and signatures (name, key id, bytes) of a signed note."""
    need(len(data) <= 65_536, "too many bytes for a note")
    whole = utf8(data)
    end = whole.rfind("\n\n")
    need(end >= 0 and whole.endswith("\n"), "no text and signatures")
    body, lines = whole[:end + 1], whole[end + 2:-1].split("\n")
    need(not any(c < " " and c != "\n" for c in body), "a control character")
    need(len(lines) <= 16 and len(whole) >= end + 3, "too many signatures, or none")
    signatures = []
    for line in lines:
        parts = line.split(" ", 2)
        need(len(parts) == 3 and parts[0] == "\u2014" and is_name(parts[1]), "no signature")
        found = base64_bytes(parts[2])
        need(len(found) > 4, "no signature")
        signatures.append((parts[1], found[:4], found[4:]))
    return body, signatures


def checkpoint(body):
    """Name, size and root of a record."""
    lines = body[:-1].split("\n")
    need(len(lines) >= 3 and is_name(lines[0]), "no checkpoint")
    root = base64_bytes(lines[2])
    need(len(root) == 32 and len(lines) <= 11 and all(lines[3:]), "no checkpoint")
    return lines[0], decimal(lines[1]), root


def key_id(name, scheme, key):
    return sha256(name.encode(), b"\n", bytes([scheme]), key)[:4]


def signature_of(signatures, name, scheme, key):
    wanted = (name, key_id(name, scheme, key))
    return next((found for who, which, found in signatures if (who, which) == wanted), None)


def has_written(key, name, body, signatures):
    found = signature_of(signatures, name, 1, key)
    return found is not None and ed25519(key, body.encode(), found)


def countersigned(key, name, body, signatures):
    """When a key countersigned, in seconds; None: it did not."""
    found = signature_of(signatures, name, 4, key)
    if found is None or len(found) != 72:
        return None
    at = int.from_bytes(found[:8], "big")
    message = f"cosignature/v1\ntime {at}\n{body}".encode()
    return at if at < END_OF_TIME // 1_000_000 and ed25519(key, message, found[8:]) else None


def cosigned_daily(key, name, body, signatures):
    """When a key cosigned with ML-DSA-44, in seconds; None: there is no line of it; False: that
    line does not hold."""
    found = signature_of(signatures, name, 6, key)
    if found is None:
        return None
    origin, size, root = checkpoint(body)
    named = lambda told: bytes([len(told.encode())]) + told.encode()
    if len(found) != 8 + 2420 or max(len(name.encode()), len(origin.encode())) > 255:
        return False
    at = int.from_bytes(found[:8], "big")
    message = b"subtree/v1\n\0" + named(name) + found[:8] + named(origin) + bytes(8)
    message += size.to_bytes(8, "big") + root
    holds = at < END_OF_TIME // 1_000_000 and ml_dsa(ML_DSA_44, key, message, found[8:])
    return at if holds else False


# --- What travels --------------------------------------------------------------------------------

def card(data):
    """A card whose two signatures hold."""
    inner, classical, quantum = row(raw(), raw(64), raw(3309))(cbor(data, 65_536))
    found = CARD(cbor(inner, 65_536))
    need(found["version"] == 1, "another version")
    for line in [found["agency"], *found["endpoints"]]:
        is_line = line.strip(WHITE) and len(line.encode()) <= 300 and not has_control(line)
        need(is_line, "a text that is none")
    is_first = found["sequence"] == 1
    need(found["sequence"] > 0 and is_first == (found["previous"] is None), "another sequence")
    counts = (("endpoints", 0), ("signing", 1), ("sealing", 1), ("tls", 1), ("revoked", 0))
    for name, least in counts:
        need(least <= len(found[name]) <= 16, f"too many or too few {name}")
    for entry in found["signing"] + found["sealing"] + found["tls"]:
        need(entry["start"] < entry["until"], "a key that ends before it begins")
    message = b"lienket/lk1/card\n" + inner
    root = found["root"]
    need(ed25519(root["ed25519"], message, classical), "SIGNATURE")
    need(ml_dsa(ML_DSA_65, root["ml_dsa"], message, quantum), "SIGNATURE")
    found["id"] = sha256(b"lienket/lk1/agency\n", root["ed25519"], root["ml_dsa"])
    found["digest"] = sha256(data)
    return found


def envelope(data):
    """Header, commitment, signed message and signature of an envelope."""
    (header, openings, commitment, hashed), signature, sealed = ENVELOPE(cbor(data, 1_310_720))
    need(header["suite"] == 1, "another suite")
    need(1 <= len(openings) <= 8, "too many keys or none")
    need(hashed == sha256(sealed), "what is sealed is not what was signed")
    # What is signed is the first item of the list, byte for byte as it stands.
    _, end = cbor_item(data, 1, 0)
    message = b"lienket/lk1/envelope\n" + data[1:end]
    return {**header, "commitment": commitment, "message": message, "signature": signature,
            "digest": sha256(message, signature), "openings": openings, "sealed": sealed}


def is_file_name(name):
    is_bad = has_control(name) or any(c in '/\\:*?"<>|' for c in name)
    return (0 < len(name.encode()) <= 255 and not is_bad and name[0] != "."
            and name[-1] not in ". ")


def content(data):
    found = CONTENT(cbor(data, 1 << 20))
    need(re.fullmatch("[a-z0-9-]{1,60}", found["kind"]), "no kind")
    handling = found["handling"]
    for line in (handling["purpose"], handling["basis"]):
        need(line.strip(WHITE) and len(line.encode()) <= 2_000, "purpose or basis is none")
    limits, limit = handling["limits"], handling["limit_text"]
    need(all(one < other for one, other in zip(limits, limits[1:])), "limits out of order")
    need((3 in limits) == (limit is not None), "a limit without its text")
    need(limit is None or limit.strip(WHITE) and len(limit.encode()) <= 2_000, "no limit text")
    files = found["attachments"]
    need(len(files) <= 256 and all(is_file_name(one["name"]) for one in files), "attachments")
    return found


def commitment_to(data):
    return sha256(b"lienket/lk1/content\n", data)


def receipt(data):
    inner, signature = row(raw(), raw(64))(cbor(data, 4_096))
    found = RECEIPT(cbor(inner, 4_096))
    code, told = found["code"], found["text"]
    need((found["kind"] == 1) == (code is not None), "code and kind do not fit")
    need(code is None or 1 <= len(code.encode()) <= 60, "no code")
    need(told is None or len(told.encode()) <= 1_000, "a text that is too long")
    return {**found, "message_bytes": b"lienket/lk1/receipt\n" + inner, "signature": signature,
            "digest": sha256(data)}


# --- The archive: a zip of which every byte is settled -------------------------------------------

SATURATED = 0xffff_ffff


def large(*values):
    return struct.pack("<HH", 1, 8 * len(values)) + struct.pack(f"<{len(values)}Q", *values)


def fields(entry, extra):
    name, size, crc, _ = entry
    small = min(size, SATURATED)
    return struct.pack("<4H3I2H", 0x0800, 0, 0, 0x0021, crc, small, small, len(name), len(extra))


def local_header(entry):
    name, size, _, _ = entry
    extra = large(size, size) if size >= SATURATED else b""
    start = b"PK\3\4" + struct.pack("<H", 45 if extra else 20)
    return start + fields(entry, extra) + name + extra


def directory(entries, start):
    found = b""
    for entry in entries:
        name, size, _, at = entry
        values = [size, size] if size >= SATURATED else []
        values += [at] if at >= SATURATED else []
        extra = large(*values) if values else b""
        version = struct.pack("<H", 45 if extra else 20)
        found += b"PK\1\2" + 2 * version + fields(entry, extra) + bytes(10)
        found += struct.pack("<I", min(at, SATURATED)) + name + extra
    size, count = len(found), len(entries)
    if start >= SATURATED:
        found += b"PK\6\6" + struct.pack("<QHH8x4Q", 44, 45, 45, count, count, size, start)
        found += b"PK\6\7" + struct.pack("<IQI", 0, start + size, 1)
    found += b"PK\5\6" + struct.pack("<4xHHIIH", count, count, size, min(start, SATURATED), 0)
    return found


class Archive:
    """Files by name: where their bytes begin, how many they are, their digest."""

    def __init__(self, source):
        self.source, self.files = source, {}
        whole = source.seek(0, 2)
        source.seek(0)
        entries, at = [], 0
        while (entry := self.local(at, whole)) is not None:
            need(len(entries) < MAX_FILES, f"more than {MAX_FILES} files")
            name, size, crc, _ = entry
            start = at + len(local_header(entry))
            at = start + size
            need(at <= whole, f"byte {entry[3]} is not as it has to be")
            shown = utf8(name)
            need(shown not in self.files, f"the file {shown} is there twice")
            found_crc, digest = self.weigh(size)
            need(found_crc == crc, f"the file {shown} was changed")
            self.files[shown] = (start, size, digest)
            entries.append(entry)
        source.seek(at)
        expected = directory(entries, at)
        need(source.read(len(expected) + 1) == expected, "the directory was changed")

    def local(self, at, whole):
        head = self.source.read(30) if whole - at >= 30 else b""
        if head[:4] != b"PK\3\4":
            return None
        crc, _, size, length, extra = struct.unpack("<3I2H", head[14:])
        why = f"byte {at} is not as it has to be"
        need(length <= MAX_NAME and extra in (0, 20), why)
        name, field = self.source.read(length), self.source.read(extra)
        need(len(name) == length and len(field) == extra, why)
        if extra:
            size = int.from_bytes(field[12:], "little")
        entry = (name, size, crc, at)
        need(local_header(entry) == head + name + field, why)
        return entry

    def weigh(self, size):
        crc, digest = 0, hashlib.sha256()
        while size > 0:
            piece = self.source.read(min(size, 1 << 20))
            need(piece, "the file is cut off")
            crc, size = binascii.crc32(piece, crc), size - len(piece)
            digest.update(piece)
        return crc, digest.digest()

    def read(self, name, most):
        start, size, digest = self.files[name]
        need(size <= most, "larger than such a file can be")
        self.source.seek(start)
        found = self.source.read(size)
        need(sha256(found) == digest, "changed while it was read")
        return found


# --- The verdict ---------------------------------------------------------------------------------

HEX32, HEX64 = "[0-9a-f]{32}", "[0-9a-f]{64}"
PLACES = re.compile(
    rf"README\.(vi|en)\.txt|bundle\.txt|cards/{HEX64}-(0|[1-9][0-9]{{0,19}})\.card"
    rf"|messages/{HEX32}\.(envelope|content)|attachments/{HEX32}/(?P<file>[^/]+)"
    rf"|receipts/{HEX32}-({'|'.join(KINDS)})\.receipt|records/{HEX64}-{HEX64}\.checkpoint"
    rf"|proofs/{HEX32}(-({'|'.join(KINDS)}))?\.proof", re.DOTALL)


def moment(microseconds):
    days, rest = divmod(microseconds // 1_000_000, 86_400)
    year, month, day = civil(days)
    hours, minutes, seconds = rest // 3600, rest // 60 % 60, rest % 60
    return f"{year}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02} UTC"


def civil(days):
    """Year, month and day of a number of days since 1970-01-01."""
    shifted = days + 719_468
    era, of_era = divmod(shifted, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted_month = (5 * of_year + 2) // 153
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return year + era * 400 + (month <= 2), month, of_year - (153 * shifted_month + 2) // 5 + 1


def plain(told):
    is_bad = lambda c: (unicodedata.category(c) == "Cc" and c != "\n"
                        or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    return "".join(" " if is_bad(c) else c for c in told)


class Agency:
    """An agency's cards and what a key of it is worth."""

    def __init__(self, cards):
        self.cards = cards
        self.label = f"{plain(cards[-1]['agency'])} ({cards[-1]['country']})"
        self.entries = [entry for one in cards for entry in one["signing"]]
        self.keys = sorted({entry["key"] for entry in self.entries})
        self.ml_dsa_keys = sorted({entry["ml_dsa"] for entry in self.entries})

    def standing(self, key, at):
        digest = sha256(key)
        revoked = [one for each in self.cards for one in each["revoked"]]
        if any(one["key"] == digest and one["start"] <= at for one in revoked):
            return "revoked"
        entries = [one for each in self.cards for one in each["signing"] if one["key"] == key]
        return "valid" if any(one["start"] <= at < one["until"] for one in entries) else "untimely"

    def ml_dsa_standing(self, key, at):
        """As much as the signing key beside which it stands."""
        beside = {entry["key"] for entry in self.entries if entry["ml_dsa"] == key}
        found = {self.standing(one, at) for one in beside}
        return next(one for one in ("valid", "revoked", "untimely") if one in found)

    def signer(self, at, holds):
        key = next((key for key in self.keys if holds(key)), None)
        return "unknown" if key is None else self.standing(key, at)


class Verdict:
    """What a bundle proves, and what is wrong with it."""

    def __init__(self, source):
        self.claims, self.problems, self.heads = [], [], {}
        try:
            self.archive = Archive(source)
        except (Bad, OSError) as error:
            self.problems.append(f"This is not a bundle, or it was changed: {error}.")
            return
        self.unused = set()
        for name in self.archive.files:
            match = PLACES.fullmatch(name)
            numbers = re.search("-([0-9]+)[.]card", name)
            is_place = match and not (match["file"] and not is_file_name(match["file"]))
            if is_place and not (numbers and int(numbers[1]) >= 2**64):
                self.unused.add(name)
            else:
                self.problems.append(f"The file {plain(name)} has no place in a bundle.")
        self.places = frozenset(self.unused)
        self.compare_list()
        self.require("README.vi.txt")
        self.require("README.en.txt")
        self.agencies = self.read_agencies()
        ids = [name[9:41] for name in sorted(self.places) if name.endswith(".envelope")]
        if not ids:
            self.problems.append("There is no message in this bundle.")
        for number in ids:
            self.check_message(number)
        for name in sorted(self.unused):
            self.problems.append(f"The file {plain(name)} belongs to nothing that is proven.")

    def require(self, name):
        self.unused.discard(name)
        if name not in self.places:
            self.problems.append(f"The file {name} is missing.")

    def take(self, name, most, parse):
        """What a file holds; None: it is not there, or its problem is told."""
        self.unused.discard(name)
        if name not in self.places:
            return None
        try:
            return parse(self.archive.read(name, most))
        except (Bad, OSError) as error:
            self.problems.append(f"The file {plain(name)} is not what it has to be: {error}.")
            return None

    def compare_list(self):
        self.require("bundle.txt")
        listed = self.take("bundle.txt", MAX_FILES * (67 + MAX_NAME), utf8)
        if listed is None:
            return
        digests = {name: digest.hex() for name, (_, _, digest) in self.archive.files.items()}
        digests.pop("bundle.txt", None)
        lines = [f"{digests[name]}  {name}\n" for name in sorted(digests)]
        if "".join(lines) != listed:
            self.problems.append("The list bundle.txt does not name just the files of the bundle.")

    def read_agencies(self):
        by_agency, agencies = {}, {}
        for name in self.places:
            if name.startswith("cards/"):
                by_agency.setdefault(name[6:70], []).append(int(name[71:-5]))
        for number, sequences in sorted(by_agency.items()):
            chain = self.read_chain(number, sorted(sequences))
            if chain is None:
                continue
            agency = agencies[bytes.fromhex(number)] = Agency(chain)
            self.claims.append(
                f"{agency.label} has the number {number}. Its {len(chain)} card(s) follow each "
                "other and are signed by both of its root keys. Compare the number with the one "
                "that the agency itself tells you.")
        return agencies

    def read_chain(self, number, sequences):
        chain, is_whole = [], True
        for expected, sequence in enumerate(sequences, sequences[0]):
            name = f"cards/{number}-{sequence}.card"
            found = self.take(name, 65_536, card)
            if found is None:
                is_whole = False
                continue
            fits = found["id"].hex() == number and found["sequence"] == sequence
            follows = expected == sequence < sequences[0] + MAX_CARDS
            if chain:
                follows = follows and found["previous"] == chain[-1]["digest"]
            if not fits or not follows:
                self.problems.append(f"The card {name} does not follow the card before it.")
                is_whole = False
            chain.append(found)
        return chain if is_whole else None

    def signed(self, standing, what, agency):
        if standing == "valid":
            return True
        why = {"unknown": "none of the keys on its cards made it",
               "untimely": "its key was not in use at that time",
               "revoked": "its key had been revoked by then"}[standing]
        self.problems.append(f"The signature of {agency.label} on {what} does not hold: {why}.")
        return False

    def parties(self, name, sender, receiver):
        if sender in self.agencies and receiver in self.agencies:
            return self.agencies[sender], self.agencies[receiver]
        self.problems.append(f"The file {name} names an agency whose cards do not hold.")
        return None

    def check_message(self, number):
        name = f"messages/{number}.envelope"
        message = self.take(name, 1_310_720, envelope)
        if message is None:
            return
        if message["id"].hex() != number:
            self.problems.append(f"The file {name} is about another message.")
            return
        both = self.parties(name, message["sender"], message["receiver"])
        if both is None:
            return
        sender, receiver = both
        what = f"message {number}"
        holds = lambda key: ed25519(key, message["message"], message["signature"])
        if not self.signed(sender.signer(message["made"], holds), what, sender):
            return
        self.claims.append(f"Message {number} of {moment(message['made'])} was sealed and signed "
                           f"by {sender.label} for {receiver.label}.")
        self.prove(message["sender"], message["receiver"], b"\0" + message["digest"],
                   f"proofs/{number}.proof", (message["index"], message["before"]), what)
        self.check_content(number, message)
        for kind in KINDS:
            self.check_receipt(number, kind, message)

    def check_content(self, number, message):
        name = f"messages/{number}.content"
        if name not in self.places:
            self.claims.append(f"The content of message {number} is not in this bundle; what is "
                               "proven holds without it.")
            return
        data = self.take(name, 1 << 20, bytes)
        if data is None:
            return
        if commitment_to(data) != message["commitment"]:
            self.problems.append(f"The content {name} is not the one that was signed.")
            return
        found = self.take(name, 1 << 20, content)
        if found is None:
            return
        self.tell_content(found)
        for one in found["attachments"]:
            self.check_attachment(number, one)

    def tell_content(self, found):
        handling = found["handling"]
        limits = ", ".join(LIMITS[one] for one in handling["limits"]) or "none"
        self.claims.append(
            f"The content in this bundle is the one that was signed: kind {found['kind']}, "
            f"handling {handling['tlp']}, {PAP[handling['pap']]}, limits of use {limits}; given "
            f"for: {plain(handling['purpose'])}; on the basis of: {plain(handling['basis'])}.")
        if handling["limit_text"] is not None:
            self.claims.append(f"The limit H3 says: {plain(handling['limit_text'])}")
        if handling["retain_until"] is not None:
            self.claims.append("The receiver has to destroy the content by "
                               f"{moment(handling['retain_until'])}.")
        try:
            told = utf8(found["body"])
            need(not has_control(told, "\n\r\t"), "no plain text")
            self.claims.append(f"Its text: {plain(told)}")
        except Bad:
            self.claims.append(f"Its body has {len(found['body'])} bytes that are no plain text; "
                               f"SHA-256 {sha256(found['body']).hex()}.")

    def check_attachment(self, number, one):
        name = f"attachments/{number}/{one['name']}"
        self.unused.discard(name)
        told = f"The attachment {plain(one['name'])}, {one['size']:,} bytes,"
        if name not in self.places:
            self.claims.append(f"{told} went with the message and is not in this bundle.")
        elif self.archive.files[name][1:] == (one["size"], one["sha256"]):
            self.claims.append(f"{told} is the one that was sealed.")
        else:
            self.problems.append(f"The file {plain(name)} is not the one that was sealed.")

    def check_receipt(self, number, kind, message):
        name = f"receipts/{number}-{kind}.receipt"
        found = self.take(name, 4_096, receipt)
        if found is None:
            return
        if KINDS[found["kind"]] != kind or found["message"].hex() != number:
            self.problems.append(f"The file {name} is about something else than its name says.")
            return
        parties = (found["receiver"], found["sender"])
        if found["envelope"] != message["digest"] or parties != (
                message["sender"], message["receiver"]):
            self.problems.append(f"The receipt {name} is about other bytes or other agencies.")
            return
        giver = self.agencies[found["sender"]]
        what = f"the receipt \u201c{kind}\u201d for message {number}"
        holds = lambda key: ed25519(key, found["message_bytes"], found["signature"])
        if not self.signed(giver.signer(found["at"], holds), what, giver):
            return
        told = {"accepted": "confirmed that its node holds", "rejected": "refused",
                "opened": "confirmed that somebody opened", "handled": "dealt with"}[kind]
        more = "; ".join(plain(one) for one in (found["code"], found["text"]) if one)
        self.claims.append(f"{giver.label} {told} message {number} at {moment(found['at'])}"
                           + (f" ({more})." if more else "."))
        self.prove(found["sender"], found["receiver"], b"\1" + found["digest"],
                   f"proofs/{number}-{kind}.proof", None, what)

    def prove(self, writer, reader, data, name, place, what):
        if (writer, reader) not in self.heads:
            self.heads[writer, reader] = self.read_head(writer, reader)
        head = self.heads[writer, reader]
        self.require(name)
        lines = self.take(name, 256 + 128 * 65, utf8)
        if head is None or lines is None:
            return
        origin, size, root, at = head
        try:
            need(lines.endswith("\n"), "its last line is cut off")
            named, index, whole, *hashes = lines[:-1].split("\n")
            need(all(re.fullmatch(HEX64, one) for one in hashes), "a hash that is none")
            index, whole = decimal(index), decimal(whole)
            need((named, whole) == (origin, size), "about another record or length")
            found, before = walk(leaf_hash(data), index, size, [bytes.fromhex(h) for h in hashes])
            need(found == root, f"{what} is not in the record at that place")
            need(place is None or place == (index, before), "the message names another place")
        except (Bad, ValueError) as error:
            self.problems.append(f"The proof {name} does not hold: {error}.")
            return
        one, other = self.agencies[writer].label, self.agencies[reader].label
        self.claims.append(
            f"In the record of {one} for {other}, {what} is leaf {index} (counted from 0); {other} "
            f"countersigned that record at {moment(at)} when it had {size} leaves.")

    def read_head(self, writer_id, reader_id):
        writer, reader = self.agencies[writer_id], self.agencies[reader_id]
        name = f"records/{writer_id.hex()}-{reader_id.hex()}.checkpoint"
        self.require(name)
        found = self.take(name, 65_536, lambda data: (note(data), checkpoint(note(data)[0])))
        if found is None:
            return None
        (body, signatures), (origin, size, root) = found
        log, other = (f"lienket/{writer_id.hex()}/{reader_id.hex()}", f"lienket/{reader_id.hex()}")
        if origin != log:
            self.problems.append(f"The file {name} is about another record.")
            return None
        times = [(key, countersigned(key, other, body, signatures)) for key in reader.keys]
        times = [(at * 1_000_000, reader.standing(key, at * 1_000_000))
                 for key, at in times if at is not None]
        if not times:
            self.problems.append(f"The head {name} was not countersigned by the record's reader.")
            return None
        at, standing = next((one for one in times if one[1] == "valid"), times[0])
        what = f"the record of {writer.label} for {reader.label}"
        is_right = self.signed(standing, f"the countersignature under {what}", reader)
        written = writer.signer(at, lambda key: has_written(key, log, body, signatures))
        is_right = self.signed(written, what, writer) and is_right
        both = {writer_id: writer, reader_id: reader}
        witnesses = {number: one for number, one in self.agencies.items() if number not in both}
        for number, agency in {**both, **witnesses}.items():
            told = self.tell_daily(number, agency, found, what, number in witnesses)
            is_right = told and is_right
        return (origin, size, root, at) if is_right else None

    def tell_daily(self, number, agency, found, what, is_witness):
        """Whether no ML-DSA-44 signature of an agency under a head is wrong; says when it signed."""
        (body, signatures), (_, size, _) = found
        name, times = f"lienket/{number.hex()}", []
        for key in agency.ml_dsa_keys:
            at = cosigned_daily(key, name, body, signatures)
            if at is False:
                self.problems.append(f"The post-quantum signature (ML-DSA-44) of {agency.label} "
                                     f"under the daily head of {what} does not hold.")
                return False
            if at is not None:
                times.append((at * 1_000_000, agency.ml_dsa_standing(key, at * 1_000_000)))
        if not times:
            return True
        at, standing = next((one for one in times if one[1] == "valid"), times[0])
        if not self.signed(standing, f"the daily head of {what}", agency):
            return False
        if is_witness:
            self.claims.append(f"{agency.label} saw {what} at {moment(at)}, as a witness, when it "
                               f"had {size} leaves (ML-DSA-44).")
        else:
            self.claims.append(f"{agency.label} signed {what} with a post-quantum key too "
                               f"(ML-DSA-44), at {moment(at)}, when it had {size} leaves.")
        return True


# --- What travels between nodes: only for the test vectors ---------------------------------------

HAVE = record(card=U64, size=U64, lacking=many(U64), own=U64, seen=U64, lost=many(U64),
              gone=many(U64), own_card=U64, daily=U64)
PLACED = record(index=U64, kind=uint(2), data=raw())
STRETCH = record(head=raw(), first=U64, leaves=raw(), entries=many(PLACED), way_=raw())
REFUSED = record(index=U64, code=text)
WATCH = record(size=U64, proof=raw(), head=raw())
WATCHED = record(reader=DIGEST, size=U64, head_=raw())
PARCEL = record(version=uint(255), sender=DIGEST, receiver=DIGEST, cards=many(raw()), log_=STRETCH,
                seen=many(raw()), have=HAVE, returned_=STRETCH, refused=many(REFUSED),
                own_cards=many(raw()), watch=many(WATCH), watched=many(WATCHED))
CHUNK, TAG = 65_536, 16
PIECE = 16 * (CHUNK + TAG)


def parcel(data):
    found = PARCEL(cbor(data, 16 << 20))
    need(found["version"] == 1, "another version")
    need(len(found["cards"]) <= 16 and len(found["own_cards"]) <= 16, "too many cards")
    need(len(found["seen"]) <= 2, "too many countersigned heads")
    have = found["have"]
    for name, size in (("lacking", "size"), ("lost", "own"), ("gone", "size")):
        places = have[name]
        is_rising = all(one < other for one, other in zip(places, places[1:]))
        need(len(places) <= 1024 and is_rising, f"what is {name} does not rise")
        need(not places or places[-1] < have[size], f"what is {name} is beyond the size")
    need(found["log"] is None or found["log"]["way"] is None, "a way to a writer's own head")
    need(len(found["watch"]) <= 64 and len(found["watched"]) <= 64, "too many watched records")
    for one in found["watch"]:
        need(len(one["proof"]) % 32 == 0 and len(one["proof"]) <= 128 * 32, "no proof")
    need(len(found["refused"]) <= 256, "too many refusals")
    need(all(len(one["code"].encode()) <= 60 for one in found["refused"]), "a code is too long")
    for stretch in (found["log"], found["returned"]):
        if stretch is not None:
            need(len(stretch["leaves"]) % 32 == 0, "the leaves are cut off")
            need(len(stretch["leaves"]) // 32 <= 1 << 17, "too many leaves")
            need(len(stretch["entries"]) <= 256, "too many entries")
            way = stretch["way"] or b""
            need(len(way) % 32 == 0 and len(way) <= 128 * 32, "no way to a head")
    return found


def carried(data):
    """The frames of a carried file: kind and bytes."""
    head, found = b"lienket carried 1\n", []
    need(data.startswith(head), "no carried file")
    at = len(head)
    while True:
        need(at + 9 <= len(data), "cut off")
        kind, length = data[at], int.from_bytes(data[at + 1:at + 9], "big")
        most = {0: 32, 1: 16 << 20, 2: 40 + (32 << 19), 3: 40 + PIECE}.get(kind, -1)
        need(length <= most, "a frame that is none")
        inner = data[at + 9:at + 9 + length]
        need(len(inner) == length, "cut off")
        if kind == 0:
            need(inner == sha256(data[:at]) and at + 41 == len(data), "it was changed")
            return found
        if kind == 2:
            pieces = -(-int.from_bytes(inner[32:40], "big") // PIECE)
            need(length >= 40 and length == 40 + 32 * pieces, "a list that is none")
        need(kind != 3 or length >= 40, "a piece that is none")
        found.append((kind, inner))
        at += 9 + length


def padded_length(length):
    exponent = length.bit_length() - 1
    mask = (1 << exponent - exponent.bit_length()) - 1
    return (length + mask) & ~mask


def unpadded(data):
    need(len(data) >= 4, "no length")
    end = 4 + int.from_bytes(data[:4], "big")
    need(end <= len(data) == padded_length(end) and not any(data[end:]), "the padding is none")
    return data[4:end]


def blob_name(sealed, pieces):
    return sha256(b"lienket/lk1/blob\n", sealed.to_bytes(8, "big"), *pieces)


def follows(known, found):
    need(found["id"] == known["id"], "another agency's card")
    need(found["sequence"] == known["sequence"] + 1, "not the next card")
    need(found["previous"] == known["digest"], "another card before it")


def tree(leaves):
    """The root over hashes of leaves (RFC 6962, section 2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(tree(leaves[:half]), tree(leaves[half:]))


def consistent(old, old_root, new, new_root, proof):
    """Checks that a record only grew, as RFC 6962, section 2.1.2, writes the proof down."""
    need(old <= new, "it became shorter")
    rest = list(proof)

    def part(first, size, is_whole):
        if first == size:
            need(is_whole or rest, "a hash is missing")
            return (old_root, old_root) if is_whole else (rest[-1], rest.pop())
        half = 1 << (size - 1).bit_length() - 1
        need(rest, "a hash is missing")
        beside = rest.pop()
        if first <= half:
            one, other = part(first, half, is_whole)
            return one, node_hash(other, beside)
        one, other = part(first - half, size - half, False)
        return node_hash(beside, one), node_hash(beside, other)

    found = (old_root, new_root) if old == 0 else part(old, new, True)
    need(not rest, "a hash too many")
    need(found == (old_root, new_root), "another root")


# AES-256 (FIPS 197), GCM (SP 800-38D) and STREAM: slow, and open to be read.

def aes_tables():
    box, value, inverse = [0x63] * 256, 1, 1
    while True:
        value ^= (value << 1 & 255) ^ (0x1b if value & 128 else 0)
        for shift in (1, 2, 4):
            inverse = (inverse ^ inverse << shift) & 255
        inverse ^= 0x09 if inverse & 128 else 0
        turned = inverse
        for shift in (1, 2, 3, 4):
            turned ^= (inverse << shift | inverse >> 8 - shift) & 255
        box[value] = turned ^ 0x63
        if value == 1:
            break
    mixed = [(2 * s ^ (0x11b if s & 128 else 0)) << 24 | s << 16 | s << 8
             | (2 * s ^ (0x11b if s & 128 else 0)) ^ s for s in box]
    return box, mixed


BOX, MIXED = aes_tables()


def turned(word_32, by):
    return (word_32 >> by | word_32 << 32 - by) & 0xffff_ffff


MIXES = [[turned(one, by) for one in MIXED] for by in (0, 8, 16, 24)]


def aes_key(key):
    words, constant = list(struct.unpack(">8I", key)), 1
    substituted = lambda one: int.from_bytes(bytes(BOX[b] for b in one.to_bytes(4, "big")), "big")
    for n in range(8, 60):
        one = words[-1]
        if n % 8 == 0:
            one, constant = substituted(turned(one, 24)) ^ constant << 24, constant << 1
        elif n % 8 == 4:
            one = substituted(one)
        words.append(words[n - 8] ^ one)
    return words


def aes(words, block):
    state = [one ^ key for one, key in zip(struct.unpack(">4I", block), words)]
    a, b, c, d = MIXES
    for at in range(4, 56, 4):
        state = [a[state[n] >> 24] ^ b[state[(n + 1) % 4] >> 16 & 255]
                 ^ c[state[(n + 2) % 4] >> 8 & 255] ^ d[state[(n + 3) % 4] & 255]
                 ^ words[at + n] for n in range(4)]
    last = [BOX[state[n] >> 24] << 24 | BOX[state[(n + 1) % 4] >> 16 & 255] << 16
            | BOX[state[(n + 2) % 4] >> 8 & 255] << 8 | BOX[state[(n + 3) % 4] & 255]
            for n in range(4)]
    return struct.pack(">4I", *(one ^ key for one, key in zip(last, words[56:])))


def multiplied(one, other):
    found = 0
    for bit in range(127, -1, -1):
        if one >> bit & 1:
            found ^= other
        other = other >> 1 ^ (0xe1 << 120 if other & 1 else 0)
    return found


def gcm(key, nonce, data):
    """What data becomes under the key stream, and a function for the tag of some sealed text."""
    words = aes_key(key)
    blocks = -(-len(data) // 16)
    stream = b"".join(aes(words, nonce + n.to_bytes(4, "big")) for n in range(2, blocks + 2))
    became = int.from_bytes(data, "big") ^ int.from_bytes(stream[:len(data)], "big")
    by = int.from_bytes(aes(words, bytes(16)), "big")

    def tag(sealed):
        whole, total = sealed + bytes(-len(sealed) % 16), 0
        for at in range(0, len(whole), 16):
            total = multiplied(total ^ int.from_bytes(whole[at:at + 16], "big"), by)
        total = multiplied(total ^ 8 * len(sealed), by)
        first = int.from_bytes(aes(words, nonce + b"\0\0\0\1"), "big")
        return (total ^ first).to_bytes(16, "big")
    return became.to_bytes(len(data), "big"), tag


def nonce_of(number, is_last):
    return bytes(7) + number.to_bytes(4, "big") + bytes([is_last])


def sealed_stream(key, told):
    chunks = [told[at:at + CHUNK] for at in range(0, max(len(told), 1), CHUNK)]
    found = b""
    for number, chunk in enumerate(chunks):
        became, tag = gcm(key, nonce_of(number, number + 1 == len(chunks)), chunk)
        found += became + tag(became)
    return found


def opened_stream(key, sealed):
    size = CHUNK + TAG
    chunks = [sealed[at:at + size] for at in range(0, max(len(sealed), 1), size)]
    found = b""
    for number, chunk in enumerate(chunks):
        need(len(chunk) >= TAG, "a chunk that is none")
        inner = chunk[:-TAG]
        became, tag = gcm(key, nonce_of(number, number + 1 == len(chunks)), inner)
        need(tag(inner) == chunk[-TAG:], f"chunk {number} does not open")
        found += became
    return found


# --- The test vectors ----------------------------------------------------------------------------

def same(found, expected, what):
    need(found == expected, f"{what} is another one")


def public_key(seed):
    """The Ed25519 key of a seed (RFC 8032, section 5.1.5)."""
    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    scalar = scalar & (1 << 254) - 8 | 1 << 254
    found = NEUTRAL
    for bit in range(254, -1, -1):
        found = double(found)
        found = add(found, BASE) if scalar >> bit & 1 else found
    return encoded(found)


class Vectors:
    """The vectors of a file, and how many of them hold."""

    def __init__(self, vectors):
        self.all, self.held, self.problems = vectors, 0, []
        self.agencies = {one["name"]: one for one in vectors["agencies"]}
        self.record = [bytes.fromhex(leaf) for leaf in vectors["record"]["leaf_hashes"]]
        record = vectors["record"]
        for name, check in (("agencies", self.agency), ("cards", self.card),
                            ("paddings", self.padding), ("contents", self.content),
                            ("envelopes", self.envelope), ("receipts", self.receipt),
                            ("parcels", self.parcel), ("bad", self.bad)):
            self.each(name, vectors[name], check)
        self.each("followers", [vectors["cards"]], self.chain)
        self.each("files", list(vectors["files"].values()), self.file)
        self.each("records", [record], self.whole_record)
        self.each("inclusion", record["inclusion"], self.inclusion)
        self.each("consistency", record["consistency"], self.consistency)
        self.each("carried", [vectors["carried"]], self.carried)

    def each(self, name, values, check):
        need(values, f"{name}: there is none")
        for number, value in enumerate(values):
            try:
                check(value)
                self.held += 1
            except (Bad, ValueError, KeyError) as error:
                self.problems.append(f"{name} {number}: {error}")

    def key(self, name, use="signing"):
        return bytes.fromhex(self.agencies[name][use])

    def daily(self, name):
        return self.key(name, "signing_ml_dsa_44")

    def identity(self, name):
        return bytes.fromhex(self.agencies[name]["id"])

    def agency(self, one):
        for name in ("root_ed25519", "signing"):
            same(public_key(bytes.fromhex(one[name + "_seed"])).hex(), one[name], name)
        root = bytes.fromhex(one["root_ed25519"]), bytes.fromhex(one["root_ml_dsa_65"])
        identity = sha256(b"lienket/lk1/agency\n", *root)
        same(identity.hex(), one["id"], "the id")
        entropy = identity[:16]
        number = int.from_bytes(entropy, "big") << 4 | sha256(entropy)[0] >> 4
        same([number >> 11 * n & 2047 for n in range(11, -1, -1)], one["word_numbers"], "numbers")
        # The list is in the order of the alphabet; which 2,048 words it has, BIP-39 says.
        pairs = sorted(zip(one["word_numbers"], one["words"].split(" "), strict=True))
        same([word for _, word in pairs], sorted(word for _, word in pairs), "the words")

    def card(self, one):
        found = card(bytes.fromhex(one["bytes"]))
        same(found["id"], self.identity(one["agency"]), "the agency")
        same(found["sequence"], one["sequence"], "the sequence")
        same(found["digest"].hex(), one["digest"], "the digest")
        root, message = found["root"], bytes.fromhex(one["message"])
        need(ed25519(root["ed25519"], message, bytes.fromhex(one["ed25519"])), "Ed25519")
        quantum = bytes.fromhex(one["ml_dsa_65"])
        need(ml_dsa(ML_DSA_65, root["ml_dsa"], message, quantum), "ML-DSA-65")
        daily = [self.daily(one["agency"])]
        same([entry["ml_dsa"] for entry in found["signing"]], daily, "the keys of daily heads")

    def chain(self, cards):
        found = [card(bytes.fromhex(one["bytes"])) for one in cards]
        for known, after in zip(found, found[1:]):
            follows(known, after)

    def padding(self, one):
        same(padded_length(one["length"]), one["padded"], "the length")

    def content(self, one):
        inner = bytes.fromhex(one["content"])
        same(unpadded(bytes.fromhex(one["padded"])), inner, "the content")
        found = content(inner)
        for name in ("salt", "body"):
            same(found[name].hex(), one[name], name)
        same(found["kind"], one["kind"], "the kind")
        same(commitment_to(inner).hex(), one["commitment"], "the commitment")

    def envelope(self, one):
        data = bytes.fromhex(one["bytes"])
        found = envelope(data)
        need(ed25519(self.key(one["from"]), found["message"], found["signature"]), "signature")
        same(found["sender"], self.identity(one["from"]), "the sender")
        same(found["receiver"], self.identity(one["to"]), "the receiver")
        for name in ("id", "before", "commitment", "digest", "sealed"):
            same(found[name].hex(), one[name], name)
        for name in ("index", "made"):
            same(found[name], one[name], name)
        holders = [sha256(self.key(name, "sealing")) for name in one["holders"]]
        same([opening["holder"] for opening in found["openings"]], holders, "the holders")
        bound = found["id"] + found["sender"] + found["receiver"]
        same(bound.hex(), one["hpke_aad"], "what the key is bound to")
        key, padded = bytes.fromhex(one["content_key"]), bytes.fromhex(one["padded"])
        same(sealed_stream(key, padded), found["sealed"], "what is sealed")
        same(opened_stream(key, found["sealed"]), padded, "what is opened")
        inner = unpadded(padded)
        same(commitment_to(inner), found["commitment"], "the commitment")
        content(inner)
        same(found["index"], len(self.record[:found["index"]]), "the place")
        same(found["before"], tree(self.record[:found["index"]]), "the root before")
        leaf = b"\0" + found["digest"]
        same(leaf.hex(), one["leaf"], "the leaf")
        same(leaf_hash(leaf).hex(), one["leaf_hash"], "the leaf's hash")
        same(leaf_hash(leaf), self.record[found["index"]], "the leaf in the record")
        _, end = cbor_item(data, 1, 0)
        same((data[:end + 66] + b"\x40").hex(), one["without_content"], "it without its content")

    def file(self, one):
        pieces = [bytes.fromhex(piece) for piece in one["pieces"]]
        same(blob_name(one["sealed_size"], pieces).hex(), one["blob"], "the name")
        same(len(pieces), -(-one["sealed_size"] // PIECE), "the number of pieces")
        if "key" not in one:
            return
        if "bytes" in one:
            told = bytes.fromhex(one["bytes"])
        else:
            told = bytes(n % one["byte_n_is_n_modulo"] for n in range(one["size"]))
        same((len(told), sha256(told).hex()), (one["size"], one["sha256"]), "the file")
        sealed = sealed_stream(bytes.fromhex(one["key"]), told)
        same(len(sealed), one["sealed_size"], "the sealed length")
        same(sha256(sealed).hex(), one["sealed_sha256"], "what is sealed")
        same(one.get("sealed", sealed.hex()), sealed.hex(), "what is sealed")
        same([sha256(sealed[at:at + PIECE]) for at in range(0, len(sealed), PIECE)], pieces,
             "the pieces")
        same(opened_stream(bytes.fromhex(one["key"]), sealed), told, "what is opened")
        for cut in {len(sealed) - 1, min(len(sealed), CHUNK + TAG)} - {len(sealed)}:
            refused(lambda: opened_stream(bytes.fromhex(one["key"]), sealed[:cut]))

    def receipt(self, one):
        found = receipt(bytes.fromhex(one["bytes"]))
        same(KINDS[found["kind"]], one["kind"], "the kind")
        same(found["message_bytes"].hex(), one["message"], "what is signed")
        need(ed25519(self.key(one["signer"]), found["message_bytes"], found["signature"]),
             "the signature")
        same(found["digest"].hex(), one["digest"], "the digest")
        leaf = b"\1" + found["digest"]
        same((leaf.hex(), leaf_hash(leaf).hex()), (one["leaf"], one["leaf_hash"]), "the leaf")

    def whole_record(self, one):
        leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in one["leaves"]]
        same(leaves, self.record, "the leaves")
        roots = [tree(leaves[:size]).hex() for size in range(len(leaves) + 1)]
        same(roots, one["roots"], "the roots")
        writer, reader = self.identity(one["writer"]).hex(), self.identity(one["reader"]).hex()
        log, other = f"lienket/{writer}/{reader}", f"lienket/{reader}"
        body, signatures = note(one["signed"].encode())
        same(body, one["checkpoint"], "the text")
        same(checkpoint(body), (log, len(leaves), tree(leaves)), "the head")
        need(has_written(self.key(one["writer"]), log, body, signatures), "the signature")
        body, signatures = note(one["cosigned"].encode())
        need(has_written(self.key(one["writer"]), log, body, signatures), "the signature")
        at = countersigned(self.key(one["reader"]), other, body, signatures)
        same(at, one["cosigned_at"], "the time of the countersignature")
        body, signatures = note(one["daily_written"].encode())
        at = cosigned_daily(self.daily(one["writer"]), f"lienket/{writer}", body, signatures)
        same(at, one["daily_written_at"], "the time of the writer's ML-DSA-44 signature")
        body, signatures = note(one["daily"].encode())
        need(has_written(self.key(one["writer"]), log, body, signatures), "the signature")
        for by, name, expected in ((one["writer"], f"lienket/{writer}", one["daily_written_at"]),
                                   (one["reader"], other, one["cosigned_at"])):
            at = cosigned_daily(self.daily(by), name, body, signatures)
            same(at, expected, f"the time of {by}'s ML-DSA-44 signature")
        heads = [note(head.encode()) for head in one["equivocation"]]
        for body, signatures in heads:
            need(has_written(self.key(one["writer"]), log, body, signatures), "the signature")
        (origin, size, root), (origin_2, size_2, root_2) = [checkpoint(body) for body, _ in heads]
        need((origin, size) == (origin_2, size_2) and root != root_2, "both heads can be true")

    def inclusion(self, one):
        hashes = [bytes.fromhex(part) for part in one["proof"]]
        found = walk(bytes.fromhex(one["leaf_hash"]), one["index"], one["size"], hashes)
        same([part.hex() for part in found], [one["root"], one.get("root_before")], "the root")

    def consistency(self, one):
        roots = bytes.fromhex(one["old_root"]), bytes.fromhex(one["new_root"])
        proof = [bytes.fromhex(part) for part in one["proof"]]
        consistent(one["old_size"], roots[0], one["new_size"], roots[1], proof)

    def parcel(self, one):
        found = parcel(bytes.fromhex(one["bytes"]))
        same((found["sender"], found["receiver"]),
             (self.identity(one["from"]), self.identity(one["to"])), "from whom to whom")
        same([data.hex() for data in found["cards"]], one["cards"], "the cards")
        same(found["have"], one["have"], "what it has")
        log = found["log"]
        same((log["first"], log["head"].decode()), (one["log_first"], one["log_head"]), "the log")
        same([entry["index"] for entry in log["entries"]], one["log_entries"], "the entries")
        leaves = self.record[:log["first"]]
        leaves += [log["leaves"][at:at + 32] for at in range(0, len(log["leaves"]), 32)]
        body, signatures = note(log["head"])
        origin = f"lienket/{found['sender'].hex()}/{found['receiver'].hex()}"
        same(checkpoint(body), (origin, len(leaves), tree(leaves)), "the head")
        need(has_written(self.key(one["from"]), origin, body, signatures), "the head's signature")
        for entry in log["entries"]:
            read = (envelope, receipt, card)[entry["kind"]]
            leaf = bytes([entry["kind"]]) + read(entry["data"])["digest"]
            same(leaf_hash(leaf), leaves[entry["index"]], "the leaf of an entry")
        same([data.hex() for data in found["own_cards"]], one["own_cards"], "the own cards")
        self.watched(found, one)
        if found["returned"] is not None:
            self.returned(found, one)

    def watched(self, found, one):
        """What a witness is asked: a head of its sender's, with the way from the size it has."""
        same([(told["size"], told["head"].decode()) for told in found["watch"]],
             [(told["size"], told["head"]) for told in one["watch"]], "what is to be watched")
        same([(told["reader"].hex(), told["size"], told["head"] and told["head"].decode())
              for told in found["watched"]],
             [(told["reader"], told["size"], told.get("head")) for told in one["watched"]],
             "what was watched")
        for told in found["watch"]:
            body, signatures = note(told["head"])
            origin, size, root = checkpoint(body)
            sender = f"lienket/{found['sender'].hex()}"
            need(origin.startswith(sender + "/"), "a record of somebody else")
            need(has_written(self.key(one["from"]), origin, body, signatures), "the signature")
            at = cosigned_daily(self.daily(one["from"]), sender, body, signatures)
            need(isinstance(at, int) and at is not False, "the ML-DSA-44 signature")
            way = [told["proof"][n:n + 32] for n in range(0, len(told["proof"]), 32)]
            consistent(told["size"], tree(self.record[:told["size"]]), size, root, way)

    def returned(self, found, one):
        """What is given back leads to a head that the receiver signed itself."""
        back, told = found["returned"], one["returned"]
        hashes = [[data[at:at + 32] for at in range(0, len(data), 32)]
                  for data in (back["leaves"], back["way"] or b"")]
        same((back["first"], back["head"].decode()), (told["first"], told["head"]), "given back")
        same([[part.hex() for part in parts] for parts in hashes], [told["leaves"], told["way"]],
             "leaves that are given back")
        body, signatures = note(back["head"])
        origin = f"lienket/{found['receiver'].hex()}/{found['sender'].hex()}"
        written, size, root = checkpoint(body)
        same(written, origin, "whose record is given back")
        need(has_written(self.key(one["to"]), origin, body, signatures), "a head that is not its")
        leaves = self.record[:back["first"]] + hashes[0]
        consistent(len(leaves), tree(leaves), size, root, hashes[1])
        same([data.decode() for data in found["seen"]], one["seen"], "the countersigned heads")
        other = f"lienket/{found['sender'].hex()}"
        for body, signatures in map(note, found["seen"]):
            need(countersigned(self.key(one["from"]), other, body, signatures) is not None,
                 "the countersignature")

    def carried(self, one):
        found = carried(bytes.fromhex(one["bytes"]))
        same(len(found), one["frames"], "the number of frames")
        names = {}
        for kind, inner in found:
            if kind == 1:
                parcel(inner)
            elif kind == 2:
                pieces = [inner[at:at + 32] for at in range(40, len(inner), 32)]
                same(blob_name(int.from_bytes(inner[32:40], "big"), pieces), inner[:32], "a name")
                names[inner[:32]] = pieces
            else:
                number = int.from_bytes(inner[32:40], "big")
                same(sha256(inner[40:]), names[inner[:32]][number], "a piece")

    def bad(self, one):
        data = bytes.fromhex(one.get("bytes", ""))
        key, told = bytes.fromhex(one.get("key", "")), one.get("note", "").encode()

        def signature_of_envelope():
            found = envelope(data)
            need(ed25519(key, found["message"], found["signature"]), "the signature")

        def opening():
            found = envelope(data)
            inner = unpadded(opened_stream(bytes.fromhex(one["content_key"]), found["sealed"]))
            same(commitment_to(inner), found["commitment"], "the content")

        def signature_of_receipt():
            found = receipt(data)
            need(ed25519(key, found["message_bytes"], found["signature"]), "the signature")

        def head(by):
            body, signatures = note(told)
            checkpoint(body)
            need(by(key, one["name"], body, signatures) not in (None, False), "the signature")

        checks = {
            "card": lambda: card(data),
            "follower": lambda: follows(card(bytes.fromhex(one["known"])), card(data)),
            "envelope": signature_of_envelope, "opening": opening,
            "padded": lambda: content(unpadded(data)), "receipt": signature_of_receipt,
            "note": lambda: checkpoint(note(told)[0]),
            "signed": lambda: head(has_written), "cosigned": lambda: head(countersigned),
            "daily": lambda: head(cosigned_daily),
            "inclusion": lambda: same(
                walk(bytes.fromhex(one["leaf_hash"]), one["index"], one["size"],
                     [bytes.fromhex(part) for part in one["proof"]])[0].hex(), one["root"], "root"),
            "consistency": lambda: self.consistency(one),
            "parcel": lambda: parcel(data), "carried": lambda: carried(data)}
        try:
            refused(checks[one["what"]])
        except Bad:
            raise Bad(f"{one['what']}, {one['why']}: it was taken") from None


def refused(check):
    try:
        check()
    except Bad:
        return
    raise Bad("it was taken")


def check_vectors(names):
    problems = []
    for name in names:
        try:
            with open(name, encoding="utf-8") as source:
                found = Vectors(json.load(source))
        except (OSError, ValueError, KeyError, Bad) as error:
            problems.append(str(error))
            print(f"{name}: it cannot be read: {error}")
            continue
        problems += found.problems
        print(f"{name}: {found.held} vectors hold, {len(found.problems)} do not")
        for problem in found.problems:
            print(f"  ! {problem}")
    return 1 if problems or not names else 0


# --- The command ---------------------------------------------------------------------------------

def main(arguments):
    if arguments[:1] == ["--vectors"] and arguments[1:]:
        return check_vectors(arguments[1:])
    is_json = arguments[:1] == ["--json"]
    bundles = arguments[1:] if is_json else arguments
    if not bundles or bundles[0].startswith("--"):
        print(__doc__, file=sys.stderr)
        return 1
    are_valid = True
    for bundle in bundles:
        try:
            with open(bundle, "rb") as source:
                verdict = Verdict(source)
            claims, problems = verdict.claims, verdict.problems
        except OSError as error:
            claims, problems = [], [f"The file cannot be read: {error}."]
        are_valid = are_valid and not problems
        if is_json:
            found = {"valid": not problems, "claims": claims, "problems": problems}
            print(json.dumps(found, ensure_ascii=False))
            continue
        print(f"{bundle}: {'NOT VALID' if problems else 'valid'}")
        for mark, sentences in (("+", claims), ("!", problems)):
            for sentence in sentences:
                print(f"  {mark} {sentence}")
    return 0 if are_valid else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
