import type { Field, StepView, Transfer } from "./bindings";

/** The step's transfer that copies this field's value. */
export const transferOf = (step: StepView, field: Field): Transfer | undefined =>
  step.transfers.find(({ copy }) => copy.kind === "value" && copy.field === field);

/** The step's transfer to this field. */
export const transferTo = (step: StepView, field: Field): Transfer | undefined =>
  step.transfers.find((transfer) => transfer.to_label === `field-${field}`);

export const transferNumbered = (step: StepView, number: number): Transfer | undefined =>
  step.transfers.find((transfer) => transfer.number === number);
