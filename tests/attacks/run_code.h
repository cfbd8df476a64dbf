// Code that a kernel brings along as data, to be run from wherever it may write.
#pragma once

#include "attack.h"

/// Runs it from there: needs 16 bytes. It ends the program the way that says: it was run.
inline void run_from(unsigned char* place) {
  // mov edi, 77; mov eax, 231 (exit_group); syscall
  static const volatile unsigned char code[] = {0xbf, 0x4d, 0x00, 0x00, 0x00, 0xb8,
                                                0xe7, 0x00, 0x00, 0x00, 0x0f, 0x05};
  unsigned char* to = place;
  for (const unsigned char byte : code) *to++ = byte;
  asm volatile("call *%0" : : "r"(place) : "memory");
}
