# orderlab_hardening: what makes a mistake with memory end an optimised program in place of being of use to somebody.
# tests/packaging/check-hardening looks for each of it in the programs. Sanitizers see more, and want none of it.
# A target with the property ORDERLAB_NOT_RELEASED, such as a test, is compiled without.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckLinkerFlag)

add_library(orderlab_hardening INTERFACE)
if(ORDERLAB_SANITIZER)
    return()
endif()
set(is_released $<AND:$<CONFIG:Release,RelWithDebInfo,MinSizeRel>,$<NOT:$<BOOL:$<TARGET_PROPERTY:ORDERLAB_NOT_RELEASED>>>>)
# Position-independent programs: the default of most compilers, then without a flag, as for Qt -fPIE is not -fPIC.
check_cxx_source_compiles("#ifndef __PIE__\n#error\n#endif\nint main() {}" ORDERLAB_COMPILER_MAKES_PIE)
if(NOT ORDERLAB_COMPILER_MAKES_PIE)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    add_compile_options(-fno-semantic-interposition)
endif()
foreach(flag -fstack-protector-strong -fstack-clash-protection
        -fcf-protection              # x86: jumps and returns only to where they may go,
        -mbranch-protection=standard) # ARM: the same.
    string(MAKE_C_IDENTIFIER "ORDERLAB_HAS${flag}" has)
    check_cxx_compiler_flag(${flag} ${has})
    if(${has})
        target_compile_options(orderlab_hardening INTERFACE $<${is_released}:${flag}>)
    endif()
endforeach()
# Distributions set a level of their own: -U first.
target_compile_options(orderlab_hardening INTERFACE $<${is_released}:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>)
target_link_options(orderlab_hardening INTERFACE $<${is_released}:-pie;-Wl,-z,relro,-z,now,-z,noexecstack>)
