find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# Asio and Beast compiled once, in core/runtime/asio.cpp, and their headers precompiled once.
add_library(orderlab_asio STATIC ${CMAKE_SOURCE_DIR}/core/runtime/asio.cpp)
# With our warnings, as GCC takes a precompiled header only under the flags that made it.
target_link_libraries(orderlab_asio PUBLIC orderlab_options Boost::boost Threads::Threads PRIVATE orderlab_warnings)
target_compile_definitions(orderlab_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED)
target_precompile_headers(orderlab_asio PRIVATE ${CMAKE_SOURCE_DIR}/core/runtime/asio_headers.h)
