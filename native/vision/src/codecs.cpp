#include "internal.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <cstring>

namespace {

enum Kind { kRgb = 0, kGray = 1, kGray16 = 2 };

cv::Mat to_8_bit(const cv::Mat& mat) {
  if (mat.depth() == CV_8U) return mat;
  rv::require(mat.depth() == CV_16U, "only 8-bit and 16-bit samples are supported");
  cv::Mat result;
  mat.convertTo(result, CV_8U, 1.0 / 257.0);
  return result;
}

cv::Mat to_16_bit(const cv::Mat& mat) {
  if (mat.depth() == CV_16U) return mat;
  cv::Mat result;
  mat.convertTo(result, CV_16U, 257.0);
  return result;
}

// What a viewer shows: transparent pixels over a white page.
cv::Mat over_white(const cv::Mat& bgra) {
  cv::Mat bgr(bgra.size(), CV_8UC3);
  for (int y = 0; y < bgra.rows; y++) {
    const uchar* in = bgra.ptr<uchar>(y);
    uchar* out = bgr.ptr<uchar>(y);
    for (int x = 0; x < bgra.cols; x++, in += 4, out += 3) {
      const int alpha = in[3];
      for (int c = 0; c < 3; c++) out[c] = static_cast<uchar>((in[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }
  return bgr;
}

cv::Mat oriented(const cv::Mat& mat, int orientation) {
  cv::Mat result;
  switch (orientation) {
    case 2: cv::flip(mat, result, 1); return result;
    case 3: cv::rotate(mat, result, cv::ROTATE_180); return result;
    case 4: cv::flip(mat, result, 0); return result;
    case 5: cv::transpose(mat, result); return result;
    case 6: cv::rotate(mat, result, cv::ROTATE_90_CLOCKWISE); return result;
    case 7: cv::transpose(mat, result); cv::rotate(result, result, cv::ROTATE_180); return result;
    case 8: cv::rotate(mat, result, cv::ROTATE_90_COUNTERCLOCKWISE); return result;
    default: return mat;
  }
}

cv::Mat as_rgb(const cv::Mat& mat) {
  cv::Mat result;
  switch (mat.channels()) {
    case 1: cv::cvtColor(mat, result, cv::COLOR_GRAY2RGB); return result;
    case 3: cv::cvtColor(mat, result, cv::COLOR_BGR2RGB); return result;
    case 4: cv::cvtColor(over_white(mat), result, cv::COLOR_BGR2RGB); return result;
    default: throw std::runtime_error("unsupported number of channels");
  }
}

cv::Mat as_gray(const cv::Mat& mat) {
  cv::Mat result;
  switch (mat.channels()) {
    case 1: return mat;
    case 3: cv::cvtColor(mat, result, cv::COLOR_BGR2GRAY); return result;
    case 4: cv::cvtColor(over_white(mat), result, cv::COLOR_BGR2GRAY); return result;
    default: throw std::runtime_error("unsupported number of channels");
  }
}

// All 16 bits of a grey file; everything else has 8.
cv::Mat as_gray_16(const cv::Mat& mat) { return to_16_bit(mat.channels() == 1 && mat.depth() == CV_16U ? mat : as_gray(to_8_bit(mat))); }

cv::Mat as_kind(const cv::Mat& mat, int32_t kind) {
  switch (kind) {
    case kRgb: return as_rgb(to_8_bit(mat));
    case kGray16: return as_gray_16(mat);
    default: return as_gray(to_8_bit(mat));
  }
}

}  // namespace

int rv_decode(const uint8_t* bytes, int64_t count, int32_t kind, int32_t orientation, RvMat** mat, int32_t* width, int32_t* height) {
  RV_BEGIN
  rv::require(bytes != nullptr && count > 0 && count <= INT32_MAX, "no bytes to decode");
  const cv::Mat input(1, static_cast<int>(count), CV_8UC1, const_cast<uint8_t*>(bytes));
  cv::Mat decoded = cv::imdecode(input, cv::IMREAD_UNCHANGED);
  rv::require(!decoded.empty(), "the pixels cannot be decoded: the file is damaged or cut off");
  decoded = oriented(as_kind(decoded, kind), orientation);
  *width = decoded.cols;
  *height = decoded.rows;
  *mat = new RvMat{decoded};
  RV_END
}

int rv_mat_copy(const RvMat* mat, RvView target) {
  RV_BEGIN
  rv::require(mat != nullptr, "no picture");
  cv::Mat out = rv::wrap(target);
  rv::require(out.size() == mat->mat.size() && out.type() == mat->mat.type(), "the target does not fit the picture");
  mat->mat.copyTo(out);
  RV_END
}

void rv_mat_free(RvMat* mat) { delete mat; }

int rv_encode(RvView source, const char* extension, int32_t quality, RvBytes** bytes, const uint8_t** data, int64_t* count) {
  RV_BEGIN
  cv::Mat in = rv::wrap(source);
  if (in.channels() == 3) {
    cv::Mat bgr;
    cv::cvtColor(in, bgr, cv::COLOR_RGB2BGR);
    in = bgr;
  }
  std::vector<int> parameters;
  if (std::strcmp(extension, ".png") == 0) {
    parameters = {cv::IMWRITE_PNG_COMPRESSION, quality};
  } else if (std::strcmp(extension, ".jpg") == 0) {
    parameters = {cv::IMWRITE_JPEG_QUALITY, quality};
  } else if (std::strcmp(extension, ".webp") == 0) {
    parameters = {cv::IMWRITE_WEBP_QUALITY, quality};
  } else {
    throw std::runtime_error("unknown output format");
  }
  auto* result = new RvBytes();
  try {
    rv::require(cv::imencode(extension, in, result->data, parameters), "the picture cannot be encoded");
  } catch (...) {
    delete result;
    throw;
  }
  *bytes = result;
  *data = result->data.data();
  *count = static_cast<int64_t>(result->data.size());
  RV_END
}

void rv_bytes_free(RvBytes* bytes) { delete bytes; }
