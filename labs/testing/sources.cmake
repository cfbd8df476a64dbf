# Sets testing_sources: those of the library that all labs test and measure with. Whoever includes
# this compiles them; digits.cpp has to be told where the files are that it embeds, and a compiler's
# list of headers does not name these.
file(GLOB testing_sources CONFIGURE_DEPENDS
     ${CMAKE_CURRENT_LIST_DIR}/core/*.cpp
     ${CMAKE_CURRENT_LIST_DIR}/operations/*.cpp
     ${CMAKE_CURRENT_LIST_DIR}/digits/*.cpp)
file(GLOB digits_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/digits/*.bin)
set_source_files_properties(
  ${CMAKE_CURRENT_LIST_DIR}/digits/digits.cpp
  PROPERTIES COMPILE_DEFINITIONS ROOFLAB_DIGITS="${CMAKE_CURRENT_LIST_DIR}/digits"
             OBJECT_DEPENDS "${digits_files}")
