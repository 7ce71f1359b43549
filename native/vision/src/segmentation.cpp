#include "internal.h"

#include <opencv2/imgproc.hpp>

int rv_grab_cut(RvView image, RvView labels, int32_t iterations) {
  RV_BEGIN
  rv::require_same_size(image, labels);
  cv::Mat mask = rv::wrap(labels);
  cv::Mat background, foreground;
  // grabCut seeds its k-means from the calling thread's generator: fixed, so that the same photo gives the same mask.
  cv::setRNGSeed(20240819);
  cv::grabCut(rv::wrap(image), mask, cv::Rect(), background, foreground, iterations, cv::GC_INIT_WITH_MASK);
  rv::require_in_place(mask, labels);
  RV_END
}
