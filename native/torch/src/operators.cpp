// Calls any operator of the dispatcher with a checked stack of tagged values.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <memory>
#include <vector>

#include "internal.h"

struct RtOperator { c10::OperatorHandle handle; };

namespace {

#if RT_TORCH_AT_LEAST(2, 5)
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

template <class T>
const T* elements(const RtValue& value) {
  rt::require(value.size >= 0, "a list has a negative length");
  rt::require(value.size == 0 || value.pointer != nullptr, "a list has no elements");
  return static_cast<const T*>(value.pointer);
}

template <class T, class Source>
c10::IValue list_of(const RtValue& value) {
  const auto* source = elements<Source>(value);
  c10::List<T> list;
  list.reserve(value.size);
  for (int32_t i = 0; i < value.size; i++) list.push_back(static_cast<T>(source[i]));
  return list;
}

// `aten::index` and its kin take lists of optional tensors, which are another type than lists of tensors.
bool wants_optional_tensors(const c10::TypePtr& type) {
  const auto list = type == nullptr ? nullptr : type->cast<c10::ListType>();
  return list != nullptr && list->getElementType()->kind() == c10::TypeKind::OptionalType;
}

c10::IValue tensor_list(const RtValue& value, const c10::TypePtr& wanted) {
  const auto* handles = elements<const RtTensor*>(value);
  if (wants_optional_tensors(wanted)) {
    c10::List<OptionalTensor> list;
    for (int32_t i = 0; i < value.size; i++)
      list.push_back(handles[i] == nullptr ? OptionalTensor() : OptionalTensor(handles[i]->tensor));
    return list;
  }
  c10::List<at::Tensor> list;
  for (int32_t i = 0; i < value.size; i++) list.push_back(rt::get(handles[i]));
  return list;
}

c10::IValue to_ivalue(const RtValue& value, const c10::TypePtr& wanted) {
  switch (value.tag) {
    case RT_NONE: return {};
    case RT_TENSOR: return rt::get(static_cast<const RtTensor*>(value.pointer));
    case RT_INT: return value.integer;
    case RT_DOUBLE: return value.real;
    case RT_BOOL: return value.integer != 0;
    case RT_INTS: return list_of<int64_t, int64_t>(value);
    case RT_DOUBLES: return list_of<double, double>(value);
    case RT_BOOLS: return list_of<bool, uint8_t>(value);
    case RT_TENSORS: return tensor_list(value, wanted);
    case RT_STRING: return std::string(elements<char>(value), value.size);
    case RT_DEVICE: return rt::decode_device(value.integer);
    case RT_OBJECT:
      rt::require(value.pointer != nullptr, "an object handle is null");
      return static_cast<const RtObject*>(value.pointer)->value;
    default: throw std::invalid_argument("an argument has an unknown tag");
  }
}

// Element types, memory formats and layouts arrive as integers, which kernels use as table indices without looking.
void check_code(const c10::IValue& value, const c10::Argument& argument) {
  if (!value.isInt()) return;
  auto type = argument.real_type();
  if (const auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
  const auto code = value.toInt();
  const auto check = [&](const char* what, int64_t limit) { TORCH_CHECK(code >= 0 && code < limit, "there is no ", what, " ", code); };
  switch (type->kind()) {
    case c10::TypeKind::ScalarTypeType: check("element type", static_cast<int64_t>(at::ScalarType::Undefined)); break;
    case c10::TypeKind::MemoryFormatType: check("memory format", static_cast<int64_t>(at::MemoryFormat::NumOptions)); break;
    case c10::TypeKind::LayoutType: check("layout", static_cast<int64_t>(at::Layout::NumOptions)); break;
    default: break;
  }
}

// `int[2] stride` says how many numbers the kernel reads; what callers pass is looked at by Python's argument parser alone.
// One number stands for all of them, as there. `int[1] dim` means "one or a list".
void check_length(c10::IValue& value, const c10::Argument& argument) {
  const auto wanted = argument.N();
  if (!wanted || *wanted < 2 || !value.isIntList()) return;
  const auto list = value.toIntVector();
  const auto length = static_cast<int32_t>(list.size());
  if (length == *wanted) return;
  const auto& absent = argument.default_value();
  if (length == 0 && absent && absent->isIntList() && absent->toIntVector().empty()) return;
  TORCH_CHECK(length == 1, argument.name(), " has ", length, " numbers and not ", *wanted);
  value = c10::List<int64_t>(std::vector<int64_t>(static_cast<size_t>(*wanted), list[0]));
}

RtValue from_ivalue(const c10::IValue& value) {
  RtValue result{};
  if (value.isNone()) {
    result.tag = RT_NONE;
  } else if (value.isTensor()) {
    result.tag = RT_TENSOR;
    result.pointer = rt::own(value.toTensor());
  } else if (value.isInt()) {
    result.tag = RT_INT;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.tag = RT_DOUBLE;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.tag = RT_BOOL;
    result.integer = value.toBool() ? 1 : 0;
  } else if (value.isTensorList()) {
    const auto tensors = value.toTensorVector();
    auto handles = std::make_unique<RtTensor*[]>(tensors.size() + 1);
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = rt::own(tensors[i]);
    result.tag = RT_TENSORS;
    result.size = static_cast<int32_t>(tensors.size());
    result.pointer = handles.release();
  } else {
    result.tag = RT_OBJECT;
    result.pointer = new RtObject{value};
  }
  return result;
}

}  // namespace

int rt_find(const char* name, const char* overload, RtOperator** op) {
  RT_BEGIN
  rt::require(name != nullptr && overload != nullptr && op != nullptr, "an operator's name is null");
  const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
  rt::require(found.has_value(), "this libtorch has no such operator");
  *op = new RtOperator{*found};
  RT_END
}

const char* rt_operators() {
  static const std::string text = [] {
    std::string names;
    for (const auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
      if (!c10::Dispatcher::singleton().findSchema(name).has_value()) continue;
      names += name.overload_name.empty() ? name.name : name.name + "." + name.overload_name;
      names += '\n';
    }
    return names;
  }();
  return text.c_str();
}

const char* rt_schema(const RtOperator* op) {
  static thread_local std::string text;
  try {
    text.clear();
    if (op != nullptr) text = c10::str(op->handle.schema());
  } catch (...) {
  }
  return text.c_str();
}

int rt_call(const RtOperator* op, const RtValue* arguments, int32_t count, RtValue* results, int32_t capacity, int32_t* returned) {
  RT_BEGIN
  rt::require(op != nullptr && returned != nullptr, "an operator handle is null");
  rt::require(count >= 0 && (count == 0 || arguments != nullptr), "the arguments are null");
  *returned = 0;
  const auto& schema = op->handle.schema();
  rt::require(static_cast<size_t>(count) <= schema.arguments().size(), "more arguments than the operator takes");
  rt::require(static_cast<size_t>(capacity) >= schema.returns().size(), "no room for the results");

  torch::jit::Stack stack;
  stack.reserve(schema.arguments().size());
  for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i], schema.arguments()[i].type()));
  // Without this check a wrong stack is undefined behaviour inside the kernel.
  schema.checkAndNormalizeInputs(stack);
  for (int32_t i = 0; i < count; i++) {
    check_code(stack[i], schema.arguments()[i]);
    check_length(stack[i], schema.arguments()[i]);
  }
  const rt::CallMode mode;
  op->handle.callBoxed(stack);

  rt::require(stack.size() <= static_cast<size_t>(capacity), "no room for the results");
  for (size_t i = 0; i < stack.size(); i++) {
    results[i] = from_ivalue(stack[i]);
    *returned = static_cast<int32_t>(i) + 1;
  }
  RT_END
}

void rt_list_free(const void* list) { delete[] static_cast<RtTensor* const*>(list); }

void rt_object_free(RtObject* object) { delete object; }
