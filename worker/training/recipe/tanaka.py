"""Plain sentences from lower-cased, tokenised ones: `python3 tanaka.py train.en PROSE... > tanaka.txt`.

Names get their capitals back by what PROSE (plain text with capitals) writes."""

import collections
import re
import sys

upper, lower = collections.Counter(), collections.Counter()
for path in sys.argv[2:]:
    for line in open(path, encoding="utf-8"):
        for word in re.findall(r"(?<=[a-z,] )[A-Za-z]+", line):
            (upper if word[0].isupper() else lower)[word.lower()] += 1
names = {w for w in upper if upper[w] >= 3 and upper[w] > 9 * lower[w]} | {"tom", "mary", "emi", "i"}

seen = set()
for line in open(sys.argv[1], encoding="utf-8"):
    text = line.strip()
    if re.search(r"[\"`;]|''", text) or text in seen:
        continue
    seen.add(text)
    text = re.sub(r"(?:n 't|n't| 't)\b", "n't", text.replace("n 't", "n't"))
    text = re.sub(r"(\w)n n't", r"\1n't", text)
    text = re.sub(r" (n't|'s|'m|'re|'ve|'ll|'d)\b", r"\1", text)
    text = re.sub(r" ([,.!?:])", r"\1", text).replace("can not", "cannot")
    if re.search(r"(?<!\w)'|'(?!\w)", text):
        continue
    text = re.sub(r"(?<![\w'])[a-z]+", lambda m: m[0].capitalize() if m[0] in names else m[0], text)
    print(text[0].upper() + text[1:])
