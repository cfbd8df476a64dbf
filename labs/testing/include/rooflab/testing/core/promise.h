// What a lab's tests.cpp is written with: each kernel named once, one promise a line.
//
//   TEST_KERNEL(lab02, matmul_blocked) {
//     PROMISE(matmul::honours_strides);           // the test case "honours strides"
//     TEST_CASE("takes two rows of 1500 terms") { check(kernel, MatmulProblem{…}); }
//   }
//
// A promise is a function that takes the kernel with its name and checks it on some problems.
#pragma once

#include <doctest/doctest.h>
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/kernel.h>

#include <cstddef>

namespace rooflab::testing {

/// The last part of a C++ name in words: of "matmul::honours_strides", "honours strides".
template <std::size_t size>
struct Words {
  char text[size] = {};

  consteval Words(const char (&name)[size]) {
    std::size_t length = 0;
    for (const char letter : name) {
      if (letter == ':') {
        length = 0;
      } else {
        text[length++] = letter == '_' ? ' ' : letter;
      }
    }
  }
};
/// The same with static storage, as doctest wants it.
template <Words words>
inline constexpr const char* in_words = words.text;

}  // namespace rooflab::testing

/// A test suite named like the kernel, in which the kernel is `kernel`.
#define TEST_KERNEL(lab, name)                                          \
  namespace tests_of_##name {                                           \
    TEST_SUITE_BEGIN(#name);                                            \
    constexpr rooflab::testing::Named kernel = NAMED_KERNEL(lab, name); \
  }                                                                     \
  namespace tests_of_##name

/// A test case, named in words, that checks one promise of the kernel.
#define PROMISE(promise)                                               \
  TEST_CASE(rooflab::testing::in_words<#promise>) { promise(kernel); } \
  static_assert(true)
