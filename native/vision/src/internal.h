// What every source file shares: views as cv::Mat headers, and the one error path.
#pragma once
#include <opencv2/core.hpp>
#include <cmath>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "rhytid_vision.h"

struct RvMat { cv::Mat mat; };
struct RvBytes { std::vector<uchar> data; };

namespace rv {

void set_error(const char* message);
int fail(const std::exception& error);  // stores the message, returns 1

inline void require(bool condition, const char* message) {
  if (!condition) throw std::runtime_error(message);
}

inline cv::Mat wrap(const RvView& view) {
  require(view.data != nullptr, "a view has no pixels");
  require(view.width > 0 && view.height > 0, "a view has no size");
  require(view.channels >= 1 && view.channels <= 4, "a view has 1 to 4 channels");
  require(view.depth == CV_8U || view.depth == CV_16U || view.depth == CV_32S || view.depth == CV_32F, "unknown pixel depth");
  const int type = CV_MAKETYPE(view.depth, view.channels);
  require(view.stride >= static_cast<int64_t>(view.width) * static_cast<int64_t>(CV_ELEM_SIZE(type)), "a view's rows overlap");
  return cv::Mat(view.height, view.width, type, view.data, static_cast<size_t>(view.stride));
}

// The result must have landed in the caller's memory: OpenCV would otherwise have made its own.
inline void require_in_place(const cv::Mat& result, const RvView& target) {
  require(result.data == target.data, "the target's size or type does not fit the operation");
}

inline void require_same_size(const RvView& a, const RvView& b) {
  require(a.width == b.width && a.height == b.height, "source and target differ in size");
}

inline cv::Scalar scalar(const double* color, int channels) {
  cv::Scalar value;
  for (int i = 0; i < channels && i < 4; i++) value[i] = color[i];
  return value;
}

}  // namespace rv

// Wraps a function's body: every C++ exception becomes a status and a message.
#define RV_BEGIN try {
#define RV_END                                                                 \
  return 0;                                                                    \
  }                                                                            \
  catch (const std::exception& error) { return rv::fail(error); }              \
  catch (...) { rv::set_error("unknown error in native code"); return 1; }
