#include "people.h"

#include <fmt/format.h>

#include <chrono>

namespace luster::sim {
namespace {

using namespace std::chrono_literals;

constexpr int edits_each = 3;

}  // namespace

void Person::act() {
    next_.reset();
    auto* process = server_.up();
    if (!process) return later();
    waits_ = true;
    ask(*process);
}

void Person::process_died() {
    if (waits_) later();
}

void Person::later() {
    waits_ = false;
    next_ = scheduler_.now() + 200ms + scheduler_.some_time(3'000ms);
}

void Person::at_once() {
    waits_ = false;
    next_ = scheduler_.now();
}

void Founder::ask(Process& process) {
    auto body = fmt::format(
        R"({{"name": "Ann", "email": "{}", "password": "blue tractor 42", "organization": {{"name": "Acme",
            "slug": "{}", "project_type": "{}", "demo": true, "language": "en"}}}})",
        form.email,
        form.slug,
        form.type
    );
    process.post("/api/v1/signups", body, form.key, "203.0.113.5", [this](Answer got) {
        bool final = got.status == 201 || got.status == 422;
        if (!final) return later();
        answer = got.status;
        done();
    });
}

// Somebody who isn't there yet is removed later.
void Remover::ask(Process& process) {
    process.remove(slug, [this](bool wanted) {
        removed = removed || wanted;
        if (wanted || --tries_left_ == 0) return done();
        later();
    });
}

void Editor::ask(Process& process) {
    auto mark = fmt::format("mark_{}_{}", number_, edits_);
    process.edit(organization_, mark, [this](bool well) {
        if (well && ++edits_ < edits_each) return at_once();
        if (well || --tries_left_ == 0) return done();
        later();
    });
}

}  // namespace luster::sim
