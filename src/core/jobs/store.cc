#include "core/jobs/store.h"

namespace luster::jobs {
namespace {

constexpr std::size_t error_bytes_max = 500;

// A row that waits stays as it is, also when it is running: its handler looks at the world itself.
const pg::ControlQuery<
    void(JobId, std::optional<OrgId>, std::string, std::string, pg::Json, Time, Time)>
    insert_job{"jobs.add", R"sql(
    INSERT INTO job (id, organization_id, kind, key, payload, run_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT ON CONSTRAINT job_once DO UPDATE
       SET payload = excluded.payload, run_at = excluded.run_at, attempt = 0, lease = NULL,
           failed_at = NULL, error = NULL
     WHERE job.failed_at IS NOT NULL)sql"};

// `due` hops from one organization with due jobs to the next, so that a backlog of one is not read.
const pg::ControlQuery<Leased(Time, std::vector<std::string>, std::int32_t, Time, Uuid)> lease_jobs{
    "jobs.lease", R"sql(
    WITH RECURSIVE due AS (
        (SELECT turn FROM job
          WHERE failed_at IS NULL AND run_at <= $1 AND kind = ANY ($2)
          ORDER BY turn LIMIT 1)
        UNION ALL
        SELECT (SELECT following.turn FROM job following
                 WHERE following.failed_at IS NULL AND following.run_at <= $1
                   AND following.kind = ANY ($2) AND following.turn > due.turn
                 ORDER BY following.turn LIMIT 1)
          FROM due WHERE due.turn IS NOT NULL
    ), next AS (
        SELECT due.turn FROM due LEFT JOIN job_turn served ON served.turn = due.turn
         WHERE due.turn IS NOT NULL
         ORDER BY served.served_at NULLS FIRST, due.turn
         LIMIT $3::integer
    ), picked AS (
        SELECT candidate.id FROM next CROSS JOIN LATERAL (
            SELECT one.id FROM job one
             WHERE one.failed_at IS NULL AND one.turn = next.turn AND one.run_at <= $1
               AND one.kind = ANY ($2)
             ORDER BY one.run_at LIMIT 1 FOR UPDATE SKIP LOCKED) candidate
    )
    UPDATE job SET lease = $5, run_at = $4, attempt = job.attempt + 1
      FROM picked WHERE job.id = picked.id
    RETURNING job.id, job.organization_id AS organization, job.kind, job.payload, job.attempt, $5::uuid)sql"
};

// In the order of the key, so that two workers can't wait for each other.
const pg::ControlQuery<void(std::vector<std::int64_t>, Time)> mark_served{"jobs.served", R"sql(
    INSERT INTO job_turn (turn, served_at)
    SELECT turn, $2 FROM unnest($1::bigint[]) AS turn ORDER BY turn
    ON CONFLICT (turn) DO UPDATE SET served_at = excluded.served_at)sql"};

const pg::ControlQuery<void(JobId, Uuid, Time)> renew_lease{"jobs.renew", R"sql(
    UPDATE job SET run_at = $3 WHERE id = $1 AND lease = $2)sql"};

const pg::ControlQuery<void(JobId, Uuid)> delete_job{"jobs.finish", R"sql(
    DELETE FROM job WHERE id = $1 AND lease = $2)sql"};

const pg::ControlQuery<void(JobId, Uuid, Time, std::int32_t, std::string)> release_job{
    "jobs.put_back", R"sql(
    UPDATE job SET lease = NULL, run_at = $3, attempt = $4, error = nullif($5, '')
     WHERE id = $1 AND lease = $2)sql"
};

const pg::ControlQuery<void(JobId, Uuid, Time, std::string)> fail_job{"jobs.give_up", R"sql(
    UPDATE job SET lease = NULL, failed_at = $3, error = $4 WHERE id = $1 AND lease = $2)sql"};

const pg::ControlQuery<Time(std::vector<std::string>)> first_due{
    "jobs.next_due", R"sql(
    SELECT run_at FROM job WHERE failed_at IS NULL AND kind = ANY ($1) ORDER BY run_at LIMIT 1)sql"
};

const pg::ControlQuery<Time()> clock_of_database{"jobs.clock", "SELECT clock_timestamp()"};

const pg::ControlQuery<Numbers()> count_jobs{"jobs.numbers", R"sql(
    SELECT count(*) FILTER (WHERE failed_at IS NULL) AS waiting,
           count(*) FILTER (WHERE failed_at IS NOT NULL) AS failed
      FROM job)sql"};

std::string cut(std::string why) {
    if (why.size() <= error_bytes_max) return why;
    why.resize(error_bytes_max);
    // Not in the middle of a character: PostgreSQL would refuse it.
    while (!why.empty() && (static_cast<unsigned char>(why.back()) & 0xc0) == 0x80) why.pop_back();
    if (!why.empty() && static_cast<unsigned char>(why.back()) >= 0xc0) why.pop_back();
    return why;
}

template <class Query, class... Arguments>
Task<bool> change_one(pg::ControlDb& control, const Query& query, Arguments... arguments) {
    auto tx = co_await control.begin();
    auto changed = co_await tx.run(query, arguments...);
    co_await tx.commit();
    co_return changed == 1;
}

}  // namespace

Task<void> detail::add(
    pg::ControlTx& tx, std::string_view kind, Place place, std::string payload, Time now
) {
    co_await tx.run(
        insert_job,
        place.id,
        place.organization,
        std::string(kind),
        place.key,
        pg::Json{std::move(payload)},
        place.run_at.value_or(now),
        now
    );
}

Task<std::vector<Leased>> lease(
    pg::ControlDb& control,
    const std::vector<std::string>& kinds,
    std::size_t count,
    Time now,
    Time lease_end,
    Uuid lease
) {
    auto tx = co_await control.begin();
    auto leased =
        co_await tx.all(lease_jobs, now, kinds, static_cast<std::int32_t>(count), lease_end, lease);
    if (leased.empty()) co_return leased;  // rolled back: nothing was written
    std::vector<std::int64_t> turns;
    for (const auto& job : leased) turns.push_back(job.organization.value_or(OrgId{0}).value);
    co_await tx.run(mark_served, turns, now);
    co_await tx.commit();
    co_return leased;
}

Task<bool> renew(pg::ControlDb& control, JobId id, Uuid lease, Time lease_end) {
    return change_one(control, renew_lease, id, lease, lease_end);
}

Task<bool> finish(pg::ControlDb& control, JobId id, Uuid lease) {
    return change_one(control, delete_job, id, lease);
}

Task<bool> put_back(
    pg::ControlDb& control, JobId id, Uuid lease, Time run_at, int attempt, std::string why
) {
    return change_one(control, release_job, id, lease, run_at, attempt, cut(std::move(why)));
}

Task<bool> give_up(pg::ControlDb& control, JobId id, Uuid lease, Time now, std::string why) {
    return change_one(control, fail_job, id, lease, now, cut(std::move(why)));
}

Task<std::optional<Time>> next_due(pg::ControlDb& control, const std::vector<std::string>& kinds) {
    return control.maybe_one(first_due, kinds);
}

Task<Time> database_time(pg::ControlDb& control) {
    return control.one(clock_of_database);
}

Task<Numbers> numbers(pg::ControlDb& control) {
    return control.one(count_jobs);
}

}  // namespace luster::jobs
