import { z } from "zod";

const count = z.int().min(0);

export const MANIFEST = "manifest.json";

/** manifest.json of an export: what it holds, and where the chain stood when it was written. */
export const manifestSchema = z.strictObject({
  export: z.literal(1),
  product_version: z.string(),
  /** Form of the database: an import asks for the same. */
  form: count,
  as_of: z.string(),
  chain: z.strictObject({ batches: count, records: count, head: z.string() }),
  tables: z.array(
    z.strictObject({
      table: z.string().regex(/^[a-z]+\.[a-z][a-z0-9_]*$/, "expected layer.name"),
      rows: count,
      /** Columns that stand in the names of folders (`source=github`), not in the files. */
      partitions: z.array(z.string().regex(/^[a-z_]+$/, "expected the name of a column")),
      files: z.array(
        z.strictObject({
          // Nothing above the folder, and nothing but files of tables.
          file: z
            .string()
            .regex(/^[a-z]+\/[a-z0-9_]+\/(?!.*\.\.)[^\\]*[^/\\]\.parquet$/, "expected a file of a table"),
          bytes: count,
          sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
        }),
      ),
    }),
  ),
});

export type ExportManifest = z.output<typeof manifestSchema>;
