import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DataError } from "../../../src/errors.ts";
import { secondOf } from "../../../src/site/making/second.ts";
import { shareOf } from "../../../src/site/making/share.ts";
import { ENGLISH } from "../../../src/site/text/catalogue.ts";
import { fixtureRows } from "../fixture.ts";

test("what goes wrong in the second thread ends the build as it would in the first", async () => {
  const told = { ...fixtureRows(), title: "Acme", audience: "audit" as const, packs: [], archived: { archives: [], readFromArchives: 0, readNowhere: 0 } };
  const source = { told, place: { path: join(tmpdir(), "no.duckdb") }, catalogue: ENGLISH, timeZone: "UTC", charts: undefined };
  const second = secondOf(source, () => undefined)({ entry: "", outDir: "", paths: [], share: shareOf(0) });
  const error: unknown = await second.end().catch((reason: unknown) => reason);
  expect(second.hasFailed()).toBe(true);
  expect(error).toBeInstanceOf(DataError);
  expect(error).toMatchObject({ message: expect.stringContaining("there is no database at") as string });
});
