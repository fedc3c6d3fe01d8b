#pragma once

namespace luster::app {

// The program: `luster SUBCOMMAND …`. Returns the exit status: 0 well, 1 failed, 2 asked wrongly.
int main(int argc, char** argv);

}  // namespace luster::app
