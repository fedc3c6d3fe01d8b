// Which outline and theme a site is shown with, and when they are read again.
#include "base/result.h"
#include "site/site.h"

namespace luster::site {
namespace {

constexpr Duration away_pause = std::chrono::seconds(1);

}  // namespace

Task<DressPointer> Site::current_dress() {
    for (int attempt = 0;; ++attempt) {
        if (dress_ && freshness_->allows(dress_->outline().generation)) co_return dress_;
        auto landed = co_await dressing_.join({}, [this] { return dress_anew(); });
        constexpr int attempts_max = 3;
        // What we began ourselves was read after the change that we know of.
        if (!landed.joined || attempt == attempts_max) co_return landed.value;
    }
}

Task<DressPointer> Site::dress_anew() {
    auto now = runtime_.surroundings_.clock.now();
    if (now < away_until_) throw Fault(away_because_);
    try {
        auto doubts = freshness_->doubts();
        if (dress_ && dress_->outline().generation >= freshness_->generation()) {
            // Nothing says that it is old, but a change may have been missed: one number tells.
            auto generation = co_await content_->generation();
            freshness_->raise(generation);
            if (generation <= dress_->outline().generation) {
                freshness_->checked(doubts);
                co_return dress_;
            }
        }
        auto outline = co_await content_->outline();
        auto generation = outline.generation;
        // Known before the theme is dressed: should that fail, what is older is shown as older.
        freshness_->raise(generation);
        dress_ = co_await dressed(*content_, std::move(outline));
        freshness_->checked(doubts);
        co_return dress_;
    } catch (const std::exception& e) {
        away_because_ = e.what();
        away_until_ = now + away_pause;
        throw;
    }
}

Task<DressPointer> Site::dressed(Content& content, Outline outline) {
    auto theme = co_await theme_of(content, outline.theme);
    co_return std::make_shared<const Dress>(
        std::move(theme), std::make_shared<const Outline>(std::move(outline)), slug_
    );
}

Task<std::shared_ptr<Theme>> Site::theme_of(Content& content, ThemeVersionId version) {
    if (theme_ && theme_version_ == version) co_return theme_;
    auto theme = std::make_shared<Theme>(co_await content.theme(version), runtime_.shelf_);
    // A preview of another version doesn't drive out the one that visitors see.
    if (&content != content_.get() && theme_) co_return theme;
    theme_ = theme;
    theme_version_ = version;
    co_return theme;
}

}  // namespace luster::site
