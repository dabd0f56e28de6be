import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../../reports/folder/files.ts";
import { verifyGuide } from "../../../reports/folder/guide.ts";
import { writeReleasePack } from "../../../reports/release/build.ts";
import { lineOf } from "../../../src/signing/public-key.ts";
import { releaseData } from "../fixture.ts";
import { signerOf } from "../signed.ts";
import { logOf } from "./log.ts";
import { has, stepsOf, typed, type Step } from "./steps.ts";

const folder = mkdtempSync(join(tmpdir(), "guide-"));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = signerOf();
test.skipIf(!has("bash") || !has("sha256sum"))(
  "the loop over the log of what was collected finds a line that is missing, at its end too",
  () => {
    const paths = ["evidence-log.jsonl", "evidence-log.head"];
    const guide = verifyGuide({ paths, attachments: [], edition: { number: 1 }, signing: undefined });
    const [loop] = stepsOf(guide).get("The log of what was collected is whole")!;
    const [first, second, third] = logOf(["a", "b", "c"].map((text) => sha256(text)));
    const { chain_sha256: head } = JSON.parse(third!) as { chain_sha256: string };
    writeFileSync(join(folder, "evidence-log.head"), `3 ${head}\n`);
    const answerTo = (lines: (string | undefined)[]) => {
      writeFileSync(join(folder, "evidence-log.jsonl"), lines.map((line) => `${line}\n`).join(""));
      return spawnSync("bash", ["-c", loop!.commands], { cwd: folder, encoding: "utf8" }).stdout;
    };
    expect(loop?.expected).toBe("");
    expect(answerTo([first, second, third])).toBe("");
    expect(answerTo([first, third])).toMatch(/^broken at [0-9a-f]{64}\n/);
    // Chained well, and yet not whole.
    expect(answerTo([first, second])).toMatch(
      /^it ends after 2 lines with [0-9a-f]{64}, and evidence-log.head says/,
    );
    expect(answerTo([])).toMatch(/^it ends after 0 lines/);
  },
);

describe.each(["draft", "signed"])("VERIFY.md of a %s pack, typed as it is written", (kind) => {
  let directory: string;
  let steps: Map<string, Step[]>;

  beforeAll(async () => {
    const out = join(folder, kind);
    ({ directory } = await writeReleasePack(releaseData, out, kind === "signed" ? { signer } : {}));
    writeFileSync(join(out, "audit.pub"), `${lineOf(signer.publicKey)} audit@example.com\n`);
    steps = stepsOf(readFileSync(join(directory, "VERIFY.md"), "utf8"));
  });

  const run = (title: string): void => {
    for (const { commands, expected } of steps.get(title) ?? []) {
      const said = typed(commands, directory);
      expect(said, commands).toContain(expected);
      if (expected === "") expect(said, commands).toBe("");
    }
  };

  test("has these steps", () => {
    const signed = ["It was signed, and by whom", "The statement about it is signed, too"];
    expect([...steps.keys()]).toEqual([
      "No file was altered, removed or added",
      ...(kind === "signed" ? signed.slice(0, 1) : []),
      "The PDF carries the same evidence",
      ...(kind === "signed" ? signed.slice(1) : []),
      "What this shows, and what not",
    ]);
    expect([...steps.values()].flat().length).toBe(kind === "signed" ? 7 : 4);
  });

  test.skipIf(!has("bash") || !has("sha256sum"))("sha256sum finds every file, and nothing else", () =>
    run("No file was altered, removed or added"),
  );

  test.skipIf(!has("pdfdetach") || !has("sha256sum"))(
    "pdfdetach gives back what is promised, as often as it is typed",
    () => {
      run("The PDF carries the same evidence");
      run("The PDF carries the same evidence");
    },
  );

  test.skipIf(kind !== "signed" || !has("ssh-keygen"))("ssh-keygen accepts the signature", () =>
    run("It was signed, and by whom"),
  );

  test.skipIf(kind !== "signed" || !has("openssl") || !has("base64"))("openssl accepts the statement", () =>
    run("The statement about it is signed, too"),
  );

  test.skipIf(!has("bash") || !has("sha256sum"))(
    "the same commands find a file that was altered, one that was added under a name like that of the sums, and a link",
    () => {
      const path = join(directory, "tables/release.csv");
      const before = readFileSync(path);
      writeFileSync(path, `${before.toString()} `);
      writeFileSync(join(directory, "tables/SHA256SUMS-approved.csv"), "x");
      symlinkSync("../VERIFY.md", join(directory, "tables/link.csv"));
      const [sums, listed, links] = steps
        .get("No file was altered, removed or added")!
        .map(
          ({ commands }) => spawnSync("bash", ["-c", commands], { cwd: directory, encoding: "utf8" }).stdout,
        );
      writeFileSync(path, before);
      rmSync(join(directory, "tables/SHA256SUMS-approved.csv"));
      rmSync(join(directory, "tables/link.csv"));
      expect(sums).toContain("tables/release.csv: FAILED");
      expect(listed).toContain("> tables/SHA256SUMS-approved.csv");
      expect(links).toContain("./tables/link.csv");
    },
  );
});
