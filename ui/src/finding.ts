import type { Finding } from "./contract";

/** The element that a finding is shown in. */
export const findingId = ({ id }: Pick<Finding, "id">): string => `f-${id}`;

/** The key of a finding's words: what was read in a file or a response brings its own. */
export const findingWords = (code: string): string =>
  /^(reading|response)-/.test(code) ? code : `finding-${code}`;
