import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { collect, REPORTS, rows, SHA, staged, type Contents, type Options } from "./support.ts";
import { folder } from "../files/support.ts";

const DIGEST = "a".repeat(64);
const json = (value: object) => JSON.stringify(value, null, 2);
const proof = async (files: Contents, options: Options = {}) => {
  const found = await rows(
    await staged(files, options),
    "(from staging.evidence_proof order by attributes ->> '$.file', kind)",
    "id",
  );
  return found as { kind: string; outcome?: string; subject?: string; attributes: string }[];
};
const attributes = (one: { attributes: string } | undefined) =>
  JSON.parse(one?.attributes ?? "{}") as Record<string, unknown>;

const sarif = (run: object) => json({ version: "2.1.0", runs: [run] });
const rule = (id: string, level?: string, severity?: string) => ({
  id,
  ...(level === undefined ? {} : { defaultConfiguration: { level } }),
  ...(severity === undefined ? {} : { properties: { "security-severity": severity } }),
});

describe("SARIF", () => {
  const run = {
    tool: {
      driver: {
        name: "CodeQL",
        semanticVersion: "2.1",
        rules: [rule("sqli", "error", "9.1"), rule("style", "note"), rule("plain")],
      },
    },
    versionControlProvenance: [
      { repositoryUri: "https://example.com/acme/payments", revisionId: SHA.toUpperCase() },
    ],
    invocations: [{ executionSuccessful: true, endTimeUtc: "2026-03-02T10:00:00Z" }],
    results: [
      {
        ruleId: "sqli",
        message: { text: "m".repeat(200_000) },
        locations: [{ physicalLocation: { artifactLocation: { uri: "a.ts" } } }],
      },
      { ruleId: "sqli", suppressions: [{ kind: "inSource" }] },
      { ruleId: "sqli", suppressions: [{ kind: "external", status: "rejected" }] },
      { ruleIndex: 1 },
      { ruleId: "plain" },
      { ruleId: "plain", kind: "pass" },
      { ruleId: "plain", level: "error", baselineState: "absent" },
      { ruleId: "unlisted", level: "error" },
    ],
  };

  test("is a scan of the commit that it names, with open findings per level and the rules that block", async () => {
    const [found] = await proof({ "a.sarif": sarif(run) }, { files: [{ path: "*", service: "payments" }] });
    expect(found).toMatchObject({
      kind: "security_scan",
      subject: SHA,
      service: "payments",
      at: "2026-03-02T10:00:00Z",
      actor: "CodeQL",
      outcome: "failed",
    });
    expect(attributes(found)).toMatchObject({
      ...{
        tool: "CodeQL",
        tool_version: "2.1",
        errors: 3,
        warnings: 1,
        notes: 1,
        critical: 2,
        high: 0,
        suppressed: 1,
      },
      ...{ blocking: 3, blocking_rules: ["sqli", "unlisted"] },
    });
  });

  test("without findings passed; one that broke off, or says nothing of results, did not", async () => {
    const tool = { driver: { name: "lint" } };
    const files = {
      "1.sarif": sarif({ tool, results: [] }),
      "2.sarif": sarif({ tool, results: [], invocations: [{ executionSuccessful: false }] }),
      "3.sarif": sarif({ tool }),
    };
    expect((await proof(files)).map(({ kind, outcome }) => `${kind} ${outcome ?? ""}`)).toEqual([
      "static_analysis passed",
      "static_analysis incomplete",
      "static_analysis incomplete",
    ]);
  });

  test("is of the kind that the configuration says", async () => {
    const [found] = await proof(
      { "a.json": sarif({ tool: { driver: { name: "gitleaks" } }, results: [] }) },
      { files: [{ path: "*", kind: "secret_scan" }] },
    );
    expect(found?.kind).toBe("secret_scan");
  });
});

const CYCLONEDX = json({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: {
    timestamp: "2026-03-02T10:00:00Z",
    tools: { components: [{ name: "syft", version: "1.2" }] },
    component: {
      type: "container",
      name: "payments",
      version: "1.4",
      purl: `pkg:oci/payments@sha256%3A${DIGEST}`,
    },
  },
  components: [{ name: "a", components: [{ name: "b" }] }, { name: "c" }],
});
const CYCLONEDX_XML = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><timestamp>2026-03-02T10:00:00Z</timestamp>
  <tools><tool><vendor>x</vendor><name>syft</name><version>1.2</version></tool></tools>
  <component type="container"><name>payments</name><version>1.4</version><hashes><hash alg="SHA-1">1</hash><hash alg="SHA-256">${DIGEST}</hash></hashes></component></metadata>
  <components><component><name>a</name><components><component><name>b</name></component></components></component><component><name>c</name></component></components></bom>`;
const SPDX = json({
  spdxVersion: "SPDX-2.3",
  creationInfo: { created: "2026-03-02T10:00:00Z", creators: ["Organization: Acme", "Tool: syft-1.2"] },
  packages: [
    {
      SPDXID: "SPDXRef-1",
      name: "payments",
      versionInfo: "1.4",
      checksums: [{ algorithm: "SHA256", checksumValue: DIGEST }],
    },
    ...["a", "b", "c"].map((name) => ({ SPDXID: `SPDXRef-${name}`, name })),
  ],
  relationships: [
    { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-1" },
  ],
});

test.each<[string, string, string, object]>([
  ["CycloneDX as JSON", "b.json", CYCLONEDX, { spec: "1.6", tool: "syft", tool_version: "1.2" }],
  ["CycloneDX as XML", "b.xml", CYCLONEDX_XML, { spec: "1.5", tool: "syft", tool_version: "1.2" }],
  ["SPDX", "b.json", SPDX, { spec: "2.3", tool: "syft-1.2" }],
])(
  "a bill of materials in %s is a fact about the digest that it describes",
  async (_, name, content, head) => {
    const [found] = await proof({ [name]: content });
    expect(found).toMatchObject({ kind: "sbom", subject: `sha256:${DIGEST}`, at: "2026-03-02T10:00:00Z" });
    expect(attributes(found)).toMatchObject({
      ...head,
      name: "payments",
      version: "1.4",
      components: 3,
      digest: `sha256:${DIGEST}`,
    });
  },
);

const subject = [{ name: "payments.tar", digest: { sha256: DIGEST } }];
const V02 = {
  _type: "https://in-toto.io/Statement/v0.1",
  subject,
  predicateType: "https://slsa.dev/provenance/v0.2",
  predicate: {
    builder: { id: "https://example.com/builder@v1" },
    buildType: "https://example.com/make",
    invocation: {
      configSource: {
        uri: "git+https://example.com/acme/payments@refs/heads/main",
        digest: { sha1: SHA },
        entryPoint: "make",
      },
    },
    metadata: { buildStartedOn: "2026-03-02T09:50:00Z", buildFinishedOn: "2026-03-02T10:00:00Z" },
  },
};
const V1 = {
  _type: "https://in-toto.io/Statement/v1",
  subject,
  predicateType: "https://slsa.dev/provenance/v1",
  predicate: {
    buildDefinition: {
      buildType: "https://example.com/make",
      resolvedDependencies: [
        { uri: "pkg:docker/node", digest: { sha256: "b" } },
        { uri: "git+https://example.com/acme/payments@refs/heads/main", digest: { gitCommit: SHA } },
      ],
    },
    runDetails: {
      builder: { id: "https://example.com/builder@v1" },
      metadata: { finishedOn: "2026-03-02T10:00:00Z" },
    },
  },
};

const TYPE = "application/vnd.in-toto+json";
const EC = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ED = generateKeyPairSync("ed25519");
const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (pair: { publicKey: { export(options: { type: "spki"; format: "pem" }): string | Buffer } }) =>
  String(pair.publicKey.export({ type: "spki", format: "pem" }));

function envelope(statement: object, pair?: typeof EC) {
  const payload = Buffer.from(JSON.stringify(statement));
  const content = Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${payload.length} `), payload]);
  const algorithm = pair?.privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
  const signatures =
    pair === undefined
      ? []
      : [{ keyid: "k1", sig: sign(algorithm, content, pair.privateKey).toString("base64") }];
  return { payloadType: TYPE, payload: payload.toString("base64"), signatures };
}

describe("provenance", () => {
  test.each([
    ["0.2", V02],
    ["1", V1],
  ])("of SLSA %s names builder, time and commit of a digest", async (_, statement) => {
    const [found, ...others] = await proof({ "p.intoto.jsonl": JSON.stringify(statement) });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: "provenance",
      subject: `sha256:${DIGEST}`,
      at: "2026-03-02T10:00:00Z",
      actor: "https://example.com/builder@v1",
    });
    expect(attributes(found)).toMatchObject({
      name: "payments.tar",
      sha: SHA,
      source_uri: "git+https://example.com/acme/payments@refs/heads/main",
      signatures: 0,
    });
  });

  test.each<[string, typeof EC]>([
    ["ECDSA", EC],
    ["Ed25519", ED],
    ["RSA", RSA],
  ])("signed with %s is verified with a configured key only", async (_, pair) => {
    const files = { "p.json": json(envelope(V1, pair)) };
    expect((await proof(files)).map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["provenance", undefined],
      ["signature", "not verified"],
    ]);
    const read = async (key: string) => {
      const { records } = await collect(folder({ ...files, "keys/k.pem": key }), {
        files: [{ path: "*.json" }],
        keys: ["keys/k.pem"],
      });
      return JSON.stringify(records[0]?.payload);
    };
    expect(await read(pem(pair))).toContain('"signatures":[{"keyid":"k1","verified_by":"keys/k.pem"}]');
    expect(await read(pem(generateKeyPairSync("ed25519")))).toContain('"verified_by":null');
  });

  test("whose content was changed after it was signed is not verified", async () => {
    const signed = envelope(V1, ED);
    const forged = {
      ...signed,
      payload: envelope({ ...V1, subject: [{ name: "other", digest: { sha256: "c".repeat(64) } }] }).payload,
    };
    const { records } = await collect(folder({ "p.json": json(forged), "k.pem": pem(ED) }), {
      files: [{ path: "*.json" }],
      keys: ["k.pem"],
    });
    expect(JSON.stringify(records[0]?.payload)).toContain('"verified_by":null');
  });

  test("in a bundle of Sigstore, line by line, is read; a key that is none stops the source", async () => {
    const bundle = {
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: {},
      dsseEnvelope: envelope(V1, EC),
    };
    const found = await proof({ "p.jsonl": `${JSON.stringify(bundle)}\n${JSON.stringify(V02)}\n` });
    expect(found.map(({ kind }) => kind)).toEqual(["provenance", "provenance", "signature"]);
    await expect(collect(folder({ "p.json": json(V1) }), { keys: ["p.json"] })).rejects.toThrow(
      "p.json: expected a public key in PEM form",
    );
  });
});

test("bills, provenance and signatures are facts about the artifact that a source reports, or one by themselves", async () => {
  const files = {
    "b.json": CYCLONEDX,
    "p.json": json(envelope(V1, EC)),
    "o.json": SPDX.replaceAll(DIGEST, "d".repeat(64)),
  };
  const warehouse = await staged(files, {}, REPORTS);
  expect(await rows(warehouse, "model.artifact", "artifact_id", "built_at")).toEqual([
    {
      name: "payments",
      version: "1.4",
      digest: `sha256:${DIGEST}`,
      sha: SHA,
      is_signed: true,
      has_sbom: true,
    },
    { name: "payments", version: "1.4", digest: `sha256:${"d".repeat(64)}`, has_sbom: true },
  ]);
  expect(await rows(warehouse, "expectations.evidence_has_a_subject")).toEqual([]);
});

describe("hostile documents", () => {
  const deep = (levels: number) => `{"runs":${"[".repeat(levels)}${"]".repeat(levels)}}`;

  test.each<[string, string, string | Buffer, string]>([
    [
      "a key that comes twice",
      "a.json",
      '{\n"version":"2.1.0",\n"version":"2.1.0","runs":[]}',
      'a.json:3: expected each key once, found "version" again',
    ],
    ["deep nesting", "a.json", deep(1_000_000), "a.json:1: expected at most 100 levels"],
    ["no JSON", "a.json", '{\n"runs": [}', "a.json:2: expected JSON"],
    [
      "another shape",
      "a.json",
      '{\n"version":"2.1.0",\n"runs":[{"tool":{"driver":{}}}]}',
      "a.json:3: expected SARIF: runs.0.tool.driver.name",
    ],
    [
      "another version",
      "a.json",
      '{"version":"1.0.0","runs":[]}',
      "a.json:1: expected SARIF: version: expected version 2.1.0",
    ],
    [
      "a field of 10 MB",
      "a.json",
      sarif({ tool: { driver: { name: "x".repeat(10_000_000) } } }),
      "runs.0.tool.driver.name: expected at most 100000 characters",
    ],
    ["a NUL character", "a.json", sarif({ tool: { driver: { name: "x\0y" } } }), "found a NUL character"],
    [
      "UTF-16",
      "a.json",
      Buffer.from(`\ufeff${CYCLONEDX}`, "utf16le"),
      "a.json:1: expected UTF-8 text, found UTF-16",
    ],
    [
      "a payload that is no base64",
      "a.json",
      json({ ...envelope(V1), payload: "%%%" }),
      "a.json:1: expected base64 of UTF-8 text in payload",
    ],
    [
      "a payload of another type",
      "a.json",
      json({ ...envelope(V1), payloadType: "text/html" }),
      'found "text/html"',
    ],
    [
      "a line that is none",
      "a.jsonl",
      `${JSON.stringify(V1)}\n{"_type":"x"}\n`,
      "a.jsonl:2: expected an in-toto statement",
    ],
    [
      "a bill of an unknown standard",
      "a.json",
      '{"spdxVersion":"SPDX-9"}',
      "spdxVersion: expected SPDX 2.0 to 2.3",
    ],
    ["another document", "a.json", "{}", "expected a format that collectors/evidence/README.md lists"],
  ])("with %s are refused as a whole, with the place", async (_, name, content, reason) => {
    const { records, rejected } = await collect(folder({ [name]: content }), { files: [{ path: "*" }] });
    expect(records).toEqual([]);
    expect(rejected.map(({ file, line, reason: why }) => `${file}:${line}: ${why}`).join()).toContain(reason);
  });

  test("a bill of 10,000 components is kept as its head", async () => {
    const components = Array.from({ length: 10_000 }, (_, index) => ({
      name: `c${index}`,
      description: "d".repeat(500),
    }));
    const { records } = await collect(
      folder({ "b.json": json({ ...(JSON.parse(CYCLONEDX) as object), components }) }),
    );
    expect(JSON.stringify(records[0]?.payload).length).toBeLessThan(1500);
    expect(JSON.stringify(records[0]?.payload)).toContain('"components":10000');
  });
});
