import type { Signing } from "../../src/signing/signer.ts";
import { paragraph, type DocumentNode, type KeyValues } from "../layout/nodes.ts";
import { SIGNATURE, SUMS } from "./files.ts";
import type { PackPlan } from "./edition.ts";

export const UNSIGNED = "DRAFT, unsigned";

/** What stands in the margin of every page. */
export const markOf = ({ issuing }: PackPlan): { readonly mark?: string } =>
  issuing.signer === undefined ? { mark: UNSIGNED } : {};

/** As it is typed inside of the pack's folder, with the public key in `../allowed_signers`. */
export const verifyLine = ({ identity, namespace }: Signing): string =>
  `ssh-keygen -Y verify -f ../allowed_signers -I ${identity} -n ${namespace} -s ${SIGNATURE} < ${SUMS}`;

/** Which edition a pack is, who signs it and how to check that: rows for the table on its cover. */
export const issueRows = (plan: PackPlan): KeyValues["rows"] => [
  ...peopleRows(plan),
  ...editionRows(plan),
  ...signatureRows(plan.issuing.signer),
];

function peopleRows({ issuing: { pseudonyms } }: PackPlan): KeyValues["rows"] {
  if (pseudonyms === undefined) return [];
  return [["People", `Pseudonymised with the map of fingerprint ${pseudonyms.fingerprint}; who holds it can name people`]];
}

function signatureRows(signing: Signing | undefined): KeyValues["rows"] {
  if (signing === undefined) return [["Signature", "None. This pack is a draft."]];
  return [
    ["Signed by", `${signing.identity}, with the Ed25519 key ${signing.fingerprint}`],
    ["To verify", verifyLine(signing)],
  ];
}

function editionRows({ edition, previous, issuing }: PackPlan): KeyValues["rows"] {
  if (previous === undefined) return [];
  return [
    ["Edition", `${edition}, in the place of ${previous.folder}`],
    ["Because", issuing.reason ?? "no reason is given: this edition is a draft"],
  ];
}

/** What a fingerprint on paper is worth, for below that table; nothing on a draft. */
export function signatureNote({ issuing }: PackPlan): DocumentNode[] {
  return [
    ...(issuing.pseudonyms === undefined ? [] : [paragraph(PSEUDONYMOUS, "small")]),
    ...(issuing.signer === undefined ? [] : [outsideKey]),
  ];
}

const PSEUDONYMOUS =
  "Each person has one pseudonym in all packs that are made with the same map, whatever logins stand behind it, so that who did what can be told apart and held together without knowing who it is. Pseudonyms are personal data still: the map names people, and so may what they did and when, to those who were there. Records and their hashes are those with pseudonyms; the digest of records and the chain are made over them and are not those of a pack with names.";

const outsideKey = paragraph(
  "The fingerprint of the key proves nothing while it stands here alone: compare it with the public key that you were given by another way than this pack. VERIFY.md has every step.",
  "small",
);
