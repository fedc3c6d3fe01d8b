"""What people expect: the files verdicts.tsv beside the features. A block names routes, then says for each relation of
an organization to a person's own what each role gets there: `ok` (admitted), or the status that refuses. Cells are
parted by tabs, and filled with spaces so that they stand one below the other.

The build of `luster` ends with `verdicts.py PROGRAM SOURCE`: a route that lacks one breaks it."""

import collections
import json
import pathlib
import subprocess
import sys

ROLES = ["superadmin", "agency_admin", "client_admin", "editor", "viewer", "nobody"]
OF_ORGANIZATIONS = ["own", "child", "grandchild", "parent", "sibling", "other agency's", "absent"]
RELATIONS = [*OF_ORGANIZATIONS, "anywhere"]  # the last: routes that name no organization
ANSWERS = {"ok", "401", "403", "404"}


class Unclear(Exception):
    """A file that can't be understood, with the line."""


def read_all(source):
    """(route, relation, role) → answer, from every file below a folder."""
    verdicts = {}
    for path in sorted(pathlib.Path(source).rglob("verdicts.tsv")):
        for (route, relation), answers in read(path.read_text().splitlines(), path):
            for role, answer in zip(ROLES, answers):
                if (route, relation, role) in verdicts:
                    raise Unclear(f"{path}: '{route}' has two verdicts for '{relation}'")
                verdicts[route, relation, role] = answer
    return verdicts


def read(lines, path):
    """Each route of a block with each of its relations."""
    if cells_of(lines[0])[1:] != ROLES:
        raise Unclear(f"{path}: the first line names the roles {', '.join(ROLES)}")
    routes, judged = [], False
    for number, line in enumerate(lines[1:], 2):
        cells = cells_of(line)
        if len(cells) == 1 and line.strip():
            routes, judged = ([] if judged else routes) + [" ".join(line.split())], False
        elif len(cells) > 1:
            relations, answers, judged = cells[0].split(", "), cells[1:], True
            if not routes or len(answers) != len(ROLES) or not set(answers) <= ANSWERS or not set(relations) <= set(RELATIONS):
                raise Unclear(f"{path}:{number}: '{line}' is no line of verdicts")
            yield from (((route, relation), answers) for route in routes for relation in relations)


def cells_of(line):
    return [cell.strip() for cell in line.split("\t")]


def gaps(routes, verdicts):
    """What is wrong with the files as a whole, in sentences: each route of the API has a verdict for each relation."""
    there = collections.defaultdict(set)
    for route, relation, _ in verdicts:
        there[route].add(relation)
    for route in routes:
        wanted = set(OF_ORGANIZATIONS) if "{org}" in route else {"anywhere"}
        for relation in sorted(wanted - there[route]):
            yield f"{route} has no verdict for '{relation}': write it into verdicts.tsv beside its feature"
    for route in sorted(set(there) - set(routes)):
        yield f"{route} has verdicts and is no route"


def routes(document):
    """Method, path and right of each route of an OpenAPI document."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path.removeprefix("/api/v1"), operation["x-right"]


def main(program, source):
    document = json.loads(subprocess.run([program, "openapi"], check=True, stdout=subprocess.PIPE).stdout)
    wrong = list(gaps([f"{method} {path}" for method, path, _ in routes(document)], read_all(source)))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except Unclear as fault:
        sys.exit(str(fault))
