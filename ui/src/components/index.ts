/**
 * Components that many other components use. These components and their parts import each other
 * directly, so that there are no circular imports.
 */
export { default as ActionButton } from "./ActionButton.svelte";
export { default as CheckRow } from "./CheckRow.svelte";
export { default as Chip } from "./Chip.svelte";
export { default as Choices } from "./Choices.svelte";
export { default as ConditionLine } from "./ConditionLine.svelte";
export { default as ConfirmDialog } from "./ConfirmDialog.svelte";
export { default as ConfirmationCheckbox } from "./ConfirmationCheckbox.svelte";
export { default as CopyButton } from "./CopyButton.svelte";
export { default as Dialog } from "./Dialog.svelte";
export { default as Disclosure } from "./Disclosure.svelte";
export { default as ErrorLine } from "./ErrorLine.svelte";
export { default as FindingCard } from "./FindingCard.svelte";
export { default as Findings } from "./Findings.svelte";
export { default as Icon } from "./Icon.svelte";
export { default as Message } from "./Message.svelte";
export { default as Note } from "./Note.svelte";
export { default as OpenPage } from "./OpenPage.svelte";
export { default as OptionRow } from "./OptionRow.svelte";
export { default as Panel } from "./Panel.svelte";
export { default as PasteField } from "./PasteField.svelte";
export { default as Relation } from "./Relation.svelte";
export { default as Row } from "./Row.svelte";
export { default as SaveButton } from "./SaveButton.svelte";
export { default as Side } from "./Side.svelte";
export { default as Sides } from "./Sides.svelte";
export { default as StatusBanner } from "./StatusBanner.svelte";
export { default as StatusLabel, type Tone } from "./StatusLabel.svelte";
export { default as StepPage } from "./StepPage.svelte";
export { default as Table } from "./Table.svelte";
export { default as TextBox } from "./TextBox.svelte";
export { default as TransferNumber } from "./TransferNumber.svelte";
export { default as Value } from "./Value.svelte";
export { default as WhatsThis } from "./WhatsThis.svelte";
