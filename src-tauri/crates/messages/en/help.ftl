### The Help dialog: the whole procedure, the glossary, troubleshooting, and where data goes.

help = Help
help-topics = Topics
help-steps = The ten steps
help-glossary = Glossary
help-problems = Troubleshooting
help-findings = All findings
help-findings-search = Search findings
help-findings-count =
    { $count ->
        [0] No findings match
        [one] 1 finding
       *[other] { $count } findings
    }
help-data = Data and privacy

## The whole procedure: `help-step-<step>`

help-step-start = Start a setup, or try practice mode. You need the management account or a delegated administrator in AWS, and <code>client-admin</code> in nOps.
help-step-connect = Connect with a profile, a browser sign-in, or access keys. Without AWS access, paste what the pages show.
help-step-addresses = In nOps, open <label>Organization Settings › SSO</label> and turn on <label>Enable SSO Login</label>. Copy the three addresses. Keep an administrator signed in.
help-step-application = In AWS, open <label>Applications</label> and choose <label>Add application</label>. Enter nOps’s addresses.
help-step-mappings = In AWS, choose <label>Edit attribute mappings</label>. Set the four mappings. Their names must match exactly.
help-step-dry_run = Assign one tester. Check the response from the access portal before nOps receives it.
help-step-details = In nOps, paste AWS’s address into both link fields, and paste the certificate. Choose a default role and save.
help-step-sign_in_tests = Sign in as the tester from the access portal, then with the Shareable Link. Open the link in nOps’s confirmation email.
help-step-people = Put everyone who needs nOps into a group, and assign the group to the application.
help-step-finish = Save the report. Turn on <label>Enforce SSO login for all domain users</label> only when all conditions are met.

## Glossary: `term-<term>`

term-access_portal = Access portal
    .is = The AWS page where users sign in and see their applications.
term-acs = Assertion Consumer Service (ACS)
    .is = The nOps address where AWS sends the response. It ends in <code>/?acs</code>.
term-attribute_mapping = Attribute mapping
    .is = A row in AWS that defines which user value AWS sends to nOps, and under which name.
term-certificate = Certificate
    .is = The file that nOps uses to check AWS’s signature. Each application has its own certificate, which expires.
term-delegated_administrator = Delegated administrator
    .is = An AWS account that can manage IAM Identity Center on behalf of the management account.
term-dry_run = Dry run
    .is = A check of the response that AWS would send. nOps receives nothing.
term-enforce = Enforce
    .is = The nOps setting that makes everyone in the domain sign in through AWS. It’s optional.
term-entity_id = Entity ID (audience)
    .is = The address that identifies nOps in SAML. AWS calls it <label>Application SAML audience</label>. It ends in <code>/metadata</code>.
term-identity_provider = Identity provider
    .is = The service that checks who signs in. Here, it’s AWS IAM Identity Center, which can use another provider, such as Okta.
term-issuer = Issuer
    .is = The address that identifies the AWS application in SAML. It’s the same as the sign-in URL.
term-metadata = Metadata
    .is = An XML file with the SAML addresses and certificates of AWS or nOps.
term-name_id = Subject (NameID)
    .is = The value that tells nOps who signs in. nOps expects an email address.
term-private_window = Private window
    .is = A browser window that doesn’t use your current sign-ins. It’s called Incognito in Chrome and InPrivate in Edge.
term-recovery_administrator = Recovery administrator
    .is = A nOps administrator outside your domain who can still sign in with a password.
term-response = SAML response
    .is = The signed message in which AWS tells nOps who signs in. It’s a credential, so don’t share it.
term-saml = SAML
    .is = A standard for signing in to one service with an account from another.
term-shareable_link = Shareable Link
    .is = The nOps address that starts a sign-in through AWS.
term-tester = Tester
    .is = The user who tests sign-in before everyone else uses it.

## Troubleshooting: `problem-<problem>`

problem-no_tile = The access portal doesn’t show the nOps tile
    .do = In step 6, check that the tester is assigned. In step 4, check that the application is enabled and visible.
problem-no_access = AWS shows “No access”
    .do = Assign the user to the application. The user also needs a primary email address in AWS.
problem-error = A page shows an error
    .do = In step 8, choose <b>A page showed an error</b>, and paste the whole page with its address. We show the likely cause.
problem-by_hand = Sign-in that was set up by hand fails
    .do = Start a setup with <b>Fix an existing setup</b>, and paste what both pages show.
problem-mail = nOps asks for email confirmation
    .do = Open the link in nOps’s email, then sign in again. Check the spam folder too. nOps asks each person once.
problem-shift = Shift-click does nothing in the access portal
    .do = Try Firefox, Chrome, or Edge on Windows, or skip the dry run.
problem-denied = AWS denies access
    .do = In step 2, open <b>Permissions</b> and choose <b>Copy permissions policy</b>. Ask your AWS administrator to add this policy, or continue by hand.
problem-password = New users can’t sign in to AWS
    .do = Users added in step 9 have no password yet. In step 9, choose how they sign in for the first time.
problem-certificate = The certificate expires soon
    .do = In step 10, choose <b>Replace certificate…</b>. It shows what to do in AWS and in nOps, in which order.
problem-colleague = A colleague administers AWS or nOps
    .do = Choose <b>Hand over…</b>, and send your colleague the file. Your colleague opens it with <b>Open a colleague’s file…</b>, and sends a file back. Each time, compare the six words by phone.
problem-undo = You want to undo changes in AWS
    .do = In step 9, choose <b>Undo changes</b>. It undoes only this setup’s changes.
problem-locked_out = Someone is locked out
    .do = The recovery administrator turns off <label>Enforce SSO login for all domain users</label>. Step 10 explains the other cases. Don’t delete the SSO configuration in nOps.

## Data and privacy: `data-<topic>`, with the items `data-<topic>-<number>`

data-hosts = What we contact, and when
data-hosts-1 = <b>AWS, after you connect or run a command such as <code>watch</code>:</b> the endpoints of STS, Organizations, IAM Identity Center, its identity store, and account access manager. Also CloudTrail in steps 4 to 9 and in <b>Check now</b>, if your permissions allow it.
data-hosts-2 = <code>portal.sso.REGION.amazonaws.com</code>, after you connect, when you get AWS’s metadata, or with <b>Check now</b>: the application’s metadata and the portal’s TLS certificate.
data-hosts-3 = <code>oidc.REGION.amazonaws.com</code> and <code>portal.sso.REGION.amazonaws.com</code>, only for the browser sign-in.
data-hosts-4 = <b>The host in your nOps addresses</b>, only after you choose <b>Check nOps</b>. After that, we contact it when the addresses change, when you go to another step, and when you choose <b>Check now</b>. After you say that you saved in nOps, we ask every 15 seconds for up to 3 minutes.
data-hosts-5 = <code>app.nops.io</code> and <code>api.nops.io</code>, only when you check a nOps API key.
data-hosts-6 = <b>This computer</b> (127.0.0.1): the browser sign-in’s response, and practice mode.
data-hosts-7 = <b>Nothing else:</b> no telemetry and no automatic update check.
data-files = What we store, and where
data-files-1 = <b>In the setups folder</b> (<b>Help › Open setups folder</b>), for each setup: <code>.json</code> with the values, people, connection method, and where you saved the report; <code>.journal</code> with the changes in AWS; <code>.watch</code> with what the last check found; <code>.connection</code>; and <code>.lock</code>. A practice setup also has a folder.
data-files-2 = <b>Also there:</b> <code>window.json</code> with the window’s size and colors; <code>local.key</code>, which protects the connection method; and the web view’s files.
data-files-3 = <b>In the keychain</b>, as <code>nops-sso-setup</code>: AWS keys if you choose to keep them, the browser sign-in, and the nOps API key.
data-files-4 = <b>Where you choose:</b> reports and other files that you save. On the command line, <code>provision</code> writes a <code>.journal</code> file next to the list.
data-never = What we never store in a file
data-never-1 = SAML responses and error messages. Only the result is kept.
data-never-2 = AWS keys, sign-in tokens, MFA codes, passwords, nOps API keys, and private keys.
data-delete = How to delete everything
data-delete-1 = If you want to undo the changes in AWS, first choose <b>Undo changes</b> in step 9.
data-delete-2 = In the list of setups, choose <b>Delete</b>. It removes the setup’s files and its keychain entries.
data-delete-3 = Quit, then delete the setups folder.
