#include "instructions/instruction.h"

#include <capstone/capstone.h>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string_view>

namespace rooflab::harness {
namespace {

/// Bits of a vector register; 0 for any other.
int vector_bits(x86_reg reg) {
  if (reg >= X86_REG_ZMM0 && reg <= X86_REG_ZMM31) return 512;
  if (reg >= X86_REG_YMM0 && reg <= X86_REG_YMM31) return 256;
  if (reg >= X86_REG_XMM0 && reg <= X86_REG_XMM31) return 128;
  return 0;
}

bool is_any(std::string_view text, std::initializer_list<std::string_view> of) {
  return std::ranges::find(of, text) != of.end();
}
bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> of) {
  return std::ranges::any_of(of, [&](std::string_view start) { return text.starts_with(start); });
}

/// An instruction's operands, as far as its kind depends on them.
struct Operands {
  explicit Operands(const cs_x86& x86) {
    const std::span all(x86.operands, x86.op_count);
    for (const cs_x86_op& operand : all) {
      if (operand.type == X86_OP_REG) bits = std::max(bits, vector_bits(operand.reg));
      if (operand.type == X86_OP_MEM) memory = &operand;
    }
    to_memory = !all.empty() && memory == all.data();
    // x ^ x: no work, but the usual way to write 0.
    same = all.size() >= 2 && std::ranges::all_of(all, [&](const cs_x86_op& operand) {
             return operand.type == X86_OP_REG && operand.reg == all.front().reg;
           });
  }
  // Functions that keep vectors on the stack address it by rsp, or down from rbp.
  [[nodiscard]] bool on_stack() const {
    const x86_reg base = memory->mem.base;
    return base == X86_REG_RSP || (base == X86_REG_RBP && memory->mem.disp < 0);
  }

  int bits = 0;  // of the widest vector register
  const cs_x86_op* memory = nullptr;
  bool to_memory = false;  // memory is the first operand, where results go
  bool same = false;
};

/// The work of an SSE or AVX instruction on floating-point numbers; `name` is without its "v".
/// Nothing when it does none.
Kind floating_point_work(std::string_view name, int bits) {
  constexpr auto kNone = Kind::other;
  if (begins_with_any(name, {"mov", "mask", "broadcast", "shuf", "perm", "unpck", "insert",
                             "extract", "gather", "scatter", "compress", "expand", "p"})) {
    return kNone;
  }
  const bool converts = name.starts_with("cvt");
  const auto has = [&](std::initializer_list<std::string_view> types) {
    return std::ranges::any_of(types, [&](std::string_view type) {
      return converts ? name.find(type) != std::string_view::npos : name.ends_with(type);
    });
  };
  if (has({"ps", "pd"})) {
    if (bits == 512) return Kind::packed_512;
    return bits == 256 ? Kind::packed_256 : Kind::packed_128;
  }
  return has({"ss", "sd"}) ? Kind::scalar : kNone;
}

Kind memory_kind(std::string_view name, const Operands& operands) {
  const bool compares = is_any(name, {"cmp", "test", "bt"});
  const bool stores = operands.to_memory && !compares;
  if (operands.bits > 0 && operands.on_stack()) return stores ? Kind::spill : Kind::reload;
  // Of a scalar move, the register is wider than what is moved.
  const bool vector = operands.bits > 0 && !is_any(name, {"movss", "movsd", "movd", "movq"});
  if (vector) return stores ? Kind::vector_store : Kind::vector_load;
  return stores ? Kind::store : Kind::load;
}

Kind kind_of(const cs_insn& instruction, const cs_detail& detail) {
  const std::string_view full = instruction.mnemonic;
  const Operands operands(detail.x86);
  const std::span groups(detail.groups, detail.groups_count);
  if (std::ranges::find(groups, X86_GRP_FPU) != groups.end() && full.starts_with('f')) {
    return Kind::scalar;  // x87
  }
  if (operands.bits > 0) {
    const std::string_view name = full.starts_with('v') ? full.substr(1) : full;
    const bool clears = operands.same && name.starts_with("xor");
    const Kind work = floating_point_work(name, operands.bits);
    if (work != Kind::other && !clears) return work;
    return operands.memory != nullptr ? memory_kind(name, operands) : Kind::vector_other;
  }
  const bool addresses_only = begins_with_any(full, {"lea", "nop", "prefetch", "call", "jmp"});
  if (operands.memory == nullptr || addresses_only) return Kind::other;
  return memory_kind(full, operands);
}

bool hides(const cs_insn& instruction, const cs_detail& detail) {
  const std::string_view name = instruction.mnemonic;
  const cs_x86& x86 = detail.x86;
  const bool to_segment =
      x86.op_count > 0 && x86.operands[0].type == X86_OP_REG && x86.operands[0].reg == X86_REG_SS;
  return to_segment || begins_with_any(name, {"popf", "iret", "retf", "int", "xbegin"}) ||
         is_any(name, {"ljmp", "lcall", "lss", "sysenter"});
}

}  // namespace

Disassembler::Disassembler() {
  if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle_) != CS_ERR_OK ||
      cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON) != CS_ERR_OK) {
    throw std::runtime_error("Capstone cannot be opened");
  }
}

Disassembler::~Disassembler() { cs_close(&handle_); }

Instruction Disassembler::decode(std::span<const std::byte> code, std::uint64_t address) const {
  cs_insn* found = nullptr;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(code.data());
  if (cs_disasm(handle_, bytes, code.size(), address, 1, &found) == 0) {
    return {.address = address, .text = "(unknown)"};
  }
  const cs_detail& detail = *found->detail;
  const std::span groups(detail.groups, detail.groups_count);
  const bool jumps = std::ranges::find(groups, X86_GRP_JUMP) != groups.end();
  const cs_x86_op& first = detail.x86.operands[0];
  Instruction result{
      .address = address,
      .bytes = found->size,
      .kind = kind_of(*found, detail),
      .system_call = found->id == X86_INS_SYSCALL,
      .hides = hides(*found, detail),
      .target = jumps && first.type == X86_OP_IMM ? static_cast<std::uint64_t>(first.imm) : 0,
      .text = found->mnemonic,
  };
  if (found->op_str[0] != '\0') result.text += std::string(" ") + found->op_str;
  cs_free(found, 1);
  return result;
}

}  // namespace rooflab::harness
