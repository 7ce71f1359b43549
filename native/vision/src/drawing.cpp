#include "internal.h"

#include <opencv2/imgproc.hpp>

namespace {

// OpenCV draws sub-pixel positions as fixed-point integers with this many fraction bits.
constexpr int kShift = 4;
constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;

cv::Point fixed(const RvPoint& p) {
  rv::require(std::isfinite(p.x) && std::isfinite(p.y) && std::abs(p.x) < 1e6F && std::abs(p.y) < 1e6F, "a point lies far outside the picture");
  return {cvRound(p.x * (1 << kShift)), cvRound(p.y * (1 << kShift))};
}

std::vector<cv::Point> fixed(const RvPoint* points, int32_t count) {
  rv::require(points != nullptr && count > 0, "no points");
  std::vector<cv::Point> result;
  result.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; i++) result.push_back(fixed(points[i]));
  return result;
}

int line_type(int32_t antialias) { return antialias != 0 ? cv::LINE_AA : cv::LINE_8; }

}  // namespace

int rv_fill_polygon(RvView target, const RvPoint* points, int32_t count, const double* color, int32_t antialias) {
  RV_BEGIN
  cv::Mat out = rv::wrap(target);
  const std::vector<std::vector<cv::Point>> polygons = {fixed(points, count)};
  cv::fillPoly(out, polygons, rv::scalar(color, target.channels), line_type(antialias), kShift);
  RV_END
}

int rv_polyline(RvView target, const RvPoint* points, int32_t count, int32_t closed, const double* color, int32_t thickness, int32_t antialias) {
  RV_BEGIN
  cv::Mat out = rv::wrap(target);
  const std::vector<std::vector<cv::Point>> lines = {fixed(points, count)};
  cv::polylines(out, lines, closed != 0, rv::scalar(color, target.channels), thickness, line_type(antialias), kShift);
  RV_END
}

int rv_ellipse(RvView target, RvPoint center, RvPoint radii, double angle_degrees, const double* color, int32_t thickness, int32_t antialias) {
  RV_BEGIN
  cv::Mat out = rv::wrap(target);
  const cv::Point axes = fixed(radii);
  rv::require(axes.x >= 0 && axes.y >= 0, "an ellipse has no negative radius");
  cv::ellipse(out, fixed(center), cv::Size(axes.x, axes.y), angle_degrees, 0, 360, rv::scalar(color, target.channels), thickness,
              line_type(antialias), kShift);
  RV_END
}

int rv_text(RvView target, const char* text, RvPoint position, double scale, const double* color, int32_t thickness) {
  RV_BEGIN
  rv::require(text != nullptr, "no text");
  cv::Mat out = rv::wrap(target);
  const cv::Point at(cvRound(position.x), cvRound(position.y));
  cv::putText(out, text, at, kFont, scale, rv::scalar(color, target.channels), thickness, cv::LINE_AA);
  RV_END
}

int rv_text_size(const char* text, double scale, int32_t thickness, int32_t* width, int32_t* height, int32_t* below) {
  RV_BEGIN
  rv::require(text != nullptr, "no text");
  const cv::Size size = cv::getTextSize(text, kFont, scale, thickness, below);
  *width = size.width;
  *height = size.height;
  RV_END
}

int rv_convex_hull(const RvPoint* points, int32_t count, RvPoint* hull, int32_t* hull_count) {
  RV_BEGIN
  rv::require(points != nullptr && count > 0, "no points");
  std::vector<cv::Point2f> in, out;
  for (int i = 0; i < count; i++) in.emplace_back(points[i].x, points[i].y);
  cv::convexHull(in, out);
  for (size_t i = 0; i < out.size(); i++) hull[i] = {out[i].x, out[i].y};
  *hull_count = static_cast<int32_t>(out.size());
  RV_END
}
