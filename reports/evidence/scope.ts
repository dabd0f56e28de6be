/** What a pack is of, and so which results and records belong into it. */
export type PackScope =
  | { readonly kind: "release"; readonly service: string; readonly version: string }
  | {
      readonly kind: "period";
      /** Days of the organisation's time zone, or instants; the second is no longer in it. */
      readonly from: string;
      readonly until: string;
      /** Left out or empty = all. */
      readonly services?: readonly string[];
      /** Left out = all controls. */
      readonly framework?: string;
    }
  | {
      readonly kind: "train";
      readonly train: string;
      /** Those that name it, so that nothing but the scope need be asked which they are. */
      readonly releases: readonly { readonly service: string; readonly version: string }[];
    }
  | { readonly kind: "dossier"; readonly unit_kind: string; readonly unit: string };

/** A period pack carries every record; the others those that their own results follow from, as far as that can be told beforehand. */
export const isWhole = ({ kind }: PackScope): boolean => kind === "period";

/** The releases that a scope is of, where it is of releases. */
export function releasesOf(scope: PackScope): readonly { readonly service: string; readonly version: string }[] {
  if (scope.kind === "release") return [scope];
  return scope.kind === "train" ? scope.releases : [];
}
