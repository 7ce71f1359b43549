#include "internal.h"

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>
#include <cstring>
#include <memory>
#include <mutex>

// The detector objects of OpenCV keep scratch memory: one call at a time each.
struct RvCascade {
  cv::CascadeClassifier classifier;
  std::mutex mutex;
};

struct RvNetwork {
  cv::dnn::Net net;
  std::vector<cv::String> outputs;
  std::mutex mutex;
};

struct RvOutputs {
  std::vector<cv::String> names;
  std::vector<cv::Mat> blobs;
};

int rv_cascade_load(const char* path, RvCascade** cascade) {
  RV_BEGIN
  auto result = std::make_unique<RvCascade>();
  rv::require(result->classifier.load(path), "not a cascade classifier file");
  *cascade = result.release();
  RV_END
}

void rv_cascade_free(RvCascade* cascade) { delete cascade; }

int rv_cascade_detect(RvCascade* cascade, RvView gray, double scale_factor, int32_t min_neighbors, int32_t min_size,
                      int32_t max_size, RvBytes** bytes, const RvDetection** detections, int32_t* count) {
  RV_BEGIN
  rv::require(cascade != nullptr, "no classifier");
  std::vector<cv::Rect> boxes;
  std::vector<int> levels;
  std::vector<double> weights;
  {
    const std::lock_guard<std::mutex> lock(cascade->mutex);
    cascade->classifier.detectMultiScale(rv::wrap(gray), boxes, levels, weights, scale_factor, min_neighbors, 0,
                                         cv::Size(min_size, min_size), max_size > 0 ? cv::Size(max_size, max_size) : cv::Size(), true);
  }
  auto* result = new RvBytes();
  result->data.resize(boxes.size() * sizeof(RvDetection));
  for (size_t i = 0; i < boxes.size(); i++) {
    const RvDetection one = {boxes[i].x, boxes[i].y, boxes[i].width, boxes[i].height, i < weights.size() ? weights[i] : 0.0};
    std::memcpy(result->data.data() + i * sizeof(RvDetection), &one, sizeof(RvDetection));
  }
  *bytes = result;
  *detections = reinterpret_cast<const RvDetection*>(result->data.data());
  *count = static_cast<int32_t>(boxes.size());
  RV_END
}

int rv_network_load(const uint8_t* bytes, int64_t count, RvNetwork** network) {
  RV_BEGIN
  rv::require(bytes != nullptr && count > 0, "an empty file");
  auto result = std::make_unique<RvNetwork>();
  result->net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(bytes), static_cast<size_t>(count));
  rv::require(!result->net.empty(), "not an ONNX network");
  result->outputs = result->net.getUnconnectedOutLayersNames();
  *network = result.release();
  RV_END
}

void rv_network_free(RvNetwork* network) { delete network; }

int rv_network_output_name(const RvNetwork* network, int32_t index, const char** name) {
  RV_BEGIN
  rv::require(network != nullptr && index >= 0, "no such output");
  *name = static_cast<size_t>(index) < network->outputs.size() ? network->outputs[static_cast<size_t>(index)].c_str() : nullptr;
  RV_END
}

int rv_network_run(RvNetwork* network, RvView image, int32_t width, int32_t height, const double* mean, double scale, int32_t bgr,
                   RvOutputs** outputs, int32_t* count) {
  RV_BEGIN
  rv::require(network != nullptr, "no network");
  const cv::Mat blob = cv::dnn::blobFromImage(rv::wrap(image), scale, cv::Size(width, height), rv::scalar(mean, 3), bgr != 0, false);
  auto result = std::make_unique<RvOutputs>();
  {
    const std::lock_guard<std::mutex> lock(network->mutex);
    network->net.setInput(blob);
    std::vector<cv::Mat> blobs;
    network->net.forward(blobs, network->outputs);
    // The network reuses its blobs at the next call.
    for (const cv::Mat& one : blobs) result->blobs.push_back(one.clone());
  }
  result->names = network->outputs;
  *count = static_cast<int32_t>(result->blobs.size());
  *outputs = result.release();
  RV_END
}

int rv_outputs_get(const RvOutputs* outputs, int32_t index, const char** name, int32_t* dimensions, int32_t shape[8], const float** data) {
  RV_BEGIN
  rv::require(outputs != nullptr && index >= 0 && static_cast<size_t>(index) < outputs->blobs.size(), "no such output");
  const cv::Mat& blob = outputs->blobs[static_cast<size_t>(index)];
  rv::require(blob.depth() == CV_32F && blob.dims <= 8 && blob.isContinuous(), "an output is not a plain float array");
  *name = outputs->names[static_cast<size_t>(index)].c_str();
  *dimensions = blob.dims;
  for (int i = 0; i < blob.dims; i++) shape[i] = blob.size[i];
  *data = blob.ptr<float>();
  RV_END
}

void rv_outputs_free(RvOutputs* outputs) { delete outputs; }
