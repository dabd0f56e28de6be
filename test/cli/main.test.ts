import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { commandNames } from "../../src/cli/commands.ts";
import { main } from "../../src/cli/main.ts";
import { recordedEffects } from "./effects.ts";

const FOLDER = import.meta.dirname;

async function run(...args: string[]) {
  const effects = recordedEffects(FOLDER);
  return { code: await main(args, effects), ...effects.printed };
}

describe("help", () => {
  test("names every command", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const name of commandNames) expect(out).toMatch(new RegExp(`^ {2}${name} `, "m"));
  });

  test.each(commandNames)("of %s has a usage, options and examples that begin with it", async (name) => {
    const { code, out } = await run(name, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`Usage: quarterdeck ${name}`);
    expect(out).toContain("--as-of <instant>");
    expect(out).toContain(`Examples:\n  quarterdeck ${name}`);
    expect(await run("help", name)).toEqual({ code, out, err: "" });
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(90);
  });

  test("nothing asked: help, and exit code 2", async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: quarterdeck <command>");
  });
});

describe("what cannot be written", () => {
  const inShell = (script: string): Promise<{ code: number; stderr: string }> =>
    new Promise((resolve) => {
      const args = ["-c", script, "sh", process.execPath, join(FOLDER, "../../src/cli/main.ts")];
      const child = execFile("sh", args, (_, __, stderr) => resolve({ code: child.exitCode ?? 0, stderr }));
    });

  // Of 1 KB that a file may have, the first kilobyte of the help is written without an error.
  test("in full to a file fails", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "quarterdeck-out-")), "out");
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    const { code, stderr } = await inShell(`trap '' XFSZ; ulimit -f 1; "$1" "$2" --help > '${file}'`);
    expect({ code, stderr: stderr.split("\n").find((line) => line.startsWith("quarterdeck")) }).toEqual({
      code: 2,
      stderr: "quarterdeck: what was to be written cannot be written: no file may be that large there; mend that and run this again",
    });
  });

  test.each([
    ["a.txt/de.json", "a.txt cannot be written: there is a file of that name"],
    ["a.txt/text/de.json", "a.txt/text cannot be written: a part of its path is a file"],
  ])("below a file is refused in words: %s", async (path, words) => {
    const folder = mkdtempSync(join(tmpdir(), "quarterdeck-way-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "a.txt"), "");
    const effects = recordedEffects(folder);
    expect(await main(["catalogue", path], effects)).toBe(2);
    expect(effects.printed.err).toBe(`quarterdeck: ${folder}/${words}; mend that and run this again\n`);
  });

  test("to the error stream changes no exit code", async () => {
    expect(await inShell('"$1" "$2" biuld 2>/dev/full')).toEqual({ code: 2, stderr: "" });
  });
});

test("version", async () => {
  expect((await run("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

describe("what is wrong on the command line is said in one line", () => {
  test.each([
    [["biuld"], 'there is no command "biuld"; did you mean `build`?'],
    [["frobnicate"], 'there is no command "frobnicate"; `quarterdeck --help` lists the commands'],
    [["constructor"], 'there is no command "constructor"; `quarterdeck --help` lists the commands'],
    [["-C", "x.yaml"], `expected a command: ${commandNames.join(", ")}`],
    [["build", "--asof", "2026-01-01"], "build has no option --asof; did you mean `--as-of`?"],
    [["build", "--frob"], "build has no option --frob; `quarterdeck build --help` lists what it takes"],
    [["pack"], "pack needs <kind>; `quarterdeck pack --help` lists what it takes"],
    [["build", "x"], 'build does not take "x"; `quarterdeck build --help` lists what it takes'],
    [["preview", "--port", "http"], '--port: expected a number from 0 to 65535, found "http"'],
    [["preview"], "there is no quarterdeck.yaml; `quarterdeck init` makes one"],
    [["init", "/no\u001B[2Jwhere"], "/no\uFFFD[2Jwhere is not a git clone: name the folder of one, or leave it out to write a file with examples"],
  ])("%j", async (args, message) => {
    expect(await run(...args)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
  });

  test("an option without its value", async () => {
    const { code, err } = await run("build", "--output");
    expect(code).toBe(2);
    expect(err).toMatch(/^quarterdeck: build: .*argument missing; .*\n$/);
  });

  test.each([["yesterday"], ["2026-02-30"], ["2026-01-01T12:00"], ["2026"]])(
    "--as-of %s",
    async (instant) => {
      const { code, err } = await run("--as-of", instant, "build");
      expect(code).toBe(2);
      expect(err).toMatch(/^quarterdeck: --as-of: expected a day such as .*\n$/);
    },
  );
});

test("all problems of a configuration are printed", async () => {
  const { code, err } = await run("-C", "../config/input/unknown-keys", "preview");
  expect(code).toBe(2);
  expect(err.split("\n")[0]).toMatch(/^quarterdeck: \d problems in the configuration$/);
  expect(err).toContain("did you mean `organisation`?");
});

describe("bin/quarterdeck.js", () => {
  const bin = join(FOLDER, "../../bin/quarterdeck.js");
  const node = promisify(execFile);

  test("runs the sources in the repository", async () => {
    const { stdout } = await node(process.execPath, [bin, "--version"]);
    expect(stdout).toBe((await run("--version")).out);
  });

  test("an old Node is told what to do", async () => {
    const pretend = 'Object.defineProperty(process.versions, "node", { value: "20.19.2" })';
    const failure = node(process.execPath, [
      "--import",
      `data:text/javascript,${encodeURIComponent(pretend)}`,
      bin,
    ]);
    await expect(failure).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/needs Node\.js 22\.18 or later, and this is 20\.19\.2\./) as string,
    });
  });
});
