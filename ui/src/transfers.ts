import type { Field, StepView, Wire } from "./bindings";

/** The step's transfer that copies this field's value. */
export const wireOf = (step: StepView, field: Field): Wire | undefined =>
  step.wires.find((wire) => wire.copy.kind === "value" && wire.copy.field === field);

/** The step's transfer to this field. */
export const wireTo = (step: StepView, field: Field): Wire | undefined =>
  step.wires.find((wire) => wire.to_label === `field-${field}`);
