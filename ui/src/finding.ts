import type { Finding } from "./contract";
import { t, type Params } from "./words";

/** The element that a finding is shown in. */
export const findingId = ({ id }: Pick<Finding, "id">): string => `f-${id}`;

/** The key of a finding's words: what was read in a file or a response brings its own. */
export const findingWords = (code: string): string =>
  /^(reading|response)-/.test(code) ? code : `finding-${code}`;

/** The variables of a finding's words, with its cause as `reason`. */
export const findingParams = ({ params, cause }: Pick<Finding, "params" | "cause">): Params =>
  cause ? { ...params, reason: t(cause.key, cause.params) } : params;
