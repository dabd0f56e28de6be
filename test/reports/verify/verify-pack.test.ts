import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync, type Zippable } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Manifest } from "../../../reports/folder/manifest.ts";
import { sumLines, pathsIn } from "../../../reports/folder/sums.ts";
import { sha256 } from "../../../reports/folder/files.ts";
import { writeReleasePack } from "../../../reports/release/build.ts";
import { allowedKeys, type KeysGiven } from "../../../reports/verify/allowed-keys.ts";
import { verifyPack, type PackVerdict } from "../../../reports/verify/verify-pack.ts";
import { lineOf } from "../../../src/signing/public-key.ts";
import { encodeSignature, signedBytes } from "../../../src/signing/sshsig.ts";
import { releaseData } from "../fixture.ts";
import { logOf } from "./log.ts";
import { signerOf } from "../signed.ts";

const folder = mkdtempSync(join(tmpdir(), "verify-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = signerOf();
const stranger = signerOf(Buffer.alloc(32, 7));
let original: string;
let draft: string;
beforeAll(async () => {
  ({ directory: original } = await writeReleasePack(releaseData, join(folder, "original"), {
    signer,
    isZipped: true,
  }));
  ({ directory: draft } = await writeReleasePack(releaseData, join(folder, "draft")));
});

let copies = 0;

/** A copy of the signed pack that something was done to. */
function copy(change: (directory: string) => void = () => undefined, of = original): string {
  const directory = join(folder, `copy-${copies++}`);
  cpSync(of, directory, { recursive: true });
  change(directory);
  return directory;
}

const verify = (path: string, given: KeysGiven = { keys: [signer.fingerprint] }): Promise<PackVerdict> =>
  verifyPack(path, allowedKeys(given, folder));
const problems = async (path: string, given?: KeysGiven) =>
  (await verify(path, given)).findings.map(({ file, problem }) => `${file}: ${problem}`);

/** Writes new sums, as whoever alters a pack would. */
function rehash(directory: string): void {
  const paths = pathsIn(directory).filter((path) => !path.startsWith("SHA256SUMS"));
  const files = paths.map((path) => ({ path, content: readFileSync(join(directory, path)) }));
  writeFileSync(join(directory, "SHA256SUMS"), sumLines(files));
}

async function resign(
  directory: string,
  { publicKey: key, sign } = signer,
  namespace = "release-evidence",
): Promise<void> {
  rehash(directory);
  const sums = readFileSync(join(directory, "SHA256SUMS"));
  const signature = await sign(signedBytes(namespace, sums));
  writeFileSync(join(directory, "SHA256SUMS.sig"), encodeSignature({ key, namespace, signature }));
}

function alterJson(
  directory: string,
  file: string,
  change: (document: Record<string, unknown>) => void,
): void {
  const document = JSON.parse(readFileSync(join(directory, file), "utf8")) as Record<string, unknown>;
  change(document);
  writeFileSync(join(directory, file), `${JSON.stringify(document, null, 2)}\n`);
}

describe("whose signature it is", () => {
  test("is known by a fingerprint, a public key file, or a list of allowed signers", async () => {
    writeFileSync(join(folder, "audit.pub"), `${lineOf(signer.publicKey)} somebody\n`);
    writeFileSync(
      join(folder, "signers"),
      `# ours\nold@example.com ${lineOf(stranger.publicKey)}\naudit@example.com namespaces="git,release-evidence" ${lineOf(signer.publicKey)}\n`,
    );
    const ways = [{ keys: [signer.fingerprint] }, { keys: ["audit.pub"] }, { allowedSigners: "signers" }];
    for (const given of ways) {
      const { findings, signature } = await verify(original, given);
      expect([findings, signature.fingerprint]).toEqual([[], signer.fingerprint]);
      expect(signature.signer).toBeDefined();
    }
  });

  test("is left open where nobody says which key is right", async () => {
    const { findings, signature } = await verify(original, {});
    expect(findings).toEqual([]);
    expect(signature).toMatchObject({ isSigned: true, fingerprint: signer.fingerprint });
    expect(signature.signer).toBeUndefined();
  });

  test("is not that of the key that was given", async () => {
    expect(await problems(original, { keys: [stranger.fingerprint] })).toEqual([
      `SHA256SUMS.sig: is made with the key ${signer.fingerprint}, which is not one that was given`,
    ]);
  });

  test("does not count for another purpose", async () => {
    const directory = copy();
    await resign(directory, signer, "git");
    expect(await problems(directory)).toEqual([
      'SHA256SUMS.sig: was made for "git", expected "release-evidence"',
    ]);
    writeFileSync(
      join(folder, "for-git"),
      `audit@example.com namespaces="git" ${lineOf(signer.publicKey)}\n`,
    );
    expect(await problems(original, { allowedSigners: "for-git" })).toEqual([
      expect.stringContaining("which is not one that was given"),
    ]);
  });

  test("a list or key that cannot be read is said to be so, with its place", async () => {
    writeFileSync(
      join(folder, "odd"),
      `\naudit@example.com valid-before="20300101" ${lineOf(signer.publicKey)}\n`,
    );
    expect(() => allowedKeys({ allowedSigners: "odd" }, folder)).toThrow(/odd:2: certificates and validity/);
    expect(() => allowedKeys({ keys: ["odd"] }, folder)).toThrow(/odd holds no Ed25519 public key/);
    expect(() => allowedKeys({ keys: ["none.pub"] }, folder)).toThrow(/none\.pub cannot be read \(ENOENT\)/);
    writeFileSync(join(folder, "cut.pub"), "ssh-ed25519 AAAAC3Nz\n");
    expect(() => allowedKeys({ keys: ["cut.pub"] }, folder)).toThrow(/cut\.pub:1: it ends too early/);
  });
});

describe("what was done to a pack is named", () => {
  test("a pack that was rewritten, with sums made anew", async () => {
    const directory = copy((path) => {
      writeFileSync(join(path, "tables/release.csv"), "all is well\n");
      rehash(path);
    });
    const found = await problems(directory);
    expect(found[0]).toMatch(/^SHA256SUMS.sig: is no signature of SHA256SUMS as it is now/);
    expect(found).toContain("tables/release.csv: is not the file that manifest.json describes");
  });

  test("and signed anew by a stranger, which only a key from outside can tell", async () => {
    const directory = copy((path) => {
      writeFileSync(join(path, "collection-log.csv"), "all is well\n");
      rmSync(join(path, "attestation.dsse.json"));
      alterJson(path, "manifest.json", (manifest) => {
        (manifest["signing"] as { fingerprint: string }).fingerprint = stranger.fingerprint;
      });
    });
    await resign(directory, stranger);
    expect(await problems(directory)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`${stranger.fingerprint}, which is not one that was given`),
      ]),
    );
  });

  test("a signature that was taken away", async () => {
    const directory = copy((path) => rmSync(join(path, "SHA256SUMS.sig")));
    expect(await problems(directory, {})).toEqual(["SHA256SUMS.sig: is missing: the pack was signed"]);
  });

  test("a draft where a signed pack was expected", async () => {
    expect(await problems(draft, {})).toEqual([]);
    expect(await problems(draft)).toEqual([
      "SHA256SUMS.sig: is missing: nobody has signed this pack, it is a draft",
    ]);
  });

  test("files that changed places, or names", async () => {
    const directory = copy((path) => {
      cpSync(join(original, "tables/changes.csv"), join(path, "tables/waves.csv"));
      cpSync(join(original, "tables/waves.csv"), join(path, "tables/changes.csv"));
      cpSync(join(original, "tables/tests.csv"), join(path, "tables/checks.csv"));
      rmSync(join(path, "tables/tests.csv"));
    });
    expect(await problems(directory)).toEqual([
      "tables/tests.csv: is missing: it was renamed to tables/checks.csv",
      "tables/checks.csv: is tables/tests.csv under another name",
      "tables/changes.csv: was exchanged: it holds what tables/waves.csv should hold",
      "tables/waves.csv: was exchanged: it holds what tables/changes.csv should hold",
    ]);
  });

  test("a statement of other files, though signed", async () => {
    const directory = copy();
    writeFileSync(join(directory, "collection-log.csv"), "another\n");
    await resign(directory);
    expect(await problems(directory)).toEqual([
      "collection-log.csv: is not the file that attestation.dsse.json states",
    ]);
  });

  test("a PDF that holds other files than the manifest lists", async () => {
    const directory = copy();
    alterJson(directory, "manifest.json", (manifest) => {
      const [first, second] = manifest["attached_in_pdf"] as { file: string; sha256: string }[];
      first!.sha256 = sha256("another");
      second!.file = "elsewhere.csv";
    });
    await resign(directory);
    const found = await problems(directory);
    const { attached_in_pdf: listed } = JSON.parse(
      readFileSync(join(original, "manifest.json"), "utf8"),
    ) as Manifest;
    const [first, second] = listed;
    expect(found).toEqual(
      expect.arrayContaining([
        `pack.pdf: holds another ${first!.file} than manifest.json lists`,
        "pack.pdf: does not hold elsewhere.csv, which manifest.json lists as attached",
        `pack.pdf: holds ${second!.file}, which manifest.json does not list`,
      ]),
    );
  });

  test("a log of what was collected that lost a line", async () => {
    const sums = ["a", "b", "c"].map((text) => sha256(text));
    const lines = logOf(sums);
    const withLog = (content: string) =>
      copy((path) => {
        writeFileSync(join(path, "evidence-log.jsonl"), content);
        rehash(path);
      }, draft);
    expect(await problems(withLog(lines.map((line) => `${line}\n`).join("")), {})).toEqual([]);
    expect(await problems(withLog(`${lines[0]}\n${lines[2]}\n`), {})).toEqual([
      "evidence-log.jsonl: line 2 is not chained to those before it: one of them was altered, removed or added",
    ]);
    expect(await problems(withLog(`${lines[0]}\n{]\n`), {})).toEqual([
      "evidence-log.jsonl: line 2 is no JSON",
    ]);
    expect(await problems(withLog(lines.join("\n")), {})).toEqual([
      "evidence-log.jsonl: its last line does not end",
    ]);
  });

  test("a log of what was collected from which lines were cut at the end", async () => {
    const lines = logOf(["a", "b", "c"].map((text) => sha256(text)));
    const { chain_sha256: head } = JSON.parse(lines[2]!) as { chain_sha256: string };
    const withLines = (kept: readonly string[]) =>
      copy((path) => {
        writeFileSync(join(path, "evidence-log.jsonl"), kept.map((line) => `${line}\n`).join(""));
        writeFileSync(join(path, "evidence-log.head"), `3 ${head}\n`);
        rehash(path);
      }, draft);
    expect(await problems(withLines(lines), {})).toEqual([]);
    for (const kept of [2, 0])
      expect(await problems(withLines(lines.slice(0, kept)), {})).toEqual([
        `evidence-log.jsonl: ends after ${kept} lines, and evidence-log.head says otherwise: lines were cut off or added at its end`,
      ]);
  });
});

describe("nothing in a pack is trusted", () => {
  test("links are not followed, pipes not opened", async () => {
    const directory = copy((path) => {
      symlinkSync("/etc/passwd", join(path, "tables/link.csv"));
      rmSync(join(path, "tables/tests.csv"));
      symlinkSync(join(original, "tables/tests.csv"), join(path, "tables/tests.csv"));
      symlinkSync(original, join(path, "more"));
      if (spawnSync("mkfifo", [join(path, "pipe")]).status !== 0) writeFileSync(join(path, "pipe"), "");
    });
    const found = await problems(directory);
    for (const file of ["tables/link.csv", "tables/tests.csv", "more"]) {
      expect(found).toContain(`${file}: is a symbolic link: a pack holds none, and it was not followed`);
    }
    expect(found.some((line) => line.startsWith("pipe: "))).toBe(true);
  });

  test("sums that lead out of the pack are refused by line", async () => {
    const directory = copy((path) => {
      const sums = readFileSync(join(path, "SHA256SUMS"), "utf8");
      const evil = ["../../etc/passwd", "/etc/passwd", "a//b", "tables\\x", "SHA256SUMS", "VERIFY.md"];
      writeFileSync(
        join(path, "SHA256SUMS"),
        `${sums}${evil.map((name) => `${"0".repeat(64)}  ${name}\n`).join("")}nonsense\n`,
      );
    }, draft);
    const lines = readFileSync(join(draft, "SHA256SUMS"), "utf8").split("\n").length - 1;
    expect(await problems(directory, {})).toEqual([
      `SHA256SUMS: line ${lines + 1} names "../../etc/passwd", which is no path inside of the pack`,
      `SHA256SUMS: line ${lines + 2} names "/etc/passwd", which is no path inside of the pack`,
      `SHA256SUMS: line ${lines + 3} names "a//b", which is no path inside of the pack`,
      `SHA256SUMS: line ${lines + 4} names "tables\\\\x", which is no path inside of the pack`,
      `SHA256SUMS: line ${lines + 5} names SHA256SUMS, which cannot be among its own sums`,
      `SHA256SUMS: line ${lines + 6} lists VERIFY.md again`,
      `SHA256SUMS: line ${lines + 7} is not \`<SHA-256>  <path>\``,
    ]);
  });

  test("a manifest that is none is said where", async () => {
    const broken = (content: string) =>
      copy((path) => {
        writeFileSync(join(path, "manifest.json"), content);
        rehash(path);
      }, draft);
    expect(await problems(broken("{"), {})).toEqual([
      expect.stringMatching(/^manifest\.json: is no JSON: .*position 1/),
    ]);
    expect(await problems(broken('{"pack": 7}'), {})).toEqual([
      expect.stringMatching(/^manifest\.json: is not as it must be at pack: /),
    ]);
    expect(await problems(broken("[".repeat(100_000)), {})).toEqual([
      expect.stringMatching(/^manifest\.json: is no JSON/),
    ]);
    const proto = readFileSync(join(draft, "manifest.json"), "utf8").replace(
      "{",
      '{"__proto__": {"polluted": true},',
    );
    expect(await problems(broken(proto), {})).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("a PDF, statement and signature that are none", async () => {
    const directory = copy((path) => writeFileSync(join(path, "pack.pdf"), "%PDF-1.7\nnothing"), draft);
    rehash(directory);
    expect((await problems(directory, {})).join("\n")).toContain("pack.pdf: cannot be read as a PDF");
    const signed = copy((path) => writeFileSync(join(path, "attestation.dsse.json"), '{"payload": "%"}'));
    await resign(signed);
    expect(await problems(signed)).toEqual([
      expect.stringMatching(/^attestation\.dsse\.json: is not as it must be at payloadType/),
    ]);
    const huge = copy((path) => writeFileSync(join(path, "SHA256SUMS.sig"), "x".repeat(100_000)));
    expect(await problems(huge)).toEqual(["SHA256SUMS.sig: is larger than 4096 bytes: not read"]);
  });

  test("a file that is too large is not read", async () => {
    const directory = copy((path) => {
      writeFileSync(join(path, "tables/huge.csv"), "");
      truncateSync(join(path, "tables/huge.csv"), 2 ** 33);
    });
    expect(await problems(directory)).toEqual(["tables/huge.csv: is larger than 4294967296 bytes: not read"]);
  });

  test("a folder that is empty, and a path that is nowhere", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    expect((await problems(empty, {}))[0]).toBe("SHA256SUMS: is missing: without it nothing can be checked");
    await expect(verify(join(folder, "nowhere"))).rejects.toThrow(
      /expected the folder of a pack, or its zip/,
    );
  });
});

describe("a zip", () => {
  test("of a pack is as good as the pack", async () => {
    const { findings, signature, manifest } = await verify(`${original}.zip`);
    expect([findings, signature.signer, manifest?.of]).toEqual([
      [],
      "the key that was given",
      { service: "payments", version: "2.4.0" },
    ]);
  });

  test.skipIf(spawnSync("which", ["unzip"]).status !== 0)("unpacks with unzip to the same folder", () => {
    const out = join(folder, "unzipped");
    execFileSync("unzip", ["-q", `${original}.zip`, "-d", out]);
    expect(pathsIn(join(out, "payments-2.4.0"))).toEqual(pathsIn(original));
  });

  const zipped = (entries: Zippable) => {
    const path = join(folder, `evil-${copies++}.zip`);
    writeFileSync(path, zipSync(entries));
    return path;
  };
  const text = Buffer.from("x");

  test("that leads out of its folder unpacks nothing", async () => {
    for (const name of ["../../evil", "a/../../evil", "/etc/evil", "C:/evil"]) {
      expect((await problems(zipped({ [name]: text }), {})).join(), name).toMatch(
        /cannot be unpacked|leads out of the zip/,
      );
    }
  });

  test("that holds a link unpacks nothing", async () => {
    const link = zipped({ "pack/tables": [Buffer.from("/etc"), { os: 3, attrs: 0o120777 << 16 }] });
    expect(await problems(link, {})).toEqual([
      "pack/tables: is a symbolic link: a pack holds none, nothing was unpacked",
    ]);
  });

  test("that grows beyond measure unpacks nothing", async () => {
    const bomb = zipped({ "pack/zeros": Buffer.alloc(32 << 20) });
    expect(await problems(bomb, {})).toEqual([
      expect.stringMatching(/^pack\/zeros: unpacks to 33554432 bytes out of \d+: nothing was unpacked/),
    ]);
  });

  test("whose entries lie about their size, or stand twice, or that is cut short, is refused", async () => {
    const honest = zipSync({ "pack/a.csv": Buffer.from("a".repeat(1000)) });
    const lying = Buffer.from(honest);
    lying.writeUInt32LE(10, lying.indexOf("PK\x01\x02", 0, "latin1") + 24);
    writeFileSync(join(folder, "lying.zip"), lying);
    expect((await problems(join(folder, "lying.zip"), {})).join()).toMatch(/cannot be unpacked: .*bytes/);
    expect(await problems(zipped({ "pack/a": text, "pack/A": text }), {})).toEqual([
      "pack/A: stands in the zip twice: nothing was unpacked",
    ]);
    writeFileSync(join(folder, "cut.zip"), honest.subarray(0, 40));
    expect((await problems(join(folder, "cut.zip"), {})).join()).toMatch(/cannot be unpacked/);
    writeFileSync(join(folder, "text.zip"), "no zip");
    expect((await problems(join(folder, "text.zip"), {})).join()).toMatch(/cannot be unpacked/);
  });
});

test("a folder is listed without following links: two to itself would make a list without end", () => {
  const looped = join(folder, "looped");
  mkdirSync(join(looped, "b"), { recursive: true });
  writeFileSync(join(looped, "b/c"), "");
  for (const name of ["a", "d"]) symlinkSync(".", join(looped, name));
  expect(pathsIn(looped)).toEqual(["a", "b/c", "d"]);
});
