import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { collect, folder } from "./support.ts";

const incidents = (path: string) => [{ path, entity: "incident" as const }];
const T = "2026-01-31T12:00:00Z";

describe("CSV", () => {
  test("is read with byte order mark, CRLF, quoted line ends and blank lines", async () => {
    const csv = `\uFEFFid,started_at,title\r\n1,${T},"two\r\nlines, ""quoted"""\r\n\r\n2,${T},\r\n,${T},no id\r\n\r\n\r\n`;
    const { records, rejected } = await collect(folder({ "i.csv": csv }), incidents("i.csv"));
    expect(records).toEqual([
      { key: "1", payload: { id: "1", title: 'two\r\nlines, "quoted"', started_at: T } },
      { key: "2", payload: { id: "2", started_at: T } },
    ]);
    expect(rejected).toEqual([
      { file: "i.csv", line: 6, column: "id", reason: "expected a value, found none", text: `,${T},no id` },
    ]);
  });

  test("may end lines in one file in two ways, or with CR alone", async () => {
    const mixed = `id,started_at\r\n1,${T}\n2,${T}\r\n`;
    const old = `id,started_at\r1,${T}\r2,${T}`;
    const { records, rejected } = await collect(
      folder({ "a.csv": mixed, "b.csv": old.replace("1,", "3,").replace("2,2026", "4,2026") }),
      incidents("*.csv"),
    );
    expect(records.map(({ key }) => key)).toEqual(["1", "2", "3", "4"]);
    expect(rejected).toEqual([]);
  });

  test("with a header only has no records; an empty file is rejected", async () => {
    const { records, rejected, pages } = await collect(
      folder({ "empty.csv": "", "head.csv": "id,started_at\n" }),
      incidents("*.csv"),
    );
    expect(records).toEqual([]);
    expect(rejected).toEqual([
      { file: "empty.csv", line: 1, reason: "expected a header, found an empty file", text: "" },
    ]);
    expect(pages).toHaveLength(2);
  });

  test("rejects rows with too few or too many fields, and keeps the others", async () => {
    const csv = `id,started_at,title\n1,${T}\n2,${T},ok\n3,${T},a,b\n`;
    const { records, rejected } = await collect(folder({ "i.csv": csv }), incidents("i.csv"));
    expect(records.map(({ key }) => key)).toEqual(["2"]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "expected 3 fields as in the header, found 2"],
      [4, "expected 3 fields as in the header, found 4"],
    ]);
  });

  test.each([
    ["a quote that is never closed", `id,started_at\n1,${T}\n"2,${T}\n3,${T}\n`, 3, "never closed"],
    ["text after a quote", `id,started_at\n1,"x"y\n`, 2, "written twice"],
    ["a quote inside a field", `id,started_at\n1,${T}\n2,x"y\n`, 3, "a quote inside a field"],
  ])("with %s is rejected as a whole, and other files go on", async (_, broken, line, reason) => {
    const { records, rejected, warnings } = await collect(
      folder({ "a.csv": broken, "b.csv": `id,started_at\n9,${T}\n` }),
      incidents("*.csv"),
    );
    expect(records.map(({ key }) => key)).toEqual(["9"]);
    expect(rejected).toMatchObject([
      { file: "a.csv", line, reason: expect.stringContaining(reason) as string },
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^a.csv:${line}: .*Nothing of this file was read`)),
    ]);
  });

  test("takes another delimiter, and says so when one is likely", async () => {
    const directory = folder({ "i.csv": `id;started_at\n1;${T}\n`, "i.tsv": `id\tstarted_at\n2\t${T}\n` });
    const { rejected, records } = await collect(directory, incidents("i.{csv,tsv}"));
    expect(records.map(({ key }) => key)).toEqual(["2"]);
    expect(rejected[0]?.reason).toContain("set delimiter");
    const again = await collect(directory, [{ path: "i.csv", entity: "incident", delimiter: ";" }]);
    expect(again.records.map(({ key }) => key)).toEqual(["1"]);
  });

  test("without a column that is needed is rejected with a hint", async () => {
    const { rejected } = await collect(
      folder({ "d.csv": "id,service,enviroment,status\n1,api,prod,success\n" }),
      [{ path: "d.csv", entity: "deployment" }],
    );
    expect(rejected).toEqual([
      {
        file: "d.csv",
        line: 1,
        reason:
          "expected the column `environment` (required: name its column at columns.environment, or give it a value there), found id, service, enviroment, status; did you mean `enviroment`?",
        text: "id,service,enviroment,status",
      },
    ]);
  });

  test("may repeat a column that nobody reads, not one that is read into one value", async () => {
    const ignored = await collect(
      folder({ "i.csv": `id,started_at,Comment,Comment\n1,${T},a,b\n` }),
      incidents("i.csv"),
    );
    expect(ignored.records).toHaveLength(1);
    const read = await collect(
      folder({ "i.csv": `id,started_at,title,title\n1,${T},a,b\n` }),
      incidents("i.csv"),
    );
    expect(read.rejected[0]?.reason).toBe(
      "expected the column `title` once, found it 2 times (columns 3, 4): title takes one value; leave one of them in the file, or read them all into a column that is a list",
    );
  });

  test("names columns that look like one of the entity but are not read", async () => {
    const { warnings } = await collect(
      folder({ "i.csv": `id,started_at,Resolved At\n1,${T},${T}\n` }),
      incidents("i.csv"),
    );
    expect(warnings).toEqual([
      "i.csv: `Resolved At` is not read; to read it as resolved_at, map it: columns: { resolved_at: Resolved At }",
    ]);
  });

  test("advises on a repeated column only where it can be read: into a list", async () => {
    const directory = folder({ "t.csv": "id,Labels,Title,Labels,Title\n1,a,x,b,y\n" });
    const { warnings, records } = await collect(directory, [{ path: "t.csv", entity: "ticket" }]);
    expect(records).toHaveLength(1);
    expect(warnings).toEqual([
      "t.csv: `Labels` is not read; to read it as labels, map it: columns: { labels: Labels }",
    ]);
  });

  test("joins the columns of one name into a list, as Jira exports labels; empty ones are none", async () => {
    const directory = folder({
      "t.csv": "Issue key,Labels,Sprint,Labels,Labels\nA-1,red,S1,,b;c\nA-2,,S2,,\n",
    });
    const { records, rejected } = await collect(directory, [
      { path: "t.csv", entity: "ticket", columns: { id: "Issue key", labels: "Labels" } },
    ]);
    expect(rejected).toEqual([]);
    expect(records.map(({ payload }) => payload)).toEqual([
      { id: "A-1", labels: ["red", "b;c"] },
      { id: "A-2" },
    ]);
  });

  test("with a field of 10 MB rejects that row only", async () => {
    const csv = `id,started_at,title\n1,${T},"${"x".repeat(10_000_000)}"\n2,${T},short\n`;
    const { records, rejected } = await collect(folder({ "i.csv": csv }), incidents("i.csv"));
    expect(records.map(({ key }) => key)).toEqual(["2"]);
    expect(rejected).toMatchObject([
      { line: 2, column: "title", reason: "expected at most 1000000 characters, found 10000000" },
    ]);
    expect(rejected[0]?.text.length).toBeLessThan(250);
  });
});

describe("encoding", () => {
  test.each([
    ["UTF-16", Buffer.from("\uFEFFid,started_at\n", "utf16le"), 1, "UTF-16; save it as UTF-8"],
    ["UTF-16 without mark", Buffer.from("id,started_at\n", "utf16le"), 1, "UTF-16"],
    [
      "Latin-1",
      Buffer.from(`id,started_at,title\n1,${T},a\n2,${T},caf\u00e9\n`, "latin1"),
      3,
      "save it as UTF-8",
    ],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), 1, "gzip"],
    ["a spreadsheet", Buffer.from("PK\u0003\u0004...."), 1, "spreadsheet"],
  ])("%s is named", async (_, bytes, line, reason) => {
    const { rejected } = await collect(folder({ "i.csv": bytes }), incidents("i.csv"));
    expect(rejected).toMatchObject([{ line, reason: expect.stringContaining(reason) as string }]);
  });

  test("NUL and half characters reject the row", async () => {
    const lines = [
      { id: "a\0b", started_at: T },
      { id: "2", started_at: T },
    ].map((row) => JSON.stringify(row));
    const { records, rejected } = await collect(
      folder({ "i.ndjson": [...lines, `{"id":"\\ud800","started_at":"${T}"}`].join("\n") + "\n" }),
      incidents("i.ndjson"),
    );
    expect(records.map(({ key }) => key)).toEqual(["2"]);
    expect(rejected.map(({ line, column }) => [line, column])).toEqual([
      [1, "id"],
      [3, "id"],
    ]);
  });
});

describe("JSON", () => {
  const nested = JSON.stringify({ data: { items: [{ key: 1, at: { start: T }, "a.b": "dotted" }, 7] } });

  test("is read by dotted paths; what is no object is rejected", async () => {
    const { records, rejected } = await collect(folder({ "i.json": nested }), [
      {
        path: "i.json",
        entity: "incident",
        records: "data.items",
        columns: { id: "key", started_at: "at.start", title: "a.b" },
      },
    ]);
    expect(records).toEqual([{ key: "1", payload: { id: "1", title: "dotted", started_at: T } }]);
    expect(rejected).toEqual([{ file: "i.json", line: 2, reason: "expected an object, found 7", text: "7" }]);
  });

  test("a path through a list leads into each of its items", async () => {
    const items = [
      { id: 1, labels: [{ name: "a" }, { name: "b" }, {}], versions: [] },
      { id: 2, labels: [], versions: [{ of: { name: "1.0" } }] },
    ];
    const { records, warnings, rejected } = await collect(folder({ "t.json": JSON.stringify(items) }), [
      { path: "t.json", entity: "ticket", columns: { labels: "labels.name", title: "versions.of.name" } },
    ]);
    expect(records).toEqual([{ key: "1", payload: { id: "1", labels: ["a", "b"] } }]);
    // A list where one value is needed is said, not guessed at.
    expect(rejected).toMatchObject([
      { line: 2, column: "title", reason: expect.stringMatching(/^expected one value, found/) as string },
    ]);
    expect(warnings).toEqual([]);
  });

  test("names paths that no record has, not those that some leave out", async () => {
    const items = [
      { id: 1, started_at: T, by: { name: "ann" }, tags: [{ name: "x" }] },
      { id: 2, started_at: T },
    ];
    const { records, warnings } = await collect(folder({ "i.json": JSON.stringify(items) }), [
      {
        path: "i.json",
        entity: "incident",
        columns: { title: "by.name", cause: "by.nmae", caused_by: "tags.nmae" },
      },
    ]);
    expect(records).toHaveLength(2);
    expect(warnings).toEqual([
      "i.json: no record has `tags.nmae`, so caused_by is empty; correct its path under columns",
      "i.json: no record has `by.nmae`, so cause is empty; correct its path under columns",
    ]);
  });

  test("keeps the digits of large identifiers", async () => {
    const { records } = await collect(
      folder({ "i.json": `[{"id":12345678901234567891,"started_at":"${T}"}]` }),
      incidents("i.json"),
    );
    expect(records[0]?.key).toBe("12345678901234567891");
  });

  test.each(["json", "ndjson"])("keeps numbers that a double holds otherwise as they are written (%s)", async (ending) => {
    const rows = ["1e400,\"v\":1.10", "2e400,\"v\":1.1", "12.0,\"v\":0.12345678901234567890", "1.2E3,\"v\":4120e91"].map(
      (start) => `{"id":${start},"at":"${T}"}`,
    );
    const text = ending === "json" ? `[${rows.join(",")}]` : `${rows.join("\n")}\n`;
    const { payloads, rejected } = await collect(folder({ [`i.${ending}`]: text }), [
      { path: `i.${ending}`, entity: "incident", columns: { started_at: "at", title: "v" } },
    ]);
    expect(rejected).toEqual([]);
    expect(payloads.map((payload) => Object.values(payload as object).slice(0, 2) as unknown)).toEqual([
      ["1e400", "1.10"],
      ["2e400", "1.1"],
      ["12", "0.12345678901234567890"],
      ["1200", "4120e91"],
    ]);
  });

  test("keeps numbers without measure inside of a JSON column", async () => {
    const row = `e1,scan,s,"{""n"":1e400,""m"":1.50,""of"":12345678901234567891}"`;
    const { payloads } = await collect(folder({ "e.csv": `id,kind,subject,attributes\n${row}\n` }), [
      { path: "e.csv", entity: "evidence" },
    ]);
    expect(payloads).toMatchObject([{ attributes: { n: "1e400", m: 1.5, of: "12345678901234567891" } }]);
  });

  test.each([
    ["cut off", `[{"id":1},\n{"id":2`, 2, "cut off"],
    ["broken", `[{"id":1},\n\n{"id" 2}]`, 3, "expected JSON"],
    ["no array", `{"items":[]}`, 1, "set records (arrays of the document: items)"],
    ["empty", ` \n`, 1, "an empty file"],
  ])("%s is rejected as a whole", async (_, text, line, reason) => {
    const { records, rejected } = await collect(folder({ "i.json": text }), incidents("i.json"));
    expect(records).toEqual([]);
    expect(rejected).toMatchObject([{ line, reason: expect.stringContaining(reason) as string }]);
  });

  test.each([101, 20_000, 200_000])("nested %i levels deep is rejected", async (levels) => {
    const deep = `[{"id":"1","kind":"k","subject":"s","attributes":${'{"a":'.repeat(levels)}1${"}".repeat(levels)}}]`;
    const { records, rejected } = await collect(folder({ "e.json": deep }), [
      { path: "e.json", entity: "evidence" },
    ]);
    expect(records).toEqual([]);
    expect(rejected).toHaveLength(1);
  });

  test("does not take inherited names for values", async () => {
    const { rejected } = await collect(folder({ "i.json": `[{"started_at":"${T}"}]` }), [
      { path: "i.json", entity: "incident", columns: { id: "constructor.name" } },
    ]);
    expect(rejected).toMatchObject([{ column: "id", reason: "expected a value, found none" }]);
  });
});

describe("NDJSON", () => {
  test("rejects a broken line, and the file when its end is missing", async () => {
    const good = JSON.stringify({ id: "1", started_at: T });
    const directory = folder({
      "a.ndjson": `${good}\n{"id":\n\n`,
      "b.jsonl": `${good.replace("1", "2")}\n{"id":"3"`,
    });
    const { records, rejected } = await collect(directory, incidents("*.{ndjson,jsonl}"));
    expect(records.map(({ key }) => key)).toEqual(["1"]);
    expect(rejected.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ["a.ndjson", 2, "expected one JSON object on the line"],
      ["b.jsonl", 2, "expected a JSON object, found the end of the file: it is cut off"],
    ]);
  });
});

describe("Parquet", () => {
  async function parquet(directory: string, name: string, select: string) {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `copy (${select}) to '${join(directory, name).replaceAll("'", "''")}' (format parquet)`,
    );
    connection.closeSync();
  }

  test("is read with its types, whatever its name holds", async () => {
    const directory = folder({ "it's 1.parquet": "what the name would stand for as a pattern" });
    await parquet(
      directory,
      "it's [1].parquet",
      `select 9007199254740993::bigint as id, 'api' as service, 'prod' as environment, 'success' as status,
        timestamptz '2026-01-31 14:00:00.25+02' as started_at, timestamp '2026-01-31 12:00:01' as finished_at,
        2.0::double as attempt, ['a','b'] as labels`,
    );
    const { payloads } = await collect(directory, [
      { path: "it's [1].parquet", entity: "deployment", time: { zone: "UTC" } },
    ]);
    expect(payloads).toEqual([
      {
        id: "9007199254740993",
        attempt: 2,
        service: "api",
        environment: "prod",
        started_at: "2026-01-31T12:00:00.250Z",
        finished_at: "2026-01-31T12:00:01Z",
        status: "success",
        labels: ["a", "b"],
      },
    ]);
  });

  test("days, structures and columns that are missing", async () => {
    const directory = folder();
    await parquet(
      directory,
      "a.parquet",
      "select 'x' as id, 'do' as title, date '2026-02-28' as due_on, {'who': {'login': 'ann'}} as person",
    );
    const mapping = { title: "title", owner: "person.who.login" };
    const { payloads } = await collect(directory, [
      { path: "a.parquet", entity: "action", columns: mapping },
    ]);
    expect(payloads).toEqual([{ id: "x", title: "do", owner: "ann", due_on: "2026-02-28" }]);
    const { rejected } = await collect(directory, [
      { path: "a.parquet", entity: "action", columns: { title: "titel" } },
    ]);
    expect(rejected[0]?.reason).toContain("did you mean `title`?");
  });

  test("that is none is rejected", async () => {
    const { rejected } = await collect(
      folder({ "i.parquet": "PAR1 but not really" }),
      incidents("i.parquet"),
    );
    expect(rejected).toMatchObject([
      { line: 1, reason: expect.stringMatching(/^expected a Parquet file/) as string },
    ]);
  });
});

test("a file of unknown ending needs a format", async () => {
  const directory = folder({ "i.txt": `id,started_at\n1,${T}\n` });
  expect((await collect(directory, incidents("i.txt"))).rejected[0]?.reason).toContain("set format");
  expect(
    (await collect(directory, [{ path: "i.txt", entity: "incident", format: "csv" }])).records,
  ).toHaveLength(1);
});

describe("a key that comes twice, of which a parser keeps the last without a word", () => {
  const twice = `{"id":"1","id":"2","started_at":"${T}"}`;
  // A text that looks like a key is none.
  const fine = `{"id":"3","title":"say \\"id\\": 1","started_at":"${T}"}`;

  test("rejects a document of JSON with its line", async () => {
    const directory = folder({ "a.json": `[${fine},\n${twice}]`, "b.json": `[${fine}]` });
    const { records, rejected } = await collect(directory, incidents("*.json"));
    expect(records.map(({ key }) => key)).toEqual(["3"]);
    expect(rejected.map(({ file, line, reason }) => `${file}:${line}: ${reason}`)).toEqual([
      'a.json:2: expected each key once, found "id" again',
    ]);
  });

  test("rejects a line of NDJSON, and the others are read", async () => {
    const { records, rejected } = await collect(
      folder({ "a.ndjson": `${fine}\n${twice}\n` }),
      incidents("a.ndjson"),
    );
    expect(records.map(({ key }) => key)).toEqual(["3"]);
    expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: expected each key once, found "id" again',
    ]);
  });
});
