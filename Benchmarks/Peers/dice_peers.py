"""The Python side of `bench dice`: what d20, simpleeval and icepool take for the work that the bench does itself.

Reads one JSON object from standard input, writes one to standard output: nanoseconds of CPU by case, and the versions.
Every peer is given its best form, found by measuring where there are several, and nothing but the work is timed.
"""

import gc
import json
import platform
import statistics
import sys
import time
from importlib.metadata import version

import d20
import icepool
import icepool.evaluator
import icepool.math
import simpleeval
from math import ceil, floor, sqrt

clock = time.process_time_ns

FUNCTIONS = {"floor": floor, "ceil": ceil, "round": round, "sqrt": sqrt, "min": min, "max": max, "abs": abs, "int": int}


def repeated(work, seconds):
    """Nanoseconds of one `work()`, where it may be called in a row: the median of eleven stretches."""
    work()
    count, spent = 1, 0
    while spent < seconds * 1e9 / 20:
        count *= 2
        began = clock()
        for _ in range(count):
            work()
        spent = clock() - began
    stretches = []
    for _ in range(11):
        gc.collect()
        began = clock()
        for _ in range(count):
            work()
        stretches.append((clock() - began) / count)
    return statistics.median(stretches)


def once(prepare, work):
    """Nanoseconds of one `work(prepare())`, the preparation aside."""
    given = prepare()
    gc.collect()
    began = clock()
    work(given)
    return clock() - began


def prepared(prepare, work, seconds):
    """The same, the median of three times or more."""
    samples, end = [], clock() + seconds * 1e9
    while clock() < end or len(samples) < 3:
        samples.append(once(prepare, work))
    return statistics.median(samples)


# --- d20 --------------------------------------------------------------------------------------------------------------

roller = d20.Roller()


def hot_roll(notation, seconds):
    tree = roller.parse(notation)
    return repeated(lambda: roller.roll(tree), seconds)


def cold_roll(notation, seconds):
    def work():
        roller._parse_cache.clear()
        roller.roll(notation)

    return repeated(work, seconds)


# --- simpleeval -------------------------------------------------------------------------------------------------------


def compiled_formula(formula, values, seconds):
    evaluator = simpleeval.SimpleEval(functions=FUNCTIONS)
    parsed = evaluator.parse(formula)

    def work():
        evaluator.names = values
        evaluator.eval(formula, previously_parsed=parsed)

    return repeated(work, seconds)


def cold_formula(formula, values, seconds):
    return repeated(lambda: simpleeval.simple_eval(formula, functions=FUNCTIONS, names=values), seconds)


def formula_value(formula, values):
    return simpleeval.simple_eval(formula, functions=FUNCTIONS, names=values)


# --- icepool ----------------------------------------------------------------------------------------------------------


def fresh_die():
    """A six-sided die that remembers nothing, in an icepool that remembers nothing."""
    icepool.Pool.clear_cache()
    icepool.evaluator.sum_evaluator.__dict__.pop("_cache", None)
    icepool.math.comb_row_cache.clear()
    return icepool.Die(range(1, 7))


def doubled(die):
    eight = (four := (two := die + die) + two) + four
    return (sixteen := eight + eight) + sixteen + eight


ODDS = {
    "4d6kh3": {
        "d6.highest(4, 3)": lambda die: die.highest(4, 3),
        "d6.pool(4).highest(3).sum()": lambda die: die.pool(4).highest(3).sum(),
        "d6.keep(4, [0, 1, 1, 1])": lambda die: die.keep([0, 1, 1, 1]),
        "highest(d6, d6, d6, d6, keep=3)": lambda die: icepool.highest(die, die, die, die, keep=3),
    },
    "40d6": {
        "40 @ d6": lambda die: 40 @ die,
        "d6.pool(40).sum()": lambda die: die.pool(40).sum(),
        "sums doubled by hand": doubled,
    },
}


def odds(notation, seconds):
    """The time of the fastest form, which it is, and its counts. Only the two fastest of two tries are measured."""
    forms = ODDS[notation]
    tries = {name: min(once(fresh_die, form) for _ in range(2)) for name, form in forms.items()}
    fastest = sorted(tries, key=tries.get)[:2]
    times = {name: prepared(fresh_die, forms[name], seconds) for name in fastest}
    best = min(times, key=times.get)
    die = forms[best](fresh_die())
    return times[best], best, {str(total): str(count) for total, count in die.items()}


def main():
    asked = json.load(sys.stdin)
    seconds = asked["seconds"]
    # What is thrown away is collected between the measurements, not in them, and what was imported not at all.
    gc.disable()
    gc.freeze()
    answer = {
        "versions": {
            "Python": platform.python_version(),
            **{name: version(name) for name in ("d20", "simpleeval", "icepool")},
        },
        "nanoseconds": {},
        "forms": {},
        "values": {},
        "odds": {},
    }
    times = answer["nanoseconds"]
    for notation in asked["hot"]:
        times[f"hot {notation}"] = hot_roll(notation, seconds)
    for notation in asked["cold"]:
        times[f"cold {notation}"] = cold_roll(notation, seconds)
    for formula in asked["formulas"]:
        values = {**asked["numbers"], **asked["booleans"]}
        times[f"compiled {formula}"] = compiled_formula(formula, values, seconds)
        times[f"cold {formula}"] = cold_formula(formula, values, seconds)
        answer["values"][formula] = formula_value(formula, values)
    for notation in asked["odds"]:
        time_taken, form, counts = odds(notation, seconds)
        times[f"odds {notation}"] = time_taken
        answer["forms"][notation] = form
        answer["odds"][notation] = counts
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
