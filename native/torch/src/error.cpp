#include "internal.h"

namespace {
thread_local std::string last_error;
}

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
