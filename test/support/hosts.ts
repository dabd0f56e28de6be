import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { createGzip } from "node:zlib";

export interface Host {
  /** Where the site begins, with a slash at the end. */
  readonly root: string;
  readonly close: () => void;
}

/** As docs/publishing/nginx.md sets them. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ ".html": "text/html; charset=utf-8", ".js": "application/javascript; charset=utf-8", ".json": "application/json; charset=utf-8" },
  ...{ ".csv": "text/csv; charset=utf-8", ".ics": "text/calendar; charset=utf-8", ".atom": "application/atom+xml; charset=utf-8" },
  ...{ ".parquet": "application/vnd.apache.parquet", ".pdf": "application/pdf", ".md": "text/plain; charset=utf-8" },
};

const HEADERS = {
  ...{ "x-content-type-options": "nosniff", "content-security-policy": "frame-ancestors 'none'" },
  ...{ "cache-control": "no-cache", "referrer-policy": "no-referrer", vary: "Accept-Encoding" },
};

/** What tools for buckets guess by ending; everything else is bytes. */
const GUESSED = new Set([".html", ".js", ".json", ".csv", ".pdf"]);

type HostKind = "nginx" | "bucket";

/** A folder as a web server with `try_files` gives it, or as a bucket does, which knows names and no folders. Below `path`, which begins and ends with a slash. */
export async function serve(folder: string, kind: HostKind, path = "/"): Promise<Host> {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent((request.url ?? "/").replace(/[?#].*/s, ""));
    const answer = kind === "nginx" ? asNginx : asBucket;
    void answer(folder, asked, path, response, request.headers["accept-encoding"]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const isFile = async (path: string) => (await stat(path).catch(() => undefined))?.isFile() === true;

async function asNginx(folder: string, asked: string, path: string, response: ServerResponse, accepted = ""): Promise<void> {
  const below = asked.startsWith(path) ? asked.slice(path.length) : undefined;
  if (`${asked}/` === path) {
    response.writeHead(301, { location: path }).end();
    return;
  }
  if (below === undefined || /(^|\/)\./.test(below)) {
    missing(response);
    return;
  }
  for (const file of [join(folder, below), join(folder, below, "index.html")])
    if (await isFile(file)) {
      const type = TYPES[extname(file)];
      send(file, type, HEADERS, response, type?.includes("charset") === true && accepted.includes("gzip"));
      return;
    }
  missing(response);
}

async function asBucket(folder: string, asked: string, path: string, response: ServerResponse): Promise<void> {
  const name = asked.startsWith(path) ? asked.slice(path.length) : "";
  if (name === "" || name.endsWith("/") || !(await isFile(join(folder, name)))) {
    missing(response);
    return;
  }
  const type = extname(name);
  send(join(folder, name), GUESSED.has(type) ? TYPES[type] : undefined, {}, response);
}

function send(file: string, type: string | undefined, headers: Record<string, string>, response: ServerResponse, compressed = false): void {
  response.writeHead(200, { "content-type": type ?? "application/octet-stream", ...headers, ...(compressed && { "content-encoding": "gzip" }) });
  if (compressed) createReadStream(file).pipe(createGzip()).pipe(response);
  else createReadStream(file).pipe(response);
}

function missing(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
}
