// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <unistd.h>

#include "platform/conditions.hpp"
#include "platform/linux_facts.hpp"

namespace m1bench {

HostConditions host_conditions() {
  HostConditions now = linux_conditions(read_system_file, list_system_folder, static_cast<double>(sysconf(_SC_CLK_TCK)));
  double load = 0;
  if (getloadavg(&load, 1) == 1) now.load_average = load;
  return now;
}

}  // namespace m1bench
