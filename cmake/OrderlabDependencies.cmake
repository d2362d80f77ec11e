find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)

# Asio and Beast compiled once, in core/asio/asio.cpp, and their headers precompiled once.
add_library(orderlab_asio STATIC ${CMAKE_SOURCE_DIR}/core/asio/asio.cpp)
# With our warnings, as GCC takes a precompiled header only under the flags that made it.
target_link_libraries(orderlab_asio PUBLIC orderlab_options Boost::boost Threads::Threads PRIVATE orderlab_warnings OpenSSL::SSL)
# For every source, also one that includes Asio by a header of ours and links nothing of it: its classes are the same then.
target_compile_definitions(orderlab_options INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED
    # Frames come from the plain operator new. Asio's own cache of two a thread is there on its own loops only, and an
    # aligned allocation takes longer than a plain one, which is aligned well enough.
    BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING BOOST_ASIO_DISABLE_STD_ALIGNED_ALLOC BOOST_ASIO_DISABLE_BOOST_ALIGN)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    # GCC 13 and later see an uninitialised read where Asio moves an empty result inside itself.
    target_compile_options(orderlab_asio PUBLIC -Wno-maybe-uninitialized)
endif()
if(ORDERLAB_SANITIZER MATCHES "undefined")
    # In coroutines these four checks cost a third of the time of compiling, and AddressSanitizer reports most of what they
    # would. Folders without coroutines, which read bytes, keep them.
    target_compile_options(orderlab_asio PUBLIC -fno-sanitize=null,alignment,object-size,pointer-overflow)
endif()
orderlab_own_includes(orderlab_asio ${CMAKE_SOURCE_DIR}/core/asio)
target_precompile_headers(orderlab_asio PRIVATE ${CMAKE_SOURCE_DIR}/core/asio/asio_headers.h)

# What the programs allocate with: coroutines come and go, and tcmalloc takes a sixth off a simulation's time. Where it is
# missing they do without. Sanitizers have an allocator of their own.
find_library(ORDERLAB_TCMALLOC NAMES tcmalloc_minimal libtcmalloc_minimal.so.4)
add_library(orderlab_allocator INTERFACE)
if(ORDERLAB_TCMALLOC AND NOT ORDERLAB_SANITIZER)
    # Nothing calls it by a name of its own, so the linker is told to keep it.
    target_link_libraries(orderlab_allocator INTERFACE
        -Wl,--push-state,--no-as-needed ${ORDERLAB_TCMALLOC} -Wl,--pop-state)
endif()
