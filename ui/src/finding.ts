import type { Field, Finding, SetupView } from "./bindings";
import { t, type Params } from "./words";

/** The element that a finding is shown in. */
export const findingId = ({ id }: Pick<Finding, "id">): string => `f-${id}`;

/** The key of a finding's words: what was read in a file or a response brings its own. */
export const findingWords = (code: string): string =>
  /^(reading|response)-/.test(code) ? code : `finding-${code}`;

/** The variables of a finding's words, with its cause as `reason`. */
export const findingParams = ({ params, cause }: Pick<Finding, "params" | "cause">): Params =>
  cause ? { ...params, reason: t(cause.key, cause.params) } : params;

/** Which row, file or certificate a finding is about; empty where there is only one. */
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

/** The side and the field in which a finding is fixed. */
export const placeWords = ({ side, field }: Pick<Finding, "side" | "field">): string =>
  field
    ? t("finding-place", { side: t(`side-${side}`), field: t(`field-${field}`) })
    : t(`side-${side}`);

/** What was found about a sign-in test: what its error says, in whatever field it is fixed. */
export const foundBy = ({ findings }: Pick<SetupView, "findings">, test: Field): Finding[] =>
  findings.filter(
    ({ step, field, item }) =>
      step === "sign_in_tests" && (item?.kind === "test" ? item.field === test : field === test),
  );
