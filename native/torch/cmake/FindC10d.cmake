# Finds out which backends of c10d this libtorch has: defines USE_C10D_GLOO and USE_C10D_NCCL for rhytid_torch.
#
# libtorch's headers include Gloo's and NCCL's, which come in packages of their own (Debian: libgloo-dev). A program is linked
# for each, because headers say nothing about what the library was built with. Without any, joining processes is an error.
include(CheckCXXSourceCompiles)

get_target_property(torch_includes libtorch INTERFACE_INCLUDE_DIRECTORIES)
get_filename_component(site_packages "${torch_library_folder}/../.." ABSOLUTE)
find_path(gloo_include gloo/transport/device.h HINTS ${torch_include})
find_path(nccl_include nccl.h HINTS "${site_packages}/nvidia/nccl/include")
find_path(cuda_include cuda_runtime_api.h HINTS "${site_packages}/nvidia/cuda_runtime/include" /usr/local/cuda/include)

function(c10d_backend name class definition)
  foreach(header IN LISTS ARGN)
    if(NOT ${header})
      message(STATUS "c10d: no ${name} (no ${header})")
      return()
    endif()
    list(APPEND includes "${${header}}")
  endforeach()
  list(REMOVE_ITEM includes /usr/include)
  # An earlier "no" may be out of date: a package was installed since.
  if(NOT c10d_has_${name})
    unset(c10d_has_${name} CACHE)
  endif()
  set(CMAKE_REQUIRED_LIBRARIES libtorch)
  set(CMAKE_REQUIRED_INCLUDES ${includes})
  set(CMAKE_REQUIRED_DEFINITIONS -D${definition})
  check_cxx_source_compiles("
    #include <torch/csrc/distributed/c10d/ProcessGroup${class}.hpp>
    #include <torch/csrc/distributed/c10d/TCPStore.hpp>
    int main() {
      c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(std::string());
      c10::make_intrusive<c10d::ProcessGroup${class}>(store, 0, 1);
    }" c10d_has_${name})
  if(c10d_has_${name})
    target_compile_definitions(rhytid_torch PRIVATE ${definition})
    target_include_directories(rhytid_torch SYSTEM PRIVATE ${includes})
  endif()
endfunction()

c10d_backend(gloo Gloo USE_C10D_GLOO gloo_include)
c10d_backend(nccl NCCL USE_C10D_NCCL nccl_include cuda_include)
