import type { Field, StepView, Wire } from "./bindings";

/** The wire of a step that copies this field's value. */
export const wireOf = (step: StepView, field: Field): Wire | undefined =>
  step.wires.find((wire) => wire.copy.kind === "value" && wire.copy.field === field);

/** The wire of a step that ends at the place with this label. */
export const wireTo = (step: StepView, field: Field): Wire | undefined =>
  step.wires.find((wire) => wire.to_label === `field-${field}`);
