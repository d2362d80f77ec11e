# orderlab_options: language level, sanitizers and hardening. orderlab_warnings: what we hold our own code to.
# orderlab_library(): one static library for one core folder; what it may include is what it links.

find_program(ORDERLAB_CCACHE ccache)
if(ORDERLAB_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${ORDERLAB_CCACHE})
endif()

add_library(orderlab_options INTERFACE)
target_compile_features(orderlab_options INTERFACE cxx_std_20)
target_compile_options(orderlab_options INTERFACE -fcoroutines)
target_compile_definitions(orderlab_options INTERFACE ORDERLAB_VERSION="${PROJECT_VERSION}")
if(ORDERLAB_SANITIZER)
    # A report ends the program: otherwise UBSan's would scroll by in a test that passes.
    target_compile_options(orderlab_options INTERFACE -fsanitize=${ORDERLAB_SANITIZER} -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    target_link_options(orderlab_options INTERFACE -fsanitize=${ORDERLAB_SANITIZER})
endif()
find_program(ORDERLAB_MOLD mold)
if(ORDERLAB_MOLD)
    target_link_options(orderlab_options INTERFACE $<BUILD_INTERFACE:-fuse-ld=mold>)
endif()

include(OrderlabHardening)
target_link_libraries(orderlab_options INTERFACE $<BUILD_INTERFACE:orderlab_hardening>)

add_library(orderlab_warnings INTERFACE)
target_compile_options(orderlab_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -Wnon-virtual-dtor
    -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
if(CMAKE_UNITY_BUILD)
    # GCC takes a source file that is included by another for a header.
    target_compile_options(orderlab_warnings INTERFACE -Wno-subobject-linkage)
endif()
if(ORDERLAB_SANITIZER)
    # GCC 12 sees uninitialised reads and mismatched deletes in instrumented code that are none, GCC 14 overflows.
    target_compile_options(orderlab_warnings INTERFACE -Wno-maybe-uninitialized -Wno-mismatched-new-delete -Wno-stringop-overflow
        -Wno-tsan)
endif()

# orderlab_own_includes(TARGET PATH): who links TARGET may include the headers of the folder PATH, as "FOLDER/x.h", and who
# does not may not: each folder is reached through a root of its own, which holds nothing but a link to it.
function(orderlab_own_includes target path)
    get_filename_component(folder ${path} NAME)
    set(root ${CMAKE_BINARY_DIR}/include/${folder})
    file(MAKE_DIRECTORY ${root})
    file(CREATE_LINK ${path} ${root}/${folder} SYMBOLIC)
    target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${root}>)
endfunction()

# orderlab_library(NAME LINKS targets... [PRIVATE_LINKS targets...] [GENERATED files...] [ASIO])
# The folder NAME: all its source files, and those that the build makes.
# ASIO: the folder uses coroutines; it then shares one precompiled header of the Asio parts.
function(orderlab_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "ASIO" "" "GENERATED;LINKS;PRIVATE_LINKS")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
    add_library(orderlab_${name} STATIC ${sources} ${arg_GENERATED})
    orderlab_own_includes(orderlab_${name} ${CMAKE_CURRENT_SOURCE_DIR}/${name})
    target_link_libraries(orderlab_${name} PUBLIC orderlab_options ${arg_LINKS}
        PRIVATE orderlab_warnings ${arg_PRIVATE_LINKS})
    if(arg_ASIO)
        orderlab_use_asio_header(orderlab_${name})
    endif()
endfunction()

function(orderlab_use_asio_header target)
    target_link_libraries(${target} PRIVATE orderlab_asio)
    target_precompile_headers(${target} REUSE_FROM orderlab_asio)
endfunction()

# orderlab_count_coverage(targets...): under AddressSanitizer their code reports each block it enters, which leads the
# fuzz targets of tests/fuzz to inputs that reach something new.
function(orderlab_count_coverage)
    if(NOT ORDERLAB_SANITIZER MATCHES "address")
        return()
    endif()
    if(NOT TARGET orderlab_coverage)
        add_library(orderlab_coverage STATIC ${CMAKE_SOURCE_DIR}/tests/fuzz/coverage.cpp)
        target_include_directories(orderlab_coverage PUBLIC ${CMAKE_SOURCE_DIR}/tests)
        target_link_libraries(orderlab_coverage PRIVATE orderlab_options orderlab_warnings)
    endif()
    foreach(target IN LISTS ARGN)
        target_compile_options(${target} PRIVATE -fsanitize-coverage=trace-pc)
        target_link_libraries(${target} PRIVATE orderlab_coverage)
    endforeach()
endfunction()
