import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cite, type Framework, mappingFindings, readFrameworks } from "../../src/controls/frameworks.ts";
import { ConfigError } from "../../src/errors.ts";
import { packageRoot } from "../../src/package-root.ts";

const OWN = `framework: acme_policy
short: Acme policy
title: Release policy of Acme
edition: "7"
publisher: Acme
url: https://policy.example/release
phrase: evidence that supports
cite: "Acme policy §{clause}"
clauses:
  "10":
    title: Two people look at every release
    verified: true
  "9.2":
    title: Releases have names
    verified: false
`;

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), "frameworks-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

function problemsOf(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  try {
    readFrameworks(folder(files));
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
  return [];
}

const one = (key: string, frameworks = readFrameworks()): Framework => {
  const found = frameworks.find(({ framework }) => framework === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
};

test("every supplied file is a framework", () => {
  const keys = readFrameworks().map(({ framework }) => framework);
  const files = readdirSync(join(packageRoot, "frameworks"));
  expect(files.sort()).toEqual(keys.map((key) => `${key}.yaml`));
  expect(keys).toEqual([
    ...["annex_11", "cfr_21_part_11", "cobit", "eu_dora", "eu_dora_rts", "gdpr", "hipaa"],
    ...["iso_27001", "nist_800_53", "pci_dss", "slsa", "soc2", "sox", "ssdf"],
  ]);
});

test("what a clause is called in a pack names one clause only", () => {
  const cited = readFrameworks().flatMap((it) => it.clauses.map(({ clause }) => cite(it, clause)));
  expect(cited.filter((name, index) => cited.indexOf(name) !== index)).toEqual([]);
  expect(cited).toEqual(
    expect.arrayContaining(["EU DORA RTS Art. 17(1)(b)", "ISO/IEC 27001:2022 8.32", "21 CFR 11.10(k)"]),
  );
});

test("verified are those that were compared with their text, and no others", () => {
  const verified = readFrameworks().flatMap(({ framework, clauses }) =>
    clauses.filter((it) => it.verified).map(({ clause }) => `${framework} ${clause}`),
  );
  const nist = one("nist_800_53").clauses.map(({ clause }) => `nist_800_53 ${clause}`);
  const pci = ["6.5.1", "6.5.2", "6.5.3", "6.5.4", "6.5.5", "6.5.6"];
  const article16 = ["16", "16(1)(c)", "16(2)", "16(3)"];
  const article17 = [
    ...["17(1)(a)", "17(1)(b)", "17(1)(c)", "17(1)(c)(i)", "17(1)(c)(ii)", "17(1)(c)(iii)"],
    ...["17(1)(d)", "17(1)(d)(ii)", "17(1)(e)", "17(1)(f)", "17(1)(g)", "17(1)(h)"],
  ];
  expect(verified).toEqual([
    ...["11.10(k)", "11.10(k)(2)"].map((id) => `cfr_21_part_11 ${id}`),
    ...[...article16, ...article17].map((id) => `eu_dora_rts ${id}`),
    "iso_27001 8.32",
    ...nist,
    ...pci.map((id) => `pci_dss ${id}`),
    "soc2 CC8.1",
  ]);
});

test("nothing supplied claims compliance, or says DORA where the metrics could be meant", () => {
  const words = readFrameworks().flatMap((it) => [
    ...[it.short, it.title, it.edition, it.publisher, it.phrase, it.cite, it.note ?? ""],
    ...it.clauses.map(({ title }) => title),
  ]);
  expect(words.filter((text) => /\bcompl(y|ie|ian)/i.test(text))).toEqual([]);
  expect(words.filter((text) => /(?<!EU )DORA/.test(text))).toEqual([]);
  expect(new Set(readFrameworks().map(({ phrase }) => phrase))).toEqual(new Set(["evidence that supports"]));
});

test("clauses come in the order in which people number them", () => {
  const ids = one("iso_27001").clauses.map(({ clause }) => clause);
  expect(ids.slice(0, 4)).toEqual(["5.3", "5.8", "5.9", "5.16"]);
  expect(ids.slice(-3)).toEqual(["8.33", "cl. 6.1.3", "cl. 10.2"]);
  expect(one("annex_11").clauses.map(({ clause }) => clause)).toEqual(["4", "5", "9", "10", "13", "17"]);
});

test("one's own framework stands among the supplied ones and is marked", () => {
  const frameworks = readFrameworks(folder({ "acme_policy.yaml": OWN, "notes.txt": "not read" }));
  expect(one("acme_policy", frameworks)).toMatchObject({
    isLocal: true,
    clauses: [
      { clause: "9.2", verified: false },
      { clause: "10", verified: true },
    ],
  });
  expect(frameworks.filter(({ isLocal }) => isLocal)).toHaveLength(1);
  expect(readFrameworks(join(packageRoot, "no-such-folder"))).toEqual(readFrameworks());
});

test("one's own file goes before the supplied one of its name", () => {
  const own = OWN.replace("acme_policy", "soc2");
  const frameworks = readFrameworks(folder({ "soc2.yaml": own }));
  expect(frameworks).toHaveLength(readFrameworks().length);
  expect(one("soc2", frameworks)).toMatchObject({ title: "Release policy of Acme", isLocal: true });
});

test("everything wrong is said at once, with file, line and clause", () => {
  const claim = OWN.replace("evidence that supports", "complies with").replace(
    "verified: false",
    "verified: no",
  );
  const problems = problemsOf({
    "acme_policy.yaml": claim,
    "other.yaml": OWN.replace("verified: true\n", "checked: true\n"),
  });
  expect(problems).toEqual([
    'frameworks/acme_policy.yaml:7: phrase: expected evidence that supports, found "complies with"',
    'frameworks/acme_policy.yaml:15: clauses."9.2".verified: expected true or false, found "no"',
    "frameworks/other.yaml:10: clauses.10.verified: missing; expected true or false",
    "frameworks/other.yaml:12: clauses.10.checked: unknown key; expected title or verified",
  ]);
});

test.each([
  ["a clause that is there twice", OWN.replace('"9.2"', '"10"'), "13: the key is there twice"],
  [
    "a framework that is called otherwise",
    OWN.replace("acme_policy", "soc2"),
    "expected the file to be called soc2.yaml",
  ],
  [
    "an address that runs",
    OWN.replace("https://policy.example/release", "javascript:alert(1)"),
    "begins with https://",
  ],
  ["no clauses", `${OWN.slice(0, OWN.indexOf("clauses:"))}clauses: {}\n`, "expected at least one clause"],
  ["a citation without its clause", OWN.replace("{clause}", "1"), "expected a text with {clause} in it"],
  ["a name of several lines", OWN.replace('"9.2"', '"9\\n2"'), "expected one line of text"],
  ["an empty file", "", "expected a mapping"],
])("%s is refused", (_, text, message) => {
  expect(problemsOf({ "acme_policy.yaml": text }).join("\n")).toContain(message);
});

test("a file that is no UTF-8, and an ending that would go unread, are refused", () => {
  expect(problemsOf({ "acme_policy.yaml": Uint8Array.of(0xff, 0xfe) })).toEqual([
    "frameworks/acme_policy.yaml:1: expected UTF-8 text",
  ]);
  expect(problemsOf({ "acme_policy.yml": OWN })).toEqual([
    "frameworks/acme_policy.yml:1: framework: expected the file to be called acme_policy.yaml",
  ]);
});

test("a mapping to what is not there is said with its place", () => {
  const mapping = { soc2: ["CC8.1", "CC81"], iso27001: ["8.32"], pci_dss: ["6.5.1"] };
  expect(mappingFindings(mapping, readFrameworks())).toEqual([
    { path: ["soc2", 1], message: 'frameworks/soc2.yaml (SOC 2) has no clause "CC81"' },
    { path: ["iso27001"], message: "no such framework; did you mean `iso_27001`?" },
  ]);
});

test("docs/frameworks.md lists every framework with its edition and how many clauses are verified", () => {
  const text = readFileSync(join(packageRoot, "docs/frameworks.md"), "utf8");
  const rows = [...text.matchAll(/^\| \[(.+?)\]\((\S+)\) +\| `(\w+)` +\| (.+?) +\| (\d+) +\| (\w+) +\|$/gm)];
  const expected = readFrameworks().map(({ title, url, framework, edition, clauses }) => {
    const verified = clauses.filter((it) => it.verified).length;
    return [title, url, framework, edition, String(clauses.length), verified > 0 ? String(verified) : "none"];
  });
  expect(rows.map((row) => row.slice(1))).toEqual(expected);
});
