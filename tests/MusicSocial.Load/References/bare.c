/* The least a fan-out can cost: one thread, epoll, one send() per listener and frame, nothing else. Speaks just enough WebSocket and hub JSON for
 * the load generator: "Follow" takes a seat at a topic, "Publish" passes the payload on. Bytes that a socket does not take wait in a buffer.
 *   bare [tick in ms; 0 sends at once]     prints where it listens */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 20000
#define INPUT 8192

struct connection { int open, upgraded, length; char input[INPUT]; char *rest; size_t restLength, restSize; };
struct topic { char name[64]; long offset, from; int count, size, *seats; char *events; size_t length, space; };

static struct connection *people;
static struct topic topics[MOST];
static int topicCount, poller, tick, dirty[MOST], dirtyCount;

static void fail(const char *what) { perror(what); exit(1); }

static double nowMs(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static struct topic *topicOf(const char *name, int length) {
    static int table[65536];
    unsigned hash = 2166136261u;
    for (int i = 0; i < length; i++) hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    for (unsigned at = hash & 65535;; at = (at + 1) & 65535) {
        if (table[at] == 0) {
            if (topicCount == MOST || length > 63) { fprintf(stderr, "too many topics\n"); exit(1); }
            table[at] = ++topicCount;
            memcpy(topics[topicCount - 1].name, name, length);
            return &topics[topicCount - 1];
        }
        struct topic *topic = &topics[table[at] - 1];
        if ((int)strlen(topic->name) == length && !memcmp(topic->name, name, length)) return topic;
    }
}

static void watch(int fd, int writing) {
    struct epoll_event event = { .events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.fd = fd };
    epoll_ctl(poller, EPOLL_CTL_MOD, fd, &event);
}

static void put(int fd, const char *bytes, size_t length) {
    struct connection *one = &people[fd];
    if (!one->open) return;
    ssize_t sent = one->restLength ? 0 : send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent == (ssize_t)length) return;
    if (sent < 0) sent = 0;
    if (one->restLength + length - sent > one->restSize) {
        one->restSize = 2 * (one->restLength + length);
        one->rest = realloc(one->rest, one->restSize);
    }
    memcpy(one->rest + one->restLength, bytes + sent, length - sent);
    if (!one->restLength) watch(fd, 1);
    one->restLength += length - sent;
}

static void putRest(int fd) {
    struct connection *one = &people[fd];
    ssize_t sent = send(fd, one->rest, one->restLength, MSG_NOSIGNAL);
    if (sent <= 0) return;
    memmove(one->rest, one->rest + sent, one->restLength - sent);
    one->restLength -= sent;
    if (!one->restLength) watch(fd, 0);
}

static int header(unsigned char *into, size_t length) {
    into[0] = 0x81;
    if (length < 126) { into[1] = length; return 2; }
    if (length < 65536) { into[1] = 126; into[2] = length >> 8; into[3] = length; return 4; }
    into[1] = 127;
    for (int i = 0; i < 8; i++) into[2 + i] = (unsigned long)length >> (56 - 8 * i);
    return 10;
}

/* Builds the frame once, its header included, and sends the same bytes to everybody. */
static void flush(struct topic *topic) {
    static char *frame;
    static size_t size;
    if (size < topic->length + 512) frame = realloc(frame, size = 2 * topic->length + 1024);
    int body = 16 + sprintf(frame + 16,
        "{\"type\":1,\"target\":\"Frame\",\"arguments\":[{\"topic\":\"%s\",\"epoch\":\"c\",\"from\":%ld,\"to\":%ld,\"shown\":%ld,\"total\":%ld,\"events\":[",
        topic->name, topic->from, topic->offset, topic->offset - topic->from + 1, topic->offset - topic->from + 1);
    memcpy(frame + body, topic->events, topic->length - 1);
    body += topic->length - 1;
    memcpy(frame + body, "]}]}\x1e", 5);
    body += 5;
    unsigned char head[10];
    int headLength = header(head, body - 16);
    memcpy(frame + 16 - headLength, head, headLength);
    for (int i = 0; i < topic->count; i++) put(topic->seats[i], frame + 16 - headLength, body - 16 + headLength);
    topic->length = 0;
}

static void publish(struct topic *topic, const char *data, int length) {
    if (topic->space < topic->length + length + 128) topic->events = realloc(topic->events, topic->space = 2 * (topic->length + length) + 1024);
    if (!topic->length) topic->from = topic->offset + 1;
    topic->length += sprintf(topic->events + topic->length, "{\"offset\":%ld,\"type\":\"note\",\"atMs\":%.3f,\"data\":", ++topic->offset, nowMs());
    memcpy(topic->events + topic->length, data, length);
    topic->length += length;
    memcpy(topic->events + topic->length, "},", 2);
    topic->length += 2;
    if (!tick) flush(topic);
    else if (topic->from == topic->offset) dirty[dirtyCount++] = topic - topics;
}

static void follow(int fd, struct topic *topic, const char *id, int idLength) {
    char answer[512], framed[520];
    int length = sprintf(answer,
        "{\"type\":3,\"invocationId\":\"%.*s\",\"result\":{\"topic\":\"%s\",\"position\":{\"epoch\":\"c\",\"offset\":%ld},\"recovered\":false,\"events\":[]}}\x1e",
        idLength, id, topic->name, topic->length ? topic->from - 1 : topic->offset);
    if (topic->count == topic->size) topic->seats = realloc(topic->seats, (topic->size = topic->size * 2 + 8) * sizeof(int));
    topic->seats[topic->count++] = fd;
    int headLength = header((unsigned char *)framed, length);
    memcpy(framed + headLength, answer, length);
    put(fd, framed, headLength + length);
}

static void heard(int fd, char *message, int length) {
    message[length - 1] = 0;
    char *target = strstr(message, "\"target\":\""), *name = strstr(message, "\"arguments\":[\"");
    if (strstr(message, "\"protocol\"")) put(fd, "\x81\x03{}\x1e", 5);
    if (!target || !name) return;
    name += 14;
    char *end = strchr(name, '"');
    struct topic *topic = topicOf(name, end - name);
    if (!strncmp(target + 10, "Follow", 6)) {
        char *id = strstr(message, "\"invocationId\":\"") + 16;
        follow(fd, topic, id, strchr(id, '"') - id);
    } else {
        publish(topic, end + 2, message + length - 3 - (end + 2));
    }
}

static void leave(int fd) {
    struct connection *one = &people[fd];
    for (int t = 0; t < topicCount; t++)
        for (int i = 0; i < topics[t].count; i++)
            if (topics[t].seats[i] == fd) topics[t].seats[i--] = topics[t].seats[--topics[t].count];
    free(one->rest);
    memset(one, 0, sizeof *one);
    close(fd);
}

/* Takes whole WebSocket messages off the input; the generator never splits one. */
static int take(int fd, unsigned char *at, int length) {
    if (length < 6) return 0;
    int payload = at[1] & 0x7f, start = 6;
    if (payload == 126) { if (length < 8) return 0; payload = at[2] << 8 | at[3]; start = 8; }
    if (length < start + payload) return 0;
    for (int i = 0; i < payload; i++) at[start + i] ^= at[start - 4 + (i & 3)];
    if ((at[0] & 0xf) == 1) heard(fd, (char *)at + start, payload);
    return start + payload;
}

static void serve(int fd) {
    struct connection *one = &people[fd];
    int received = recv(fd, one->input + one->length, INPUT - one->length, 0), used = 0, step;
    if (received <= 0) { if (received == 0 || errno != EAGAIN) leave(fd); return; }
    one->length += received;
    if (!one->upgraded) {
        char *end = memmem(one->input, one->length, "\r\n\r\n", 4);
        if (!end) return;
        static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        put(fd, answer, sizeof answer - 1);
        one->upgraded = 1;
        used = end + 4 - one->input;
    }
    while (one->open && (step = take(fd, (unsigned char *)one->input + used, one->length - used)) > 0) used += step;
    memmove(one->input, one->input + used, one->length - used);
    one->length -= used;
}

static void admit(int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MOST) fail("too many connections");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
        people[fd].open = 1;
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    }
}

int main(int count, char **arguments) {
    tick = count > 1 ? atoi(arguments[1]) : 0;
    people = calloc(MOST, sizeof *people);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 4096)) fail("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("Now listening on: http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    poller = epoll_create1(0);
    struct epoll_event ready[512], event = { .events = EPOLLIN, .data.fd = listener };
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    event.data.fd = STDIN_FILENO;
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    for (double due = nowMs() + tick;;) {
        int wait = -1;
        if (tick && dirtyCount) wait = due > nowMs() ? (int)(due - nowMs()) + 1 : 0;
        int n = epoll_wait(poller, ready, 512, wait);
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;
            if (fd == STDIN_FILENO) return 0; /* whoever started this has ended */
            if (fd == listener) admit(listener);
            else if ((ready[i].events & EPOLLOUT) && people[fd].restLength) putRest(fd);
            else serve(fd);
        }
        if (tick && dirtyCount && nowMs() >= due) {
            while (dirtyCount) flush(&topics[dirty[--dirtyCount]]);
            due = nowMs() + tick;
        }
    }
}
