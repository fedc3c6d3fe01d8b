"""Small habits: 'X is banned, use Y', files that nobody uses, leftovers, docs that name what is not there."""

import collections
import json
import re

from lint.files import Fault, is_test

Ban = collections.namedtuple("Ban", "files pattern sentence but", defaults=[None])

CODE = r"^(src|plugins|liquid|tests|bench)/.*\.(h|cc)$"
SQL = r"^(schema|plugins)/.*\.sql$"
TEXT = r"\.(h|cc|py|sql|ts|tsx|js|mjs|css|md|json|toml|liquid|html|sh|yaml|yml|txt|cmake)$|^dev$|^\.ci/"
TESTS = r"_test\.cc$|/testing/|^tests/|^(liquid/)?(bench|tool)/"
EXCUSE = "lint: allowed"  # at a line's end, with the reason before it

BANS = [
    Ban(CODE, r"\bstd::sto[ildf]\w*|\bato[ifl]\w*\(", "use std::from_chars or the parser of the type: this one throws, "
        "skips spaces and takes trailing junk", but=TESTS),
    Ban(CODE, r"\bstd::w?s?regex\b|<regex>", "use RE2 or a parser by hand: std::regex backtracks without limit"),
    Ban(CODE, r"\bdetached\b", "spawn through io/loop, which owns the coroutine and reports its fault",
        but=r"^src/io/loop/"),
    Ban(CODE, r"\busing namespace (std|boost)\s*;", "name what you use"),
    Ban(CODE, r"(?<![\w.>:])assert\(", "use LUSTER_ASSERT, which stays on in a release", but=r"^liquid/"),
    Ban(CODE, r"\bsystem_clock::now|\btime\(nullptr\)|\bgettimeofday\(", "ask Clock for the time", but=r"^src/io/|^bench/"),
    Ban(CODE, r"(?<![\w.>])s?rand\(|\brandom_device\b", "ask Random", but=r"^src/io/"),
    Ban(CODE, r"(?<![\w>])::(connect|socket|bind|listen|accept4?)\(|\bsockaddr\w*|(?<![\w.>:])connect\(\w+, ",
        "effects live in src/io/", but=r"^src/io/|^bench/"),
    Ban(CODE, r"\bsleep_for\(|\busleep\(|(?<!\w)::sleep\(", "wait with a timer: this stops the whole loop",
        but=r"^src/io/|" + TESTS),
    Ban(CODE, r'\{"org", |\.add\("org", ', "an organization is 'organization' in every line of the log"),
    Ban(SQL, r"(?i)\b(now|random|clock_timestamp|gen_random_uuid|statement_timestamp)\s*\(\)|\bcurrent_timestamp\b",
        "SQL has no clock and no dice: the time, the id come as parameters, so that a test can set them"),
    Ban(TEXT, r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b(?!-)", "do it, or open an issue"),
    Ban(TEXT, r"^(<{7}|={7}|>{7})( |$)", "a merge left this behind"),
    Ban(r"^panel/src/.*\.tsx?$", r"\bconsole\.log\(|\bdebugger\b", "a leftover of a search for a fault"),
    Ban(TEXT, r"(?<![\w.{}$])/(work|root|home)/\w", "a path of one machine: say it relative to the checkout"),
    Ban(TEXT + r"|package-lock\.json$", r"registry[.]npmjs|deb[.]debian[.]org|pypi[.]org|files[.]pythonhosted|proxy[.]golang",
        "registries are the clients' business: name packages only"),
]
RAW_SQL = re.compile(r'R"sql\((.*?)\)sql"', re.DOTALL)


def banned(tree):
    for ban in BANS:
        for name in tree.matching(ban.files):
            if ban.but and re.search(ban.but, name):
                continue
            for number, line in tree.lines(name):
                found = re.search(ban.pattern, line)
                if found and EXCUSE not in line:
                    yield Fault(name, number, f"'{found[0].strip()}' is banned: {ban.sentence}.")


def sql_in_code(tree):
    """The statements inside C++ keep the same rule as the files of SQL."""
    rule = next(ban for ban in BANS if ban.files == SQL)
    for name in tree.matching(r"^(src|plugins)/.*\.(h|cc)$"):
        if is_test(name):
            continue
        text = tree.text(name)
        for statement in RAW_SQL.finditer(text):
            found = re.search(rule.pattern, statement[1])
            if found:
                line = text.count("\n", 0, statement.start(1) + found.start()) + 1
                yield Fault(name, line, f"'{found[0]}' is banned: {rule.sentence}.")


def headers(tree):
    """Each header guards itself and is included by someone."""
    included = {target for name in tree.matching(r"\.(h|cc)$")
                for target in re.findall(r'#\s*include\s+["<]([^">]+)[">]', tree.text(name))}
    for name in tree.matching(r"^(src|plugins|liquid|tests|bench)/.*\.h$"):
        if "#pragma once" not in tree.text(name):
            yield Fault(name, 1, "a header begins with '#pragma once'.")
        if not any(name == target or name.endswith(f"/{target}") for target in included) and name != "src/pch.h":
            yield Fault(name, 1, "nobody includes this header: use it or remove it.")


def leftovers(tree):
    for name in tree.files:
        if re.search(r"\.(orig|rej|bak|swp|tmp|log)$|~$|(^|/)(core|\.DS_Store|Thumbs\.db)$", name):
            yield Fault(name, 1, "a leftover: remove it.")
        elif re.search(TEXT, name) and not tree.text(name).strip():
            yield Fault(name, 1, "an empty file: fill it or remove it.")


def paths_in_docs(tree):
    """A path that a document names in `code` or links to must be there."""
    tops = {name.split("/")[0] for name in tree.files if "/" in name}
    for name in tree.matching(r"\.md$"):
        base = name.rpartition("/")[0]
        for number, line in tree.lines(name):
            for path in re.findall(r"`([\w.@-]+(?:/[\w.@-]+)+/?)`", line):
                beside = f"{base}/{path}" if base else path
                if path.split("/")[0] in tops and not tree.exists(path) and not tree.exists(beside):
                    yield Fault(name, number, f"names {path}, which is not there.")
            for link in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", line):
                if not tree.exists(f"{base}/{link}" if base else link):
                    yield Fault(name, number, f"links to {link}, which is not there.")


def messages(tree):
    """What is said in English is said in German, with the same holes to fill."""
    for english in tree.matching(r"/messages/en\.json$"):
        german = english.replace("/en.json", "/de.json")
        if not tree.exists(german):
            yield Fault(english, 1, f"its twin {german} is missing.")
            continue
        ours, theirs = (json.loads(tree.text(name)) for name in (english, german))
        for key in sorted(ours.keys() ^ theirs.keys()):
            yield Fault(german if key in ours else english, 1, f"the message '{key}' is missing here.")
        for key in sorted(ours.keys() & theirs.keys()):
            if holes(ours[key]) != holes(theirs[key]):
                yield Fault(german, 1, f"the message '{key}' has other placeholders than in English.")


def holes(message):
    return sorted(set(re.findall(r"\{\s*(\w+)\s*[,}]", json.dumps(message))))


def locks(tree):
    for name in tree.matching(r"(^|/)package-lock\.json$"):
        if '"resolved"' in tree.text(name):
            yield Fault(name, 1, "names a registry: run npm with --omit-lockfile-registry-resolved.")


CHECKS = {"banned": banned, "SQL in code": sql_in_code, "headers": headers, "leftovers": leftovers,
          "paths in docs": paths_in_docs, "messages": messages, "lock files": locks}
