import { createHash } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { given, type Table } from "../../support/history.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const HEAD = "id|service|environment|status";

async function provenanceOf(...runs: Table[]) {
  const warehouse = await given({ asOf: "2026-02-01T00:00:00Z", data: { deployment: runs } });
  onTestFinished(() => warehouse.close());
  const digests = await warehouse.rows("select source, stream, records, sha256 from reports.records_digest");
  const [provenance] = await warehouse.rows<{ records_sha256: string }>("select records_sha256 from reports.provenance");
  return { digests, overall: provenance?.records_sha256 };
}

test("the digest of the records can be made by hand", async () => {
  const { digests, overall } = await provenanceOf(`${HEAD}\nd1|api|production|success`);
  const payload = '{"id":"d1","service":"api","environment":"production","status":"success"}';
  const record = sha256(["data", "deployment", '["d1",null]', payload].join("\x1f"));
  const stream = sha256(sha256(record));
  expect(digests).toEqual([{ source: "data", stream: "deployment", records: 1, sha256: stream }]);
  expect(overall).toBe(sha256(`data deployment ${stream}`));
});

test("in how many runs and in which order records came has no part in it", async () => {
  const once = await provenanceOf(`${HEAD}\nd1|api|production|success\nd2|api|production|failure`);
  const often = await provenanceOf(
    `${HEAD}\nd2|api|production|success`,
    `${HEAD}\nd2|api|production|failure\nd1|api|production|success`,
  );
  expect(often).toEqual(once);
  const other = await provenanceOf(`${HEAD}\nd1|api|production|success\nd2|api|production|cancelled`);
  expect(other.overall).not.toBe(once.overall);
}, 60_000);
