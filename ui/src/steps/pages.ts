import type { Component } from "svelte";

import type { Step } from "../bindings";
import Addresses from "./Addresses.svelte";
import Application from "./Application.svelte";
import Connect from "./Connect.svelte";
import Details from "./Details.svelte";
import SignInTests from "./SignInTests.svelte";
import Finish from "./Finish.svelte";
import Mappings from "./Mappings.svelte";
import People from "./People.svelte";
import DryRun from "./DryRun.svelte";
import Start from "./Start.svelte";

/** The page for each step. The type ensures that no step is missing. */
export const STEP_PAGES: Record<Step, Component> = {
  start: Start,
  connect: Connect,
  addresses: Addresses,
  application: Application,
  mappings: Mappings,
  dry_run: DryRun,
  details: Details,
  sign_in_tests: SignInTests,
  people: People,
  finish: Finish,
};
