import type { Signing } from "../../src/signing/signer.ts";
import { keyValues, paragraph, type DocumentNode } from "../layout/nodes.ts";
import { SIGNATURE, SUMS } from "./files.ts";
import type { PackPlan } from "./edition.ts";

export const UNSIGNED = "DRAFT, unsigned";

/** What stands in the margin of every page. */
export const markOf = ({ issuing }: PackPlan): { readonly mark?: string } =>
  issuing.signer === undefined ? { mark: UNSIGNED } : {};

/** As it is typed inside of the pack's folder, with the public key in `../allowed_signers`. */
export const verifyLine = ({ identity, namespace }: Signing): string =>
  `ssh-keygen -Y verify -f ../allowed_signers -I ${identity} -n ${namespace} -s ${SIGNATURE} < ${SUMS}`;

/** Who signs a pack and how to check that, for its cover. */
export function signatureBlock(signing: Signing | undefined): DocumentNode[] {
  if (signing === undefined) return [keyValues([["Signature", "None. This pack is a draft."]])];
  return [
    keyValues([
      ["Signed by", `${signing.identity}, for ${signing.namespace}`],
      ["Key", `Ed25519 ${signing.fingerprint}`],
      ["To verify", verifyLine(signing)],
    ]),
    paragraph(
      "The fingerprint proves nothing while it stands here alone: compare it with the public key that you were given by another way than this pack. VERIFY.md has every step.",
      "small",
    ),
  ];
}

/** Which edition of the pack this is, and why there is one; nothing for the first. */
export function editionBlock({ edition, previous, issuing }: PackPlan): DocumentNode[] {
  if (previous === undefined) return [];
  return [
    keyValues([
      ["Edition", `${edition}, in the place of ${previous.folder}`],
      ["Because", issuing.reason ?? "no reason is given: this edition is a draft"],
    ]),
  ];
}
