/** What an archive holds of the database beside what records say: enough to verify the chain, and to go on from it. */
export interface ArchivedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly order: string;
}

export const PAYLOADS = "payload.parquet";

/** Rows that could not be read. */
export const REJECTED = "rejected_row.parquet";

/** Every version, with its hash and without what it says. */
export const RECORD: ArchivedTable = {
  name: "record",
  columns: [
    "source",
    "stream",
    "key",
    "version",
    "run_id",
    "batch_id",
    "ordinal",
    "fetched_at",
    "updated_at",
    "is_deleted",
    "sha256",
  ],
  order: "batch_id, ordinal, source, stream, key, version",
};

export const OTHERS: readonly ArchivedTable[] = [
  {
    name: "batch",
    columns: [
      "batch_id",
      "run_id",
      "source",
      "stream",
      "records",
      "sha256",
      "previous_sha256",
      "chain_sha256",
    ],
    order: "batch_id",
  },
  {
    name: "run",
    columns: ["run_id", "started_at", "finished_at", "status", "product_version"],
    order: "run_id",
  },
  {
    name: "source_run",
    columns: [
      ...[
        "run_id",
        "source",
        "stream",
        "started_at",
        "finished_at",
        "status",
        "pages",
        "stored",
        "unchanged",
        "deleted",
        "rejected",
      ],
      ...["declared_total", "message"],
    ],
    order: "run_id, source, stream, started_at, status",
  },
  {
    name: "source_usage",
    columns: ["run_id", "source", "stream", "calls", "points", "retries", "waited_seconds"],
    order: "run_id, source, stream, calls",
  },
  {
    name: "read_file",
    columns: ["run_id", "source", "stream", "file", "accepted", "rejected"],
    order: "run_id, source, stream, file, accepted, rejected",
  },
  {
    name: "rejected_row",
    columns: ["run_id", "source", "stream", "file", "line", "column_name", "reason", "text"],
    order: "run_id, source, stream, file, line, column_name nulls first, reason, text",
  },
  {
    name: "erasure",
    columns: ["source", "stream", "key", "version", "sha256", "reason", "erased_by", "erased_at"],
    order: "source, stream, key, version, erased_at",
  },
  {
    name: "custody",
    columns: [
      ...[
        "event_id",
        "happened_at",
        "done_by",
        "kind",
        "reason",
        "document",
        "sha256",
        "previous_sha256",
        "chain_sha256",
      ],
    ],
    order: "event_id",
  },
  {
    name: "disposed",
    columns: ["event_id", "source", "stream", "key", "version", "sha256", "is_archived"],
    order: "event_id, source, stream, key, version",
  },
];

export const fileOf = ({ name }: ArchivedTable): string => `${name}.parquet`;

export const columnsOf = ({ columns }: ArchivedTable): string =>
  columns.map((column) => `"${column}"`).join(", ");
