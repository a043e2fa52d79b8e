## Words of the window: its frame, general parts, and steps 1 to 5.
## <b>, <kbd> and <code> mark up; nothing else does. <label> is around what stands so on a page of AWS or
## nOps: it is never translated.

## Statuses

status-done = Done
status-declared = Declared
status-ready = Ready
status-locked = After step { $steps }
status-error = { $count ->
    [one] 1 error
   *[other] { $count } findings
  }
status-warning = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
  }
status-info = { $count ->
    [one] 1 note
   *[other] { $count } notes
  }

## Frame

title = nOps SSO Setup
title-step = Step { $number } of 10: { $step }
skip = Skip to the step
head-step = Step { $number } of 10
head-next = Then: { $step }
takes-start = About 1 minute
takes-connect = About 1 minute
takes-addresses = About 3 minutes
takes-application = About 3 minutes
takes-mappings = About 2 minutes
takes-dry_run = About 3 minutes
takes-details = About 2 minutes
takes-sign_in_tests = About 4 minutes
takes-people = 1 minute, and the mail to each person
takes-finish = About 1 minute
back = Back
continue = Continue
cancel = Cancel
close = Close
close-setup = Close this setup
list-separator = {"; "}
foot-open = Still open: { $open }.
foot-nothing = Nothing is open in this step.
foot-about = : { $title }.{" "}
foot-after = .{" "}
foot-error = { $count ->
    [one] 1 error
   *[other] { $count } errors
  }
foot-warning = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
  }
locked = This can’t be done yet
locked-go = Go to step { $number }
saved-as = Saved as { $file }.

rail = This setup
rail-steps = Setup steps
rail-none = No setup open
rail-choose = Choose one, or start a new one
rail-account = AWS { $account }
    .region = AWS { $account }, { $region }
rail-practice = Practice: an AWS and a nOps on this computer
rail-by-hand = By hand, account not known yet
rail-unknown = AWS account not known yet
rail-shelf = All setups
rail-companion = mini window
rail-keys = Keyboard
rail-saved = Saved { $at }. No secret in the file.
rail-kept = Setups are kept on this computer, without secrets.

banner-practice = <b>Practice.</b> Nothing here reaches AWS or nOps. Pages open in a world on this computer.
banner-mailbox = Open the mailbox
banner-practice-moved = <b>The practice pages moved to port { $to }.</b> Another program uses port { $from }. Close the pages you opened before and open them again from here.
banner-redirected = <b>This setup talks to { $endpoint }, not to AWS.</b> The environment or the AWS configuration redirects it.
banner-unsaved = <b>Not saved.</b> { $reason }
banner-interrupted = <b>A change in AWS was interrupted.</b> Step 9 looks what became of it.
    .go = Go to step 9

lost = nOps SSO Setup stopped responding
    .detail = Your setup is saved on this computer, and no change in AWS is repeated. Reload, or close the window and open it again.
window-failed = This window can’t be shown
    .detail = An error occurred while drawing it. Your setup is saved on this computer. Reload, or close the window and open it again.
reload = Reload
step-failed = This step can’t be shown
    .detail = An error occurred while drawing it. Your setup is saved, and the other steps still work.
    .clear = Clear what was pasted last
    .report = Copy error report

keys = Keyboard
keys-side = Other side (AWS, nOps)
    .keys = <kbd>F6</kbd>
keys-copy = Copy the value with that number
    .keys = <kbd>Ctrl</kbd> <kbd>1</kbd>…<kbd>9</kbd>
keys-paste = Read what was copied: a file, a link, a table
    .keys = <kbd>Ctrl</kbd> <kbd>V</kbd>
keys-continue = Continue
    .keys = <kbd>Alt</kbd> <kbd>→</kbd>
keys-back = Back
    .keys = <kbd>Alt</kbd> <kbd>←</kbd>
keys-companion = mini window
    .keys = <kbd>Ctrl</kbd> <kbd>K</kbd>
keys-shelf = All setups
    .keys = <kbd>Ctrl</kbd> <kbd>O</kbd>
keys-save = Save the report
    .keys = <kbd>Ctrl</kbd> <kbd>S</kbd>
keys-zoom = Larger, smaller, actual size
    .keys = <kbd>Ctrl</kbd> <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd>
keys-quit = Quit
    .keys = <kbd>Ctrl</kbd> <kbd>Q</kbd>
keys-escape = Close a dialog; nothing is changed
    .keys = <kbd>Esc</kbd>
keys-list = This list
    .keys = <kbd>?</kbd> <kbd>F1</kbd>
theme = Colours
theme-system = As the desktop
theme-light = Light
theme-dark = Dark

## General parts

side-aws = <label>AWS</label>
side-nops = <label>nOps</label>
number = { $number }
open-page = Open page
page-account = Be in account { $account }
rel-to = goes to <b>{ $side }</b> › { $what }
rel-from = comes from <b>{ $side }</b> › { $what }
wire-waits = not there yet
copy = Copy
copied = Copied
copy-address = Copy address
copied-says = { $label } copied. Paste it into { $side }.
copied-plain = Copied.
pasted = pasted?
paste-fine = <b>Nothing found against it.</b>
drop-or = or drop or paste it, anywhere
downloads-watch = Look for it in my Downloads folder
downloads-off = Off. While this is on, a certificate or metadata file that arrives there is offered, never taken by itself.
downloads-watched = Looking, until you leave this step. A file that arrives now is offered here.
downloads-lost = The folder can no longer be read. Choose the file instead, or try again.

severity-kept = Kept
severity-said = { $severity }:
basis-documented = How we know: it is documented.
basis-seen = How we know: public samples. No document says so.
basis-inferred = How we know: inferred. No document says so.
compare-empty = (empty)

state-good = Good:
state-warning = Warning:
state-error = Error:
state-unknown = Not known:
state-off = Off:
state-said = Said:

page-aws_applications = Applications in AWS
page-aws_application = the application in AWS
page-aws_users = Users in AWS
page-aws_user = the user’s page in AWS
page-aws_groups = Groups in AWS
page-aws_settings = Settings in AWS
page-aws_portal = the access portal
page-nops_sso = SSO in nOps
page-nops_link = the Shareable Link
page-nops_api_key = API keys in nOps
page-practice_mailbox = the mailbox

copyable-value = the right value
copyable-certificate_pem = the certificate
copyable-certificate_one_line = the certificate in one line
copyable-mapping_attribute = the attribute’s name
copyable-mapping_value = the attribute’s value
copyable-verdict = the result
copyable-support_question = the question for nOps support
copyable-lockout_message = the message to nOps support
copyable-policy = the permissions

certificate-idp_metadata_fetched = Certificate in AWS’s metadata
certificate-idp_metadata = Certificate in your metadata file
certificate-idp_certificate = IAM Identity Center certificate, your file
certificate-nops_x509 = Certificate in nOps
certificate-same = Same as AWS’s metadata
certificate-other = Not the one in AWS’s metadata
certificate-until = Valid until
certificate-from = Valid from
certificate-days = Days left
certificate-key = Key
certificate-serial = Serial number
certificate-out = Take the certificate along
certificate-copy-pem = Copy PEM
certificate-copy-line = Copy one line
certificate-copy-sha256 = Copy SHA-256
certificate-subject = Subject
    .note = The same in every sample we know. Only the SHA-256 tells two certificates apart.

job-look = Asking AWS
job-keychain = Waiting for the keychain. If it asks for your password, enter it
job-sign_in = Waiting for you in the browser
job-roles = Asking AWS for your roles
job-fetch_metadata = Fetching AWS’s metadata
job-check_key = Checking the nOps API key
job-find_tester = Looking the tester up in AWS
job-assign_tester = Changing the tester’s assignment in AWS
job-plan = Looking people up in AWS
job-apply = Making the changes in AWS
job-undo = Taking the changes back
job-reconcile = Looking at AWS what became of the last change
job-paused = { $title }: paused
job-of = { $done } of { $total }
job-left =
    { $minutes ->
        [0] { $seconds ->
            [one] about 1 second left
           *[other] about { $seconds } seconds left
        }
        [one] about 1 minute left
       *[other] about { $minutes } minutes left
    }
job-quarter = { $title }: { $percent } percent
job-throttled = AWS asked us to slow down. We go on by ourselves.
job-cancel = Stop
job-pause = Pause
job-go-on = Go on

## Step 1

lead-start = Make AWS IAM Identity Center the sign-in of a nOps organization.
lead-connect = We look at your AWS organization, reading only.
lead-addresses = Switch SSO on in nOps and bring its three addresses. Only their ends differ.
lead-application = Add the nOps application in the AWS console. AWS offers no other way.
lead-mappings = Four rows tell AWS what to send to nOps about a person. Names count letter by letter, capitals included.

shelf = Continue a setup
shelf-count = { $count ->
    [one] 1 on this computer
   *[other] { $count } on this computer
  }
shelf-caption = Setups on this computer
shelf-name = Organization
shelf-account = AWS account
shelf-stands = Where it stands
shelf-changed = Last change
shelf-action = Action
shelf-practice = Nothing in it reaches AWS or nOps
shelf-practice-account = Practice account
shelf-unknown = Not known yet
shelf-step = Step { $number }, { $step }
shelf-interrupted = A change was interrupted
shelf-held = Open in another window
shelf-duplicate = Copy of another setup. Continue to make it separate.
day-today = Today, { $at }
day-yesterday = Yesterday, { $at }
rename-open = Rename…
rename-title = Rename { $name }
rename = Rename
delete-open = Delete…
delete-title = Delete { $name }?
delete-real = The setup’s file and its keys on this computer are deleted. Nothing changes in AWS or nOps.
delete-practice = The setup’s file and its practice mode on this computer are deleted.
delete = Delete
damaged = { $count ->
    [one] 1 setup file could not be read
   *[other] { $count } setup files could not be read
  }
    .detail = The files stay where they are, unchanged.

start-another = Start another
start-first = Start a setup
start-kind = What kind of setup
start-new = <b>New</b>
    .detail = nOps has no AWS sign-in yet. Ten steps.
start-repair = <b>Repair one made by hand</b>
    .detail = Bring what both pages show now. We say what differs; nothing is made anew.
start-practice = <b>Practice</b>
    .detail = The same ten steps with an AWS and a nOps on this computer.
start-practice-name = Practice
start-name = Name of the organization
start-roles = Which of these are you?
start-aws-role = AWS administrator
start-nops-role = nOps administrator
start-say = Not both? Tick one, and do the other part together.
start-go = Start setup
start-try = Try it in practice
start-is-new = A new sign-in.
start-is-repair = Repair of a sign-in made by hand.
start-is-practice = Practice: nothing in it reaches AWS or nOps.
lead-repair = Bring what both pages show now. What differs is listed, with one thing to do each; nothing is made anew.
repair-differs =
    { $count ->
        [one] 1 difference
       *[other] { $count } differences
    }
repair-order = Mend one, bring the value again as the page then shows it, and it leaves this list.
repair-fine = Nothing found against it
repair-fine-say = What was brought fits together. Run the dry run with a new response, then run both sign-in tests.
repair-fine-go = Run both sign-in tests
repair-bring = Bring what both pages show
repair-bring-say = Any part of it helps; the response of the failing sign-in helps most.
repair-aws = What AWS shows
repair-nops = What nOps shows
repair-sign-in = What happens at the sign-in
repair-response = The response: in the portal, <kbd>Shift</kbd> + click on the tile, then <label>Copy XML</label>
repair-error = Or the error that is shown, and the address of its page
repair-sign-in-test = Where it fails
repair-tile = At the tile in AWS’s portal
repair-link = At nOps’s Shareable Link
start-roles-both = You administer AWS and nOps.
start-roles-aws = You administer AWS.
start-roles-nops = You administer nOps.
start-roles-none = Somebody else administers AWS and nOps.

needs = What you need there
needs-account = Account
    .what = The management account, or the delegated administrator for Identity Center
needs-service = Service
    .what = IAM Identity Center is on, as an organization instance
needs-console = Console
    .what = You can open it: only there can the application be added
needs-role = Role
    .what = <code>client-admin</code>, to open Organization Settings
needs-page = SSO page
    .what = If the SSO entry is missing, nOps support must switch it on
needs-back = No way back
    .what = Deleting the SSO configuration in nOps can’t be undone. No step asks for it

## Step 2

work-connect = <b>We do this.</b> Reading only
lead-by-hand = No AWS access from here. Every step works on what you paste or drop; the checks that only AWS can answer are off.
work-by-hand = <b>You bring it.</b> <b>We check</b> what can be checked without AWS.
connect-by-hand = By hand
connect-as = Signed in as { $who }
connect-not-yet = Not connected yet
connect-with = Connect with
connect-way-practice = The practice mode’s AWS
connect-way-profile = Profile from ~/.aws
connect-way-role = Browser sign-in
connect-way-keys = Access keys
connect-way-by_hand = By hand, without AWS access
connect-profile = Profile
connect-profile-region = { $name } ({ $region })
connect-profile-problem = { $name }: { $problem }
connect-code = MFA code
    .hint = The six digits that the profile’s device shows now
connect-no-profiles = <b>No profile found</b> in the AWS configuration files of this computer. Use access keys, or go on by hand.
connect = Connect
connecting = Asking AWS
connected = Connected
connect-failed = AWS could not be reached this way
connect-go-by-hand = Go on by hand
connect-another = Choose another way
disconnect = Disconnect
connect-any = Anything with the account in it
    .hint = The access portal’s address, an application’s ARN, or any link from an application’s page. One is enough; later steps fill the rest.
connect-same = <b>What stays the same:</b> every address, the certificate, the mappings, the dry run, both sign-in tests, the gate and the report.
field-required = (required)
field-missing = { $label } is missing. Enter it here.
sign_in-start_url = AWS access portal URL
    .hint = IAM Identity Center › Settings shows it
sign_in-region = Region of Identity Center
    .hint = For example, us-east-1
sign_in-redirect = Sign in
sign_in-code = Sign in with a code
sign_in-open = Open the sign-in page
sign_in-waiting = <b>Open the page, sign in and allow access.</b> It leads back here by itself.
sign_in-waiting-code = <b>Open the page on any device, sign in and allow access.</b> The page must show this code:
sign_in-account = Account
sign_in-account-one = { $id }, { $name }
sign_in-account-choose = Choose the management account
sign_in-role = Role
sign_in-again = Sign in again
sign_in-kept = What the sign-in brings is kept in the keychain, or for this session where there is none.
keys-id = Access key ID
keys-secret = Secret access key
keys-token = Session token
    .hint = Only temporary keys have one.
keys-region = Region of Identity Center
keys-remember = Keep them in this computer’s keychain
    .detail = Otherwise they are forgotten when the window closes.
keys-keychain-missing = <b>This computer has no keychain.</b> The keys stay in memory and are forgotten when the window closes.
keys-keychain-locked = <b>The keychain is locked.</b> Unlock it to keep the keys. Otherwise they stay in memory and are forgotten when the window closes.
keys-keychain-silent = <b>The keychain doesn’t answer.</b> The keys stay in memory and are forgotten when the window closes.
not-kept-missing = This computer has no keychain. The sign-in is kept for this session.
not-kept-locked = The keychain is locked. The sign-in is kept for this session.
not-kept-silent = The keychain doesn’t answer. The sign-in is kept for this session.
identity-source = Identity source, as AWS shows it
    .correct = Correct the identity source
identity-source-directory = Identity Center directory
identity-source-scim = External identity provider
identity-source-active_directory = Active Directory
checks = What we found
checks-off = What is off, and who looks instead
checks-again = Look again
checks-policy = Copy the permissions this needs
connect-nops = Nothing to do yet
connect-nops-say = nOps offers no public interface to its SSO settings. What is done there, <b>you do on its page</b>; we hand you the values and check what comes back.
connect-ready = Have ready for step 3
connect-ready-1 = Organization Settings › SSO, signed in as <code>client-admin</code>
connect-ready-2 = A nOps password that works
connect-ready-3 = The name of a second administrator, outside your own domain
optional = optional
nops-key = Check a nOps API key
    .why = Brings nothing for SSO: it only tells whether we talk about the same nOps client.
    .label = Key
    .keychain = Stays in this computer’s keychain.
    .memory = Stays in memory until the window closes.
    .check = Check key
    .forget = Forget the key

## Step 3

work-addresses = <b>You do this</b> in nOps. <b>We check</b> every character.
addresses-aws = Where these go in step 4
nothing-aws = Nothing to do in AWS in this step.
nothing-nops = Nothing to do in nOps in this step.
aws-metadata = <label>Application metadata</label>
addresses-not-yet = nOps shows no addresses yet?
    .why = Some organizations get them only after nOps has saved once. AWS’s side can come first:
    .said = nOps shows no addresses yet. AWS’s side comes first:
    .go = Not there yet: go on without them
    .back = They are there now
addresses-not-yet-1 = Step 4: take AWS’s metadata link, <b>before</b> <label>Submit</label>
addresses-not-yet-2 = Step 7: save it in nOps, refresh the page
addresses-not-yet-3 = Back here with the addresses, then <label>Submit</label> in AWS
nops-sso-page = <label>Organization Settings › SSO</label>
nops-integration = <label>nOps SSO Integration Details</label>
nops-details = <label>Your SSO Details</label>
before = Before you switch anything on
    .why = it may move everyone’s sign-in
before-signed-in = A nOps administrator stays signed in
before-password = That administrator has a password that works
before-recovery = Recovery administrator, outside your own domain
addresses-switch-on = Switch on <label>Enable SSO Login</label>. <label>Select SSO Type</label>: choose AWS if listed.
addresses-cut-off = the page cuts them off: use its copy buttons
addresses-all = Paste all at once
    .hint = Select the whole section in nOps, copy it, and paste it here.
addresses-leave = <label>Domain</label> and <label>Enforce SSO login for all domain users</label>: leave empty and off. Step 10 comes back to them.
paste-taken = Read, and put where it belongs.

## Step 4

work-application = <b>You do this</b> in AWS. <b>We watch</b> and go on by ourselves.
work-application-by-hand = <b>You do this</b> in AWS and bring one link.
lead-application-found = The application is there. Its links give its addresses, and AWS’s own metadata gives the certificate.
work-application-found = <b>We did this.</b> Nothing to copy
applications-page = <label>IAM Identity Center › Applications</label>
application-page = <label>Applications › nOps</label>
aws-configure = <label>Configure application</label>
aws-idc-metadata = <label>IAM Identity Center metadata</label>
application-clicks-1 = Tab <label>Customer managed</label>, then <label>Add application</label>
application-clicks-2 = <label>I have an application I want to set up</label>, <label>SAML 2.0</label>, <label>Next</label>
application-clicks-3 = Fill in what is drawn here, then <label>Submit</label>
application-leave = <label>IAM Identity Center metadata</label>, <label>Application properties</label>: leave as they are.
application-how = How to fill in Application metadata
application-file = <label>Upload application SAML metadata file</label>
    .detail = <code>nops-sp-metadata.xml</code>: both addresses, impossible to swap
    .waits = The file needs both addresses of step 3.
application-typed = <label>Manually type your metadata values</label>
save-as = Save as…
application-link = One link of the application
    .hint = Any address from the application’s page in AWS, or its ARN. One is enough.
    .check = Any address from the application’s page in AWS. We compare it with what is known.
application-nothing-nops = Nothing to do in nOps in this step. Keep the page open for step 7.
application-audience = <b>AWS keeps the audience to itself.</b> Nobody can ask AWS what was typed there; the dry run in step 6 shows it.
application-early = <b>nOps gave no addresses yet.</b> Open <label>IAM Identity Center metadata</label> on AWS’s form before <label>Submit</label> and paste its metadata link on the left. It holds all that nOps needs to save once.
application-goes = Where these go in step 7
application-twice = <b>The same address twice is right.</b> AWS uses one address as the issuer and as the sign-in endpoint; nOps asks for both.
application-dry-run = <b>Run the dry run first.</b> nOps can be filled in now, but step 6 shows what AWS sends before anyone depends on it.
application-entered = What is entered in AWS’s form
application-compare = Compare what AWS’s form shows
    .why = In AWS: Actions › Edit configuration. Paste what stands there; we compare it character by character.
application-no-certificate = No certificate is known yet. Fetch AWS’s metadata, or bring the file you downloaded.
application-cross = Cross-check
    .why = optional: the same facts by another way
application-drop = Choose the certificate or metadata file you downloaded…
application-kind-saml = <label>SAML 2.0</label>
application-kind-oauth = <label>OAuth 2.0</label>
application-kind-catalogue = from the catalogue
application-kind-unknown = kind not known
application-status-ENABLED = enabled
application-status-DISABLED = disabled
application-status-unknown = status not known
metadata-fetch = Fetch AWS’s metadata
metadata-again = Fetch it again
certificate-sha256 = <code>SHA-256</code>
certificate-save = Save…
watch-waiting = Waiting for the application to appear in AWS
watch-asking = Asking AWS for its applications.
watch-asked = { $count ->
    [one] Asked { $at }: 1 application.
   *[other] Asked { $at }: { $count } applications.
  }
watch-since = None new since { $at }.
watch-paste = It is there: paste one of its links
watch-paste-one = Paste one of its links
watch-stop = Stop asking
watch-now = Ask now
watch-start = Watch for it
watch-idle = We can watch for the application
    .what = We ask AWS until it appears, reading only.
watch-off = No AWS access: we can’t see the application by ourselves
    .what = Bring one link from its page; it names the account, the Region and the application.
watch-found = { $name } is there
watch-application = The application
watch-is = <code>{ $arn }</code>, { $kind }, { $status }
watch-other = Not this one
watch-show = Show it in AWS
candidates = { $count ->
    [one] 1 application could be the one
   *[other] { $count } applications could be the one
  }
which-one = Which one is meant?
which-one-idp_certificate = Certificate
which-one-idp_metadata = Metadata
which-one-until = valid until { $date }
which-one-none = None of them
which-one-arrived = { $count ->
    [one] This has arrived in your Downloads folder. Is it the one?
   *[other] These have arrived in your Downloads folder. Is one of them meant?
}
which-one-take = Use it
which-one-leave = Leave it
candidate-created = added { $at }
candidate-choose = This one

## Step 5

work-mappings = <b>You do this</b> in AWS. <b>We check</b> what you paste back.
mappings-page = <label>nOps › Actions › Edit attribute mappings</label>
subject = Subject: what names a person to nOps?
subject-email = <code>{"${user:email}"}</code>
    .detail = The email address. AWS’s own guides use it.
    .counted = { $without ->
        [0] All { $users } people have one. AWS’s own guides use it.
        [one] 1 of { $users } people has none. AWS’s own guides use it.
       *[other] { $without } of { $users } people have none. AWS’s own guides use it.
      }
subject-user = <code>{"${user:subject}"}</code>
    .detail = The user name.
    .counted = { $otherwise ->
        [0] The user name. For all { $users } it is an email address.
       *[other] The user name. For { $otherwise } of { $users } it is no email address.
      }
mappings-caption = Attribute mappings as AWS shows them, with the values to enter
mappings-attribute = <label>User attribute in the application</label>
    .short = Attribute
mappings-value = <label>Maps to this string value or user attribute in IAM Identity Center</label>
    .short = Maps to
mappings-format = <label>Format</label>
mappings-there = already there
mappings-add = Press <label>Add new attribute mapping</label> for each further row, then <label>Save changes</label>. One small screen?
mappings-strip = mini window
mappings-back = Paste back what AWS shows
    .hint = In AWS: select the table, copy, paste it here. AWS does not let us read it.
    .example = Subject   {"${user:email}"}   emailAddress
mappings-pasted = The mappings as you pasted them
mappings-fits = Result
mapping-fits = Fits
mapping-differs = Differs
mapping-missing = Would be missing
mapping-reads = Read from each sign-in
mapping-reads-subject = Who signs in
mapping-reads-email = The account’s email address
mapping-reads-first = First name
mapping-reads-last = Last name
mappings-nops = What nOps reads
mappings-nops-say = nOps has no field for these. It reads them from each sign-in.
mappings-four = <b>The same name twice is an error in nOps.</b> Four rows, no more.
mappings-groups = <b>Groups are not sent.</b> nOps reads groups from Okta only; people from AWS get the default role of step 7.

check-kind-off = In AWS, Settings › Details must say “Organization instance”. An account instance can’t hold the application.
check-identity_source-off = You say it above: AWS’s Settings › Identity source shows it.
check-organization-off = Nobody needs it for SSO.
check-instance-off = IAM Identity Center has to be on: its Settings page opens then.
check-delegated-off = Only AWS’s Organizations page shows them.
check-application-off = Step 4 does not notice it by itself: paste one link from its page.
check-account-off = Any link with the account in it tells.
check-region-off = The application’s links carry it.
check-portal-off = Settings › Identity source in AWS shows its address.
