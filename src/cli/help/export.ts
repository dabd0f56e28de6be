import { defineCommand } from "../command.ts";

export const exportCommand = defineCommand({
  name: "export",
  summary: "Write everything collected, and the model, as Parquet.",
  description:
    "Writes raw records, staging, model, metrics, correlation and results of controls as Parquet in hive partitions, which lake engines read where they lie, " +
    "with a manifest of hashes and row counts. Raw batches keep their seals, so that `quarterdeck import` can verify the chain. It says what the database says: " +
    "keep it as private.",
  positionals: [{ name: "folder", description: "Where to write; must be empty or not be there.", isRequired: true }],
  options: {},
  examples: [["quarterdeck export lake", "lake/manifest.json, lake/raw/..., lake/model/..."]],
});
