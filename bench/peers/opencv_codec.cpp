// The peer of the weak-label benchmark: OpenCV merely decodes the photos and encodes the finished maps, on the same number of
// threads. One timed pass for every line on standard input; each answer is the milliseconds of the pass.
//
//   opencv_codec LIST THREADS PNG_LEVEL OUT      LIST: a line for each photo, PHOTO<tab>MAP

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  cv::setNumThreads(1);
  std::vector<std::string> photos;
  std::vector<cv::Mat> maps;
  std::ifstream list(argv[1]);
  for (std::string photo, map; std::getline(list, photo, '\t') && std::getline(list, map);) {
    photos.push_back(photo);
    maps.push_back(cv::imread(map, cv::IMREAD_GRAYSCALE));
  }
  const int threads = std::stoi(argv[2]);
  const std::vector<int> level{cv::IMWRITE_PNG_COMPRESSION, std::stoi(argv[3])};
  const std::string out = argv[4];
  std::cout << "ready OpenCV " << CV_VERSION << ", " << photos.size() << " photos" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const auto start = std::chrono::steady_clock::now();
    std::atomic<size_t> next{0};
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
      workers.emplace_back([&] {
        for (size_t i; (i = next++) < photos.size();) {
          if (cv::imread(photos[i], cv::IMREAD_COLOR).empty()) std::abort();
          cv::imwrite(out + "/" + std::to_string(i) + ".png", maps[i], level);
        }
      });
    for (auto& worker : workers) worker.join();
    std::cout << std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() << std::endl;
  }
}
