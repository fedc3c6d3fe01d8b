// The command line of the one binary.
#pragma once

namespace luster::app {

// Runs the subcommand named in the arguments and gives the exit code of the process.
int main(int argc, char** argv);

}  // namespace luster::app
