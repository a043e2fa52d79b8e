// Checks the cases with node-saml, using the settings that a service provider like nOps would have.
//
// Usage: PEERS_NODE=FOLDER_OF_PACKAGES node judge_node_saml.mjs FOLDER
//
// Reads FOLDER/cases.json and writes FOLDER/node-saml.json. For each case, the file says whether
// the response was accepted and for which user, or contains the error.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.PEERS_NODE, "package.json"));
const { SAML } = require("@node-saml/node-saml");

const folder = process.argv[2];
const document = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8"));
const verdicts = {};
for (const one of document.cases) {
  verdicts[one.name] = await verdict(one.xml, { ...document.values, ...one.values });
}
writeFileSync(join(folder, "node-saml.json"), JSON.stringify(verdicts));

async function verdict(xml, values) {
  try {
    const saml = new SAML({
      callbackUrl: values.sp_acs_url,
      issuer: values.sp_entity_id,
      audience: values.sp_entity_id,
      entryPoint: values.nops_sso_endpoint,
      idpIssuer: values.nops_issuer_url,
      idpCert: values.nops_x509,
      acceptedClockSkewMs: 300_000,
      // One signature is enough, on the response or on the assertion.
      wantAuthnResponseSigned: false,
      wantAssertionsSigned: false,
    });
    const SAMLResponse = Buffer.from(xml, "utf8").toString("base64");
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });
    return { accepted: true, who: profile?.nameID ?? "", said: "" };
  } catch (error) {
    return { accepted: false, who: "", said: String(error?.message ?? error) };
  }
}
