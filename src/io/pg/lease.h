// A connection in the hands of one transaction; not for features. Belongs to its database's loop.
#pragma once

#include "io/pg/home.h"

namespace luster::pg {

class Lease : public std::enable_shared_from_this<Lease> {
public:
    Lease(std::shared_ptr<Database> database, Place own, std::shared_ptr<Held> held);

    Task<Answer> ask(Bound bound);
    Task<void> commit();
    Task<void> rollback();
    Task<void> execute(std::string sql);
    const Executor& executor() const { return executor_; }
    // The transaction object is gone: roll back what is open, and give the connection back or close
    // it.
    void end();

private:
    void must_be_sound() const;
    Task<void> finish(const char* command);
    Task<void> roll_back_and_end();
    void release(bool clean);

    std::shared_ptr<Database> database_;
    Executor executor_;
    Place own_;
    std::shared_ptr<Held> held_;
    bool begun_ = false;
    bool failed_ = false;
    bool finished_ = false;
    bool asking_ = false;
};

}  // namespace luster::pg
