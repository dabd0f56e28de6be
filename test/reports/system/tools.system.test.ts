import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeReleasePack, type BuiltPack } from "../../../reports/release/build.ts";
import { emptyData, hostileData, releaseData } from "../fixture.ts";
import { stepsOf, typed } from "../verify/steps.ts";

/** What PDF/A-3 permits and PDF/A-1, which is all that Preflight knows, does not. */
const ALLOWED = ["1.2.9", "1.4.7", "1.4.9", "3.1.11", "7.11.2"];

const JARS = [
  "preflight",
  "pdfbox2",
  "xmpbox",
  "fontbox2",
  "commons-logging",
  "javax.activation",
  "jaxb-api",
];
const classPath = [
  ...JARS.map((name) => `/usr/share/java/${name}.jar`).filter(existsSync),
  ...(process.env["PREFLIGHT_CLASSPATH"] ?? "").split(":"),
].join(":");

const has = (tool: string): boolean => spawnSync("which", [tool]).status === 0;
const preflight = (...args: string[]) =>
  spawnSync("java", ["-cp", classPath, "org.apache.pdfbox.preflight.Validator_A1b", ...args], {
    encoding: "utf8",
  });
/** Debian's package leaves out two libraries (libactivation-java, libjaxb-api-java) that Preflight needs. */
const hasPreflight = (): boolean =>
  has("java") &&
  !/NoClassDefFound|ClassNotFound|Could not find or load|Unable to initialize/.test(preflight().stderr);

const folder = mkdtempSync(join(tmpdir(), "pack-tools-"));
const packs = new Map<string, BuiltPack>();
const pdfOf = (name: string): string => join(packs.get(name)!.directory, "pack.pdf");
const run = (tool: string, ...args: string[]): string => execFileSync(tool, args, { encoding: "utf8" });

beforeAll(async () => {
  for (const [name, data] of Object.entries({
    release: releaseData,
    empty: emptyData,
    hostile: hostileData,
  })) {
    packs.set(name, await writeReleasePack(data, join(folder, name)));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(["release", "empty", "hostile"])("the %s pack", (name) => {
  test.skipIf(!has("sha256sum"))("sha256sum finds every file unaltered, as VERIFY.md says", () => {
    const { directory } = packs.get(name)!;
    const steps = stepsOf(readFileSync(join(directory, "VERIFY.md"), "utf8")).get("No file was altered, removed or added")!;
    expect(steps.map(({ commands }) => typed(commands, directory))).toEqual(["", "", ""]);
    expect(steps.map(({ expected }) => expected)).toEqual(["", "", ""]);
  });

  test.skipIf(!has("sha256sum"))("an altered file is found", () => {
    const { directory } = packs.get(name)!;
    const original = readFileSync(join(directory, "tables/release.csv"));
    writeFileSync(join(directory, "tables/release.csv"), `${original.toString()} `);
    const { status, stdout } = spawnSync("sha256sum", ["-c", "SHA256SUMS"], {
      cwd: directory,
      encoding: "utf8",
    });
    writeFileSync(join(directory, "tables/release.csv"), original);
    expect(status).not.toBe(0);
    expect(stdout).toContain("tables/release.csv: FAILED");
  });

  test.skipIf(!has("pdfdetach") || !has("sha256sum"))("pdfdetach gives back what the guide promises", () => {
    const { directory } = packs.get(name)!;
    const attached = join(folder, `${name}-attached`);
    mkdirSync(attached);
    run("pdfdetach", "-saveall", "-o", attached, pdfOf(name));
    const sums = execFileSync("sha256sum", readdirSync(attached).sort(), { cwd: attached, encoding: "utf8" })
      .trimEnd()
      .split("\n");
    const guide = readFileSync(join(directory, "VERIFY.md"), "utf8");
    const promised = guide
      .split("\n")
      .filter((line) => /^ {4}[0-9a-f]{64} {2}/.test(line))
      .map((line) => line.trim());
    expect(sums.sort()).toEqual(promised.sort());
    expect(sums.length).toBeGreaterThan(0);
  });

  test.skipIf(!has("pdfinfo"))("pdfinfo reads it as tagged and titled", () => {
    const info = run("pdfinfo", pdfOf(name));
    expect(info).toMatch(/^Tagged:\s+yes$/m);
    expect(info).toMatch(/^Title:\s+Release pack: /m);
    expect(run("pdfinfo", "-struct", pdfOf(name))).toContain("Document");
  });

  test.skipIf(!has("pdffonts"))("all fonts are embedded, subset and mapped to characters", () => {
    const lines = run("pdffonts", pdfOf(name)).trimEnd().split("\n").slice(2);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/ yes yes yes +\d+ +\d+$/);
  });

  test.skipIf(!has("pdftoppm"))("every page draws without a complaint", () => {
    const { status, stderr } = spawnSync(
      "pdftoppm",
      ["-r", "20", "-png", pdfOf(name), join(folder, `${name}-page`)],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([0, ""]);
  });

  test.skipIf(!has("qpdf"))("qpdf finds its syntax sound", () => {
    expect(run("qpdf", "--check", pdfOf(name))).toContain("No syntax or stream encoding errors found");
  });

  test.skipIf(!hasPreflight())("Preflight finds nothing but what PDF/A-3 permits", () => {
    const { stdout, stderr } = preflight(pdfOf(name));
    const found = [...stdout.matchAll(/^([\d.]+) : /gm)].map(([, code]) => code ?? "");
    expect(stdout + stderr).toMatch(/is (not )?a valid PDF\/A-1b file/);
    expect([...new Set(found)].filter((code) => !ALLOWED.includes(code))).toEqual([]);
  });

  test.skipIf(!has("verapdf"))("veraPDF accepts it as PDF/A-3a and PDF/UA-1", () => {
    for (const flavour of ["3a", "ua1"]) {
      expect(run("verapdf", "--flavour", flavour, "--format", "text", pdfOf(name))).toMatch(/^PASS/m);
    }
  });
});
