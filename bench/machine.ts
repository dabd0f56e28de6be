import { cpus, totalmem } from "node:os";
import { version } from "@duckdb/node-api";
import { productVersion } from "../src/product-version.ts";

/** Figures mean nothing without what they were measured on. */
export const machine = () => ({
  processor: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memory_gb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  duckdb: version(),
  quarterdeck: productVersion,
});
