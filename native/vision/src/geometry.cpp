#include "internal.h"

#include <opencv2/imgproc.hpp>

int rv_resize(RvView source, RvView target, int32_t interpolation) {
  RV_BEGIN
  cv::Mat out = rv::wrap(target);
  cv::resize(rv::wrap(source), out, out.size(), 0, 0, interpolation);
  rv::require_in_place(out, target);
  RV_END
}

int rv_warp_affine(RvView source, RvView target, const double* matrix, int32_t interpolation, int32_t border) {
  RV_BEGIN
  cv::Mat out = rv::wrap(target);
  const cv::Mat m(2, 3, CV_64F, const_cast<double*>(matrix));
  cv::warpAffine(rv::wrap(source), out, m, out.size(), interpolation | cv::WARP_INVERSE_MAP, border);
  rv::require_in_place(out, target);
  RV_END
}
