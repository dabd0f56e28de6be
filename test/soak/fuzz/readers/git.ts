import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { git } from "../../../../collectors/git/index.ts";
import { gitConfig } from "../../../../collectors/git/config.ts";
import { nothingAsked } from "../../../../collectors/contract.ts";
import { gitEnvironment } from "../../../support/git.ts";
import type { Input, Reader } from "../reader.ts";

const SAMPLES = [
  "Correct rounding (#12)\n\nFixes PAY-7.\n\nCo-authored-by: Bo <bo@example.org>\nSigned-off-by: Ada <ada@example.org>\n",
  'Revert "Add limits"\n\nThis reverts commit 4c1f0e9a5b6d7c8e9f0a1b2c3d4e5f6a7b8c9d0e.\n',
  "Merge branch 'release/1'\n\n(cherry picked from commit 4c1f0e9a5b6d7c8e9f0a1b2c3d4e5f6a7b8c9d0e)\n",
  "services/größe/a b.ts",
  "Ödegård, Jané \"JJ\" O'Neil",
];

const data = (bytes: Buffer) => Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from("\n")]);

/** Git allows any bytes but these in a name. */
const nameOf = (bytes: Buffer) =>
  Buffer.from(bytes.filter((byte) => ![0, 10, 60, 62].includes(byte)).subarray(0, 300));

/** Any path that Git would take. */
function pathOf(bytes: Buffer): Buffer {
  const parts = bytes.toString("latin1").replaceAll("\0", "").split("/").filter((part) => !["", ".", ".."].includes(part) && !/^\.git/i.test(part));
  const octal = [...Buffer.from(parts.join("/").slice(0, 300) || "a", "latin1")].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`);
  return Buffer.from(`"${octal.join("")}"`);
}

const TIMES = ["1767603600 +0000", "0 +0000", "4102444800 +1400", "1767603600 -1200", "253402300799 +0000", "1 +9959"];

/** A commit for each input: with it as message, as the name of its author and as a path. */
function history(inputs: readonly Input[]): Buffer {
  return Buffer.concat(
    inputs.flatMap(({ bytes }, index) => {
      const time = TIMES[index % TIMES.length] ?? "";
      const person = Buffer.concat([nameOf(bytes), Buffer.from(` <${index}@example.org> ${time}\n`)]);
      const who = [Buffer.from("author "), person, Buffer.from("committer "), person];
      const head = Buffer.from(`commit refs/heads/main\nmark :${index + 1}\n`);
      const file = Buffer.concat([Buffer.from("M 100644 inline "), pathOf(bytes), Buffer.from("\n"), data(Buffer.from("x"))]);
      const tag = Buffer.concat([Buffer.from(`tag v1.${index}\nfrom :${index + 1}\ntagger `), person, data(bytes)]);
      return [head, ...who, data(bytes), Buffer.from("deleteall\n"), file, Buffer.from("\n"), tag];
    }),
  );
}

const config = (repository: string) =>
  gitConfig.parse({ collector: "git", repositories: [{ path: repository, repository: "acme/api" }] });

export const gitReader: Reader = {
  name: "git",
  test: 50,
  together: 100,
  open: (atEnd) => {
    const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-git-"));
    atEnd(() => rmSync(folder, { recursive: true, force: true }));
    return Promise.resolve({
      samples: SAMPLES.map((text) => ({ name: "text", bytes: Buffer.from(text) })),
      read: (inputs) => collected(join(folder, "repository"), inputs),
    });
  },
};

/** Every commit and tag is there, in words that a database takes. */
async function collected(repository: string, inputs: readonly Input[]): Promise<void> {
  rmSync(repository, { recursive: true, force: true });
  const run = (args: string[], input: Buffer) => execa("git", args, { env: gitEnvironment, input });
  await run(["init", "--quiet", "--bare", "--template=", "--initial-branch=main", repository], Buffer.alloc(0));
  await run(["-C", repository, "fast-import", "--quiet", "--date-format=raw-permissive"], history(inputs));
  const options = config(repository);
  const context = { baseDirectory: "/", report: () => undefined, warn: () => undefined, usage: nothingAsked() };
  let records = 0;
  for (const stream of git.streams(options)) {
    for await (const page of stream.pages(options, undefined, context))
      for (const { key, payload } of page.records) {
        if (key === "" || !JSON.stringify(payload).isWellFormed()) throw new Error(`${key}: is no text`);
        if (payload !== null) records += 1;
      }
  }
  if (records < 2 * inputs.length) throw new Error(`${inputs.length} commits and tags, ${records} records`);
}
