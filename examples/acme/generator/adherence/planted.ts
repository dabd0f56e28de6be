/** What proves that a step of the process was done. */
export type Proof =
  | "gate"
  | "quality gate"
  | "smoke test"
  | "rollout"
  | "configuration item"
  | "readiness review"
  | "rollback plan"
  | "rehearsal"
  | "acceptance"
  | "signature check"
  | "provenance"
  | "scan"
  | "archived artifact"
  | "drift scan"
  | "masking"
  | "runbook"
  | "review"
  | "no impact"
  | "approval that stays";

/** Something that somebody did not do, and the result of the control that asks for it. */
export interface Plant {
  readonly control: string;
  /** As Quarterdeck calls it. */
  readonly unit: string;
  readonly status: "fail" | "exempt" | "unknown";
  readonly story: string;
  /** What is left out, late or skipped; undefined where another plant of the list does so. */
  readonly proof: Proof | undefined;
  /** What that would be about, as its file calls it. */
  readonly subject: string | undefined;
}

/** What is planted in two years of the bank. What its people do by chance comes beside it, from deploy.ts and others. */
const PLANTED = `
POP-06 | service-desk:CHG0030877 | fail | It went back to approval after it had been carried out | approval that stays | CHG0030877
POP-06 | service-desk:CHG0030917 | fail | It went back to approval after it had been carried out | approval that stays | CHG0030917
POP-06 | pipeline:R104517 | fail | Its request went back to approval afterwards
POP-06 | pipeline:R104752 | fail | Its request went back to approval afterwards
SOD-02 | pipeline:R103939 | fail | A developer put their own change live, and nobody opened a gate | gate | pipeline:R103939
SOD-02 | pipeline:R103974 | fail | A developer put their own change live, and nobody opened a gate | gate | pipeline:R103974
TST-03 | pipeline:R104565 | fail | The scanners did not run on it | scan | 29b29dcfb89f8d9ccbe5a8fced0ee65e153281c2
TST-04 | pipeline:R104565 | fail | The scanners did not run on it
TST-03 | pipeline:R104565#2 | fail | The scanners did not run on it
TST-04 | pipeline:R104565#2 | fail | The scanners did not run on it
TST-05 | core-banking@2026.1.1 | fail | Nobody signed it off | acceptance | core-banking@2026.1.1
TST-05 | regulatory-reporting@2025.4.3 | unknown | No sign-off, in the days for which nobody vouches | acceptance | regulatory-reporting@2025.4.3
TST-06 | pipeline:R104188 | fail | Somebody had the quality gate skipped | quality gate | pipeline:R104188
TST-06 | pipeline:R104622 | fail | Somebody had the quality gate skipped | quality gate | pipeline:R104622
ENV-02 | pipeline:R101064 | fail | The scanner did not run that week | drift scan | PRD 2024-12-02
ENV-02 | pipeline:R101086 | fail | The scanner did not run that week
ENV-02 | pipeline:R103920 | unknown | No scan, in the days for which nobody vouches | drift scan | PRD 2026-02-16
ENV-02 | pipeline:R103920#2 | unknown | No scan, in the days for which nobody vouches
ENV-02 | pipeline:R103939 | unknown | No scan, in the days for which nobody vouches
ENV-03 | ledger@2025-03 | fail | Accounts were copied to staging and not masked | masking | DC-ledger-2025-03
ENV-03 | core-banking@2025-09 | fail | Accounts were copied to staging and not masked | masking | DC-core-banking-2025-09
ART-02 | pipeline:R104379 | fail | Nobody checked the signature before it was deployed | signature check | 5ec26cedaf291968b84570f5aea5e8f34980f811
ART-02 | pipeline:R104430 | fail | The same artifact, when a rollback brought it back
ART-02 | pipeline:R104517 | fail | Nobody checked the signature before it was deployed | signature check | 68f204b6bdb4bdeb74e73acb47c05a30e35790ac
ART-03 | core-banking@2026.1.2 | fail | The builder kept no record of how it was built | provenance | core-banking@2026.1.2
ART-03 | regulatory-reporting@2026.1.2 | exempt | The same, with exemption X-08 | provenance | regulatory-reporting@2026.1.2
ART-03 | regulatory-reporting@2025.4.3 | unknown | The same, in the days for which nobody vouches | provenance | regulatory-reporting@2025.4.3
ART-04 | regulatory-reporting@2025.2.0 | fail | The registry has lost the artifact | archived artifact | regulatory-reporting@2025.2.0
RET-01 | regulatory-reporting 2025-06 | fail | The registry has lost the only artifact of that month
RBK-01 | service-desk:CHG0030402 | fail | High risk, and a sentence for a plan | rollback plan | CHG0030402
RBK-02 | core-banking@2026.1.0 | unknown | No rehearsal, and nobody says that all of the service are listed | rehearsal | core-banking@2026.1.0
RBK-03 | service-desk:CHG0030813 | fail | Nobody went through the checklist | readiness review | CHG0030813
RBK-03 | service-desk:CHG0030889 | fail | Nobody went through the checklist | readiness review | CHG0030889
RBK-03 | service-desk:CHG0030765 | unknown | The same, in the days for which nobody vouches | readiness review | CHG0030765
DEP-02 | pipeline:R104460 | fail | Nobody tried it after the deployment | smoke test | pipeline:R104460
DEP-02 | pipeline:R104532 | fail | Nobody tried it after the deployment | smoke test | pipeline:R104532
DEP-02 | pipeline:R104594 | exempt | The same, with exemption X-10 | smoke test | pipeline:R104594
DEP-02 | pipeline:R103906 | unknown | The same, in the days for which nobody vouches | smoke test | pipeline:R103906
DEP-03 | pipeline:R104054 | fail | It reached all customers at once | rollout | pipeline:R104054
DEP-03 | pipeline:R104085 | fail | It reached all customers at once | rollout | pipeline:R104085
DEP-04 | pipeline:R104731 | fail | The configuration database was told three days later | configuration item | pipeline:R104731
EMG-02 | service-desk:CHG0030440 | fail | Nobody kept what its review found | review | CHG0030440
EMG-02 | service-desk:CHG0030522 | fail | Nobody kept what its review found | review | CHG0030522
EMG-02 | service-desk:CHG0030059 | exempt | The same, with exemption X-11 | review | CHG0030059
EMG-02 | service-desk:CHG0030776 | unknown | The same, in the days for which nobody vouches | review | CHG0030776
PIR-01 | service-desk:CHG0030826 | fail | It was taken back, and nobody asked why | review | CHG0030826
PIR-01 | service-desk:CHG0030852 | fail | It was taken back, and nobody asked why | review | CHG0030852
PIR-02 | core-banking@2026.1.2 | fail | The runbook stayed as it was | runbook | core-banking@2026.1.2
PIR-02 | regulatory-reporting@2026.1.1 | exempt | The same, with exemption X-12 | runbook | regulatory-reporting@2026.1.1
PIR-02 | regulatory-reporting@2025.4.3 | unknown | The same, in the days for which nobody vouches | runbook | regulatory-reporting@2025.4.3
PIR-03 | pipeline:R104169 | fail | An attempt failed, and nobody says whether anybody noticed | no impact | pipeline:R104169
PIR-03 | pipeline:R104565 | fail | An attempt failed, and nobody says whether anybody noticed | no impact | pipeline:R104565
`;

export const planted: readonly Plant[] = PLANTED.trim()
  .split("\n")
  .map((line) => {
    const [control = "", unit = "", status, story = "", proof, subject] = line.split(" | ");
    return {
      control,
      unit,
      status: status as Plant["status"],
      story,
      proof: proof as Proof | undefined,
      subject,
    };
  });

export const isWithheld = (proof: Proof, subject: string) =>
  planted.some((plant) => plant.proof === proof && plant.subject === subject);
