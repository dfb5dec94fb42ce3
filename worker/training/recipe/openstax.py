"""Paragraphs of an OpenStax book as one sentence a line: `python3 openstax.py REPOSITORY > book.txt`.

REPOSITORY is the git directory of one of `openstax/osbooks-*` (CNXML, CC BY 4.0)."""

import html
import re
import subprocess
import sys

ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|U\.S|U\.K|Jr|Sr|No|Fig|Figure|al|ca|cf|Inc|Co|Ltd|[A-Z])\.$"
)


def sentences(paragraph):
    current = ""
    for word in paragraph.split(" "):
        current += (" " if current else "") + word
        if re.search(r"[.!?][\"”’)]*$", word) and not ABBREVIATION.search(word):
            yield current
            current = ""


def plain(xml):
    xml = re.sub(r"<(list|table|media|figure|note|footnote)\b.*?</\1>", " ", xml, flags=re.S)
    xml = re.sub(r"<link\b[^>]*/>", "\x00", xml)
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<newline[^>]*>", " ", xml)))
    return re.sub(r"\s+", " ", text).strip()


def files(repository):
    git = ["git", "-C", repository]
    names = subprocess.run([*git, "ls-tree", "-r", "--name-only", "HEAD"], capture_output=True, text=True).stdout
    for name in names.split("\n"):
        if name.endswith("index.cnxml"):
            yield subprocess.run([*git, "show", f"HEAD:{name}"], capture_output=True).stdout.decode("utf-8", "replace")


seen = set()
for text in files(sys.argv[1]):
    for match in re.finditer(r"<para\b[^>]*>(.*?)</para>", text, re.S):
        if re.search(r"<(?:m:math|equation|code)\b", match[1]):
            continue
        for sentence in sentences(plain(match[1])):
            # A null stands where a figure's number would be.
            whole = "\x00" not in sentence and re.match(r"[\"“]?[A-Z]", sentence)
            if whole and 4 <= len(sentence.split()) <= 50 and sentence not in seen:
                seen.add(sentence)
                print(sentence)
