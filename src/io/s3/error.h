// The store can't do it now: its disk is full, read-only or away. Tried again, it may.
#pragma once

#include "base/result.h"

namespace luster::s3 {

class Error : public Fault {
public:
    using Fault::Fault;
};

}  // namespace luster::s3
