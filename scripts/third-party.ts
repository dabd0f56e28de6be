import { licenceOf, reasons } from "./licences.ts";
import { isDelivered, lockedPackages, type Package } from "./packages.ts";

/** The page that lists the licences of everything that is installed beside Quarterdeck. */
export function thirdParty(): string {
  const packages = lockedPackages();
  const delivered = packages.filter(isDelivered);
  return [
    "# Packages of others, and their licences",
    "<!-- Made by `npm run generate` from package-lock.json. -->",
    "Quarterdeck is under Apache-2.0 ([LICENSE](LICENSE)). It carries no code of others: npm installs what it depends on from packages of their own, each with its licence in its folder. A test fails for a licence that `scripts/licences.ts` does not allow. The packed file has the same list with hashes, as CycloneDX: `sbom.cdx.json`.",
    ...reasons(),
    "## With the installed package",
    `${delivered.length} packages; those of other operating systems are listed, too, and not installed.`,
    byLicence(delivered),
    "## Only for work on Quarterdeck",
    byLicence(packages.filter((one) => !isDelivered(one))),
  ].join("\n\n");
}

/** A heading for each licence: a table would be as wide as its longest list. */
function byLicence(packages: readonly Package[]): string {
  return Object.entries(Object.groupBy(packages, licenceOf))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([licence, some]) => `### ${licence}\n\n${names(some ?? [])}`)
    .join("\n\n");
}

const names = (packages: readonly Package[]): string =>
  [...new Set(packages.map(({ name, version }) => `${name} ${version}`))].sort().join(", ");
