#include "io/s3/refusals.h"

namespace luster::s3 {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

}  // namespace

messages::Source sentences() {
    return {"s3", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

Result<void> check_bucket(std::string_view bucket) {
    if (is_bucket_name(bucket)) return {};
    return refuse(invalid_field("/bucket", {"s3_bucket_name", {{"bucket", std::string(bucket)}}}));
}

Result<void> check_key(std::string_view bucket, std::string_view key) {
    TRY(check_bucket(bucket));
    if (is_key(key)) return {};
    return refuse(invalid_field("/key", {"s3_key", {}}));
}

Problem no_bucket(std::string_view bucket) {
    return not_found(std::string(bucket));
}

Problem no_object(std::string_view key) {
    return not_found(std::string(key));
}

Problem key_in_the_way(std::string_view key) {
    return conflict({"s3_key_in_the_way", {{"key", std::string(key)}}});
}

}  // namespace luster::s3
