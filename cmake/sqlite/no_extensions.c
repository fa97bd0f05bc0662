// SPDX-License-Identifier: Apache-2.0
// What stands in for the dynamic loader in a static program that links SQLite's archive (cmake/Sqlite.cmake).
#include <stddef.h>

void* __wrap_dlopen(const char* name, int mode);
void* __wrap_dlsym(void* library, const char* name);
int __wrap_dlclose(void* library);
char* __wrap_dlerror(void);

void* __wrap_dlopen(const char* name, int mode) {
  (void)name, (void)mode;
  return NULL;
}
void* __wrap_dlsym(void* library, const char* name) {
  (void)library, (void)name;
  return NULL;
}
int __wrap_dlclose(void* library) {
  (void)library;
  return -1;
}
char* __wrap_dlerror(void) {
  static char message[] = "a static program loads nothing";
  return message;
}
