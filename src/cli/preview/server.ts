import { once } from "node:events";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { UsageError } from "../../errors.ts";

const HOST = "127.0.0.1";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".sql": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".atom": "application/atom+xml",
  ".ics": "text/calendar; charset=utf-8",
  ".parquet": "application/vnd.apache.parquet",
  ".pdf": "application/pdf",
  ".zip": "application/zip",
};

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the files of a folder, and nothing outside it, to this machine. */
export async function serveFolder(folder: string, port: number): Promise<RunningServer> {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch(() => response.destroy());
  });
  await listening(server, port);
  return {
    url: `http://${HOST}:${portOf(server)}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function listening(server: Server, port: number): Promise<void> {
  server.listen(port, HOST);
  try {
    await once(server, "listening");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new UsageError(`port ${port} is taken; --port 0 finds one that is free`);
  }
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLocalHost(request.headers.host)) {
    end(response, 403, "not this host");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    end(response, 405, "GET only");
    return;
  }
  const path = pathOf(request.url ?? "/");
  const found = path === undefined ? undefined : await fileAt(root, path);
  if (path === undefined || !found) {
    end(response, 404, "not found");
    return;
  }
  // Links are relative to the document, so a folder's page needs the slash.
  if (found.isIndex && !path.endsWith("/")) {
    response.writeHead(302, { location: `${encodeURI(path.replace(/^\/+/, "/"))}/` });
    response.end();
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES[extname(found.file).toLowerCase()] ?? "application/octet-stream",
    "content-length": found.size,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(found.file), response);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}

// A page elsewhere whose name is made to point here (DNS rebinding) must not read the site.
const isLocalHost = (host: string | undefined) => /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host ?? "");

function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
    return path.startsWith("/") && !path.includes("\0") ? path : undefined;
  } catch {
    return undefined;
  }
}

interface Found {
  readonly file: string;
  readonly size: number;
  readonly isIndex: boolean;
}

async function fileAt(root: string, path: string): Promise<Found | undefined> {
  const file = join(root, path);
  const own = await fileInside(root, file);
  if (own !== "folder") return own && { ...own, isIndex: false };
  const index = await fileInside(root, join(file, "index.html"));
  return index && index !== "folder" ? { ...index, isIndex: true } : undefined;
}

/** Follows links first: what they lead to must be inside as well. */
async function fileInside(root: string, path: string) {
  try {
    const file = await realpath(path);
    if (file !== root && !file.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) return undefined;
    const found = await stat(file);
    if (found.isDirectory()) return "folder" as const;
    return found.isFile() ? { file, size: found.size } : undefined;
  } catch {
    return undefined;
  }
}
