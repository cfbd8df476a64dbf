# What a lab's folder becomes: rooflab_add_lab(labs/NN_topic) adds
#
#   labNN_tests, _bench      your kernels.cpp in process, for debuggers, sanitizers and disassemblers
#   check_labNN              builds both and runs the tests
#   labNN_reference_tests, _hidden_tests, _bench
#                            the same with solutions/, where there are some
#   labNN_remote_tests, _hidden_tests, _timing, _misses, _memory,
#   _hardware, _instructions, _hot
#                            with a proxy of each kernel, which asks a worker: another process
#   labNN_baseline_worker, labNN_reference_worker
#                            workers with the lab's baseline.cpp and with solutions/
#   labNN_baseline_emulated, labNN_reference_emulated
#                            the same for the emulator that cache misses are counted in
#   labNN_trusted            what the grader wants before it looks at a submission
#   labNN_usable             what it wants of this lab when a later lab uses its kernels
#   labNN_races              the tests with ThreadSanitizer, for the grader to link with a submission;
#                            built when it looks for data races
#
# What takes functions, or is a class, cannot be asked of another process: drivers.cpp, where a lab has
# one, has plain functions that use it, and is linked with the kernels wherever those are.
#
# A lab whose manifest says uses = ["lab03::gelu"] is linked with the kernels of that lab, of the same
# kind: yours with yours, the baseline's with the baseline's.
#
# Tests and benchmarks call kernels as plain functions; what they are linked with decides who
# answers. The grader compiles submissions itself, with the commands that rooflab_describe_build()
# writes to rooflab_build.json, and links them with the same table and main() into a worker.

# A list such as `flags = [...]`, on one line or on several; only `flags` and `uses` matter here. CMake
# knows no TOML: a list that this reads otherwise than the grader does is refused when the lab is
# graded (grader/rooflab/compile/trusted.py compares the two).
function(rooflab_read_flags manifest result)
  rooflab_read_list(${manifest} flags flags)
  if(flags STREQUAL NOTFOUND)
    message(FATAL_ERROR "  error: ${manifest} has no list of flags, such as: flags = [\"-O3\"]")
  endif()
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# In the same way, the list `KEY = [...]`; NOTFOUND where there is none.
function(rooflab_read_list manifest key result)
  file(READ ${manifest} text)
  string(REGEX REPLACE "#[^\n]*" "" text "\n${text}")
  set(list NOTFOUND)
  if(text MATCHES "\n *${key} *= *\\[([^]]*)\\]")
    string(REGEX MATCHALL "\"[^\"]*\"|'[^']*'" list "${CMAKE_MATCH_1}")
    string(REGEX REPLACE "[\"']" "" list "${list}")
  endif()
  set(${result} "${list}" PARENT_SCOPE)
endfunction()

# Objects that call kernels: tests or benchmarks. More arguments are folders of headers.
function(rooflab_add_calls name source)
  add_library(${name} OBJECT ${source})
  target_include_directories(${name} PRIVATE ${ARGN})
  target_link_libraries(${name} PRIVATE rooflab_ours doctest::doctest)
endfunction()

# Objects with the kernels in `source`; more arguments are the compiler's.
function(rooflab_add_kernels name source)
  add_library(${name} OBJECT ${source})
  target_compile_options(${name} PRIVATE ${ARGN})
endfunction()

# The lab's kernels in `source`, as LAB_KIND: with those of the same kind of each of the labs in
# `earlier`, whose kernels it uses.
function(rooflab_add_lab_kernels id kind source earlier)
  rooflab_add_kernels(${id}_${kind} ${source} ${ARGN})
  foreach(lab IN LISTS earlier)
    target_link_libraries(${id}_${kind} INTERFACE $<TARGET_OBJECTS:${lab}_${kind}>)
  endforeach()
endfunction()

# The lab's drivers.cpp, where there is one; `kind` is "_emulated" or nothing.
function(rooflab_link_drivers program id kind)
  if(TARGET ${id}_drivers${kind})
    target_link_libraries(${program} PRIVATE ${id}_drivers${kind})
  endif()
endfunction()

# Programs PREFIX_PART with the kernels of PREFIX_kernels in process.
function(rooflab_add_programs id prefix)
  foreach(part IN LISTS ARGN)
    set(program ${prefix}_${part})
    add_executable(${program})
    target_link_libraries(${program} PRIVATE ${prefix}_kernels ${id}_${part}_objects)
    rooflab_link_drivers(${program} ${id} "")
    if(part STREQUAL bench)
      target_link_libraries(${program} PRIVATE rooflab_bench_main benchmark::benchmark)
    else()
      target_link_libraries(${program} PRIVATE rooflab_test_main)
    endif()
    target_link_libraries(${program} PRIVATE rooflab_testing)
  endforeach()
endfunction()

# Program LAB_KIND_PART, whose kernels are answered by a worker. The harness that asks it is still
# missing.
function(rooflab_add_remote_program id kind part)
  set(program ${id}_${kind}_${part})
  add_executable(${program})
  if(part MATCHES "tests$")
    target_link_libraries(${program} PRIVATE ${id}_${part}_objects rooflab_test_main)
  else()
    target_link_libraries(${program} PRIVATE ${id}_bench_objects rooflab_remote_${part}_main)
  endif()
  target_link_libraries(${program} PRIVATE ${id}_proxies rooflab_testing)
endfunction()

# Tests and what they need, with ThreadSanitizer: without kernels, and only when they are asked for.
# It must see all code: of a template that two files have, the linker takes either. Sets tsan_objects.
function(rooflab_add_races id dirs)
  set(parts "")
  set(objects "")
  foreach(source IN LISTS ARGN)
    if(NOT EXISTS ${source})
      continue()
    endif()
    list(LENGTH parts number)
    set(part ${id}_tsan_${number})
    rooflab_add_calls(${part} ${source} ${dirs})
    target_compile_options(${part} PRIVATE ${ROOFLAB_TSAN})
    set_target_properties(${part} PROPERTIES EXCLUDE_FROM_ALL TRUE)
    list(APPEND parts ${part})
    list(APPEND objects $<TARGET_OBJECTS:${part}>)
  endforeach()
  add_custom_target(${id}_races DEPENDS ${parts} rooflab_test_main_tsan rooflab_testing_tsan
                                        rooflab_race_probe)
  set(tsan_objects ${objects} PARENT_SCOPE)
endfunction()

# A worker: kernels, the lab's table of them, and the loop that serves. Static, so that it needs no
# file to start. `kind` is "_emulated" or nothing.
function(rooflab_add_worker id name kernels kind)
  add_executable(${name})
  target_link_libraries(${name} PRIVATE ${kernels} ${id}_table rooflab_worker_main -static ${ARGN})
  rooflab_link_drivers(${name} ${id} "${kind}")
endfunction()

# `dir` is an absolute path.
function(rooflab_add_lab dir)
  set(manifest ${dir}/lab.toml)
  cmake_path(GET dir FILENAME lab)
  string(REGEX REPLACE "^([0-9]+)_.*" "lab\\1" id ${lab})
  set(solution ${CMAKE_SOURCE_DIR}/solutions/${lab}/kernels.cpp)
  set(hidden_tests ${CMAKE_SOURCE_DIR}/grader/hidden/${lab}/tests.cpp)

  rooflab_read_flags(${manifest} lab_flags)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  if(NOT CMAKE_BUILD_TYPE STREQUAL Release)
    set(lab_flags "") # as slow and as plain as a debugger likes
  endif()
  # `dirs` are on the include path; a submission's compiler reads no more than `includes`.
  set(dirs ${dir})
  set(includes ${CMAKE_SOURCE_DIR}/labs/include ${dir})
  rooflab_read_list(${manifest} uses lab_uses)
  if(NOT lab_uses)
    set(lab_uses "")
  endif()
  list(TRANSFORM lab_uses REPLACE "::.*" "" OUTPUT_VARIABLE earlier)
  list(REMOVE_DUPLICATES earlier)
  foreach(lab_used IN LISTS earlier)
    get_property(dir_used GLOBAL PROPERTY ROOFLAB_DIR_OF_${lab_used})
    if(NOT dir_used)
      message(FATAL_ERROR "  error: ${manifest} uses kernels of ${lab_used}, no lab before it")
    endif()
    list(APPEND includes ${dir_used}/kernels.h)
  endforeach()
  if(earlier)
    list(APPEND dirs ${CMAKE_SOURCE_DIR}/labs) # for #include "03_simd/kernels.h"
  endif()
  set_property(GLOBAL PROPERTY ROOFLAB_DIR_OF_${id} ${dir})
  set(common_flags ${CMAKE_SOURCE_DIR}/labs/include ${dirs})
  list(TRANSFORM common_flags PREPEND -I)
  list(PREPEND common_flags ${lab_flags} ${ROOFLAB_SAME_CODE} ${ROOFLAB_LOCAL} ${ROOFLAB_WARNINGS})
  set(flags ${common_flags} ${ROOFLAB_ISA})
  # For counting cache misses; -g says which line an instruction belongs to, and changes no code. How
  # vectors are passed without AVX matters to nobody: kernels call their own functions only.
  set(emulated_flags ${common_flags} ${ROOFLAB_EMULATED_ISA} -g -Wno-psabi)

  # --- Kernels in process
  file(STRINGS ${manifest} threads REGEX "^threads *=")
  string(REGEX REPLACE "[^0-9]" "" threads "${threads}")
  set(worker_objects ${id}_table rooflab_worker_main)
  set(emulated_objects ${worker_objects})
  set(worker_threads "")
  set(worker_options "")
  if(threads GREATER 1)
    set(worker_threads rooflab_worker_threads)
    set(worker_options $<TARGET_PROPERTY:rooflab_worker_threads,INTERFACE_LINK_OPTIONS>)
    list(APPEND worker_objects ${worker_threads})
  endif()
  if(EXISTS ${dir}/drivers.cpp) # compiled as kernels are: what is given there is timed, too
    rooflab_add_kernels(${id}_drivers ${dir}/drivers.cpp ${flags} -Werror)
    rooflab_add_kernels(${id}_drivers_emulated ${dir}/drivers.cpp ${emulated_flags} -Werror)
    list(APPEND worker_objects ${id}_drivers)
    list(APPEND emulated_objects ${id}_drivers_emulated)
  endif()
  rooflab_add_calls(${id}_tests_objects ${dir}/tests.cpp ${dirs})
  rooflab_add_calls(${id}_bench_objects ${dir}/bench.cpp ${dirs})
  set(suites tests)
  if(EXISTS ${hidden_tests})
    rooflab_add_calls(${id}_hidden_tests_objects ${hidden_tests} ${dirs})
    list(APPEND suites hidden_tests)
  endif()
  rooflab_add_lab_kernels(${id} kernels ${dir}/kernels.cpp "${earlier}" ${flags})
  rooflab_add_programs(${id} ${id} tests bench)
  add_custom_target(check_${id} COMMAND ${id}_tests DEPENDS ${id}_bench USES_TERMINAL)
  set(roles baseline)
  set(source_of_baseline ${dir}/baseline.cpp)
  if(EXISTS ${solution})
    list(APPEND roles reference)
    set(source_of_reference ${solution})
    rooflab_add_lab_kernels(${id} reference_kernels ${solution} "${earlier}" ${flags} -Werror)
    rooflab_add_programs(${id} ${id}_reference ${suites} bench)
    # Beside solutions, kernels.cpp is a stub: it fails its tests, as ./lab verify sees to.
    foreach(suite IN LISTS suites)
      doctest_discover_tests(${id}_reference_${suite} TEST_PREFIX "${id}.${suite}.")
    endforeach()
  else()
    doctest_discover_tests(${id}_tests TEST_PREFIX "${id}.tests.")
  endif()
  if(NOT TARGET rooflab_harness)
    return()
  endif()

  # --- Kernels in workers: proxies and table come from the lab's kernels.def
  set(harness ${CMAKE_SOURCE_DIR}/grader/harness)
  add_library(${id}_proxies OBJECT ${harness}/session/proxies.cpp)
  target_link_libraries(${id}_proxies PRIVATE rooflab_ours)
  add_library(${id}_table OBJECT ${harness}/worker/table.cpp)
  target_link_libraries(${id}_table PRIVATE rooflab_worker_side)
  foreach(target ${id}_proxies ${id}_table)
    target_include_directories(${target} PRIVATE ${dirs} ${harness})
    target_compile_definitions(${target} PRIVATE ROOFLAB_LAB=${id})
  endforeach()
  foreach(part IN LISTS suites ITEMS timing misses memory hardware instructions hot)
    rooflab_add_remote_program(${id} remote ${part})
    target_link_libraries(${id}_remote_${part} PRIVATE rooflab_harness)
    if(part MATCHES "^(instructions|hot)$")
      target_link_libraries(${id}_remote_${part} PRIVATE rooflab_instructions)
    endif()
    list(APPEND trusted ${id}_remote_${part})
  endforeach()
  rooflab_add_lab_kernels(${id} baseline_kernels ${dir}/baseline.cpp "${earlier}" ${flags} -Werror)
  foreach(role IN LISTS roles)
    set(prefix ${id}_${role})
    rooflab_add_worker(${id} ${prefix}_worker ${prefix}_kernels "" ${worker_threads})
    rooflab_add_lab_kernels(${id} ${role}_emulated_kernels ${source_of_${role}} "${earlier}"
                            ${emulated_flags} -Werror)
    rooflab_add_worker(${id} ${prefix}_emulated ${prefix}_emulated_kernels _emulated)
    list(APPEND trusted ${prefix}_worker ${prefix}_emulated)
    list(APPEND workers "\"${role}\": \"$<TARGET_FILE:${prefix}_worker>\"")
    list(APPEND emulated_workers "\"${role}\": \"$<TARGET_FILE:${prefix}_emulated>\"")
  endforeach()
  add_custom_target(${id}_trusted DEPENDS ${trusted} rooflab_emulator rooflab_machine_trusted)
  list(TRANSFORM suites REPLACE "(.+)" "${id}_remote_\\1" OUTPUT_VARIABLE usable)
  add_custom_target(${id}_usable DEPENDS ${usable} ${worker_objects} ${emulated_objects})
  foreach(lab_used IN LISTS earlier)
    add_dependencies(${id}_trusted ${lab_used}_usable)
  endforeach()
  rooflab_add_races(${id} "${dirs}" ${dir}/tests.cpp ${hidden_tests} ${dir}/drivers.cpp)
  if(EXISTS ${solution})
    foreach(suite IN LISTS suites)
      add_test(NAME ${id}.remote_${suite} COMMAND ${id}_remote_${suite})
      set_tests_properties(
        ${id}.remote_${suite}
        PROPERTIES ENVIRONMENT
                   "ROOFLAB_WORKER=$<TARGET_FILE:${id}_reference_worker>;ROOFLAB_THREADS=${threads}")
    endforeach()
  endif()

  # --- What the grader is told of it
  list(JOIN workers ", " workers)
  list(JOIN emulated_workers ", " emulated_workers)
  set(hidden_program null) # a student's copy has no hidden tests
  if(EXISTS ${hidden_tests})
    set(hidden_program "\"$<TARGET_FILE:${id}_remote_hidden_tests>\"")
  endif()
  rooflab_json_list(lab_flags ${lab_flags})
  rooflab_json_list(lab_uses ${lab_uses})
  rooflab_json_list(compile -std=c++20 ${flags})
  rooflab_json_list(compile_emulated -std=c++20 ${emulated_flags})
  rooflab_json_list(includes ${includes})
  list(TRANSFORM worker_objects REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>")
  rooflab_json_list(objects ${worker_objects} ${worker_options})
  list(TRANSFORM emulated_objects REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>")
  rooflab_json_list(objects_emulated ${emulated_objects})
  rooflab_json_list(baseline $<TARGET_OBJECTS:${id}_baseline_kernels>)
  rooflab_json_list(baseline_emulated $<TARGET_OBJECTS:${id}_baseline_emulated_kernels>)
  rooflab_json_list(compile_races -std=c++20 ${flags} ${ROOFLAB_TSAN} -O1)
  rooflab_json_list(races ${tsan_objects} $<TARGET_OBJECTS:rooflab_test_main_tsan>
                    $<TARGET_FILE:rooflab_testing_tsan>)
  rooflab_json_list(misses_without_cases
                    $<TARGET_OBJECTS:${id}_proxies> $<TARGET_OBJECTS:rooflab_remote_misses_main>
                    $<TARGET_FILE:rooflab_testing> $<TARGET_FILE:rooflab_harness>)
  set_property(GLOBAL APPEND PROPERTY ROOFLAB_LABS "
    \"${lab}\": {
      \"target\": \"${id}_trusted\",
      \"flags\": ${lab_flags},
      \"uses\": ${lab_uses},
      \"compile\": ${compile},
      \"compile_emulated\": ${compile_emulated},
      \"includes\": ${includes},
      \"objects\": ${objects},
      \"objects_emulated\": ${objects_emulated},
      \"baseline\": ${baseline},
      \"baseline_emulated\": ${baseline_emulated},
      \"tests\": \"$<TARGET_FILE:${id}_remote_tests>\",
      \"hidden_tests\": ${hidden_program},
      \"timing\": \"$<TARGET_FILE:${id}_remote_timing>\",
      \"misses\": \"$<TARGET_FILE:${id}_remote_misses>\",
      \"misses_without_cases\": ${misses_without_cases},
      \"memory\": \"$<TARGET_FILE:${id}_remote_memory>\",
      \"hardware\": \"$<TARGET_FILE:${id}_remote_hardware>\",
      \"instructions\": \"$<TARGET_FILE:${id}_remote_instructions>\",
      \"hot\": \"$<TARGET_FILE:${id}_remote_hot>\",
      \"races\": {\"target\": \"${id}_races\", \"compile\": ${compile_races}, \"objects\": ${races}},
      \"workers\": {${workers}},
      \"emulated_workers\": {${emulated_workers}}
    }")
endfunction()

# Strings as a JSON list; generator expressions pass through.
function(rooflab_json_list result)
  list(TRANSFORM ARGN REPLACE "(.+)" "\"\\1\"")
  list(JOIN ARGN ", " joined)
  set(${result} "[${joined}]" PARENT_SCOPE)
endfunction()

# Writes rooflab_build.json, which tells the grader what is built and how.
function(rooflab_describe_build)
  get_property(labs GLOBAL PROPERTY ROOFLAB_LABS)
  list(JOIN labs "," labs)
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/rooflab_build.json CONTENT
"{
  \"compiler\": \"${CMAKE_CXX_COMPILER}\",
  \"compiler_version\": \"${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}\",
  \"machine\": \"$<TARGET_FILE:rooflab_machine>\",
  \"probe\": \"$<TARGET_FILE:rooflab_probe>\",
  \"confine\": \"$<TARGET_FILE:rooflab_confine>\",
  \"emulator\": \"$<TARGET_FILE:rooflab_emulator>\",
  \"counters\": \"$<TARGET_FILE:rooflab_counters_program>\",
  \"race_probe\": \"$<TARGET_FILE:rooflab_race_probe>\",
  \"labs\": {${labs}
  }
}
")
endfunction()
