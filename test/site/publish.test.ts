import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { globSync } from "tinyglobby";
import { expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../src/errors.ts";
import { packageRoot } from "../../src/package-root.ts";
import { publish } from "../../src/site/publish.ts";
import { LIST, LOCK } from "../../src/site/site-list.ts";

function folders(): { from: string; to: string } {
  const root = mkdtempSync(join(tmpdir(), "quarterdeck-publish-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  mkdirSync(join(root, "from/rows"), { recursive: true });
  writeFileSync(join(root, "from/index.html"), "new");
  writeFileSync(join(root, "from/rows/a.html"), "a");
  return { from: join(root, "from"), to: join(root, "to") };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("pages of the last build that are gone are removed, what else is there stays", async () => {
  const { from, to } = folders();
  expect(await publish(from, to)).toBe(2);
  writeFileSync(join(to, "mine.html"), "mine");
  rmSync(join(from, "rows/a.html"));
  expect(await publish(from, to)).toBe(1);
  expect(readdirSync(to).toSorted()).toEqual([".quarterdeck-site", "index.html", "mine.html", "rows"]);
  expect(readdirSync(join(to, "rows"))).toEqual([]);
});

const HOLDER = `
  const { DuckDBInstance } = await import("@duckdb/node-api");
  globalThis.held = await DuckDBInstance.create(process.argv[1]);
  process.stdout.write("held");
  setInterval(() => undefined, 60_000);`;

test("another build is waited for, and no longer than it lives", async () => {
  const { from, to } = folders();
  mkdirSync(to);
  const other = spawn(process.execPath, ["--input-type=module", "-e", HOLDER, join(to, LOCK)], { cwd: packageRoot, stdio: ["ignore", "pipe", "inherit"] });
  await once(other.stdout, "data");
  let isDone = false;
  const publishing = publish(from, to).finally(() => (isDone = true));
  await setTimeout(500);
  expect(isDone).toBe(false);
  expect(readdirSync(to)).toEqual([LOCK]);
  other.kill("SIGKILL");
  expect(await publishing).toBe(2);
  expect(readdirSync(to).toSorted()).toEqual([LIST, "index.html", "rows"]);
});

test("whatever a build made and makes no more is removed, and nothing else that the list may name", async () => {
  const { from, to } = folders();
  const made = ["data/index.json", "data/changes/b.csv", "data/calendar.ics", "retrospectives/actions.csv", "releases.atom", "new kind.xyz"];
  for (const file of made) {
    mkdirSync(dirname(join(from, file)), { recursive: true });
    writeFileSync(join(from, file), file);
  }
  await publish(from, to);
  for (const file of made.slice(1)) rmSync(join(from, file));
  const foreign = ["notes.csv", "data/key.pem", "data/calendar.ics"];
  for (const file of foreign) writeFileSync(join(to, file), "mine");
  writeFileSync(join(to, "../outside.csv"), "mine");
  symlinkSync(join(to, ".."), join(to, "elsewhere"));
  const list = join(to, ".quarterdeck-site");
  const forged = ["../outside.csv", "elsewhere/outside.csv"].map((file) => `${sha256("mine")}  ${file}\n`);
  writeFileSync(list, [readFileSync(list, "utf8"), ...forged, `${sha256("other")}  notes.csv\n`, "data/key.pem\n"].join(""));
  await publish(from, to);
  expect(globSync("**/*", { cwd: to, followSymbolicLinks: false }).toSorted()).toEqual(
    ["data/index.json", "index.html", "rows/a.html", ...foreign].toSorted(),
  );
  for (const file of [...foreign, "../outside.csv"])
    expect(readFileSync(join(to, file), "utf8"), file).toBe("mine");
});

test("a build that ended halfway disowns neither what was there nor what it wrote", async () => {
  const { from, to } = folders();
  await publish(from, to);
  writeFileSync(join(from, "index.html"), "newer");
  writeFileSync(join(from, "z.html"), "z");
  mkdirSync(join(to, "z.html"));
  await expect(publish(from, to)).rejects.toThrow("a page of it is a folder");
  rmSync(join(to, "z.html"), { recursive: true });
  for (const file of ["index.html", "rows/a.html", "z.html"]) rmSync(join(from, file));
  writeFileSync(join(from, "b.html"), "b");
  await publish(from, to);
  expect(globSync("**/*.html", { cwd: to })).toEqual(["b.html"]);
});

test("what a build left that ended halfway is no foreign data to the next one", async () => {
  const { from, to } = folders();
  mkdirSync(join(from, "data/b"), { recursive: true });
  for (const file of ["data/a.csv", "data/b/c.csv", "data/index.json"]) writeFileSync(join(from, file), file);
  mkdirSync(join(to, "data"), { recursive: true });
  writeFileSync(join(to, "data/b"), "in the way");
  await expect(publish(from, to)).rejects.toThrow("it is a file");
  expect(readdirSync(join(to, "data"))).toEqual(["a.csv", "b"]);
  rmSync(join(to, "data/b"));
  await publish(from, to);
  expect(readdirSync(join(to, "data"))).toEqual(["a.csv", "b", "index.json"]);
});

test("somebody's own data folder is not overwritten, one of a build is, even without its list", async () => {
  const { from, to } = folders();
  mkdirSync(join(from, "data"));
  writeFileSync(join(from, "data/index.json"), '{\n "format": "quarterdeck"\n}');
  writeFileSync(join(from, "data/incidents.csv"), "new");
  mkdirSync(join(to, "data"), { recursive: true });
  writeFileSync(join(to, "index.html"), "mine");
  await expect(publish(from, to)).rejects.toThrow(/index\.html was not made by a build and would be overwritten: move it away/);
  rmSync(join(to, "index.html"));
  writeFileSync(join(to, "data/incidents.csv"), "mine");
  await expect(publish(from, to)).rejects.toThrow(
    /incidents\.csv was not made by a build and would be overwritten: move it away/,
  );
  expect(readdirSync(to)).toEqual(["data"]);
  rmSync(join(to, "data/incidents.csv"));
  await publish(from, to);
  rmSync(join(to, ".quarterdeck-site"));
  expect(await publish(from, to)).toBe(2);
});

test.each([
  ["a file stands where the folder is to be", "", "it is a file"],
  ["a folder stands where a page is to be", "index.html/x", "a page of it is a folder"],
])("%s: said in words", async (_, name, reason) => {
  const { from, to } = folders();
  if (name) mkdirSync(join(to, name), { recursive: true });
  else writeFileSync(to, "a file");
  const failed = publish(from, to);
  await expect(failed).rejects.toThrow(UsageError);
  await expect(failed).rejects.toThrow(`cannot be written to ${to}: ${reason}`);
  if (!name) expect(readFileSync(to, "utf8")).toBe("a file");
});
