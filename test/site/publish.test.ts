import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../src/errors.ts";
import { publish } from "../../src/site/publish.ts";

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

test("pages of the last build that are gone are removed, what else is there stays", async () => {
  const { from, to } = folders();
  expect(await publish(from, to)).toBe(2);
  writeFileSync(join(to, "mine.html"), "mine");
  rmSync(join(from, "rows/a.html"));
  expect(await publish(from, to)).toBe(1);
  expect(readdirSync(to).toSorted()).toEqual([".quarterdeck-site", "index.html", "mine.html", "rows"]);
  expect(readdirSync(join(to, "rows"))).toEqual([]);
});

test("tables of the last build that are gone are removed, and nothing else that the list may name", async () => {
  const { from, to } = folders();
  mkdirSync(join(from, "data/changes"), { recursive: true });
  for (const file of ["data/index.json", "data/changes/a.csv", "data/changes/b.csv"])
    writeFileSync(join(from, file), file);
  await publish(from, to);
  rmSync(join(from, "data/changes/b.csv"));
  const foreign = ["notes.csv", "data/key.pem", "data/.env.json"];
  for (const file of foreign) writeFileSync(join(to, file), "mine");
  writeFileSync(join(to, "../outside.csv"), "mine");
  writeFileSync(
    join(to, ".quarterdeck-site"),
    `${[...foreign, "data/../../outside.csv", "data/index.json", "data/changes/b.csv"].join("\n")}\n`,
  );
  await publish(from, to);
  expect(readdirSync(join(to, "data/changes"))).toEqual(["a.csv"]);
  for (const file of [...foreign, "../outside.csv"])
    expect(readFileSync(join(to, file), "utf8"), file).toBe("mine");
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
