// scram verifiers with one iteration: our passwords are 256 random bits, so stretching them costs
// every connection milliseconds and adds nothing. No password reaches the server's log.
#pragma once

#include "base/secret.h"

#include <string>

namespace luster::pg {

// For `ALTER ROLE … PASSWORD '…'`: SCRAM-SHA-256$1:salt$StoredKey:ServerKey. Survives RENAME.
std::string scram_verifier(const Secret& password);

}  // namespace luster::pg
