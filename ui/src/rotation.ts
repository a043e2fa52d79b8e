import type { RotationReason } from "./bindings";
import { date } from "./time";
import { t } from "./words";

/** Says why the certificate should be replaced. */
export function rotationReason(reason: RotationReason): string {
  switch (reason.kind) {
    case "expired":
      return t("rotation-reason-expired", { on: date(reason.on) });
    case "expires_soon":
      return t("rotation-reason-expires_soon", { on: date(reason.on), days: reason.days });
    case "second_certificate":
    case "replaced":
      return t(`rotation-reason-${reason.kind}`);
  }
}
