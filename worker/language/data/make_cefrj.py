#!/usr/bin/env python3
"""Turns the CEFR-J Vocabulary Profile (CSV: headword,pos,CEFR,...) into cefrj.tsv (lemma, parts, level).

Usage: python3 make_cefrj.py cefrj-vocab.csv > cefrj.tsv

Spelling variants ("color/colour") become lines of their own; words of several parts of speech keep a line for each.
Entries of more than one word are left out: the profile counts single words.
"""
import csv
import sys

HEADER = """\
# Word levels from the CEFR-J Vocabulary Profile 1.5 (a compact table of facts: lemma, part of speech, level).
# CEFR-J Wordlist/Vocabulary Profile 1.5, compiled by Yukio Tono, Tokyo University of Foreign Studies.
# Free for research and commercial use with citation; see NOTICE. Made by make_cefrj.py; do not edit by hand.
"""
CODES = {
    "noun": "n", "verb": "v", "be-verb": "v", "do-verb": "v", "have-verb": "v", "adjective": "j", "adverb": "r",
    "pronoun": "p", "determiner": "d", "preposition": "i", "conjunction": "c", "number": "m",
    "modal auxiliary": "x", "interjection": "u", "infinitive-to": "t",
}


def main(path):
    facts = {}
    with open(path, encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source):
            for form in row["headword"].split("/"):
                word = form.strip().replace("\u2019", "'")
                if not word or " " in word or row["CEFR"] not in ("A1", "A2", "B1", "B2"):
                    continue
                key = (word if word == "I" else word.lower(), CODES[row["pos"]])
                facts[key] = min(facts.get(key, "Z"), row["CEFR"])
    sys.stdout.write(HEADER)
    for (word, part), level in sorted(facts.items()):
        sys.stdout.write(f"{word.lower()}\t{part}\t{level}\n")


if __name__ == "__main__":
    main(sys.argv[1])
