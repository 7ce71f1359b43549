#include "internal.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/ximgproc.hpp>
#include <cstring>

int rv_morphology(RvView source, RvView target, int32_t operation, int32_t shape, int32_t width, int32_t height, int32_t iterations) {
  RV_BEGIN
  rv::require(width > 0 && height > 0, "an empty structuring element");
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  const cv::Mat element = cv::getStructuringElement(shape, cv::Size(width, height));
  cv::morphologyEx(rv::wrap(source), out, operation, element, cv::Point(-1, -1), iterations);
  rv::require_in_place(out, target);
  RV_END
}

// Components do not touch, so each is thinned in its own rectangle: the result is that of the whole picture, whose many passes
// would read mostly background. What lies on the picture's edge is never thinned, as ever, because rectangles end there too.
int rv_thin(RvView source, RvView target) {
  RV_BEGIN
  rv::require_same_size(source, target);
  const cv::Mat mask = rv::wrap(source);
  cv::Mat out = rv::wrap(target);
  out.setTo(0);
  cv::Mat labels, statistics, centroids, thinned;
  const int n = cv::connectedComponentsWithStats(mask, labels, statistics, centroids, 8, CV_32S);
  for (int label = 1; label < n; label++) {
    const int* box = statistics.ptr<int>(label);
    const cv::Rect around = cv::Rect(box[cv::CC_STAT_LEFT] - 1, box[cv::CC_STAT_TOP] - 1, box[cv::CC_STAT_WIDTH] + 2, box[cv::CC_STAT_HEIGHT] + 2)
        & cv::Rect(0, 0, mask.cols, mask.rows);
    cv::ximgproc::thinning(labels(around) == label, thinned, cv::ximgproc::THINNING_GUOHALL);
    thinned.copyTo(out(around), thinned);
  }
  rv::require_in_place(out, target);
  RV_END
}

int rv_distance(RvView source, RvView target) {
  RV_BEGIN
  rv::require_same_size(source, target);
  cv::Mat out = rv::wrap(target);
  cv::distanceTransform(rv::wrap(source), out, cv::DIST_L2, cv::DIST_MASK_PRECISE, CV_32F);
  rv::require_in_place(out, target);
  RV_END
}

int rv_components(RvView source, RvView labels, int32_t connectivity, RvBytes** bytes, const int32_t** stats, int32_t* count) {
  RV_BEGIN
  rv::require_same_size(source, labels);
  cv::Mat out = rv::wrap(labels);
  cv::Mat statistics, centroids;
  const int n = cv::connectedComponentsWithStats(rv::wrap(source), out, statistics, centroids, connectivity, CV_32S);
  rv::require_in_place(out, labels);
  auto* result = new RvBytes();
  result->data.resize(static_cast<size_t>(n) * 5 * sizeof(int32_t));
  std::memcpy(result->data.data(), statistics.data, result->data.size());
  *bytes = result;
  *stats = reinterpret_cast<const int32_t*>(result->data.data());
  *count = n;
  RV_END
}
