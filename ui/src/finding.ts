import type { Field, Finding, SetupView } from "./bindings";
import { t, type Params } from "./words";

/** The ID of the element that shows a finding. */
export const findingId = ({ id }: Pick<Finding, "id">): string => `f-${id}`;

/** The message key of a finding. Codes from parsing files and responses have their own messages. */
export const findingKey = (code: string): string =>
  /^(reading|response)-/.test(code) ? code : `finding-${code}`;

/** The severity and title of a finding, as they're announced. */
export const findingSentence = (finding: Finding): string =>
  `${t("severity-said", { severity: t(`severity-${finding.severity}`) })} ${t(findingKey(finding.code), findingParams(finding))}`;

/**
 * The message variables of a finding. The variable `fix` is the kind of its fix, and `reason` is
 * its cause.
 */
export const findingParams = ({
  params,
  cause,
  fix,
}: Pick<Finding, "params" | "cause" | "fix">): Params => ({
  ...params,
  ...(fix ? { fix: fix.kind } : {}),
  ...(cause ? { reason: t(cause.key, cause.params) } : {}),
});

/** Names the row, file, or certificate that a finding is about. Empty if there is only one. */
export function itemWords({ item }: Pick<Finding, "item">): string {
  switch (item?.kind) {
    case "row":
      return t("item-row", { row: item.number });
    case "file":
    case "key":
      return item.name;
    case "certificate":
      return t("item-certificate", { end: item.sha256.slice(-8) });
    case "test":
      return t(`field-${item.field}`);
    case undefined:
      return "";
  }
}

/**
 * Groups findings that report the same mistake. For example, two swapped values are one mistake but
 * cause two findings.
 */
export function grouped(findings: Finding[]): [Finding, ...Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = finding.item?.kind === "test" ? finding.id : finding.mistake;
    const group = groups.get(key);
    if (!group) groups.set(key, [finding]);
    else if (group[0].code === finding.code) group.push(finding);
  }
  return [...groups.values()];
}

/** Whether a finding is about the response as a whole, such as its age, and not about one check. */
export const isAboutResponse = ({ code }: Finding): boolean =>
  ["dry_run_older", "dry_run_repeated", "dry_run_tolerated", "dry_run_undated"].includes(code);

/** Returns whether a finding is about a failed request to AWS or nOps instead of a value. */
export const isFailedRequest = ({ cause, fix }: Finding): boolean =>
  cause !== null && fix?.kind === "look";

/** Names the side and field where a finding is fixed. */
export const placeWords = ({ side, field }: Pick<Finding, "side" | "field">): string =>
  field
    ? t("place-of-finding", { side: t(`side-${side}`), field: t(`field-${field}`) })
    : t(`side-${side}`);

/**
 * Returns the findings about a sign-in test, including findings that are fixed in another field.
 */
export const foundBy = ({ findings }: Pick<SetupView, "findings">, test: Field): Finding[] =>
  findings.filter(
    ({ step, field, item }) =>
      step === "sign_in_tests" && (item?.kind === "test" ? item.field === test : field === test),
  );
