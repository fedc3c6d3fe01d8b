#!/usr/bin/env python3
"""Compares the engine with its peers: parse, render, both, on the corpus beside this folder.

    run.py --bench BINARY [--rounds N] [--turns N]

Outputs are compared byte for byte first. Then the programs run in turns (A B C … A B C …), each
measured by its own CPU time. The last number of the last line is Ruby's render time over ours.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = os.environ.setdefault("LIQUID_PARTS", os.path.abspath(os.path.join(HERE, "../../../.parts")))
CORPUS = os.path.join(HERE, "..", "corpus")
THEMES = ["counter", "folio", "journal", "market"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    # How many rounds a turn has: the slow ones need fewer to be measured well.
    programs = {
        "ours": ([arguments.bench], arguments.rounds * 10),
        "ruby": (["ruby", os.path.join(HERE, "peer.rb")], max(arguments.rounds // 10, 3)),
        "liquidjs": (["node", os.path.join(HERE, "peer.mjs")], arguments.rounds),
        "python": ([sys.executable, os.path.join(HERE, "peer.py")], max(arguments.rounds // 10, 3)),
        "rust": ([os.path.join(PARTS, "liquid-rust/release/liquid-peer")], arguments.rounds),
    }
    fitting = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        for theme in THEMES:
            outputs = {}
            for name, (command, _) in programs.items():
                path = os.path.join(folder, name)
                try:
                    done = subprocess.run(command + ["output", CORPUS, theme, path],
                                          capture_output=True, text=True)
                except OSError as problem:
                    print("%s: %s" % (name, problem))
                    continue
                if done.returncode != 0:
                    lines = done.stderr.strip().splitlines()
                    print("%s fails on %s: %s" % (name, theme, lines[-1] if lines else "?"))
                    continue
                with open(path, "rb") as file:
                    outputs[name] = file.read()
            for name, output in outputs.items():
                if output == outputs["ours"]:
                    fitting[name].append(theme)
                else:
                    at = next((i for i, (a, b) in enumerate(zip(output, outputs["ours"])) if a != b),
                              min(len(output), len(outputs["ours"])))
                    print("%s prints something else on %s at byte %d: %r, ours %r" % (
                        name, theme, at, output[at - 20:at + 30], outputs["ours"][at - 20:at + 30]))
            print("%-8s %6d bytes, the same from: %s" % (
                theme, len(outputs["ours"]), ", ".join(n for n in programs if theme in fitting[n])))
    times = {name: {theme: [] for theme in THEMES} for name in programs}
    for _ in range(arguments.turns):
        for name, (command, rounds) in programs.items():
            if not fitting[name]:
                continue
            done = subprocess.run(command + ["time", CORPUS, ",".join(fitting[name]), str(rounds)],
                                  capture_output=True, text=True, check=True)
            for line in done.stdout.splitlines():
                theme, parse, render = line.split()
                times[name][theme].append((int(parse), int(render)))
    median = {name: {theme: tuple(statistics.median(t[i] for t in list_) for i in (0, 1))
                     for theme, list_ in table.items() if list_} for name, table in times.items()}
    print("\nmicroseconds of CPU, median of %d turns (parse / render)" % arguments.turns)
    for theme in THEMES:
        print("%-8s " % theme + "  ".join("%s %.1f / %.1f" % (
            name, median[name][theme][0] / 1000, median[name][theme][1] / 1000)
            for name in programs if theme in median[name]))
    ratios = {}
    for name in programs:
        shared = [t for t in THEMES if t in median[name]]
        if name == "ours" or not shared:
            continue
        sums = {who: [sum(median[who][t][i] for t in shared) for i in (0, 1)] for who in ("ours", name)}
        both = sum(sums[name]) / sum(sums["ours"])
        ratios[name] = sums[name][1] / sums["ours"][1]
        print("%s over ours, on %d themes: parse %.1f, both %.1f, render %.1f" % (
            name, len(shared), sums[name][0] / sums["ours"][0], both, ratios[name]))
    if "ruby" in ratios:
        print("render, Ruby over ours: %.1f" % ratios["ruby"])


if __name__ == "__main__":
    main()
