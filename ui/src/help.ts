import type { HelpTopic } from "./bindings";

/** The pages of the Help dialog. */
export const HELP_TOPICS = ["steps", "glossary", "problems", "data"] as const satisfies HelpTopic[];

/** The glossary terms, in the alphabetical order of their names. */
export const TERMS = [
  "access_portal",
  "acs",
  "attribute_mapping",
  "certificate",
  "delegated_administrator",
  "dry_run",
  "enforce",
  "entity_id",
  "identity_provider",
  "issuer",
  "metadata",
  "private_window",
  "recovery_administrator",
  "saml",
  "response",
  "shareable_link",
  "name_id",
  "tester",
];

/** The problems on the troubleshooting page, in the order of the steps. */
export const PROBLEMS = [
  "denied",
  "by_hand",
  "shift",
  "no_tile",
  "no_access",
  "error",
  "mail",
  "password",
  "undo",
  "certificate",
  "locked_out",
];

/** The parts of the page about data, each with its number of items. */
export const HELP_DATA = { hosts: 7, files: 4, never: 2, delete: 3 };
