#include "internal.h"

#include <opencv2/core/utils/logger.hpp>

namespace {
thread_local std::string last_error;

// OpenCV prints every error to the terminal before it throws; the caller reports it once instead.
int quiet(int, const char*, const char*, const char*, int, void*) { return 0; }

struct Quiet {
  Quiet() {
    cv::redirectError(quiet);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  }
} quiet_at_load;
}  // namespace

namespace rv {

void set_error(const char* message) { last_error = message; }

int fail(const std::exception& error) {
  // cv::Exception::err is the sentence; what() adds file, line and function.
  const auto* from_opencv = dynamic_cast<const cv::Exception*>(&error);
  last_error = from_opencv != nullptr && !from_opencv->err.empty() ? from_opencv->err : error.what();
  return 1;
}

}  // namespace rv

const char* rv_last_error() { return last_error.c_str(); }

const char* rv_opencv_version() { return CV_VERSION; }

int rv_set_threads(int32_t count) {
  RV_BEGIN
  rv::require(count >= 0, "a thread count is not negative");
  cv::setNumThreads(count);
  RV_END
}
