// Hand-assembled instructions: what kind of work each of them does. The bytes are GNU as's.
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "instructions/instruction.h"

namespace {

using rooflab::harness::Disassembler;
using rooflab::harness::Instruction;
using rooflab::harness::Kind;

constexpr std::uint64_t kAddress = 0x1000;

Instruction decoded(std::initializer_list<int> bytes) {
  static const Disassembler disassembler;
  std::vector<std::byte> code;
  for (const int byte : bytes) code.push_back(static_cast<std::byte>(byte));
  Instruction instruction = disassembler.decode(code, kAddress);
  INFO(instruction.text);
  CHECK(instruction.bytes == (instruction.kind == Kind::unknown ? 0 : bytes.size()));
  return instruction;
}

Kind kind(std::initializer_list<int> bytes) { return decoded(bytes).kind; }

TEST_SUITE_BEGIN("instruction");

TEST_CASE("work on vectors is told apart by width") {
  CHECK(kind({0xc5, 0xf0, 0x5f, 0x06}) == Kind::packed_128);  // vmaxps xmm0, xmm1, [rsi]
  CHECK(kind({0xc5, 0xf4, 0x5f, 0x06}) == Kind::packed_256);  // … ymm
  CHECK(kind({0x62, 0xf1, 0x74, 0x48, 0x5f, 0x06}) == Kind::packed_512);  // … zmm
  CHECK(kind({0x0f, 0x59, 0xc1}) == Kind::packed_128);                    // mulps xmm0, xmm1
}

TEST_CASE("comparison, selection and conversion of floating-point numbers are work") {
  CHECK(kind({0xc5, 0xf4, 0xc2, 0xc2, 0x01}) == Kind::packed_256);              // vcmpltps
  CHECK(kind({0xc5, 0xf4, 0x54, 0xc2}) == Kind::packed_256);                    // vandps
  CHECK(kind({0xc4, 0xe3, 0x75, 0x4a, 0xc2, 0x30}) == Kind::packed_256);        // vblendvps
  CHECK(kind({0xc5, 0xfd, 0x5b, 0xc1}) == Kind::packed_256);                    // vcvtps2dq
  CHECK(kind({0xc5, 0xfc, 0x5b, 0xc1}) == Kind::packed_256);                    // vcvtdq2ps
  CHECK(kind({0xc4, 0xe2, 0x75, 0xb8, 0x44, 0x24, 0x20}) == Kind::packed_256);  // vfmadd231ps
}

TEST_CASE("work on one number is scalar, of every generation") {
  CHECK(kind({0xc5, 0xf2, 0x5f, 0xc2}) == Kind::scalar);        // vmaxss
  CHECK(kind({0xf3, 0x0f, 0x59, 0xc1}) == Kind::scalar);        // mulss
  CHECK(kind({0xc5, 0xf3, 0x58, 0xc2}) == Kind::scalar);        // vaddsd
  CHECK(kind({0xc5, 0xf8, 0x2e, 0xc1}) == Kind::scalar);        // vucomiss
  CHECK(kind({0xc5, 0xfa, 0x2a, 0xc0}) == Kind::scalar);        // vcvtsi2ss
  CHECK(kind({0xf3, 0x0f, 0xc2, 0xc1, 0x01}) == Kind::scalar);  // cmpltss
  CHECK(kind({0xd8, 0xc9}) == Kind::scalar);                    // fmul st(1)
}

TEST_CASE("moving, shuffling and clearing are no work") {
  CHECK(kind({0xc5, 0xfc, 0x10, 0x07}) == Kind::vector_load);               // vmovups ymm0, [rdi]
  CHECK(kind({0xc4, 0xe2, 0x7d, 0x18, 0x07}) == Kind::vector_load);         // vbroadcastss
  CHECK(kind({0xc4, 0xe2, 0x75, 0x2c, 0x07}) == Kind::vector_load);         // vmaskmovps
  CHECK(kind({0xc5, 0xfc, 0x11, 0x07}) == Kind::vector_store);              // vmovups [rdi], ymm0
  CHECK(kind({0xc4, 0xe3, 0x7d, 0x19, 0x0f, 0x01}) == Kind::vector_store);  // vextractf128
  CHECK(kind({0xc5, 0xfa, 0x10, 0x07}) == Kind::load);                      // vmovss xmm0, [rdi]
  CHECK(kind({0xc5, 0xfa, 0x11, 0x07}) == Kind::store);                     // vmovss [rdi], xmm0
  CHECK(kind({0xc4, 0xe3, 0x7d, 0x04, 0xc1, 0x03}) == Kind::vector_other);  // vpermilps
  CHECK(kind({0xc5, 0xf8, 0x57, 0xc0}) == Kind::vector_other);  // vxorps xmm0, xmm0, xmm0
  CHECK(kind({0xc5, 0xf4, 0x57, 0xc2}) == Kind::packed_256);    // vxorps ymm0, ymm1, ymm2
}

TEST_CASE("integers in vectors are no floating-point work, whatever their names end in") {
  CHECK(kind({0xc4, 0xe2, 0x75, 0x3d, 0xc2}) == Kind::vector_other);  // vpmaxsd
  CHECK(kind({0xc4, 0xe2, 0x7d, 0x1e, 0xc1}) == Kind::vector_other);  // vpabsd
  CHECK(kind({0xc5, 0xfe, 0x6f, 0x07}) == Kind::vector_load);         // vmovdqu ymm0, [rdi]
  CHECK(kind({0xa5}) == Kind::load);                                  // movsd of strings
}

TEST_CASE("a vector that goes to the stack and back is a spill and a reload") {
  CHECK(kind({0xc5, 0xfc, 0x29, 0x5c, 0x24, 0x20}) == Kind::spill);  // vmovaps [rsp+32], ymm3
  CHECK(kind({0xc5, 0xfc, 0x28, 0x5d, 0xc0}) == Kind::reload);       // vmovaps ymm3, [rbp-64]
  CHECK(kind({0xc5, 0xfc, 0x10, 0x45, 0x40}) == Kind::vector_load);  // vmovups ymm0, [rbp+64]
}

TEST_CASE("the rest is told apart by what it does to memory") {
  CHECK(kind({0x8b, 0x07}) == Kind::load);               // mov eax, [rdi]
  CHECK(kind({0x01, 0x07}) == Kind::store);              // add [rdi], eax
  CHECK(kind({0x83, 0x3f, 0x03}) == Kind::load);         // cmp [rdi], 3
  CHECK(kind({0x48, 0x8d, 0x47, 0x04}) == Kind::other);  // lea rax, [rdi+4]
  CHECK(kind({0x0f, 0x18, 0x0f}) == Kind::other);        // prefetcht0 [rdi]
  CHECK(kind({0xff, 0x10}) == Kind::other);              // call [rax]
}

TEST_CASE("what is not known has no length") {
  CHECK(kind({0x62, 0xf5, 0x76, 0x08, 0x58, 0xc2}) == Kind::unknown);  // vaddsh (AVX512-FP16)
  CHECK(kind({0x0f, 0x0b}) != Kind::unknown);                          // ud2 is known
}

TEST_CASE("instructions that escape single steps are marked") {
  CHECK(decoded({0x8e, 0xd0}).hides);              // mov ss, eax
  CHECK(decoded({0x9d}).hides);                    // popfq
  CHECK(decoded({0x48, 0xcf}).hides);              // iretq
  CHECK(decoded({0xcc}).hides);                    // int3
  CHECK(decoded({0xcd, 0x80}).hides);              // int 0x80
  CHECK(decoded({0xcb}).hides);                    // retf
  CHECK(decoded({0xff, 0x2f}).hides);              // ljmp [rdi]
  CHECK(decoded({0xc7, 0xf8, 0, 0, 0, 0}).hides);  // xbegin
  CHECK_FALSE(decoded({0xc3}).hides);              // ret
  CHECK_FALSE(decoded({0xc5, 0xf8, 0x77}).hides);  // vzeroupper
  CHECK(decoded({0x0f, 0x05}).system_call);        // syscall
}

TEST_CASE("a direct jump knows where it goes") {
  CHECK(decoded({0x75, 0xee}).target == kAddress + 2 - 0x12);  // jne
  CHECK(decoded({0xff, 0xe0}).target == 0);                    // jmp rax
}

TEST_SUITE_END();

}  // namespace
