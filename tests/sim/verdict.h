// What must hold at the end, whatever happened.
#pragma once

#include "people.h"

#include <string>
#include <vector>

namespace luster::sim {

// Nothing is left to do: for provisioning, its stock, the jobs, the outboxes.
bool ground_is_at_rest(const Ground& ground);

class Verdict {
public:
    explicit Verdict(const Ground& ground) : ground_(ground) {}

    void registered(Founder::Form form, std::optional<unsigned> answer) {
        founders_.push_back({std::move(form), answer});
    }
    void removed(std::string slug) { removed_.push_back(std::move(slug)); }
    std::vector<std::string> look();  // the sentences of all that is wrong

private:
    struct FounderSeen {
        Founder::Form form;
        std::optional<unsigned> answer;
    };
    struct Organization {
        OrgId id;
        std::string slug, status, email;
        bool demo = false;
    };

    void organizations();
    void answers();
    void databases_and_roles();
    void buckets();
    void contents(const Organization& organization);
    void walls();
    void mails();
    void jobs();
    void wrong(std::string sentence) { violations_.push_back(std::move(sentence)); }

    const Ground& ground_;
    std::vector<FounderSeen> founders_;
    std::vector<std::string> removed_;
    std::vector<Organization> organizations_;
    std::vector<std::string> violations_;
};

}  // namespace luster::sim
