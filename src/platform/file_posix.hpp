// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "m1bench/core/error.hpp"
#include "platform/descriptor.hpp"

namespace m1bench {

// "cannot write 'runs/a.json': No space left on device"
inline Error file_error(const std::string& doing, const std::string& path, int error_number) {
  return Error(ErrorKind::io, "cannot " + doing + " '" + path + "': " + system_reason(error_number));
}

// Opens a regular file for reading without waiting for anyone (a fifo would); Error(data) if it is something else.
Descriptor open_regular_file(const std::string& path, std::uint64_t& size);

// False with errno set if not all of `text` could be written.
bool write_completely(const Descriptor& file, std::string_view text);

}  // namespace m1bench
