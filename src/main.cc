#include "app/main.h"

int main(int argc, char** argv) {
    return luster::app::main(argc, argv);
}
