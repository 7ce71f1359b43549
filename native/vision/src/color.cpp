#include "internal.h"

#include <opencv2/imgproc.hpp>

int rv_convert_color(RvView source, RvView target, int32_t code) {
  static const int codes[] = {cv::COLOR_RGB2GRAY, cv::COLOR_GRAY2RGB, cv::COLOR_RGB2Lab};
  RV_BEGIN
  rv::require(code >= 0 && code < 3, "unknown colour conversion");
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  cv::cvtColor(rv::wrap(source), out, codes[code]);
  rv::require_in_place(out, target);
  RV_END
}

int rv_split_channel(RvView source, int32_t channel, RvView target) {
  RV_BEGIN
  rv::require(channel >= 0 && channel < source.channels, "no such channel");
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  cv::extractChannel(rv::wrap(source), out, channel);
  rv::require_in_place(out, target);
  RV_END
}
