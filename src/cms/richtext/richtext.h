// Rich text: a structured document in the form of ProseMirror's and TipTap's JSON, never HTML from
// a browser. HTML is made here, so that nothing has to be sanitised when it is read.
//
//   {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "…",
//                                "marks": [{"type": "bold"}]}]}]}
//
// Blocks: paragraph, heading (level 2–4), bulletList and orderedList of listItem, blockquote,
// codeBlock, horizontalRule. Within them: text, hardBreak. Marks: bold, italic, code, link to
// http, https, mailto, tel or a path of the site.
#pragma once

#include "base/json.h"

#include <string>
#include <string_view>

namespace luster::richtext {

// Whether a value means to be a document: an object of the type `doc`.
bool is_document(const json::Value& value);

// Every fault with its pointer below the reader's place.
void check(json::Reader& reader, const json::Value& document);

// Of a document that passed `check`; of any other, what is known in it.
std::string html_of(const json::Value& document);
// Of words that somebody typed where a document belongs: paragraphs parted by an empty line.
std::string html_of_plain(std::string_view text);
// Whether nothing in it is seen: an editor leaves an empty paragraph where all was deleted.
bool is_blank(const json::Value& document);
// Its words, for search.
std::string plain_text(const json::Value& document);

// Where a link may lead.
bool is_link_target(std::string_view href);

}  // namespace luster::richtext
