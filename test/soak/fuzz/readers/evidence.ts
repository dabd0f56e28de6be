import { REPORTS } from "../../evidence/reports.ts";
import type { Reader, Sample } from "../reader.ts";
import { ALL, dropped } from "./collected.ts";

const SHA = "4c1f0e9a5b6d7c8e9f0a1b2c3d4e5f6a7b8c9d0e";
const json = (value: object) => JSON.stringify(value, null, 1);

const statement = {
  _type: "https://in-toto.io/Statement/v1",
  subject: [{ name: "payments", digest: { sha256: "a".repeat(64), gitCommit: SHA } }],
  predicateType: "https://slsa.dev/provenance/v1",
  predicate: {
    buildDefinition: {
      buildType: "https://example.com/build",
      resolvedDependencies: [{ uri: "git+https://example.com/acme/payments", digest: { gitCommit: SHA } }],
    },
    runDetails: {
      builder: { id: "https://example.com/builder" },
      metadata: { startedOn: "2026-03-02T10:00:00Z", finishedOn: "2026-03-02T10:05:00Z" },
    },
  },
};

const envelope = {
  payloadType: "application/vnd.in-toto+json",
  payload: Buffer.from(JSON.stringify(statement)).toString("base64"),
  signatures: [{ keyid: "", sig: Buffer.from("no signature").toString("base64") }],
};

const CALENDAR = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:weekly
DTSTAMP:20260301T000000Z
DTSTART;TZID=Office:20260302T220000
DURATION:PT2H
RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10
EXDATE;TZID=Office:20260309T220000
RDATE:20260401T200000Z
SUMMARY:Maintenance
CATEGORIES:maintenance
END:VEVENT
BEGIN:VEVENT
UID:weekly
RECURRENCE-ID;TZID=Office:20260304T220000
DTSTART;TZID=Office:20260305T220000
DTEND;TZID=Office:20260305T230000
SUMMARY:Maintenance\\, moved
END:VEVENT
BEGIN:VEVENT
UID:year-end
DTSTART;VALUE=DATE:20261218
DTEND;VALUE=DATE:20270104
SUMMARY:Freeze
RRULE:FREQ=YEARLY;UNTIL=20301231
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");

const CYCLONEDX_XML = `<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79">
<metadata><timestamp>2026-03-02T10:00:00Z</timestamp><component type="application"><name>payments</name><version>1.2</version><hashes><hash alg="SHA-256">${"a".repeat(64)}</hash></hashes></component></metadata>
<components><component type="library"><name>left</name><version>1</version></component></components>
</bom>`;

const COBERTURA = `<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.8" lines-covered="8" lines-valid="10" timestamp="1772445600"><sources><source>.</source></sources>
<packages><package name="a" line-rate="0.8"><classes><class name="A" filename="a.ts" line-rate="0.8"><lines><line number="1" hits="1"/></lines></class></classes></package></packages></coverage>`;

const JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="all"><testsuite name="unit" tests="3" failures="1" errors="0" skipped="1" time="1.5" timestamp="2026-03-02T10:00:00+01:00" hostname="ci">
<properties><property name="git.commit" value="${SHA}"/></properties>
<testcase classname="A" name="one" time="0.1"/><testcase classname="A" name="two" time="0.2"><failure message="m" type="t">text</failure></testcase>
<testcase name="three"><skipped/></testcase><system-out><![CDATA[out]]></system-out></testsuite></testsuites>`;

const SPDX = json({
  spdxVersion: "SPDX-2.3",
  SPDXID: "SPDXRef-DOCUMENT",
  name: "payments",
  creationInfo: { created: "2026-03-02T10:00:00Z", creators: ["Tool: x"] },
  documentDescribes: ["SPDXRef-a"],
  packages: [
    {
      SPDXID: "SPDXRef-a",
      name: "payments",
      versionInfo: "1.2",
      checksums: [{ algorithm: "SHA256", checksumValue: "a".repeat(64) }],
    },
  ],
  relationships: [
    { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: "SPDXRef-a" },
  ],
});

/** What of each format there is to alter, by the ending that it has in a folder. */
const FORMATS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  junit: [
    ["xml", JUNIT],
    ["xml", REPORTS.xml(3)],
  ],
  cobertura: [["xml", COBERTURA]],
  lcov: [
    ["info", REPORTS.info(1)],
    ["info", REPORTS.info(2)],
  ],
  sarif: [
    ["sarif", REPORTS.sarif(3)],
    ["sarif", REPORTS.sarif(2)],
  ],
  cyclonedx: [
    ["json", REPORTS.json(1)],
    ["xml", CYCLONEDX_XML],
  ],
  spdx: [
    ["json", SPDX],
    ["json", json({ sbom: JSON.parse(SPDX) as object })],
  ],
  "in-toto": [
    ["json", json(statement)],
    ["jsonl", `${JSON.stringify(envelope)}\n${JSON.stringify({ dsseEnvelope: envelope })}\n`],
    ["json", json({ mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json", dsseEnvelope: envelope })],
  ],
  icalendar: [
    ["ics", CALENDAR],
    ["ics", REPORTS.ics(5)],
  ],
};

export const source = {
  collector: "evidence",
  files: [
    { path: "in/{service}/{sha}/*", properties: { sha: "git.commit" } },
    { path: "in/*", scope: "payments" },
  ],
};

const filesOf = (samples: readonly (readonly [string, string])[]): Sample[] =>
  samples.flatMap(([ending, text]) =>
    [`payments/${SHA}`, "."].map((folder) => ({ name: `${folder}/a.${ending}`, bytes: Buffer.from(text) })),
  );

/** Files of all formats. */
export const reportFiles = (): Sample[] => Object.values(FORMATS).flatMap(filesOf);

export const evidenceReaders: readonly Reader[] = Object.entries(FORMATS).map(([name, samples]) =>
  dropped({ name, test: 50 }, () => ({
    samples: filesOf(samples),
    sources: { [ALL]: source },
  })),
);
