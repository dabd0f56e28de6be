import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readPseudonyms } from "../../src/pseudonyms/key.ts";
import { readMap, writeMap } from "../../src/pseudonyms/map-file.ts";

const folder = mkdtempSync(join(tmpdir(), "pseudonyms-"));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = "0123456789abcdef0123456789abcdef";

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const read = (name: string, text: string) => readPseudonyms(file(name, text), name);

test("a key gives each person one pseudonym, and another key another", () => {
  const first = read("a", KEY);
  const again = read("b", `${KEY}\n`);
  const other = read("c", KEY.replace("0", "9"));
  expect(first.of("files:E1", ["jane"])).toMatch(/^person-[0-9a-f]{12}$/);
  expect(again.of("files:E1", ["whatever"])).toBe(first.of("files:E1", ["jane"]));
  expect(first.of("files:E2", ["jane"])).not.toBe(first.of("files:E1", ["jane"]));
  expect(other.of("files:E1", ["jane"])).not.toBe(first.of("files:E1", ["jane"]));
  expect([again.fingerprint, other.fingerprint === first.fingerprint]).toEqual([first.fingerprint, false]);
  expect(first.fingerprint).not.toContain(KEY);
});

test("a map that was written goes on: whoever is in it keeps the pseudonym, the others get one of its key", () => {
  const path = join(folder, "map.csv");
  const rows = [{ pseudonym: "person-aaaa", person: "identity/jane", kind: "login", name: "Jane" }];
  writeMap(path, "map.csv", rows, KEY);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const map = readPseudonyms(path, "map.csv");
  expect(map.of("files:E1", ["jd", "jane"])).toBe("person-aaaa");
  expect(map.of("files:E2", ["ben"])).toBe(read("key", KEY).of("files:E2", ["ben"]));
  expect(map.fingerprint).toBe(read("key", KEY).fingerprint);
  writeMap(path, "map.csv", [], KEY);
  expect(readMap(readFileSync(path, "utf8"), "map.csv")).toHaveLength(1);
});

test("a map without a key gives nobody else one", () => {
  const map = read("hand.csv", "pseudonym,person,kind,name\nperson-one1,,login,jane\n");
  expect([map.of("x", ["JANE"]), map.of("y", ["ben"])]).toEqual(["person-one1", undefined]);
});

test.each([
  ["short", "secret", /--pseudonyms: the key in short can be guessed/],
  ["same", "a".repeat(64), /the key in same can be guessed/],
  ["odd.csv", "pseudonym,person,kind,name\nJane,,login,jane\n", /odd\.csv: record 1: expected a name/],
  ["torn.csv", 'pseudonym,person,kind,name\n"x\n', /torn\.csv is no CSV/],
])("%s is refused, without a word of what is in it", (name, text, message) => {
  expect(() => read(name, text)).toThrow(message);
  expect(() => read(name, text)).not.toThrow(/secret|aaaa|jane/i);
});

test("no file, and a file that is something else, are named", () => {
  expect(() => readPseudonyms(join(folder, "none"), "none")).toThrow(/cannot read none: .*openssl rand -hex 32/);
  const other = file("notes.txt", "mine");
  expect(() => writeMap(other, "notes.txt", [], KEY)).toThrow(/notes\.txt is something else than a map/);
  expect(readFileSync(other, "utf8")).toBe("mine");
});
