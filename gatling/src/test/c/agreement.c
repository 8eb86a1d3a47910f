/*
 * A second tool beside fanbench: members of a room and one publisher, on bare sockets, epoll and a clock of its own.
 *
 *   agreement PORT PATH SUBSCRIBERS COUNT RATE ROOM
 *
 * For each line that it reads it sends COUNT publications. It prints the time to last delivery of each in nanoseconds, from its
 * intended time, one a line, and an empty line behind the last one.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 16, TEXT_BYTES = 64, SPIN_NANOS = 1200000, LEAD_NANOS = 100000000, WAIT_SECONDS = 5 };

struct connection {
  int socket;
  int length;
  unsigned char bytes[MOST_BYTES];
};

static long long now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void fail(const char *reason) {
  fprintf(stderr, "agreement: %s (%s)\n", reason, strerror(errno));
  exit(1);
}

static void write_all(int socket, const void *bytes, size_t length) {
  if (write(socket, bytes, length) != (ssize_t)length) fail("the server takes no more");
}

/* Adds what has come; blocks when nothing has. */
static void fill(struct connection *from) {
  ssize_t count = read(from->socket, from->bytes + from->length, MOST_BYTES - from->length);
  if (count <= 0) fail("the server closed a connection");
  from->length += count;
}

static void drop(struct connection *from, int count) {
  from->length -= count;
  memmove(from->bytes, from->bytes + count, from->length);
}

/* Sends a short frame, masked as clients must. */
static void send_frame(struct connection *to, int first_byte, const char *bytes, size_t length) {
  unsigned char frame[6 + 125];
  frame[0] = first_byte;
  frame[1] = 0x80 | length;
  for (int i = 0; i < 4; i++) frame[2 + i] = rand();
  for (size_t i = 0; i < length; i++) frame[6 + i] = bytes[i] ^ frame[2 + (i & 3)];
  write_all(to->socket, frame, 6 + length);
}

static void say(struct connection *to, const char *text) { send_frame(to, 0x81, text, strlen(text)); }

/* The payload of the first whole text, ended by a zero byte, into text; its size, or 0 when none is whole. Pings are answered. */
static int take(struct connection *from, char *text) {
  for (;;) {
    if (from->length < 2) return 0;
    int head = from->bytes[1] == 126 ? 4 : 2;
    if (from->length < head) return 0;
    int length = head == 4 ? from->bytes[2] << 8 | from->bytes[3] : from->bytes[1];
    if (from->length < head + length) return 0;
    int opcode = from->bytes[0] & 15;
    memcpy(text, from->bytes + head, length);
    text[length] = 0;
    drop(from, head + length);
    if (opcode == 1) return head + length;
    if (opcode != 9) fail("a frame is neither text nor ping");
    send_frame(from, 0x8A, text, length);
  }
}

static void join(struct connection *member, int port, const char *path, const char *room) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  int on = 1;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  member->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(member->socket, (struct sockaddr *)&address, sizeof address) != 0) fail("no connection");
  setsockopt(member->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  char request[512];
  snprintf(request, sizeof request,
           "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
           path, port);
  write_all(member->socket, request, strlen(request));
  unsigned char *end;
  do {
    fill(member);
  } while ((end = memmem(member->bytes, member->length, "\r\n\r\n", 4)) == NULL);
  if (memcmp(member->bytes, "HTTP/1.1 101", 12) != 0) fail("the handshake is refused");
  drop(member, end + 4 - member->bytes);
  char text[MOST_BYTES];
  snprintf(text, sizeof text, "/channel %s", room);
  say(member, text);
  do {
    while (take(member, text) == 0) fill(member);
  } while (strncmp(text, "Changed to #", 12) != 0);
}

/* One publication after another at their times; the time to last delivery of each into last. */
static void measure(int poll, struct connection *publisher, int subscribers, int count, double rate, long long *last) {
  int *outstanding = calloc(count, sizeof *outstanding);
  for (int n = 0; n < count; n++) outstanding[n] = subscribers;
  long long start = now_nanos() + LEAD_NANOS;
  long long deadline = start + (long long)(count / rate * 1e9) + WAIT_SECONDS * 1000000000LL;
  int sent = 0;
  int whole = 0;
  while (whole < count) {
    long long now = now_nanos();
    if (now > deadline) fail("deliveries are missing");
    long long intended = start + (long long)(sent * 1e9 / rate);
    if (sent < count && now >= intended) {
      char text[TEXT_BYTES + 1];
      int length = snprintf(text, sizeof text, "publication %d ", sent);
      memset(text + length, 'x', TEXT_BYTES - length);
      text[TEXT_BYTES] = 0;
      say(publisher, text);
      sent++;
      continue;
    }
    long long wait = sent < count ? intended - now - SPIN_NANOS : 1000000;
    struct epoll_event events[64];
    int ready = epoll_wait(poll, events, 64, wait <= 0 ? 0 : (int)(wait / 1000000));
    for (int i = 0; i < ready; i++) {
      struct connection *member = events[i].data.ptr;
      char text[MOST_BYTES];
      fill(member);
      long long read_at = now_nanos();
      while (take(member, text) > 0) {
        char *number = strstr(text, "publication ");
        if (number == NULL) continue;
        int n = atoi(number + 12);
        if (--outstanding[n] == 0) {
          last[n] = read_at - start - (long long)(n * 1e9 / rate);
          whole++;
        }
      }
    }
  }
  free(outstanding);
}

int main(int words, char **word) {
  if (words != 7) {
    fprintf(stderr, "usage: agreement PORT PATH SUBSCRIBERS COUNT RATE ROOM\n");
    return 2;
  }
  int subscribers = atoi(word[3]);
  int count = atoi(word[4]);
  struct connection *members = calloc(subscribers + 1, sizeof *members);
  long long *last = calloc(count, sizeof *last);
  int poll = epoll_create1(0);
  /* A wait has no slack, as the load's has none. */
  prctl(PR_SET_TIMERSLACK, 1);
  for (int i = 0; i <= subscribers; i++) {
    join(&members[i], atoi(word[1]), word[2], word[6]);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &members[i]};
    epoll_ctl(poll, EPOLL_CTL_ADD, members[i].socket, &event);
  }
  for (int c = getchar(); c != EOF; c = getchar()) {
    if (c != '\n') continue;
    measure(poll, &members[subscribers], subscribers, count, atof(word[5]), last);
    for (int n = 0; n < count; n++) printf("%lld\n", last[n]);
    printf("\n");
    fflush(stdout);
  }
  return 0;
}
