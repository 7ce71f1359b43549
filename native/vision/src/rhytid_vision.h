// C interface over OpenCV: codecs, filters, morphology, drawing, detection.
//
// Rules that every function keeps:
//  - it returns 0 on success and 1 on failure; the message is in rv_last_error() of the same thread;
//  - no exception leaves it;
//  - it writes only into the views it was given, never reallocates them, and keeps no pointer to them;
//  - objects it returns (handles) are freed by the function named beside them.
#pragma once
#include <cstddef>
#include <cstdint>

#define RV_API extern "C" __attribute__((visibility("default")))

// Pixels that the caller owns. depth: 0 = uint8, 2 = uint16, 4 = int32, 5 = float32 (OpenCV's codes).
struct RvView {
  void* data;
  int32_t width;
  int32_t height;
  int32_t channels;
  int32_t depth;
  int64_t stride;  // bytes from one row to the next
};

struct RvPoint { float x, y; };

// ---- errors and versions ----------------------------------------------------------------------------------------
RV_API const char* rv_last_error();
RV_API const char* rv_opencv_version();
RV_API int rv_set_threads(int32_t count);

// ---- codecs -----------------------------------------------------------------------------------------------------
struct RvMat;
// kind: 0 = RGB (alpha laid over white), 1 = grey; of both, 16-bit samples become 8-bit. 2 = grey of 16 bits; 8-bit samples times 257. orientation: EXIF's 1..8.
RV_API int rv_decode(const uint8_t* bytes, int64_t count, int32_t kind, int32_t orientation, RvMat** mat, int32_t* width, int32_t* height);
RV_API int rv_mat_copy(const RvMat* mat, RvView target);
RV_API void rv_mat_free(RvMat* mat);

struct RvBytes;
// extension ".png", ".jpg", ".webp"; quality 0..100, for PNG the zlib level 0..9. 3 channels are RGB.
RV_API int rv_encode(RvView source, const char* extension, int32_t quality, RvBytes** bytes, const uint8_t** data, int64_t* count);
RV_API void rv_bytes_free(RvBytes* bytes);

// ---- colour -----------------------------------------------------------------------------------------------------
// code: 0 RGB->grey, 1 grey->RGB, 2 RGB->Lab
RV_API int rv_convert_color(RvView source, RvView target, int32_t code);
RV_API int rv_split_channel(RvView source, int32_t channel, RvView target);

// ---- geometry ---------------------------------------------------------------------------------------------------
// interpolation: OpenCV's 0 nearest, 1 linear, 2 cubic, 3 area, 4 Lanczos. border: 0 constant zero, 1 replicate,
// 2 reflect, 4 reflect without the edge pixel.
RV_API int rv_resize(RvView source, RvView target, int32_t interpolation);
// matrix maps target pixel centres to source pixel centres: x' = m0 x + m1 y + m2, y' = m3 x + m4 y + m5.
RV_API int rv_warp_affine(RvView source, RvView target, const double* matrix, int32_t interpolation, int32_t border);

// ---- filters ----------------------------------------------------------------------------------------------------
RV_API int rv_gaussian_blur(RvView source, RvView target, int32_t kernel_size, double sigma_x, double sigma_y, int32_t border);
RV_API int rv_box_filter(RvView source, RvView target, int32_t width, int32_t height, int32_t border);
// Correlation with any kernel (float32), as OpenCV's filter2D (DFT for large kernels).
RV_API int rv_filter2d(RvView source, RvView target, RvView kernel, int32_t border);
RV_API int rv_sep_filter(RvView source, RvView target, const float* kernel_x, int32_t size_x, const float* kernel_y, int32_t size_y, int32_t border);

// ---- morphology -------------------------------------------------------------------------------------------------
// operation: OpenCV's 0 erode, 1 dilate, 2 open, 3 close, 4 gradient, 5 top-hat, 6 black-hat; shape: 0 rectangle, 1 cross, 2 ellipse
RV_API int rv_morphology(RvView source, RvView target, int32_t operation, int32_t shape, int32_t width, int32_t height, int32_t iterations);
RV_API int rv_thin(RvView source, RvView target);  // Guo and Hall
RV_API int rv_distance(RvView source, RvView target);  // Euclidean distance to the nearest zero pixel
// labels: int32; stats: (left, top, width, height, area) per label, background first. Freed by rv_bytes_free.
RV_API int rv_components(RvView source, RvView labels, int32_t connectivity, RvBytes** bytes, const int32_t** stats, int32_t* count);

// ---- drawing ----------------------------------------------------------------------------------------------------
// colour: one value per channel. shift-free float points; anti-aliased when asked for.
RV_API int rv_fill_polygon(RvView target, const RvPoint* points, int32_t count, const double* color, int32_t antialias);
RV_API int rv_polyline(RvView target, const RvPoint* points, int32_t count, int32_t closed, const double* color, int32_t thickness, int32_t antialias);
RV_API int rv_ellipse(RvView target, RvPoint center, RvPoint radii, double angle_degrees, const double* color, int32_t thickness, int32_t antialias);
// ASCII in OpenCV's stroke font (others become '?'); position: left end of the base line; scale 1 draws capitals of 21 pixels.
RV_API int rv_text(RvView target, const char* text, RvPoint position, double scale, const double* color, int32_t thickness);
RV_API int rv_text_size(const char* text, double scale, int32_t thickness, int32_t* width, int32_t* height, int32_t* below);
RV_API int rv_convex_hull(const RvPoint* points, int32_t count, RvPoint* hull, int32_t* hull_count);

// ---- detection --------------------------------------------------------------------------------------------------
struct RvCascade;
struct RvDetection { int32_t x, y, width, height; double weight; };
RV_API int rv_cascade_load(const char* path, RvCascade** cascade);
RV_API void rv_cascade_free(RvCascade* cascade);
RV_API int rv_cascade_detect(RvCascade* cascade, RvView gray, double scale_factor, int32_t min_neighbors, int32_t min_size,
                             int32_t max_size, RvBytes** bytes, const RvDetection** detections, int32_t* count);

struct RvNetwork;
struct RvOutputs;
RV_API int rv_network_load(const uint8_t* bytes, int64_t count, RvNetwork** network);
RV_API void rv_network_free(RvNetwork* network);
RV_API int rv_network_output_name(const RvNetwork* network, int32_t index, const char** name);  // null past the last
// One RGB image in; blob = (pixel - mean) * scale, channels as RGB or BGR, resized to width x height.
RV_API int rv_network_run(RvNetwork* network, RvView image, int32_t width, int32_t height, const double* mean, double scale,
                          int32_t bgr, RvOutputs** outputs, int32_t* count);
RV_API int rv_outputs_get(const RvOutputs* outputs, int32_t index, const char** name, int32_t* dimensions, int32_t shape[8], const float** data);
RV_API void rv_outputs_free(RvOutputs* outputs);
