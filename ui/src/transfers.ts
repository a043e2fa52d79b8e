import type { Field, StepView, TransferView } from "./bindings";

/** Returns the step's transfer that copies the value of this field. */
export const transferOf = (step: StepView, field: Field): TransferView | undefined =>
  step.transfers.find(({ copy }) => copy.kind === "value" && copy.field === field);

/** Returns the step's transfer that goes to this field. */
export const transferTo = (step: StepView, field: Field): TransferView | undefined =>
  step.transfers.find((transfer) => transfer.to_label === `field-${field}`);

export const transferNumbered = (step: StepView, number: number): TransferView | undefined =>
  step.transfers.find((transfer) => transfer.number === number);
