import type { Provenance } from "../release/data.ts";
import type { PackSubject } from "./files.ts";

/** From what every pack is made: another edition follows where one of these is another. */
export const madeFrom = ({
  as_of,
  records_sha256,
  configuration_sha256,
  queries_sha256,
  product_version,
}: Provenance): PackSubject["madeFrom"] => ({
  as_of,
  records_sha256,
  configuration_sha256,
  queries_sha256,
  product_version,
});
