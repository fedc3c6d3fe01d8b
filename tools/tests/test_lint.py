"""Each rule of the checks, caught on a fault planted in a small checkout."""

import pathlib
import tempfile
import unittest

from lint import layers, tidy
from lint.files import Tree


class Planted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def faults(self, check, **files):
        for name, text in files.pop("at", {}).items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return [f"{fault.path}:{fault.line}: {fault.sentence}" for fault in check(Tree(self.root))]

    def assert_caught(self, check, word, files):
        faults = self.faults(check, at=files)
        self.assertEqual(len(faults), 1, faults)
        self.assertIn(word, faults[0])

    def assert_fine(self, check, files):
        self.assertEqual(self.faults(check, at=files), [])


class Layers(Planted):
    def test_a_layer_does_not_look_up(self):
        self.assert_caught(layers.arrows, "src/base/time.h:1: base may not include core/api",
                           {"src/base/time.h": '#include "core/api/api.h"\n'})

    def test_content_knows_no_platform(self):
        self.assert_caught(layers.arrows, "cms/pages may not include platform/orgs",
                           {"src/cms/pages/pages.cc": '#include "platform/orgs/orgs.h"\n'})

    def test_an_effect_knows_no_other_effect(self):
        self.assert_caught(layers.arrows, "io/pg may not include io/s3", {"src/io/pg/pg.h": '#include "io/s3/s3.h"\n'})

    def test_every_effect_may_use_the_loop(self):
        self.assert_fine(layers.arrows, {"src/io/pg/pg.h": '#include "io/loop/task.h"\n'})

    def test_a_neighbour_is_known_by_its_face(self):
        self.assert_caught(layers.arrows, 'its face is "cms/media/media.h"',
                           {"src/cms/pages/pages.cc": '#include "cms/media/store.h"\n'})
        self.assert_fine(layers.arrows, {"src/cms/pages/pages.cc": '#include "cms/media/media.h"\n'})

    def test_a_plugin_uses_only_the_plugins_it_needs(self):
        include = {"plugins/forms/forms.cc": '#include "plugins/shop/shop.h"\n'}
        self.assert_caught(layers.arrows, "plugins/forms may not include plugins/shop", include)
        self.assert_fine(layers.arrows, {**include, "plugins/forms/plugin.json": '{"needs": ["shop"]}'})

    def test_the_liquid_library_stands_alone(self):
        self.assert_caught(layers.arrows, "liquid may not include base", {"liquid/src/a.cc": '#include "base/time.h"\n'})

    def test_tests_may_look_anywhere(self):
        self.assert_fine(layers.arrows, {"src/base/time_test.cc": '#include "platform/orgs/store.h"\n'})

    def test_folders_form_no_circle(self):
        self.assert_caught(layers.cycles, "cms/media → cms/pages → cms/media",
                           {"src/cms/pages/pages.cc": '#include "cms/media/media.h"\n',
                            "src/cms/media/media.cc": '#include "cms/pages/pages.h"\n'})

    def test_a_longer_circle_is_found_too(self):
        self.assert_caught(layers.cycles, "core/api → core/audit → core/jobs → core/api",
                           {"src/core/api/a.h": '#include "core/audit/a.h"\n',
                            "src/core/audit/a.h": '#include "core/jobs/a.h"\n',
                            "src/core/jobs/a.h": '#include "core/api/a.h"\n'})

    def test_a_screen_imports_no_other_screen(self):
        self.assert_caught(layers.panel_imports, "features/pages may not import features/media",
                           {"panel/src/features/pages/Editor.tsx": 'import { Picker } from "../media/Picker";\n'})

    def test_the_panels_parts_know_no_data(self):
        self.assert_caught(layers.panel_imports, "ui may not import api",
                           {"panel/src/ui/Button.tsx": "import { client } from '../api/client';\n"})

    def test_the_shell_knows_screens(self):
        self.assert_fine(layers.panel_imports,
                         {"panel/src/shell/routes.tsx": 'import { Pages } from "../features/pages/PagesList";\n'})


class Habits(Planted):
    def test_words_that_are_banned(self):
        faulty = {
            "src/base/a.cc": "int n = std::stoi(text);",
            "src/base/b.cc": "std::regex pattern;",
            "src/core/c.cc": "co_spawn(loop, run(), asio::detached);",
            "src/core/d.cc": "auto t = std::chrono::system_clock::now();",
            "src/core/e.cc": "int dice = rand();",
            "src/core/f.cc": "if (connect(fd, address, size)) return;",
            "src/core/g.cc": "assert(x);",
            "src/core/h.cc": "std::this_thread::sleep_for(1s);",
            "schema/tenant/i.sql": "INSERT INTO page VALUES (now());",
            "schema/tenant/j.sql": "id uuid DEFAULT gen_random_uuid()",
            "src/core/k.cc": "// TO" + "DO later",
            "panel/src/ui/l.ts": "console.log(page);",
            "docs/m.md": "see /" + "home/edda/notes",
            "docs/n.md": "<<<<<<< ours",
        }
        faults = self.faults(tidy.banned, at={name: text + "\n" for name, text in faulty.items()})
        self.assertEqual(sorted(fault.split(":")[0] for fault in faults), sorted(faulty))

    def test_words_that_only_look_banned(self):
        self.assert_fine(tidy.banned, {
            "src/io/clock/clock.cc": "return std::chrono::system_clock::now();\n",
            "src/core/a.cc": "co_await socket.async_connect(point); static_assert(x); clock.now(); strand(x);\n",
            "src/core/b.cc": "int dice = rand();  // the dice of the test itself. lint: allowed\n",
            "schema/tenant/c.sql": "SELECT known(), renow();\n"})

    def test_sql_in_code_has_no_clock_either(self):
        self.assert_caught(tidy.sql_in_code, "src/core/a.cc:2: 'now()' is banned",
                           {"src/core/a.cc": 'x{"a", R"sql(\n  SELECT now())sql"};\nclock.now();\n'})

    def test_a_header_that_nobody_includes(self):
        self.assert_caught(tidy.headers, "nobody includes", {"src/base/a.h": "#pragma once\n"})

    def test_a_header_without_a_guard(self):
        self.assert_caught(tidy.headers, "#pragma once", {"src/base/a.h": "int a;\n", "src/base/a.cc": '#include "base/a.h"\n'})

    def test_leftovers_of_editors(self):
        self.assert_caught(tidy.leftovers, "a leftover", {"src/base/a.cc.orig": "int a;\n"})

    def test_empty_files(self):
        self.assert_caught(tidy.leftovers, "an empty file", {"src/base/a.cc": "\n"})

    def test_documents_name_what_is_there(self):
        self.assert_caught(tidy.paths_in_docs, "docs/a.md:1: names src/gone.h",
                           {"docs/a.md": "See `src/gone.h` and `src/here.h`.\n", "src/here.h": "x\n"})

    def test_documents_may_name_what_lies_beside_them(self):
        self.assert_fine(tidy.paths_in_docs, {"panel/README.md": "See `src/ui`.\n", "panel/src/ui/a.ts": "a\n",
                                              "src/main.cc": "a\n"})

    def test_documents_link_to_what_is_there(self):
        self.assert_caught(tidy.paths_in_docs, "links to b.md", {"docs/a.md": "[b](b.md) [web](https://example.org)\n"})

    def test_messages_are_whole_in_both_languages(self):
        self.assert_caught(tidy.messages, "'b' is missing",
                           {"src/cms/pages/messages/en.json": '{"a": "A", "b": "B"}',
                            "src/cms/pages/messages/de.json": '{"a": "Ä"}'})

    def test_messages_have_the_same_placeholders(self):
        self.assert_caught(tidy.messages, "other placeholders",
                           {"src/cms/pages/messages/en.json": '{"a": "{count, plural, one {#} other {#}} of {name}"}',
                            "src/cms/pages/messages/de.json": '{"a": "{count, plural, one {#} other {#}}"}'})

    def test_lock_files_name_no_registry(self):
        self.assert_caught(tidy.locks, "names a registry",
                           {"panel/package-lock.json": '{"resolved": "somewhere"}'})


if __name__ == "__main__":
    unittest.main()
