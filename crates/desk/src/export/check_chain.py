"""Walks the chain of facts of an export, with nothing but what Python brings along.

python3 data/check_chain.py        (from the folder of the bag)

Each fact has a hash over the hash before it and its own line, so no fact can be changed, taken out
or put in without all that come after it. The last hash is that of chain.jsonl; compare it with one
that was written down elsewhere, such as in an earlier export.
"""

import calendar
import hashlib
import json
import pathlib
import sys
import time


def microseconds(moment):
    seconds, _, fraction = moment.rstrip("Z").partition(".")
    since = calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S"))
    return since * 1_000_000 + int(fraction.ljust(6, "0"))


def shown(fact):
    """The line that a fact would have by its columns, with its data as a value."""
    of = [str(fact[name]) if fact[name] is not None else "-" for name in ("contact", "actor")]
    return [str(fact["id"]), str(microseconds(fact["at"])), *of, fact["data"]]


tables = pathlib.Path(__file__).parent / "tables"
last, before = 0, b""
with open(tables / "facts.jsonl", encoding="utf-8") as facts:
    for row in facts:
        fact = json.loads(row)
        line, last = fact["line"], last + 1
        before = hashlib.sha256(before + line.encode()).digest()
        *told, data = line.split("\t", 4)
        told.append(json.loads(data))
        if before.hex() != fact["hash"]:
            sys.exit(f"the chain is broken at fact {last}: its hash is another")
        if told != shown(fact) or fact["data"]["fact"] != fact["kind"]:
            sys.exit(f"the chain is broken at fact {last}: its line says something else")
        if fact["id"] != last:
            sys.exit(f"the chain is broken at fact {last}: it is missing")
end = json.loads((tables / "chain.jsonl").read_text(encoding="utf-8"))
if (end["last"], end["hash"]) != (last, before.hex()):
    sys.exit(f"the chain is broken at fact {last + 1}: facts at the end are missing")
print(f"the chain holds: {last} facts, the last hash is {before.hex()}")
