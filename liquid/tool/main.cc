#include "tool/tool.h"

int main(int argc, char** argv) { return liquid::tool::run(argc, argv); }
