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
  | { readonly kind: "dossier"; readonly unit_kind: string; readonly unit: string };

/** A period pack carries every record that its results follow from; the others those records that they name. */
export const isWhole = ({ kind }: PackScope): boolean => kind === "period";
