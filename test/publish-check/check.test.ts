import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkFolder } from "../../src/publish-check/check.ts";
import type { WithheldNames } from "../../src/publish-check/names.ts";
import { lookThrough } from "../../src/publish-check/texts.ts";
import { Findings } from "../../src/publish-check/finding.ts";
import { publish } from "../../src/site/publish.ts";
import { temporaryFolder } from "../cli/commands/world.ts";
import { hash, page, SCRIPT } from "./page.ts";

const SITE: Readonly<Record<string, string>> = {
  "index.html": page('<h1 id="a">A</h1><a href="services/api.html#b">B</a><a href="data/x.csv">C</a><a href="https://example.com/">D</a><a href="packs/p/pack.pdf">E</a>'),
  "services/api.html": page('<h1 id="b">B</h1><a href="../index.html#a">A</a>'),
  "data/index.json": '{ "format": "quarterdeck" }',
  "data/x.csv": "a,b\n1,2\n",
};

let folder: string;

const write = (path: string, text: string | Uint8Array) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** Puts a site as builds leave it into the folder. */
async function build(site: Readonly<Record<string, string>>): Promise<void> {
  const from = temporaryFolder();
  for (const [path, text] of Object.entries(site)) {
    mkdirSync(dirname(join(from, path)), { recursive: true });
    writeFileSync(join(from, path), text);
  }
  await publish(from, folder);
}

beforeEach(async () => {
  folder = join(temporaryFolder(), "public");
  await build(SITE);
  const pdf = "%PDF";
  write("packs/p/pack.pdf", pdf);
  write("packs/p/SHA256SUMS", `${createHash("sha256").update(pdf).digest("hex")}  pack.pdf\n`);
});

async function found(names?: Partial<WithheldNames>, packsUnderPseudonyms = false): Promise<string[]> {
  const all = names && { onPages: undefined, inPacks: () => undefined, ordinary: 0, ...names };
  const { findings } = await checkFolder(folder, { names: all, packsUnderPseudonyms });
  return findings.kept.map(({ check, status, file, line, message }) => `${status} ${check} ${file ?? "-"}${line === undefined ? "" : `:${line}`} ${message}`);
}

const jane: Partial<WithheldNames> = {
  onPages: (text) => (text.includes("Jane Doe") ? { index: text.indexOf("Jane Doe"), kind: "name" } : undefined),
  inPacks: (text) => (text.includes("Jane Doe") ? { index: text.indexOf("Jane Doe"), kind: "name" } : undefined),
};

test("a site as builds leave it is without fault, packs included", async () => {
  expect(await found(jane)).toEqual([]);
  const { pages, files, kinds, scripts } = await checkFolder(folder, { names: undefined, packsUnderPseudonyms: false });
  expect([pages, files, kinds.data.files, kinds.packs.files, scripts.count]).toEqual([2, 6, 2, 2, 1]);
});

const linked = (address: string) => ({ ...SITE, "services/api.html": page(`<h1 id="b">B</h1>\n<a href="${address}">x</a>`) });

test.each([
  ["gone.html", 'a "gone.html" leads to nothing'],
  ["../data/gone.csv", 'a "../data/gone.csv" leads to nothing'],
  ["../packs/q/pack.pdf", 'a "../packs/q/pack.pdf" leads to nothing'],
  ["../index.html#gone", 'a link to "index.html#gone" leads to no place on that page'],
  ["#gone", 'a link to "services/api.html#gone" leads to no place on that page'],
  ["../../other.html", 'a "../../other.html" leads out of the folder'],
  ["/index.html", 'a "/index.html" begins with a slash'],
  ["../packs/", 'a "../packs/" leads to a folder'],
  ["..", 'a ".." leads to a folder'],
  ["mailto:jane@example.com", 'a "mailto:jane@example.com" leaves the site by mailto:'],
  ["data:text/html,x", 'a "data:text/html,x" leaves the site by data:'],
])("a link to %s is a fault with its line", async (address, message) => {
  await build(linked(address));
  expect(await found()).toEqual([expect.stringMatching(`^fault links services/api\\.html:3 ${message.replace(/[.?#/]/g, "\\$&")}`)]);
});

test("what a page asks elsewhere, or has without its policy, is a fault", async () => {
  await build({ ...SITE, "services/api.html": page('<h1 id="b">B</h1><img src="https://cdn.example/x.png?token=abc"><p style="x">') });
  expect(await found()).toEqual([
    "fault policy services/api.html:2 p has an attribute style",
    'fault requests services/api.html:2 img asks for "https://cdn.example/x.png?\u2026"',
  ]);
});

// Bytes by chance do not compress: in hexadecimal, to a bit more than half.
const heavy = (kilobytes: number) => page(`<h1 id="a">A</h1><h1 id="b">B</h1><p>${randomBytes(kilobytes * 1024).toString("hex")}</p>`);

test("a page of more than 25 KB compressed is a fault, an overview of more than 60", async () => {
  await build({ ...SITE, "services/api.html": heavy(20), "month.html": heavy(40) });
  expect(await found()).toEqual([]);
  await build({ ...SITE, "services/api.html": heavy(26), "month.html": heavy(61) });
  expect(await found()).toEqual([
    expect.stringMatching(/^fault sizes month\.html is 6\d\.\d KB compressed, 60 KB at most$/),
    expect.stringMatching(/^fault sizes services\/api\.html is 2\d\.\d KB compressed, 25 KB at most$/),
  ]);
});

test("scripts count once however many pages have them, and are 15 KB in all", async () => {
  const withScript = (code: string) => page("").replace(hash(SCRIPT), `${hash(SCRIPT)} ${hash(code)}`).replace("<body>", `<body><script>${code}</script>`);
  const [one, other] = [10, 6].map((kilobytes) => `"${randomBytes(kilobytes * 1024).toString("hex")}"`);
  await build({ ...SITE, "a.html": withScript(one ?? ""), "b.html": withScript(one ?? "") });
  expect(await found()).toEqual([]);
  await build({ ...SITE, "a.html": withScript(one ?? ""), "b.html": withScript(other ?? "") });
  expect(await found()).toEqual([expect.stringMatching(/^fault sizes - scripts of all pages are 1[678]\.\d KB compressed/)]);
});

test.each([
  ["data/x.csv", "a,b\n1,https://ann:correct-horse@git.example/\n"],
  ["index.html", `${SITE["index.html"]?.split("\n")[0]}\n<a id="a" href="https://git.example/?a=1&#38;private_token=abcdefgh12345678">x</a>`],
  ["notes.json", '{\n"password": "hunter2hunter2x9"}'],
])("a secret in %s is a fault that does not repeat it", async (path, text) => {
  await build({ ...SITE, [path]: text });
  const secrets = (await found()).filter((one) => one.includes("secret"));
  expect(secrets).toEqual([expect.stringMatching(`^fault secrets ${path}:2 holds what looks like a secret`)]);
  expect(secrets.join()).not.toMatch(/correct-horse|abcdefgh|hunter2/);
});

test("a withheld name is a fault in pages, data and names of files, and in packs under pseudonyms", async () => {
  await build({ ...SITE, "data/x.csv": "a,b\n1,by Jane Doe\n", "services/api.html": page('<h1 id="b">Jane&#32;Doe</h1>'), "data/Jane Doe.csv": "a\n" });
  expect(await found(jane)).toEqual([
    "fault names data the name of a csv file in this folder holds the name of a person",
    "fault names data/x.csv:2 holds the name of a person, from character 6 of the line",
    expect.stringMatching(/^fault names services\/api\.html:2 holds the name of a person/),
  ]);
  await build(SITE);
  const text = "by Jane Doe";
  write("packs/p/a.txt", text);
  const sums = `${createHash("sha256").update("%PDF").digest("hex")}  pack.pdf\n${createHash("sha256").update(text).digest("hex")}  a.txt\n`;
  write("packs/p/SHA256SUMS", sums);
  expect(await found(jane)).toEqual([]);
  expect(await found(jane, true)).toEqual(["fault names packs/p is a pack that names people, and `publish.pseudonyms` is given"]);
});

test("files that no build made are told, and are faults where they are nothing for readers", async () => {
  for (const path of ["CNAME", "quarterdeck.duckdb", ".env", "keys/issuer.pem", "quarterdeck.yaml", ".git/config", "packs/p/more.txt"]) write(path, "x");
  symlinkSync("/etc/passwd", join(folder, "users.txt"));
  const strangers = (await found()).map((one) => one.split(" ").slice(0, 3).join(" "));
  expect(strangers.toSorted()).toEqual([
    ...[".env", ".git/config", "keys/issuer.pem", "quarterdeck.duckdb", "quarterdeck.yaml", "users.txt"].map((file) => `fault strangers ${file}`),
    ...["CNAME", "packs/p/more.txt"].map((file) => `note strangers ${file}`),
  ]);
});

test.each([
  ["a page is missing", () => rmSync(join(folder, "services/api.html")), "services/api.html a build wrote it, and it is not there"],
  ["half of a table is there", () => write("data/x.csv", "a,"), "data/x.csv was changed after it was written"],
  ["a pack was altered", () => write("packs/p/pack.pdf", "%PDG"), "packs/p/pack.pdf was changed after it was written"],
  ["a list was being written", () => write(".quarterdeck-site.new", ""), ".quarterdeck-site.new a build did not end"],
  ["nothing says what a build wrote", () => rmSync(join(folder, ".quarterdeck-site")), "- no build of this version wrote this folder"],
])("%s: a build that did not end is a fault", async (_, spoil, message) => {
  spoil();
  expect(await found()).toContainEqual(expect.stringMatching(`^fault build ${message.replaceAll(".", "\\.")}`));
});

test("a build that was killed between two of its files is told by the list that it left", async () => {
  mkdirSync(join(folder, "z.html"));
  await expect(build({ ...SITE, "data/x.csv": "a,b\n", "z.html": page("") })).rejects.toThrow("a page of it is a folder");
  expect((await found()).join("\n")).toContain("fault build .quarterdeck-site a build did not end: 1 file is of it or of the one before");
});

test("a line longer than what is read at once is looked through to its end, and told once", async () => {
  const findings = new Findings();
  const parts = Array.from({ length: 9 }, (_, at) => `${"x".repeat(1 << 20)}${at === 7 ? " https://a:correct-horse@b.example/ Jane Doe " : ""}`);
  await lookThrough("data/x.json", ["one\n", ...parts], jane.onPages, findings);
  expect(findings.kept.map(({ check, line }) => `${check} ${line}`).toSorted()).toEqual(["names 2", "secrets 2"]);
});

test("what is kept does not grow with what is wrong, and all of it is counted", async () => {
  await build({ ...SITE, "services/api.html": page(`<h1 id="b">B</h1>${Array.from({ length: 1000 }, (_, at) => `<a href="${at}.html">x</a>`).join("")}`) });
  const { findings } = await checkFolder(folder, { names: undefined, packsUnderPseudonyms: false });
  expect([findings.kept.length, findings.count("fault", "links"), findings.count("fault")]).toEqual([200, 1000, 1000]);
});
