#!/usr/bin/env python3
"""Computes every die of a journal export again: verify.py EXPORT [SECRET]

EXPORT is what `arbiter journal export` writes; SECRET, 64 hexadecimal digits, is a revealed seed that it does not hold
yet. Written from docs/formats/fairness.md alone, with nothing but Python. Status 0: all as promised. 1: it is not. 2: it
cannot be told."""
import hashlib, json, struct, sys

def digest(label, *parts):
    return hashlib.sha256(label.encode() + b"\0" + b"".join(parts)).digest()

def words(key, stream, roll):                                     # ChaCha20: RFC 8439, section 2.3
    for counter in range(2**32):
        start = struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<IIQ", counter, stream, roll))
        w = list(start)
        for step in range(80):                                    # 10 times 4 columns, then 4 diagonals
            i, shift = step % 4, step // 4 % 2
            a, b, c, d = (4 * row + (i + row * shift) % 4 for row in range(4))
            for x, y, z, left in (a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7):
                w[x] = (w[x] + w[y]) % 2**32
                w[z] = ((w[z] ^ w[x]) << left | (w[z] ^ w[x]) >> 32 - left) % 2**32
        yield from ((new + old) % 2**32 for new, old in zip(w, start))

def face(source, sides):                                          # Lemire: no face is likelier than another
    while sides > 1:
        high, low = divmod(next(source) * sides, 2**32)
        if low >= 2**32 % sides:
            return high + 1
    return 1

def main(export, secret=None):
    rows = [json.loads(line) for line in open(export, encoding="utf-8")]
    rows = [row for row in rows if "operation" in row]
    if [row["number"] for row in rows] != list(range(1, len(rows) + 1)):
        raise ValueError("this is not a whole journal, from row 1 on")
    seeds, workspace, wrong, dice, held = {}, b"", [], 0, {}
    for row in rows:
        if row["operation"] == "create_workspace" and row["state"] != "failed":
            workspace = bytes.fromhex(row["output"]["id"].replace("-", ""))
        for change in (change["change"] for change in row["changes"]):
            if change.get("kind") == "committed" and change["number"] in seeds:
                wrong.append(f"row {row['number']}: it promises seed {change['number']} once more")
            elif change.get("kind") == "committed":
                seeds[change["number"]] = {"commitment": change["seed"]["commitment"], "entropy": [bytes(32)], "rolls": 0}
            elif change.get("kind") == "revealed":
                seeds[change["number"]]["secret"] = bytes.fromhex(change["secret"])
            elif change.get("kind") == "entropy_added":
                seed, text = seeds[change["number"]], change["contribution"]["text"].encode()
                contribution = digest("arbiter dice contribution v1", text)
                seed["entropy"].append(digest("arbiter dice entropy v1", seed["entropy"][-1], contribution))
        if row.get("draws"):
            seed, draws = seeds[row["draws"]["seed"]], row["draws"]
            held[row["number"]] = seed["entropy"][-1]
            if draws["entropy"] != len(seed["entropy"]) - 1:
                wrong.append(f"row {row['number']}: its key is said to hold {draws['entropy']} contributions; "
                             f"{len(seed['entropy']) - 1} were made before")
            if "secret" in seed:
                wrong.append(f"row {row['number']}: it draws from seed {draws['seed']}, which was revealed")
    def commitment(secret, number):
        return digest("arbiter dice commitment v1", secret, workspace, struct.pack(">q", number)).hex()
    for number, seed in seeds.items():
        if secret and commitment(bytes.fromhex(secret), number) == seed["commitment"]:
            seed.setdefault("secret", bytes.fromhex(secret))
    if secret and not any(seed.get("secret", b"").hex() == secret.lower() for seed in seeds.values()):
        raise ValueError("the given secret is of none of its seeds")
    for row in (row for row in rows if row.get("draws")):
        draws, seed = row["draws"], seeds[row["draws"]["seed"]]
        if draws["stream"] != 0 or draws["roll"] != seed["rolls"]:
            wrong.append(f"row {row['number']}: it is roll {draws['roll']}, roll {seed['rolls']} comes next")
        seed["rolls"] = draws["roll"] + 1
        if "secret" not in seed:
            continue
        key = digest("arbiter dice key v1", seed["secret"], held[row["number"]])
        source = words(key, draws["stream"], draws["roll"])
        faces = [[sides, face(source, sides)] for sides, _ in draws["faces"]]
        dice += len(faces)
        if faces != draws["faces"]:
            wrong.append(f"row {row['number']}: {draws['faces']} was written, {faces} fell")
    wrong += [f"seed {number}: its secret is not the promised one" for number, seed in seeds.items()
              if "secret" in seed and commitment(seed["secret"], number) != seed["commitment"]]
    for number, seed in seeds.items():
        print(f"seed {number}: {seed['commitment']} was promised" + ("" if "secret" in seed else ", is not revealed"))
    open_rolls = sum(seed["rolls"] for seed in seeds.values() if "secret" not in seed)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{dice} dice computed again, {len(wrong)} wrong; {open_rolls} rolls of seeds that are not revealed")
    return 1 if wrong else 0 if dice else 2

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        print(f"{sys.argv[1]} cannot be read as a journal export: {error!r}", file=sys.stderr)
        sys.exit(2)
