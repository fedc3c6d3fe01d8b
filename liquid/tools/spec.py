#!/usr/bin/env python3
"""Runs folders of the public Liquid conformance suite on the engine, by JSON-RPC.

    liquid/tools/spec.py DIR… [--all] [--filter TEXT] [--engine COMMAND] [--mode MODE]

Shows the lowest failing case first, then a table of the suites, and ends with `N passed, N failed`
over the cases that an engine outside of Ruby can express. Those that it can't are told by their
features and objects; conformance.md says why.
"""
import argparse
import base64
import collections
import glob
import json
import math
import os
import re
import shlex
import subprocess
import sys

import yaml

# What the engine leaves out; see conformance.md.
LEFT_OUT = {"strict2_blank_body_errors"}
# A class amid a list: the reference prints what stands before the error, these want nothing of it.
LEFT_OUT_CASES = {
    "StandardFilterTest#test_compact_2b01e238", "StandardFilterTest#test_default_a8c7a8f0",
    "StandardFilterTest#test_reverse_594e414a", "StandardFilterTest#test_uniq_7c8b4bc8",
}
NOW = "2024-01-01T00:01:58Z"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as the suite writes it: keys that are hashes, binary texts, dates left as text."""


class Key:
    """A key that Python can't hash or takes for another: it finds 1, 1.0 and True the same."""

    def __init__(self, value):
        self.value = value


def construct_mapping(loader, node):
    mapping = {}
    loader.constructed_objects[node] = mapping  # before its parts: it may hold itself
    yield mapping
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        value = loader.construct_object(value_node, deep=True)
        mapping[Key(key) if isinstance(key, (bool, float, dict, list)) else key] = value


def construct_other(loader, suffix, node):
    if suffix == "binary":
        return construct_binary(loader, node)
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


def construct_binary(loader, node):
    raw = base64.b64decode(node.value)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


Loader.add_constructor("tag:yaml.org,2002:map", construct_mapping)
Loader.add_constructor("tag:yaml.org,2002:binary", construct_binary)
Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda l, n: n.value)
Loader.add_multi_constructor("!", construct_other)
# Ruby's YAML reads only true and false as booleans.
Loader.yaml_implicit_resolvers = {
    c: [(t, r) for t, r in rs if t != "tag:yaml.org,2002:bool"]
    for c, rs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool",
                             re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))

Loader.add_implicit_resolver("!integer", re.compile(r"^[-+]?[1-9][0-9]*(?:,[0-9]+)+$"),
                             list("-+0123456789"))
Loader.add_constructor("!integer", lambda l, n: int(n.value.replace(",", "")))


class Drop:
    """An object at this end of the line; the engine asks for its properties and calls its methods.

    Methods that a drop may have beside: plain (to_liquid_value), number (to_number), size, first,
    last. `fields` are the answers to `get`."""

    def __init__(self, **params):
        self.params = params

    def get(self, name):
        return None

    def to_s(self):
        return type(self).__name__

    def liquid(self):
        return self

    def items(self):
        return None


class Boxed(Drop):
    """A drop that stands for a value."""
    default = None

    def __init__(self, value=None, **_):
        self.value = self.default if value is None else value

    def plain(self):
        return self.value


class BooleanDrop(Boxed):
    default = False

    def to_s(self):
        return "true" if self.value else "false"


class NumberDrop(Boxed):
    default = 0

    def to_s(self):
        return str(self.value)

    def number(self):
        return self.value


class IntegerDrop(Boxed):
    default = 0

    def __init__(self, value=None, **_):
        self.value = int(value or 0)

    def to_s(self):
        return str(self.value)


class StringDrop(Boxed):
    def to_s(self):
        return self.value or ""


class ValueDrop(Boxed):
    default = {}


class MethodDrop(Drop):
    def get(self, name):
        found = re.match(r"^(echo|square|double)_(\d+)$", str(name))
        if not found:
            return None
        n = int(found[2])
        return str({"echo": n, "square": n * n, "double": n * 2}[found[1]])


class IndexDrop(Drop):
    def get(self, name):
        if isinstance(name, int):
            words = ["zero", "one", "two", "three", "four", "five"]
            return words[name] if 0 <= name < len(words) else "unknown"
        return name if isinstance(name, str) else "unknown"


class SequenceDrop(Drop):
    def size(self):
        return 3

    def first(self):
        return "first"

    def last(self):
        return "third"

    def items(self):
        return ["first", "second", "third"]


class NilDrop(Drop):
    def liquid(self):
        return None


class OpaqueDrop(Drop):
    def to_s(self):
        return "opaque"


class ErrorDrop(Drop):
    def get(self, name):
        raise RuntimeError("ErrorDrop: access triggered an error")


class NestedDrop(Boxed):
    default = 3

    def get(self, name):
        if name == "square":
            return NestedDrop(self.value * self.value)
        return self if name == "nested" else None

    def to_s(self):
        return str(self.value)


class NumberLikeThing(Drop):
    def number(self):
        return self.params["amount"]


class ThingWithValue(Drop):
    def get(self, name):
        return 3 if name == "value" else None


class TestDrop(Drop):
    def get(self, name):
        return self.params.get("value") if name == "value" else None


class SettingsDrop(Drop):
    def get(self, name):
        return self.params["settings"].get(name)


class LoaderDrop(Drop):
    def items(self):
        return self.params["data"]


class ArrayDrop(Drop):
    def items(self):
        return self.params["array"]


class TestEnumerable(Drop):
    def items(self):
        return [{"foo": 1, "bar": 2}, {"foo": 2, "bar": 1}, {"foo": 3, "bar": 3}]


class ThingWithToLiquid(Drop):
    def liquid(self):
        return "foobar"


class CustomToLiquidDrop(Drop):
    def liquid(self):
        return self.params["value"]


class ToSDrop(Drop):
    """Counts how often it was turned into what a template sees."""

    def __init__(self, foo=0, **_):
        self.foo = foo

    def get(self, name):
        return self.to_s()

    def to_s(self):
        return "woot: %s" % self.foo

    def liquid(self):
        self.foo += 1
        return self


class ToLiquidHashObject(Drop):
    def liquid(self):
        return {"name": "from_to_liquid", "status": "ok"}


class ToLiquidStringObject(Drop):
    def liquid(self):
        return "i_am_a_string"


class ToLiquidArrayObject(Drop):
    def liquid(self):
        return [10, 20, 30]


class ToLiquidNilObject(Drop):
    def liquid(self):
        return None


class SecurityVictimDrop(Drop):
    """Has two properties; whatever else templates try must lead nowhere."""

    def get(self, name):
        return {"name": self.params.get("name", "Widget"), "price": 42}.get(name)


class FakeDropObject(Drop):
    """No drop, but the runner sends it as one and answers for all of its methods."""

    def get(self, name):
        raise Unportable("an object that the runner takes for a drop")


class SecurityNestedDrop(Drop):
    def get(self, name):
        return {"child": SecurityVictimDrop(name="nested_child"),
                "items": [SecurityVictimDrop(name="a"), SecurityVictimDrop(name="b")]}.get(name)


class SecurityEnumerableDrop(Drop):
    def get(self, name):
        return "my list" if name == "title" else None

    def items(self):
        return ["x", "y", "z"]


def all_drops(parent=Drop):
    for drop in parent.__subclasses__():
        yield drop
        yield from all_drops(drop)


DROPS = {c.__name__: c for c in all_drops()}


def is_symbol(value):
    """Ruby's YAML reads :name as a symbol."""
    return isinstance(value, str) and re.match(r"^:[A-Za-z_]\w*[?!]?$", value) is not None


def to_s(value):
    """The text of a hash's key."""
    if isinstance(value, str):
        return value[1:] if is_symbol(value) else value
    return "" if value is None else inspect(value)


def inspect(value):
    if isinstance(value, Key):
        value = value.value
    value = instantiated(value)
    if value is None or isinstance(value, bool):
        return {None: "nil", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{%s}" % ", ".join(inspect(k) + "=>" + inspect(v) for k, v in value.items())
    if isinstance(value, list):
        return "[%s]" % ", ".join(map(inspect, value))
    if isinstance(value, str):
        return value if is_symbol(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, range):
        return "%d..%d" % (value.start, value.stop - 1)
    return str(value)


def instantiated(value):
    """What stands for an object of the suite's library becomes it."""
    if isinstance(value, str) and value.startswith("instantiate:"):
        return instance(value[12:], {})
    if isinstance(value, dict) and len(value) == 1:
        (key, params), = value.items()
        if isinstance(key, str) and key.startswith("instantiate:"):
            return instance(key[12:], params)
    return value


class Unportable(Exception):
    pass


class Class:
    """A class of Ruby's, itself as a value."""

    def __init__(self, name):
        self.name = name


def instance(text, params):
    name, _, inline = text.partition(":")
    if inline.strip():
        params = yaml.load(inline, Loader)
    if name.strip() == "LongString":
        return "x" * params["length"]
    if name.strip() == "Range" and isinstance(params, list) and isinstance(params[0], int):
        return range(params[0], params[1] + 1)
    if name.strip() == "LiquidDropClass":
        return Class("Liquid::Drop")
    if name.strip() == "HashWithoutCustomToS":
        return params
    if name.strip() not in DROPS:
        raise Unportable("the Ruby object " + name.strip())
    return DROPS[name.strip()](**(params if isinstance(params, dict) else {}))


class Engine:
    def __init__(self, command):
        self.process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, encoding="utf-8",
                                        errors="surrogateescape")
        self.last_id = 0
        self.drops = {}
        self.unportable = None  # why what the engine asked can't be answered
        self.call("initialize", {"version": "1.0"})

    def send(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def call(self, method, params):
        self.last_id += 1
        self.send({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params})
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the engine died: exit status %s" % self.process.wait())
            message = json.loads(line)
            if "method" in message:
                self.answer(message)
            elif self.unportable:
                reason, self.unportable = self.unportable, None
                raise reason
            elif "error" in message:
                raise RuntimeError(message["error"]["message"])
            else:
                return message["result"]

    def answer(self, request):
        """As the public runner does: what goes wrong stands within the result."""
        params = request["params"]
        try:
            result = self.answer_to(request["method"], params, self.drops[params["drop_id"]])
        except Unportable as reason:
            self.unportable, result = reason, {"value": None}
        except Exception as problem:
            result = {"error": {"code": -32002, "message": str(problem)}}
        self.send({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def answer_to(self, question, params, drop):
        if question == "drop_iterate":
            items = drop.items()
            return {"items": [self.wrap(item) for item in ([drop] if items is None else items)]}
        if question == "drop_call":
            name = params["method"]
            method = self.method(drop, name)
            if method is None:
                raise AttributeError("Method %s not found on %s" % (name, type(drop).__name__))
            return {"value": self.wrap(method())}
        method = self.method(drop, params["property"])
        value = drop.get(params["property"]) if method is None else method()
        return {"value": self.wrap(value)}

    @staticmethod
    def method(drop, name):
        """What the runner calls by its name, be it asked for as a method or as a property."""
        names = {"to_s": "to_s", "to_liquid": "liquid", "to_liquid_value": "plain",
                 "to_number": "number", "size": "size", "first": "first", "last": "last"}
        return getattr(drop, names[name], None) if name in names else None

    def wrap(self, value, seen=None, within=()):
        seen = {} if seen is None else seen
        value = instantiated(value)
        if isinstance(value, Drop):
            name = "drop_%d" % (len(self.drops) + 1)
            self.drops[name] = value
            return {"_rpc_drop": name, "type": type(value).__name__}
        if isinstance(value, (dict, list)):
            return self.wrap_container(value, seen, within)
        if is_symbol(value):
            return {"_ruby_type": "Symbol", "value": value[1:], "inspect": value}
        if isinstance(value, Class):
            return {"_ruby_type": "Class", "name": value.name, "inspect": value.name}
        if isinstance(value, range):
            return {"_ruby_type": "Range", "begin": value.start, "end": value.stop - 1,
                    "exclude_end": False, "inspect": inspect(value)}
        if isinstance(value, bytes):
            return "".join(chr(b) if b < 128 else "\ufffd" for b in value)
        if isinstance(value, float) and not math.isfinite(value):
            return None
        return value

    def wrap_container(self, value, seen, within):
        if any(value is outer for outer in within):
            raise Unportable("a circular structure")
        within = within + (value,)
        odd = isinstance(value, dict) and any(
            not isinstance(k, str) or is_symbol(k) for k in value)
        if odd:
            return {"_ruby_type": "Hash", "inspect": inspect(value),
                    "data": {to_s(k): self.wrap(v, seen, within) for k, v in value.items()}}
        # What is met a second time is a circle to the runner.
        if id(value) in seen:
            return "[circular]"
        seen[id(value)] = value
        if isinstance(value, list):
            return [self.wrap(v, seen, within) for v in value]
        return {k: self.wrap(v, seen, within) for k, v in value.items()}


def expand(case):
    """Fills in generated numbers: a fixed one will do."""
    values = {name: (rule["min"] + 6 if isinstance(rule, dict) else rule[0])
              for name, rule in (case.get("generate") or {}).items()}

    def fill(text):
        return re.sub(r"#\{([^}]*)\}", lambda m: str(eval(m[1], {}, dict(values))), text)

    if values:
        case = dict(case, template=fill(case["template"]), expected=fill(str(case["expected"])))
    return case


def load(folders):
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "**", "*.yml"), recursive=True)):
            if os.path.basename(path) == "suite.yml":
                continue
            with open(path, encoding="utf-8") as file:
                document = yaml.load(file, Loader)
            meta = (document.get("_metadata") or {}) if isinstance(document, dict) else {}
            cases = document["specs"] if isinstance(document, dict) else document
            for case in cases:
                case.setdefault("features", meta.get("features"))
                case.setdefault("complexity", meta.get("complexity", 1000))
                yield path, case


def full(error):
    """The text that Ruby's exception would have."""
    if error["message"].startswith("Liquid"):
        return error["message"]
    where = ""
    if error.get("line"):
        where = " (%sline %d)" % (error.get("template_name", "") + " "
                                  if error.get("template_name") else "", error["line"])
    kind = "Liquid syntax error" if error["type"] == "syntax_error" else "Liquid error"
    return "%s%s: %s" % (kind, where, error["message"])


def matches(patterns, text):
    if text.startswith("Liquid syntax"):
        text = "Liquid::SyntaxError: " + text
    return all(re.search(str(p), text, re.I) or str(p).lower() in text.lower() for p in patterns)


def run(engine, case, mode):
    """None if the case passes, else what was seen."""
    engine.drops.clear()
    # A few cases were recorded without line numbers.
    lines = not str(case.get("expected")).startswith("Liquid error: ")
    params = {"template": case["template"], "options": {"line_numbers": lines}}
    if mode:
        params["options"]["error_mode"] = mode
    files = case.get("filesystem")
    if files is not None:
        params["filesystem"] = {str(k): "" if v is None else str(v) for k, v in files.items()}
    environment = engine.wrap(case.get("environment") or {})
    errors = case.get("errors") or {}
    compiled = engine.call("compile", params)
    if compiled.get("error"):
        text = full(compiled["error"])
        if "parse_error" in errors:
            wrong = not matches(errors["parse_error"], text) or (
                "line" in errors and errors["line"] != compiled["error"]["line"])
            return "parse error: " + text if wrong else None
        if case.get("render_errors") and text == case.get("expected"):
            return None
        return "parse error: " + text
    if "parse_error" in errors:
        return "no parse error"
    rendered = engine.call("render", {
        "template_id": compiled["template_id"], "environment": environment,
        "options": {"strict_errors": not case.get("render_errors") and "output" not in errors,
                    "resource_limits": case.get("resource_limits") or {},
                    "registers": {"current_time": NOW}}})
    if rendered.get("output") is None:
        text = full(rendered["error"])
        if "render_error" in errors:
            return None if matches(errors["render_error"], text) else "render error: " + text
        return "render error: " + text
    output = rendered["output"]
    if "render_error" in errors:
        return "no render error; output: %r" % output
    if "output" in errors:
        return None if matches(errors["output"], output) else "output: %r" % output
    if "expected_pattern" in case:
        # Ruby's (?m) lets the dot match line ends.
        pattern = str(case["expected_pattern"]).replace("(?m)", "(?s)")
        return None if re.search(pattern, output) else "output: %r" % output
    expected = case.get("expected")
    expected = "" if expected is None else str(expected)
    return None if output == expected else "output: %r" % output


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--all", action="store_true", help="show every failing case")
    parser.add_argument("--filter", default="", help="only cases whose name has this text")
    parser.add_argument("--engine", default=os.environ.get("LIQUID_ENGINE", "liquid --json-rpc"))
    parser.add_argument("--mode", default=None, help="the mode of cases that ask for none")
    arguments = parser.parse_args()

    engine = Engine(arguments.engine)
    failures, skipped = [], collections.Counter()
    table = collections.defaultdict(lambda: [0, 0, 0])
    for path, case in load(arguments.folders):
        if arguments.filter not in case["name"]:
            continue
        suite = os.path.basename(os.path.dirname(path))
        case = expand(case)
        modes = case.get("error_mode") or arguments.mode
        modes = modes if isinstance(modes, list) else [modes]
        reasons = LEFT_OUT & {str(f) for f in case.get("features") or []}
        try:
            if reasons:
                raise Unportable(sorted(reasons)[0])
            if case["name"] in LEFT_OUT_CASES:
                raise Unportable("a class amid a list")
            if case.get("template_factory"):
                raise Unportable("template_factory")
            if isinstance(case.get("expected"), bytes):
                raise Unportable("bytes that are no text")
            seen = None
            for mode in modes:
                seen = run(engine, case, mode and str(mode).lstrip(":"))
                if seen is not None:
                    seen = "[%s] %s" % (mode, seen)
                    break
        except Unportable as reason:
            skipped[str(reason)] += 1
            table[suite][2] += 1
            continue
        except RuntimeError as problem:
            seen = str(problem)
            if engine.process.poll() is not None:
                engine = Engine(arguments.engine)
        table[suite][0 if seen is None else 1] += 1
        if seen is not None:
            failures.append((case["complexity"], path, case, seen))

    failures.sort(key=lambda f: f[0])
    for complexity, path, case, seen in failures if arguments.all else failures[:1]:
        print("%s (complexity %s, %s)" % (case["name"], complexity, os.path.relpath(path)))
        print("  template: %r" % case["template"])
        for key in ("environment", "filesystem", "error_mode", "render_errors", "errors",
                    "resource_limits"):
            if case.get(key) is not None:
                print("  %s: %.600r" % (key, case[key]))
        print("  expected: %r" % case.get("expected", case.get("expected_pattern")))
        print("  seen: %s\n" % seen)
    for reason, count in skipped.most_common():
        print("left out: %5d %s" % (count, reason))
    for suite, (passed, failed, left) in sorted(table.items()):
        print("%-14s %5d passed %5d failed %5d left out" % (suite, passed, failed, left))
    total = [sum(row[i] for row in table.values()) for i in range(3)]
    print("%d passed, %d failed" % (total[0], total[1]))
    return 1 if total[1] else 0


if __name__ == "__main__":
    sys.exit(main())
