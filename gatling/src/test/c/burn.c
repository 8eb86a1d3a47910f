/* Burns a share of one core in bursts of 5 to 30 ms, until it is stopped: burn CORE PERCENT. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int count, char **words) {
  if (count != 3) {
    fprintf(stderr, "usage: burn CORE PERCENT\n");
    return 2;
  }
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(atoi(words[1]), &cores);
  if (sched_setaffinity(0, sizeof cores, &cores) != 0) {
    perror("burn: that core is not allowed");
    return 2;
  }
  double percent = atof(words[2]);
  if (percent <= 0 || percent >= 100) {
    fprintf(stderr, "burn: PERCENT takes a number between 0 and 100\n");
    return 2;
  }
  srand(1);
  for (;;) {
    long long burst = (5 + rand() % 26) * 1000000LL;
    long long end = now_nanos() + burst;
    while (now_nanos() < end) {
    }
    long long rest = (long long)(burst * (100 - percent) / percent);
    struct timespec pause = {rest / 1000000000LL, rest % 1000000000LL};
    nanosleep(&pause, NULL);
  }
}
