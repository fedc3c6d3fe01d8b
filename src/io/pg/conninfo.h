// libpq's connection strings, "host=… port=…" or "postgresql://…", as their parts.
#pragma once

#include <map>
#include <string>

namespace luster::pg {

using Conninfo = std::map<std::string, std::string>;

Conninfo parse_conninfo(const std::string& text);  // a pg::Error where it can't be read
std::string text_of(const Conninfo& conninfo);

// Where the server is and how it proves itself, for whom else signs in there: never who we are.
std::string place_of_server(const std::string& conninfo);
// To be shown to people: as it is, but for passwords.
std::string without_passwords(const std::string& conninfo);

}  // namespace luster::pg
