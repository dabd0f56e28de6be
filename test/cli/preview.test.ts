import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, serveFolder } from "../../src/cli/preview/server.ts";

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quarterdeck-preview-"));
  await mkdir(join(folder, "site/teams"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "outside");
  await writeFile(join(folder, "site/index.html"), "<h1>Home</h1>");
  await writeFile(join(folder, "site/teams/index.html"), "<h1>Teams</h1>");
  await writeFile(join(folder, "site/100 %.csv"), "a,b\n");
  await symlink(join(folder, "secret.txt"), join(folder, "site/link.txt"));
  await symlink(folder, join(folder, "site/up"));
  server = await serveFolder(join(folder, "site"), 0);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

// Not fetch: that tidies `..` away before it asks.
function get(path: string, options: { method?: string; host?: string } = {}) {
  const { hostname, port, host } = new URL(server.url);
  return new Promise<{ status: number; body: string; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const headers = { host: options.host ?? host };
      request({ hostname, port, path, method: options.method ?? "GET", headers }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (body += chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

describe("the preview serves", () => {
  test("a folder's page", async () => {
    expect(await get("/?x#y")).toMatchObject({
      status: 200,
      body: "<h1>Home</h1>",
      headers: { "content-type": "text/html; charset=utf-8", "x-content-type-options": "nosniff" },
    });
    expect(await get("/teams")).toMatchObject({ status: 302, headers: { location: "/teams/" } });
    expect(await get("/teams/")).toMatchObject({ status: 200, body: "<h1>Teams</h1>" });
  });

  test("a file whose name needs escaping", async () => {
    expect(await get("/100%20%25.csv")).toMatchObject({ status: 200, body: "a,b\n" });
  });

  test("the head alone", async () => {
    expect(await get("/", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });
});

describe("the preview does not serve", () => {
  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/link.txt",
    "/up/secret.txt",
    "//etc/passwd",
  ])("what is outside: %s", async (path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: "not found\n" });
  });

  test.each(["/%", "/%00", "/nothing"])("what cannot be: %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("other hosts' names", async () => {
    expect((await get("/", { host: "evil.example" })).status).toBe(403);
  });

  test("anything but reading", async () => {
    expect((await get("/", { method: "POST" })).status).toBe(405);
  });
});

test("a port that is taken is said in words", async () => {
  const port = Number(new URL(server.url).port);
  await expect(serveFolder(folder, port)).rejects.toThrow(
    `port ${port} is taken; --port 0 finds one that is free`,
  );
});
