#!/usr/bin/env python3
"""Turns the Octanove Vocabulary Profile C1/C2 (CSV: headword,pos,CEFR,notes) into octanove.tsv (lemma, part, level).

Usage: python3 make_octanove.py octanove-vocabulary-profile-c1c2.csv > octanove.tsv

The letters of the parts of speech are those of cefrj.tsv. Entries of more than one word, and those without a part of
speech, are left out. The table keeps the licence of its source (CC BY-SA 4.0) and stays a file of its own.
"""
import csv
import sys

HEADER = """\
# Word levels from the Octanove Vocabulary Profile C1/C2 1.0 (a compact table of facts: lemma, part of speech, level).
# Octanove Vocabulary Profile C1/C2, Octanove Labs, licensed under CC BY-SA 4.0, and so is this file; see NOTICE.
# Made by make_octanove.py; do not edit by hand.
"""
CODES = {"noun": "n", "verb": "v", "vern": "v", "adjective": "j", "adverb": "r", "preposition": "i", "conjunction": "c"}


def main(path):
    facts = {}
    with open(path, encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            for form in row["headword"].split("/"):
                word = form.strip().replace("\u2019", "'").lower()
                if not word or " " in word or row["pos"] not in CODES or row["CEFR"] not in ("C1", "C2"):
                    continue
                key = (word, CODES[row["pos"]])
                facts[key] = min(facts.get(key, "Z"), row["CEFR"])
    sys.stdout.write(HEADER)
    for (word, part), level in sorted(facts.items()):
        sys.stdout.write(f"{word}\t{part}\t{level}\n")


if __name__ == "__main__":
    main(sys.argv[1])
