// Who acts upon the platform from outside: people who register, an operator who removes, editors.
// They are patient: what got no answer is sent again, with the same key.
#pragma once

#include "process.h"

#include <memory>

namespace luster::sim {

// The process of the moment; none while it is down.
class Server {
public:
    virtual ~Server() = default;
    virtual Process* up() = 0;
};

class Person : public Actor {
public:
    Person(Scheduler& scheduler, Server& server, Moment first)
        : scheduler_(scheduler), server_(server), next_(first) {}
    std::optional<Moment> next() const override { return next_; }
    void act() override;
    void process_died() override;
    bool content() const override { return !next_ && !waits_; }

protected:
    virtual void ask(Process& process) = 0;
    void done() { waits_ = false; }
    void later();  // once more, in a while
    void at_once();

    Scheduler& scheduler_;
    Server& server_;
    bool waits_ = false;

private:
    std::optional<Moment> next_;
};

// Registers an organization; ends with a yes or a no.
class Founder final : public Person {
public:
    struct Form {
        std::string email, slug, type, key;
    };
    Founder(Scheduler& scheduler, Server& server, Moment first, Form form)
        : Person(scheduler, server, first), form(std::move(form)) {}
    std::string name() const override { return form.email + " registers " + form.slug; }

    const Form form;
    std::optional<unsigned> answer;  // 201, or 422: the slug is taken

private:
    void ask(Process& process) override;
};

class Remover final : public Person {
public:
    Remover(Scheduler& scheduler, Server& server, Moment first, std::string slug)
        : Person(scheduler, server, first), slug(std::move(slug)) {}
    std::string name() const override { return "somebody removes " + slug; }

    const std::string slug;
    bool removed = false;

private:
    void ask(Process& process) override;
    int tries_left_ = 100;
};

class Editor final : public Person {
public:
    Editor(Scheduler& scheduler, Server& server, Moment first, OrgId organization, int number)
        : Person(scheduler, server, first), organization_(organization), number_(number) {}
    std::string name() const override { return "editor " + std::to_string(number_); }

private:
    void ask(Process& process) override;
    OrgId organization_;
    int number_;
    int edits_ = 0;
    int tries_left_ = 40;
};

}  // namespace luster::sim
