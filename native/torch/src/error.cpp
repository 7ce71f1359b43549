#include <c10/util/Logging.h>

#include "internal.h"

namespace {

thread_local std::string last_error;

// libtorch looks up the names of the whole stack for every exception, 20 ms and more, and nobody here reads them.
[[maybe_unused]] const bool without_stacks = [] {
  c10::SetStackTraceFetcher([]() -> std::string { return {}; });
  return true;
}();

}  // namespace

namespace rt {

void set_error(const char* message) { last_error = message; }

int fail(const std::exception& error) {
  // c10::Error::what() carries a C++ stack trace; the sentence alone is for people.
  const auto* from_torch = dynamic_cast<const c10::Error*>(&error);
  last_error = from_torch != nullptr ? from_torch->what_without_backtrace() : error.what();
  return 1;
}

}  // namespace rt

const char* rt_last_error() { return last_error.c_str(); }
