import type { Field, HelpTopic } from "./bindings";

/** The pages of the Help dialog. */
export const HELP_TOPICS = [
  "steps",
  "glossary",
  "problems",
  "findings",
  "data",
] as const satisfies HelpTopic[];

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
] as const;
export type Term = (typeof TERMS)[number];

/** The terms that a field's label uses. */
export const TERM_OF: Partial<Record<Field, Term>> = {
  sp_acs_url: "acs",
  sp_entity_id: "entity_id",
  aws_audience: "entity_id",
  idp_entity_id: "issuer",
  nops_issuer_url: "issuer",
  recovery_administrator: "recovery_administrator",
};

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
  "colleague",
  "locked_out",
];

/** The parts of the page about data, each with its number of items. */
export const HELP_DATA = { hosts: 7, files: 4, never: 2, delete: 3 };
