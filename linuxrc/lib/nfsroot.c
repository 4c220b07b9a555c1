/* SPDX-License-Identifier: MIT */
/*
 * nfsroot.c - see nfsroot.h.
 */
#include "lib/nfsroot.h"

#include <stdio.h>
#include <string.h>

#include "lib/ipaddr.h"
#include "lib/text.h"

static const char DEFAULT_PATH[] = "/tftpboot/%s";

static const char *
after_scheme(const char *root)
{
	const char *rest = text_after(root, "nfs:");

	return rest ? rest : text_after(root, "nfs4:");
}

bool
nfsroot_is_spelt(const char *root)
{
	return after_scheme(root) != NULL;
}

/* A server's address, when one stands before the path; *rest goes on behind
 * its colon. */
static int
take_server(const char **rest, uint32_t *server, struct err *e)
{
	size_t len = strcspn(*rest, ":/,");
	char text[64];

	if ((*rest)[len] != ':')
		return 0;
	snprintf(text, sizeof text, "%.*s", (int)len, *rest);
	if (ipaddr_read(text, server) < 0) {
		fail(e, 0, "the NFS server \"%s\" is no address like "
			"192.0.2.1", text);
		return hint(e, "names are not looked up, and IPv6 is not there "
			"yet");
	}
	*rest += len + 1;
	return 0;
}

/* Copy len bytes of path, with host for %s. */
static int
expand(const char *path, size_t len, const char *host, struct nfsroot *n,
	struct err *e)
{
	char *out = n->path;
	size_t left = sizeof n->path - 1, more;

	for (size_t i = 0; i < len; i++) {
		bool named = path[i] == '%' && i + 1 < len &&
			path[i + 1] == 's';

		more = named ? strlen(host) : 1;
		if (more > left)
			return fail(e, 0, "the path of the NFS root is longer "
				"than %d bytes", NFSROOT_PATH_SIZE - 1);
		memcpy(out, named ? host : &path[i], more);
		out += more;
		left -= more;
		i += named;
	}
	*out = '\0';
	return 0;
}

static bool
is_version(const char *v)
{
	static const char *const known[] = { "2", "3", "4", "4.0", "4.1",
		"4.2" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(v, known[i]) == 0)
			return true;
	return false;
}

static const char *
version_in(const char *word)
{
	const char *v = text_after(word, "vers=");

	if (!v)
		v = text_after(word, "nfsvers=");
	if (!v && word[0] == 'v' && is_version(word + 1))
		v = word + 1;
	return v;
}

static int
take_option(const char *word, struct nfsroot *n, struct err *e)
{
	const char *v = version_in(word);

	if (v && !is_version(v))
		return fail(e, 0, "NFS has no version \"%.40s\": it is 2, 3, "
			"4, 4.0, 4.1 or 4.2", v);
	if (v)
		return text_copy(n->version, sizeof n->version, v);
	if ((n->options[0] && text_append(n->options, sizeof n->options,
	    ",") < 0) ||
	    text_append(n->options, sizeof n->options, word) < 0)
		return fail(e, 0, "the options of the NFS root are longer than "
			"%d bytes", NFSROOT_OPTIONS_SIZE - 1);
	return 0;
}

static int
take_options(const char *list, struct nfsroot *n, struct err *e)
{
	char word[NFSROOT_OPTIONS_SIZE];
	size_t len;

	for (; *list; list += len + (list[len] != '\0')) {
		len = strcspn(list, ",");
		if (len == 0)
			continue;
		if (len >= sizeof word)
			return fail(e, 0, "an option of the NFS root is "
				"longer than %d bytes", (int)sizeof word - 1);
		memcpy(word, list, len);
		word[len] = '\0';
		if (take_option(word, n, e) < 0)
			return -1;
	}
	return 0;
}

/* [SERVER:]DIR[,OPTIONS]; the word default leaves the path as it is. ends:
 * the characters that end the path. */
static int
take_line(const char *line, const char *ends, const char *host,
	struct nfsroot *n, struct err *e)
{
	size_t len;

	if (take_server(&line, &n->server, e) < 0)
		return -1;
	len = strcspn(line, ends);
	if (len > 0 && !(len == 7 && strncmp(line, "default", 7) == 0) &&
	    expand(line, len, host, n, e) < 0)
		return -1;
	return line[len] ? take_options(line + len + 1, n, e) : 0;
}

/* What begins otherwise is a name below /tftpboot: nfs_root_setup(). */
static int
take_nfsroot(const struct nfsroot_said *said, struct nfsroot *n,
	struct err *e)
{
	char line[NFSROOT_PATH_SIZE + NFSROOT_OPTIONS_SIZE];
	const char *s = said->nfsroot;

	if (s[0] == '\0' || s[0] == '/' || s[0] == ',' ||
	    (s[0] >= '0' && s[0] <= '9') || strstr(s, ":/"))
		return take_line(s, ",", said->host, n, e);
	if (snprintf(line, sizeof line, "/tftpboot/%s", s) >=
	    (int)sizeof line)
		return fail(e, 0, "nfsroot=%.60s... is longer than %d bytes",
			s, (int)sizeof line - 11);
	return take_line(line, ",", said->host, n, e);
}

int
nfsroot_parse(const struct nfsroot_said *said, struct nfsroot *n,
	struct err *e)
{
	const char *spelt = after_scheme(said->root);

	memset(n, 0, sizeof *n);
	n->server = said->server;
	if (expand(DEFAULT_PATH, strlen(DEFAULT_PATH), said->host, n, e) < 0 ||
	    take_line(said->lease, ",", said->host, n, e) < 0 ||
	    take_nfsroot(said, n, e) < 0 ||
	    (spelt && take_line(spelt, ",:", said->host, n, e) < 0))
		return -1;
	if (spelt && text_after(said->root, "nfs4:") && n->version[0] != '4')
		text_copy(n->version, sizeof n->version, "4");
	if (n->path[0] != '/')
		return fail(e, 0, "the NFS root \"%.160s\" is no path from /",
			n->path);
	if (n->server == 0) {
		fail(e, 0, "no NFS server address");
		return hint(e, "give nfsroot=SERVER:DIR, the second field of "
			"ip=, or let the DHCP server name one");
	}
	return 0;
}

const char *
nfsroot_version(const struct nfsroot *n, unsigned i)
{
	static const char *const four[NFSROOT_VERSIONS] = { "4.2", "4.1",
		"4.0" };

	if (strcmp(n->version, "4") == 0)
		return i < NFSROOT_VERSIONS ? four[i] : NULL;
	if (i > 0)
		return NULL;
	return n->version[0] ? n->version : "3";
}

int
nfsroot_source(const struct nfsroot *n, char *text, size_t size,
	struct err *e)
{
	char server[IPADDR_TEXT_SIZE];

	text[0] = '\0';
	if (text_add(text, size, "%s:%s", ipaddr_write(n->server, server),
	    n->path) < 0)
		return fail(e, 0, "the NFS root is longer than %d bytes",
			(int)size - 1);
	return 0;
}

int
nfsroot_data(const struct nfsroot *n, const char *version, uint32_t client,
	char *data, size_t size)
{
	char text[IPADDR_TEXT_SIZE];
	int result;

	data[0] = '\0';
	result = text_add(data, size, "vers=%s%s,addr=%s", version,
		version[0] == '4' ? "" : ",nolock",
		ipaddr_write(n->server, text));
	if (version[0] == '4' && client && result == 0)
		result = text_add(data, size, ",clientaddr=%s",
			ipaddr_write(client, text));
	if (n->options[0] && result == 0)
		result = text_add(data, size, ",%s", n->options);
	return result;
}
