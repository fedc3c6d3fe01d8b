"""Who may include whom: the table of docs/architecture.md, faces only, no cycles; the panel's imports too."""

import json
import posixpath
import re

from lint.files import Fault, is_test

# folder: what it may include besides itself. Where a folder has features below it, they are included by their face.
MAY_INCLUDE = {
    "base": [],
    "io": ["base", "io/loop", "io/http", "io/clock"],
    "core": ["base", "io", "core"],
    "cms": ["base", "io", "core", "cms", "liquid"],
    "site": ["base", "io", "core", "cms", "site", "liquid"],
    "platform": ["base", "io", "core", "platform"],
    "plugins": ["base", "io", "core", "cms", "liquid"],
    "app": ["base", "io", "core", "cms", "site", "platform", "plugins", "app", "liquid"],
    "liquid": [],
}
WITH_FACES = {"cms", "site", "platform", "plugins"}
WITH_FOLDERS = WITH_FACES | {"io", "core"}
THREE_WAYS = ("Features talk by calling a neighbour's face (cms/media/media.h), by asking through an interface "
              "that core declares, or by an event in the outbox.")

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")

# The panel: a feature knows ui and api, api knows ui, the shell knows all; ui knows no data.
PANEL_MAY_IMPORT = {
    "features": {"api", "ui"},
    "shell": {"api", "ui", "features"},
    "ui": set(),
    "api": {"ui"},
}


def subject(path):
    """The folder that a file belongs to: 'base', 'io/pg', 'cms/pages', 'plugins/shop' …"""
    parts = path.removeprefix("src/").split("/")
    if parts[0] in WITH_FOLDERS and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0]


def includes(tree):
    """(file, line number, included path) for each include of ours in code that is shipped."""
    for name in tree.matching(r"^(src/[^/]+|plugins|liquid)/.*\.(h|cc)$"):
        if is_test(name):
            continue
        for number, line in tree.lines(name):
            found = INCLUDE.match(line)
            if found and found[1].split("/")[0] in MAY_INCLUDE and "/" in found[1]:
                yield name, number, found[1]


def arrows(tree):
    """Includes against the table, and by the face alone."""
    for name, number, target in includes(tree):
        home, goal = subject(name), subject(target)
        if home == goal:
            continue
        if not may_include(tree, home, goal):
            yield Fault(name, number, f"{home} may not include {goal} (\"{target}\"). {THREE_WAYS}")
        elif goal.split("/")[0] in WITH_FACES and home != "app" and not is_face(target):
            yield Fault(name, number, f"\"{target}\" is private to {goal}; its face is \"{face_of(goal)}\". {THREE_WAYS}")


def may_include(tree, home, goal):
    top = home.split("/")[0]
    if top not in MAY_INCLUDE:
        return True  # not a layer: src/main.cc and the like
    allowed = MAY_INCLUDE[top]
    if top == "plugins":
        allowed = allowed + [f"plugins/{need}" for need in needs(tree, home)]
    return goal in allowed or goal.split("/")[0] in allowed


def needs(tree, plugin):
    manifest = f"{plugin}/plugin.json"
    return json.loads(tree.text(manifest)).get("needs", []) if tree.exists(manifest) else []


def face_of(goal):
    return f"{goal}/{goal.split('/')[-1]}.h"


def is_face(target):
    return target == face_of(subject(target)) or target.endswith("/fwd.h")


def cycles(tree):
    """Folders that include each other, however far around."""
    edges = {}
    for name, number, target in includes(tree):
        home, goal = subject(name), subject(target)
        if home != goal:
            edges.setdefault(home, {}).setdefault(goal, (name, number, target))
    for path in loops(edges):
        steps = list(zip(path, path[1:] + path[:1]))
        name, number, _ = edges[steps[0][0]][steps[0][1]]
        why = "; ".join(f"{edges[a][b][0]} includes \"{edges[a][b][2]}\"" for a, b in steps)
        yield Fault(name, number, f"a circle of folders, {' → '.join([*path, path[0]])}: {why}. {THREE_WAYS}")


def loops(edges):
    """Each circle once, found where a walk meets its own path."""
    done, found = set(), []

    def walk(node, path):
        if node in path:
            found.append(path[path.index(node):])
            return
        if node in done:
            return
        for goal in sorted(edges.get(node, {})):
            walk(goal, [*path, node])
        done.add(node)

    for node in sorted(edges):
        walk(node, [])
    return found


def panel_imports(tree):
    for name in tree.matching(r"^panel/src/.*(?<!\.test)\.tsx?$"):
        home = panel_subject(name)
        for number, line in tree.lines(name):
            for target in IMPORT.findall(line):
                goal = panel_subject(resolve(name, target))
                if goal and home and not panel_may_import(home, goal):
                    yield Fault(name, number, f"{home} may not import {goal}: features know ui and api, "
                                              "the shell knows features, a feature never knows another.")


def resolve(name, target):
    """An import's path as seen from the checkout; '' for a package."""
    if target.startswith("."):
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    if target.startswith(("@/", "~/")):
        return f"panel/src/{target[2:]}"
    return ""


def panel_subject(path):
    parts = path.split("/")
    if parts[:2] != ["panel", "src"] or len(parts) < 4 or parts[2] not in PANEL_MAY_IMPORT:
        return ""
    return "/".join(parts[2:4]) if parts[2] == "features" else parts[2]


def panel_may_import(home, goal):
    return home == goal or goal.split("/")[0] in PANEL_MAY_IMPORT[home.split("/")[0]]


CHECKS = {"includes": arrows, "include cycles": cycles, "panel imports": panel_imports}
