// One seed: a few people register, somebody removes, editors write, while calls are lost, hang and
// processes die; then a time without faults, and a look at what is left.
#pragma once

#include "mistakes.h"
#include "people.h"

#include <memory>
#include <string>
#include <vector>

namespace luster::sim {

struct Outcome {
    std::vector<std::string> violations;
    std::uint64_t steps = 0;
    std::uint64_t trace = 0;
    int kills = 0;
};

class Run final : public Server {
public:
    using Tell = std::function<void(const std::string&)>;
    // `tell` hears of every choice, for who looks at one seed.
    Run(Ground& ground, std::uint64_t seed, const Mistake& mistake, Tell tell);
    ~Run() override;

    Outcome play();
    // Nobody comes: until templates and spares are there.
    void prepare();

private:
    Process* up() override;
    void people_come();
    void editors_come();
    void start();
    void kill();
    void one_step();
    bool has_come_to_rest();
    bool everybody_is_content() const;
    std::vector<std::string> look();

    Ground& ground_;
    std::uint64_t seed_;
    const Mistake& mistake_;
    Tell tell_;
    Scheduler scheduler_;
    std::unique_ptr<Process> process_;
    std::optional<Moment> start_at_;
    Moment look_at_{};
    int lives_ = 0;
    std::vector<std::unique_ptr<Founder>> founders_;
    std::vector<std::unique_ptr<Remover>> removers_;
    std::vector<std::unique_ptr<Editor>> editors_;
};

}  // namespace luster::sim
