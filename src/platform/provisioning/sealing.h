// The passwords of organizations' roles lie in the control database, sealed by a key of
// `keys_file`: whether the keys at hand open them, and sealing anew, after which an older key may
// go.
#pragma once

#include "base/crypto_keyring.h"
#include "io/clock/clock.h"
#include "io/pg/pg.h"

namespace luster::provisioning {

// A Fault that names the key which is missing or not the one that sealed. Some passwords of each
// key are tried, so that a single broken row stops nobody.
Task<void> check_keys(pg::ControlDb& control, const crypto::Keyring& keys);

// Seals by the newest key what older ones sealed; for how many organizations. What was done before
// a cut stays done.
Task<std::int64_t> seal_anew(pg::ControlDb& control, const crypto::Keyring& keys, Random& random);

}  // namespace luster::provisioning
