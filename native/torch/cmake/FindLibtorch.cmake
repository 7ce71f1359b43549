# Finds libtorch and defines the imported target `libtorch`.
#
# Order: RHYTID_TORCH (a folder with include/ and lib/, such as a Python installation's torch folder or an unpacked
# libtorch), then Debian's libtorch-dev, then the torch folder of the python3 on the PATH.
#
# TorchConfig.cmake is not used on purpose: on a CUDA build it asks for the whole CUDA toolkit, which linking does not need.

set(RHYTID_TORCH "$ENV{RHYTID_TORCH}" CACHE PATH "Folder of libtorch: has include/ and lib/")

function(libtorch_at folder found)
  set(${found} OFF PARENT_SCOPE)
  if(EXISTS "${folder}/include/ATen/ATen.h" AND EXISTS "${folder}/lib/libtorch_cpu.so")
    set(${found} ON PARENT_SCOPE)
  endif()
endfunction()

set(torch_include)
set(torch_library_folder)
if(RHYTID_TORCH)
  libtorch_at("${RHYTID_TORCH}" usable)
  if(NOT usable)
    message(FATAL_ERROR "RHYTID_TORCH=${RHYTID_TORCH} has no include/ATen/ATen.h and lib/libtorch_cpu.so")
  endif()
  set(torch_include "${RHYTID_TORCH}/include")
  set(torch_library_folder "${RHYTID_TORCH}/lib")
else()
  find_library(debian_torch_cpu torch_cpu PATHS /usr/lib /usr/local/lib)
  if(debian_torch_cpu AND EXISTS /usr/include/ATen/ATen.h)
    set(torch_include /usr/include)
    get_filename_component(torch_library_folder "${debian_torch_cpu}" DIRECTORY)
  else()
    execute_process(COMMAND python3 -c "import torch, os; print(os.path.dirname(torch.__file__))"
      OUTPUT_VARIABLE python_torch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    libtorch_at("${python_torch}" usable)
    if(NOT usable)
      message(FATAL_ERROR "libtorch was not found: install Debian's libtorch-dev, or set RHYTID_TORCH to the torch folder of a Python installation")
    endif()
    set(torch_include "${python_torch}/include")
    set(torch_library_folder "${python_torch}/lib")
  endif()
endif()

add_library(libtorch INTERFACE IMPORTED)
target_include_directories(libtorch SYSTEM INTERFACE "${torch_include}/torch/csrc/api/include")
if(NOT torch_include STREQUAL "/usr/include")
  target_include_directories(libtorch SYSTEM INTERFACE "${torch_include}")
endif()

# Wheels before PyTorch 2.6 were built with the old string layout; TorchConfig.cmake says so.
set(torch_config "${torch_library_folder}/../share/cmake/Torch/TorchConfig.cmake")
if(EXISTS "${torch_config}")
  file(STRINGS "${torch_config}" old_strings REGEX "_GLIBCXX_USE_CXX11_ABI=0")
  if(old_strings)
    target_compile_definitions(libtorch INTERFACE _GLIBCXX_USE_CXX11_ABI=0)
  endif()
endif()

# Kernels register themselves when their library is loaded, so every library is linked although no symbol asks for it.
set(torch_libraries -Wl,--no-as-needed "${torch_library_folder}/libtorch.so" "${torch_library_folder}/libtorch_cpu.so" "${torch_library_folder}/libc10.so")
foreach(cuda_library torch_cuda c10_cuda)
  if(EXISTS "${torch_library_folder}/lib${cuda_library}.so")
    list(APPEND torch_libraries "${torch_library_folder}/lib${cuda_library}.so")
  endif()
endforeach()
list(APPEND torch_libraries -Wl,--as-needed)
target_link_libraries(libtorch INTERFACE ${torch_libraries})
target_link_options(libtorch INTERFACE "-Wl,-rpath,${torch_library_folder}")
message(STATUS "libtorch: ${torch_library_folder}")
