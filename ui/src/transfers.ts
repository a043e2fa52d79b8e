import type { Field, StepView, Wire } from "./bindings";

/** The step's transfer that copies this field's value. */
export const transferOf = (step: StepView, field: Field): Wire | undefined =>
  step.wires.find(({ copy }) => copy.kind === "value" && copy.field === field);

/** The step's transfer to this field. */
export const transferTo = (step: StepView, field: Field): Wire | undefined =>
  step.wires.find((transfer) => transfer.to_label === `field-${field}`);

export const transferNumbered = (step: StepView, number: number): Wire | undefined =>
  step.wires.find((transfer) => transfer.number === number);
