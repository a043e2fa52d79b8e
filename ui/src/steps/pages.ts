import type { Component } from "svelte";

import type { Step } from "../contract";
import Addresses from "./Addresses.svelte";
import Application from "./Application.svelte";
import Connect from "./Connect.svelte";
import Details from "./Details.svelte";
import Doors from "./Doors.svelte";
import Finish from "./Finish.svelte";
import Mappings from "./Mappings.svelte";
import People from "./People.svelte";
import Rehearsal from "./Rehearsal.svelte";
import Start from "./Start.svelte";

/** Each step's page; the type keeps it complete. */
export const STEP_PAGES: Record<Step, Component> = {
  start: Start,
  connect: Connect,
  addresses: Addresses,
  application: Application,
  mappings: Mappings,
  rehearsal: Rehearsal,
  details: Details,
  doors: Doors,
  people: People,
  finish: Finish,
};
