"""What an unchanged client of LanguageTool makes of this server: `python3 language_tool_client.py URL`, JSON out."""

import json
import sys

import language_tool_python

TEXT = "😀 Hello there. I goes to school yesterday. She have a apple."

tool = language_tool_python.LanguageTool("en-US", remote_server=sys.argv[1])
matches = tool.check(TEXT)
seen = {
    "matches": [
        {
            "rule": match.rule_id,
            "category": match.category,
            "issue": match.rule_issue_type,
            "at": TEXT[match.offset : match.offset + match.error_length],
            "replacements": match.replacements,
            "sentence": match.sentence,
            "message": match.message,
        }
        for match in matches
    ],
    "corrected": tool.correct(TEXT),
}
tool.disabled_rules = {match.rule_id for match in matches}
seen["disabled"] = len(tool.check(TEXT))
tool.disabled_rules = set()
tool.mother_tongue = "vi"
tool.picky = True
seen["vietnamese"] = [match.message for match in tool.check(TEXT)]

auto = language_tool_python.LanguageTool("auto", remote_server=sys.argv[1])
auto.preferred_variants = {"en-GB"}
seen["auto"] = auto.correct("She have two cat.")
# A client that is told to contradict itself hears why.
auto.enabled_rules_only = True
try:
    auto.check("She have two cat.")
except language_tool_python.exceptions.LanguageToolError as error:
    seen["refused"] = str(error)
json.dump(seen, sys.stdout)
