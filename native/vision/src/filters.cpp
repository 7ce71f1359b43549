#include "internal.h"

#include <opencv2/imgproc.hpp>

int rv_gaussian_blur(RvView source, RvView target, int32_t kernel_size, double sigma_x, double sigma_y, int32_t border) {
  RV_BEGIN
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  cv::GaussianBlur(rv::wrap(source), out, cv::Size(kernel_size, kernel_size), sigma_x, sigma_y, border);
  rv::require_in_place(out, target);
  RV_END
}

int rv_box_filter(RvView source, RvView target, int32_t width, int32_t height, int32_t border) {
  RV_BEGIN
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  cv::boxFilter(rv::wrap(source), out, out.depth(), cv::Size(width, height), cv::Point(-1, -1), true, border);
  rv::require_in_place(out, target);
  RV_END
}

int rv_filter2d(RvView source, RvView target, RvView kernel, int32_t border) {
  RV_BEGIN
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  cv::filter2D(rv::wrap(source), out, out.depth(), rv::wrap(kernel), cv::Point(-1, -1), 0, border);
  rv::require_in_place(out, target);
  RV_END
}

int rv_sep_filter(RvView source, RvView target, const float* kernel_x, int32_t size_x, const float* kernel_y, int32_t size_y, int32_t border) {
  RV_BEGIN
  rv::require_same_size(source, target);
  rv::require(size_x > 0 && size_y > 0, "an empty kernel");
  cv::Mat out = rv::wrap(target);
  const cv::Mat kx(1, size_x, CV_32F, const_cast<float*>(kernel_x));
  const cv::Mat ky(1, size_y, CV_32F, const_cast<float*>(kernel_y));
  cv::sepFilter2D(rv::wrap(source), out, out.depth(), kx, ky, cv::Point(-1, -1), 0, border);
  rv::require_in_place(out, target);
  RV_END
}
