// SPDX-License-Identifier: Apache-2.0
#include "datafile/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "datafile/named_bytes.hpp"

namespace m1bench {
namespace {

constexpr const char* kRemedy = "download it again";

// An inflater that ends with its scope.
class Inflater {
 public:
  Inflater() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Decompresses from the front of `in` into the front of `out`, and removes what was used from both.
  int inflate_some(std::string_view& in, char*& out, std::size_t& room) {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const uInt in_now = static_cast<uInt>(std::min(in.size(), kMost)), room_now = static_cast<uInt>(std::min(room, kMost));
    // zlib reads through next_in without writing, but its type is not const unless ZLIB_CONST is defined everywhere.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = in_now;
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = room_now;
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    in.remove_prefix(in_now - stream_.avail_in);
    out += room_now - stream_.avail_out;
    room -= room_now - stream_.avail_out;
    return status;
  }

  void next_member() { inflateReset(&stream_); }
  const char* message() const { return stream_.msg ? stream_.msg : "bad data"; }

 private:
  z_stream stream_{};
};

}  // namespace

std::string gunzip(std::string_view compressed, std::size_t max_bytes, const std::string& name) {
  Inflater inflater;
  std::string_view in = compressed;
  std::string text;
  std::size_t used = 0;
  const auto offset = [&] { return compressed.size() - in.size(); };
  for (;;) {
    // One byte beyond the limit, so that a stream that fills the limit exactly can still reach its end.
    if (used == text.size()) text.resize(std::min(max_bytes + 1, std::max<std::size_t>(2 * used, 64 * 1024)));
    char* out = text.data() + used;
    std::size_t room = text.size() - used;
    const int status = inflater.inflate_some(in, out, room);
    used = text.size() - room;
    if (used > max_bytes) {
      bad_file(name, offset(), "the gzip stream holds more than the " + std::to_string(max_bytes) + " bytes expected", kRemedy);
    }
    if (status == Z_STREAM_END) {
      if (in.empty()) break;
      inflater.next_member();
    } else if (status == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      bad_file(name, offset(), std::string("the gzip stream is damaged (") + inflater.message() + ")", kRemedy);
    } else if (in.empty() && room > 0) {
      bad_file(name, offset(), "the gzip stream ends too early", kRemedy);
    }
  }
  text.resize(used);
  return text;
}

}  // namespace m1bench
