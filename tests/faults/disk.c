/* A disk that can lose its power, or refuse to sync. Preloaded into a process, it takes the place of fsync and fdatasync.

   SYNCED=folder      every file that is synced is copied there as it is then: what a power cut leaves, and nothing that was only written.
   SYNC_FAILS_AT=n    the nth sync, and every one after it, fails with an input-output error.
   SYNC_FAILS_ONLY=n  the nth sync fails so, and no other: the system forgets what it could not write, and says so once. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int syncs;

static void keep(int file) {
    char link[64], path[4096], name[4096], making[4200], kept[4200], block[65536];
    const char *folder = getenv("SYNCED");
    ssize_t length;
    off_t at = 0;
    if (!folder) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    if ((length = readlink(link, path, sizeof path - 1)) <= 0) return;
    path[length] = 0;
    strcpy(name, path);
    if (!strstr(basename(name), "records.sqlite")) return;
    strcpy(name, path);
    snprintf(kept, sizeof kept, "%s/%s", folder, basename(name));
    snprintf(making, sizeof making, "%s.making", kept);
    int from = open(path, O_RDONLY), to = open(making, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    while ((length = pread(from, block, sizeof block, at)) > 0) {
        if (pwrite(to, block, length, at) != length) abort();
        at += length;
    }
    close(from);
    close(to);
    rename(making, kept);
}

static int synced(const char *name, int file) {
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
    const char *from = getenv("SYNC_FAILS_AT"), *only = getenv("SYNC_FAILS_ONLY");
    int now = __sync_add_and_fetch(&syncs, 1);
    if ((from && now >= atoi(from)) || (only && now == atoi(only))) { errno = EIO; return -1; }
    int outcome = real(file);
    if (outcome == 0) keep(file);
    return outcome;
}

int fsync(int file) { return synced("fsync", file); }
int fdatasync(int file) { return synced("fdatasync", file); }
