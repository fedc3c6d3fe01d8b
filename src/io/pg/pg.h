// PostgreSQL for features: typed statements, reads and transactions.
#pragma once

#include "io/pg/control.h"
#include "io/pg/error.h"
#include "io/pg/pool.h"
#include "io/pg/query.h"
#include "io/pg/transaction.h"
