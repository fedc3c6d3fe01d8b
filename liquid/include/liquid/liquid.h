// The whole library.
#pragma once
#include "liquid/arena.h"
#include "liquid/drop.h"
#include "liquid/environment.h"
#include "liquid/error.h"
#include "liquid/limits.h"
#include "liquid/render.h"
#include "liquid/template.h"
#include "liquid/value.h"
