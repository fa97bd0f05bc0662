// SPDX-License-Identifier: Apache-2.0
// A child for the tests of platform/process and platform/files: `child WHAT [ARGUMENT]` does one thing a child may do.
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

namespace {

[[noreturn]] void hang() {
  for (;;) pause();
}

void await_end_of_input() {
  for (std::string line; std::getline(std::cin, line);) {
  }
}

void say(const std::string& line) { std::cout << line << std::endl; }

void echo(const std::string&) {
  for (std::string line; std::getline(std::cin, line);) say(line);
}

void flood_errors(const std::string& bytes) {
  std::cerr << std::string(std::stoul(bytes), 'e') << "the end" << std::flush;
  say("done");
  await_end_of_input();
}

void flood_output(const std::string& bytes) {
  std::cout << std::string(std::stoul(bytes), 'o') << std::flush;
  await_end_of_input();
}

// Says more than a pipe holds before it reads its first line.
void talk_first(const std::string& bytes) {
  say(std::string(std::stoul(bytes), 'o'));
  std::string line;
  std::getline(std::cin, line);
  say(std::to_string(line.size()));
}

void close_output(const std::string&) {
  close(STDOUT_FILENO);
  close(STDERR_FILENO);
  hang();
}

void count_descriptors(const std::string&) {
  int open = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) open += fcntl(descriptor, F_GETFD) != -1;
  say(std::to_string(open));
}

// Not those that sanitizers handle.
void describe_signals(const std::string&) {
  int unusual = 0;
  sigset_t mask;
  sigprocmask(SIG_BLOCK, nullptr, &mask);
  for (const int signal : {SIGHUP, SIGINT, SIGPIPE, SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2}) {
    struct sigaction action {};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_DFL) ++unusual;
    unusual += sigismember(&mask, signal) == 1;
  }
  say(std::to_string(unusual) + (getpgrp() == getpid() ? " leader" : " follower"));
}

void tell_cpus(const std::string&) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("Cpus_allowed_list:")) say(line.substr(line.find('\t') + 1));
  }
}

// Holds the fifo open for writing for as long as it lives; a byte says that it does.
void hold_fifo(const std::string& path) {
  const int fifo = open(path.c_str(), O_WRONLY);
  if (write(fifo, "!", 1) != 1) std::exit(1);
  hang();
}

void parent_of_fifo_holder(const std::string& path) {
  if (fork() == 0) hold_fifo(path);
  hang();
}

void hold_lock(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT, 0666);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) std::exit(1);
  const std::string pid = std::to_string(getpid());
  if (write(file, pid.data(), pid.size()) < 0) std::exit(1);
  say("locked");
  await_end_of_input();
}

// Says what the memory under descriptor 3 begins with, and puts `text` there.
void swap_shared(const std::string& text) {
  auto* memory = static_cast<char*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0));
  if (memory == MAP_FAILED) std::exit(1);
  say(memory);
  memcpy(memory, text.c_str(), text.size() + 1);
}

// Leaves a child behind that keeps standard output open and would live for ever; says so once it does.
void leave_fifo_holder(const std::string& path) {
  if (fork() == 0) hold_fifo(path);
  const int fifo = open(path.c_str(), O_WRONLY);
  say(fifo < 0 ? "no fifo" : "left one behind");
}

void print_bytes(const std::string& bytes) {
  const std::string piece(1 << 16, 'o');
  for (std::size_t left = std::stoul(bytes); left > 0; left -= std::min(left, piece.size())) {
    if (write(STDOUT_FILENO, piece.data(), std::min(left, piece.size())) <= 0) std::exit(1);
  }
}

void complain_and_fail(const std::string& bytes) {
  std::cerr << std::string(std::stoul(bytes), 'e') << "\nno such thing\n";
  std::exit(3);
}

const std::map<std::string, std::function<void(const std::string&)>> kActs = {
    {"echo", echo},
    {"exit", [](const std::string& code) { std::exit(std::stoi(code)); }},
    {"die", [](const std::string& signal) { raise(std::stoi(signal)); }},
    {"say", [](const std::string& text) { std::cout << text; }},
    {"hang", [](const std::string&) { hang(); }},
    {"flood-errors", flood_errors},
    {"flood-output", flood_output},
    {"flood-lines",
     [](const std::string& line) {
       for (;;) say(line);
     }},
    {"talk-first", talk_first},
    {"close-output", close_output},
    {"environment",
     [](const std::string& name) {
       const char* value = std::getenv(name.c_str());
       say(value ? value : "(unset)");
     }},
    {"descriptors", count_descriptors},
    {"swap-shared", swap_shared},
    {"signals", describe_signals},
    {"cpus", tell_cpus},
    {"hold-fifo", hold_fifo},
    {"fork-fifo-holder", parent_of_fifo_holder},
    {"hold-lock", hold_lock},
    {"leave-fifo-holder", leave_fifo_holder},
    {"print-bytes", print_bytes},
    {"complain-and-fail", complain_and_fail},
    {"close-and-end",
     [](const std::string&) {
       close(STDOUT_FILENO);
       close(STDERR_FILENO);
     }},
    {"count-input", [](const std::string&) { say(std::to_string(std::string(std::istreambuf_iterator<char>(std::cin), {}).size())); }},
};

}  // namespace

int main(int count, char** words) {
  const auto act = kActs.find(count > 1 ? words[1] : "");
  if (act == kActs.end()) return 2;
  act->second(count > 2 ? words[2] : "");
  return 0;
}
