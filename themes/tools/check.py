#!/usr/bin/env python3
"""Checks the themes as files: python3 themes/tools/check.py [THEME…]

What it looks at: JSON, translations, schemas against templates and demo content, references to assets, snippets and media, inline
style and script, visitors' input, sizes. Prints each failure and `N passed, N failed`; exit status 1 when something failed.
"""
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

THEMES = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "de")
LIMITS = {".svg": 20_000, ".js": 4_000, ".css": 40_000, ".liquid": 20_000}  # bytes a file
FONTS = 80_000  # bytes a theme
SETTING_TYPES = {"text", "textarea", "richtext", "url", "checkbox", "select", "range", "color_scheme", "image", "page", "header", "paragraph"}
GLOBAL_TYPES = SETTING_TYPES | {"color"}
RICH_TEXT = {"doc", "paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote", "codeBlock", "horizontalRule", "text",
             "hardBreak"}
TAGS = {"capture", "endcapture", "if", "unless", "elsif", "else", "endif", "endunless", "case", "when", "endcase", "for", "endfor", "assign", "render", "section",
        "schema", "endschema", "comment", "endcomment"}
FILTERS = {"asset_url", "date", "default", "divided_by", "escape", "localized_url", "media_url", "newline_to_br", "slice", "split", "strip",
           "stylesheet_tag", "t", "upcase"}
RAW = {"content_for_header", "content_for_layout", "result.excerpt"}  # HTML that the host has made
FREE_TEXT = re.compile(r"\.(text|heading|eyebrow|title|name|label|caption|excerpt|terms|alt|quote|role|value|price|note|place)$")

passed, failures = 0, []


def check(holds, message):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(message)
    return holds


def load(path):
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        check(False, f"{path.relative_to(THEMES)}: {error}")
        return {}
    check(True, "")
    return value


def leaves(node, prefix=""):
    if isinstance(node, dict):
        for key, child in node.items():
            yield from leaves(child, f"{prefix}.{key}" if prefix else key)
    else:
        yield prefix, node


def body_of(text):
    """A template without its schema and its comments."""
    return re.sub(r"\{%-?\s*(schema|comment)\b.*?end\1\s*-?%\}", "", text, flags=re.S)


def code_of(text):
    """What is Liquid in a template, its strings emptied."""
    return re.sub(r"'[^']*'", "''", " ".join(re.findall(r"\{\{.*?\}\}|\{%.*?%\}", body_of(text), re.S)))


def strings(node):
    if isinstance(node, dict):
        for child in node.values():
            yield from strings(child)
    elif isinstance(node, list):
        for child in node:
            yield from strings(child)
    elif isinstance(node, str):
        yield node


class Theme:
    def __init__(self, name):
        self.name = name
        self.root = THEMES / name
        self.sections = {}
        self.liquid = {path: path.read_text(encoding="utf-8") for path in sorted(self.root.rglob("*.liquid"))}
        self.media = self.root / "demo/media"

    def say(self, path, message):
        return f"{path.relative_to(THEMES) if isinstance(path, Path) else f'{self.name}/{path}'}: {message}"

    def run(self):
        for part in ("layout/theme.liquid", "theme.json", "assets/settings.css.liquid", "assets/theme.css", "assets/favicon.svg",
                     "assets/share.svg", *(f"templates/{t}.json" for t in ("home", "page", "search", "404"))):
            check((self.root / part).is_file(), self.say(part, "is missing"))
        check(load(self.root / "theme.json").get("name") == self.name, self.say("theme.json", "names another theme"))
        self.locales()
        self.schemas()
        self.templates()
        for path, text in self.liquid.items():
            self.one_liquid(path, text)
        self.files()
        for language in LANGUAGES:
            for kind in ("content", "empty"):
                self.demo(self.root / f"demo/{kind}.{language}.json")
        self.same_demo()

    # -------------------------------------------------------------- words

    def locales(self):
        self.words = {}
        for kind in ("", ".schema"):
            maps = {lang: dict(leaves(load(self.root / f"locales/{lang}{kind}.json"))) for lang in LANGUAGES}
            self.words[kind] = maps
            for lang in LANGUAGES:
                for other in LANGUAGES:
                    for key in maps[other]:
                        check(key in maps[lang], self.say(f"locales/{lang}{kind}.json", f"lacks {key}"))
                for key, value in maps[lang].items():
                    check(isinstance(value, str) and value.strip(), self.say(f"locales/{lang}{kind}.json", f"{key} is empty"))
            for key in maps["en"]:
                holes = [set(re.findall(r"\{\{\s*(\w+)\s*\}\}", str(maps[lang].get(key, "")))) for lang in LANGUAGES]
                check(holes[0] == holes[1], self.say("locales", f"{key} takes other arguments in other languages"))
        used = {key for text in self.liquid.values() for key in re.findall(r"'([\w.]+)'\s*\|\s*t\b", text)}
        for key in used:
            for lang in LANGUAGES:
                check(key in self.words[""][lang], self.say(f"locales/{lang}.json", f"lacks {key}"))
        for key in self.words[""]["en"]:
            check(key in used, self.say("locales/en.json", f"{key} is never used"))

    def labels(self, path, node, used):
        for text in strings(node):
            if text.startswith("t:"):
                used.add(text[2:])
                for lang in LANGUAGES:
                    check(text[2:] in self.words[".schema"][lang], self.say(path, f"{text} is not in {lang}.schema.json"))

    # -------------------------------------------------------------- schemas

    def settings(self, path, settings, types):
        ids = [s["id"] for s in settings if "id" in s]
        check(len(ids) == len(set(ids)), self.say(path, "has an id twice"))
        for s in settings:
            kind = s.get("type")
            check(kind in types, self.say(path, f"setting type {kind} is unknown"))
            check("label" in s or kind in ("header", "paragraph"), self.say(path, f"{s.get('id')} has no label"))
            if kind in ("select", "color_scheme"):
                values = [o["value"] for o in s.get("options", [])]
                check(s.get("default") in values, self.say(path, f"{s['id']}: its default is no option"))
            if kind == "range":
                check((s["default"] - s["min"]) % s["step"] == 0 and s["min"] <= s["default"] <= s["max"], self.say(path, f"{s['id']}: default off the scale"))
            for label in ("label", "info"):
                check(str(s.get(label, "t:")).startswith("t:"), self.say(path, f"{s.get('id')}: {label} is not translated"))

    def schemas(self):
        used = set()
        for path in sorted((self.root / "sections").glob("*.liquid")):
            text = self.liquid[path]
            found = re.findall(r"\{%-?\s*schema\s*-?%\}(.*?)\{%-?\s*endschema\s*-?%\}", text, re.S)
            if not check(len(found) == 1, self.say(path, "has no schema, or two")):
                continue
            try:
                schema = json.loads(found[0])
            except ValueError as error:
                check(False, self.say(path, error))
                continue
            self.labels(path, schema, used)
            check(str(schema.get("name", "")).startswith("t:"), self.say(path, "its name is not translated"))
            self.settings(path, schema.get("settings", []), SETTING_TYPES)
            for block in schema.get("blocks", []):
                self.settings(path, block.get("settings", []), SETTING_TYPES)
            self.sections[path.stem] = schema
            ids = {s["id"] for s in schema.get("settings", [])}
            block_ids = {s["id"] for b in schema.get("blocks", []) for s in b["settings"]}
            for scope, known in (("section", ids), ("block", block_ids)):
                for id in set(re.findall(rf"\b{scope}\.settings\.(\w+)", text)):
                    check(id in known, self.say(path, f"reads {scope}.settings.{id}, which its schema lacks"))
                for id in known:
                    check(re.search(rf"\b{scope}\.settings\.{id}\b", text), self.say(path, f"never reads {scope}.settings.{id}"))
            for preset in schema.get("presets", []):
                blocks = {f"{n}": b for n, b in enumerate(preset.get("blocks", []))}
                self.section(path, "preset", {"type": path.stem, "settings": preset.get("settings", {}), "blocks": blocks, "block_order": list(blocks)})
        path = self.root / "config/settings_schema.json"
        groups = load(path)
        self.labels(path, groups, used)
        settings = [s for group in groups for s in group["settings"]]
        self.settings(path, settings, GLOBAL_TYPES)
        current = load(self.root / "config/settings_data.json").get("current", {})
        ids = {s["id"] for s in settings}
        check(ids == set(current) - {"sections"}, self.say("config/settings_data.json", "and the schema have different settings"))
        for id, data in current.get("sections", {}).items():
            self.section("config/settings_data.json", id, data)
        for path, text in self.liquid.items():
            for id in set(re.findall(r"(?<![.\w])settings\.(\w+)", code_of(text))):
                check(id in ids, self.say(path, f"reads settings.{id}, which the settings lack"))
        everything = "\n".join(code_of(text) for text in self.liquid.values())
        for id in ids:
            check(re.search(rf"(?<![.\w])settings\.{id}\b", everything), self.say("config/settings_schema.json", f"{id} is never read"))
        for key in self.words[".schema"]["en"]:
            check(key in used, self.say("locales/en.schema.json", f"{key} is never used"))

    def values(self, path, where, settings, schema):
        known = {s["id"]: s for s in schema if "id" in s}
        for id, value in settings.items():
            if not check(id in known, self.say(path, f"{where}: no setting {id}")):
                continue
            kind, setting = known[id]["type"], known[id]
            if kind in ("select", "color_scheme"):
                check(value in [o["value"] for o in setting["options"]], self.say(path, f"{where}: {id} can't be {value}"))
            elif kind == "checkbox":
                check(isinstance(value, bool), self.say(path, f"{where}: {id} is no yes or no"))
            elif kind == "image" and value:
                check((self.media / value).is_file(), self.say(path, f"{where}: no picture {value}"))
                if "alt" in known and id == "image":
                    check(str(settings.get("alt", "")).strip(), self.say(path, f"{where}: the picture has no description"))
            elif kind == "richtext" and not str(value).startswith("t:"):
                self.rich(path, where, value)
            elif kind == "url":
                check(re.match(r"(/|https://|mailto:|tel:|$)", value), self.say(path, f"{where}: {id} is no link: {value}"))

    def rich(self, path, where, node):
        """A document as the server checks it (src/cms/richtext), never HTML."""
        if not check(isinstance(node, dict), self.say(path, f"{where}: a rich text is a document")):
            return
        check(node.get("type") in RICH_TEXT, self.say(path, f"{where}: {node.get('type')} in a rich text"))
        for child in node.get("content", []):
            self.rich(path, where, child)

    def section(self, path, id, data):
        schema = self.sections.get(data.get("type"))
        if not check(schema, self.say(path, f"{id}: no section {data.get('type')}")):
            return
        self.values(path, id, data.get("settings", {}), schema.get("settings", []))
        blocks, order = data.get("blocks", {}), data.get("block_order", [])
        check(sorted(blocks) == sorted(order), self.say(path, f"{id}: block_order and blocks differ"))
        check(len(blocks) <= schema.get("max_blocks", 50 if schema.get("blocks") else 0), self.say(path, f"{id}: too many blocks"))
        kinds = {b["type"]: b for b in schema.get("blocks", [])}
        for key, block in blocks.items():
            if check(block["type"] in kinds, self.say(path, f"{id}: no block {block['type']}")):
                self.values(path, f"{id}/{key}", block.get("settings", {}), kinds[block["type"]]["settings"])

    def document(self, path, where, sections):
        check(sorted(sections["sections"]) == sorted(sections["order"]), self.say(path, f"{where}: order and sections differ"))
        check(len(json.dumps(sections)) <= 256 * 1024 and len(sections["order"]) <= 50, self.say(path, f"{where}: too large"))
        for id, data in sections["sections"].items():
            self.section(path, id, data)

    def templates(self):
        for path in sorted((self.root / "templates").glob("*.json")):
            self.document(path, "template", load(path))

    # -------------------------------------------------------------- Liquid and files

    def one_liquid(self, path, text):
        snippets = {p.stem for p in (self.root / "snippets").glob("*.liquid")}
        body = body_of(text)
        for name in re.findall(r"\{%-?\s*render\s+'([^']+)'", body):
            check(name in snippets, self.say(path, f"renders {name}, which is no snippet"))
        for name in re.findall(r"\{%-?\s*section\s+'([^']+)'", body):
            check(name in self.sections, self.say(path, f"shows {name}, which is no section"))
        for name in re.findall(r"'([^']+)'\s*\|\s*asset_url", body):
            check((self.root / "assets" / name).is_file() or (self.root / "assets" / f"{name}.liquid").is_file(), self.say(path, f"no asset {name}"))
        for tag in set(re.findall(r"\{%-?\s*(\w+)", text)):
            check(tag in TAGS, self.say(path, f"tag {tag} is not one that themes here use"))
        for name in set(re.findall(r"\|\s*(\w+)", code_of(text))):
            check(name in FILTERS, self.say(path, f"filter {name} is not one that themes here use"))
        check(not re.search(r"\sstyle\s*=|<style|\son\w+\s*=", body), self.say(path, "has inline style or script"))
        check(not re.search(r"<script(?![^>]*\ssrc=)", body), self.say(path, "has an inline script"))
        check(not re.search(r"(src|href)=\"(https?:)?//", body), self.say(path, "loads something from elsewhere"))
        check(not re.search(r"\bblank\b", code_of(text)), self.say(path, "compares with blank, which engines understand differently; use .size > 0"))
        for output in re.findall(r"\{\{-?\s*(.*?)\s*-?\}\}", body, re.S):
            value = output.split("|")[0].strip()
            rich = path.parent.name == "sections" and value.endswith((".text", ".answer")) and self.kind(path.stem, value) == "richtext"
            if path.parent.name != "assets" and FREE_TEXT.search(value) and value not in RAW and not rich:
                check(re.search(r"\|\s*escape\b", output), self.say(path, f"prints {value} without escape"))

    def kind(self, section, value):
        schema = self.sections.get(section, {})
        settings = schema.get("settings", []) if value.startswith("section.") else [s for b in schema.get("blocks", []) for s in b["settings"]]
        return next((s["type"] for s in settings if s["id"] == value.rsplit(".", 1)[-1]), None)

    def files(self):
        fonts = 0
        for path in sorted(p for p in self.root.rglob("*") if p.is_file()):
            size = path.stat().st_size
            if path.suffix == ".woff2":
                fonts += size
                check(path.with_name(path.stem + ".LICENSE.txt").is_file(), self.say(path, "has no licence beside it"))
            limit = LIMITS.get(path.suffix)
            check(limit is None or size <= limit, self.say(path, f"{size} bytes, more than {limit}"))
            if path.suffix == ".svg":
                self.picture(path)
        check(fonts <= FONTS, self.say("assets", f"{fonts} bytes of fonts, more than {FONTS}"))
        for path in (self.root / "assets").glob("*.css"):
            text = path.read_text(encoding="utf-8")
            check("url(" not in text and "@import" not in text, self.say(path, "loads something; settings.css.liquid does that"))
            check(text.count("{") == text.count("}"), self.say(path, "braces don't match"))
        used = "\n".join(p.read_text(encoding="utf-8") for p in (self.root / "demo").glob("*.json"))
        for path in self.media.rglob("*.*"):
            check(str(path.relative_to(self.media)) in used, self.say(path, "is shown nowhere"))
        everything = "\n".join(self.liquid.values())
        for path in (self.root / "snippets").glob("*.liquid"):
            check(f"render '{path.stem}'" in everything, self.say(path, "is never rendered"))

    def picture(self, path):
        try:
            root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError as error:
            check(False, self.say(path, error))
            return
        tags = {e.tag.rsplit("}", 1)[-1] for e in root.iter()}
        check(not tags & {"script", "style", "image", "foreignObject", "text"}, self.say(path, f"holds {tags & {'script', 'style', 'image', 'foreignObject', 'text'}}"))
        check(not any(a.rsplit("}", 1)[-1] in ("style", "href") or a.startswith("on") for e in root.iter() for a in e.attrib), self.say(path, "has style, links or handlers"))
        check("viewBox" in root.attrib, self.say(path, "has no viewBox"))

    # -------------------------------------------------------------- demo

    def demo(self, path):
        content = load(path)
        if not content:
            return
        paths = [p["path"] for p in content["pages"]]
        check(len(paths) == len(set(paths)) and "/" in paths, self.say(path, "a path twice, or no home page"))
        check(content["site_name"].strip(), self.say(path, "no name"))
        for menu in ("main", "footer"):
            for link in content["menus"][menu]:
                check(link["page"] in paths, self.say(path, f"menu {menu}: no page {link['page']}"))
        for page in content["pages"]:
            check(page["path"] == "/" + page["slug"], self.say(path, f"{page['path']}: slug {page['slug']}"))
            check(page["template"] == ("home" if page["path"] == "/" else "page"), self.say(path, f"{page['path']}: template {page['template']}"))
            check(page["seo"]["title"] and 20 <= len(page["seo"]["description"]) <= 160, self.say(path, f"{page['path']}: no fitting description"))
            self.document(path, page["path"], page["sections"])
            for url in re.findall(r'"(?:\w*url)": "(/[^"]*)"', json.dumps(page)):
                check(url in paths, self.say(path, f"{page['path']}: a link to {url}, which is no page"))
        text = json.dumps(content, ensure_ascii=False)
        check(not re.search(r"lorem|ipsum|\bTODO\b|placeholder|!", text, re.I), self.say(path, "a placeholder or an exclamation mark"))

    def same_demo(self):
        for kind in ("content", "empty"):
            shapes = []
            for language in LANGUAGES:
                content = load(self.root / f"demo/{kind}.{language}.json")
                shapes.append([[(id, s["type"], len(s.get("blocks", {}))) for id, s in p["sections"]["sections"].items()] for p in content.get("pages", [])])
            check(shapes[0] == shapes[1], self.say("demo", f"{kind} differs in shape between the languages"))


def main():
    for name in sys.argv[1:] or sorted(p.parent.name for p in THEMES.glob("*/theme.json")):
        Theme(name).run()
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
