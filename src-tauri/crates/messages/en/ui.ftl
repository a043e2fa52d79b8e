### The window's text: the frame, shared parts, and steps 1 to 5.
### Messages may contain the tags <b>, <kbd> and <code>. <label> marks a label from an AWS or nOps page, which is
### never translated.

## Statuses

status-done = Done
status-declared = You confirmed this
status-ready = Ready
status-locked = After step { $steps }
status-skipped = Skipped
status-error = { $count ->
    [one] 1 problem
   *[other] { $count } problems
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
title-failed = nOps SSO Setup can’t start
title-step = Step { $number } of 10: { $step }
skip = Skip to main content
head-step = Step { $number } of 10
takes-start = 1 min
takes-connect = 1 min
takes-addresses = 3 min
takes-application = 3 min
takes-mappings = 2 min
takes-dry_run = 3 min
takes-details = 2 min
takes-sign_in_tests = 4 min
takes-people = 1 min, plus waiting for emails
takes-finish = 1 min
back = Back
continue = Continue
cancel = Cancel
close = Close
close-setup = Close setup
list-separator = {"; "}
foot-open =
    { $more ->
        [0] To do: { $open }.
       *[other] To do: { $open }, and { $more } more.
    }
foot-after = .{" "}
foot-nothing = Nothing left to do in this step.
foot-skipped = You skipped this step. You can still do it.
locked-go = Go to step { $number }
saved-as = Saved { $file } in { $folder }
saved-open = Open
saved-show = Show in folder

rail = This setup
rail-steps = Setup steps
rail-none = No setup open
rail-account = AWS { $account }
    .region = AWS { $account }, { $region }
rail-practice = Practice mode
rail-by-hand = Working by hand, AWS account not known yet
rail-unknown = AWS account not known yet
rail-setups = All setups
rail-mini-window = Mini window
rail-keys = Keyboard shortcuts
rail-saved = Saved at { $at }
rail-kept = Setups stay on this computer and contain no secrets.

banner-practice = <b>Practice mode.</b> Nothing reaches AWS or nOps. The practice pages work only while this setup is open.
banner-mailbox = Open practice mailbox
banner-practice-moved = <b>The practice pages moved to port { $to }.</b> Another program is using port { $from }. Close the old pages, then open them again from here.
banner-redirected = <b>AWS requests go to { $endpoint }, not to AWS.</b> An environment variable or your AWS configuration redirects them.
banner-unconfirmed = <b>Connect to AWS with your profile { $profile }?</b> This profile was chosen on another computer, or the setup file was copied.
    .yes = Connect with this profile
    .no = Don’t connect
banner-unconfirmed-command = <b>Connect to AWS with your profile { $profile }, which runs</b> <code>{ $command }</code>? This profile was chosen on another computer, or the setup file was copied.
banner-unsaved = <b>Not saved.</b> { $reason }
banner-interrupted = <b>A change in AWS was interrupted.</b> Check its result in step 9.
    .go = Go to step 9

lost = nOps SSO Setup stopped responding
    .detail = Your setup is saved, and no change in AWS will be repeated. Reload, or close and reopen the window.
window-failed = nOps SSO Setup can’t show this screen
    .detail = Your setup is saved. Reload, or close and reopen the window.
reload = Reload
step-failed = nOps SSO Setup can’t show this step
    .detail = Your setup is saved, and the other steps still work.
    .clear = Clear last paste
    .report = Copy error report

keys = Keyboard shortcuts
keys-side = Switch between AWS and nOps
keys-copy = Copy the value with this number
keys-paste = Paste a file, link, or table
keys-continue = Continue
keys-back = Back
keys-mini-window = Mini window
keys-setups = All setups
keys-save = Save report
keys-zoom = Zoom in, zoom out, actual size
keys-quit = Quit
keys-escape = Close a dialog
keys-list = Show this list
theme = Colors
theme-system = Match system
theme-light = Light
theme-dark = Dark

## Shared parts

side-aws = <label>AWS</label>
side-nops = <label>nOps</label>
open-page = Open page
page-account = Account { $account }
rel-to = to <b>{ $side }</b> › { $what }
rel-from = from <b>{ $side }</b> › { $what }
transfer-waits = not known yet
copy = Copy
copied = Copied
copied-earlier = copied before
copy-address = Copy address
copied-says = Copied { $label }. Paste it into { $side }.
copied-plain = Copied.
recommended = Recommended
paste-fine = <b>No problems found.</b>
placed = Filled in: { $fields }.
placed-and = {", "}
drop-or = or drop or paste it here
downloads-watch = Watch my Downloads folder
downloads-off = We ask before using a file.
downloads-watched = Watching until you leave this step.
downloads-lost = Can’t read the Downloads folder. Choose the file instead, or try again.

severity-kept = Value kept
item-row = Row { $row }
item-certificate = Certificate with SHA-256 fingerprint …{ $end }
place-of-finding = { $side } › { $field }
severity-said = { $severity }:
basis-documented = Based on official documentation.
basis-seen = Based on public examples.
basis-inferred = We inferred this. It isn’t documented.
compare-empty = (empty)

state-good = Good:
state-warning = Warning:
state-error = Error:
state-unknown = Not known:
state-off = Not checked:
state-said = You confirmed:

page-aws_applications = Applications in AWS
page-aws_application = the application in AWS
page-aws_users = Users in AWS
page-aws_user = the user’s page in AWS
page-aws_groups = Groups in AWS
page-aws_settings = Settings in AWS
page-aws_portal = the access portal
page-nops_sso = SSO in nOps
page-nops_api_key = API keys in nOps
page-practice_mailbox = the mailbox

copyable-value = the right value
copyable-certificate_pem = the certificate
copyable-certificate_one_line = the certificate as one line
copyable-mapping_attribute = the attribute’s name
copyable-mapping_value = the attribute’s value
copyable-verdict = the result
copyable-support_details = the support details
copyable-support_question = the question for nOps support
copyable-lockout_message = the message to nOps support
copyable-policy = the permissions
copyable-event_history_policy = the optional permission

certificate-idp_metadata_fetched = Certificate in AWS’s metadata
certificate-idp_metadata = Certificate in your metadata file
certificate-idp_certificate = Certificate in your file
certificate-nops_x509 = Certificate in nOps
certificate-same = Matches AWS’s metadata
certificate-other = Doesn’t match AWS’s metadata
certificate-more = Certificate details
certificate-until = Valid until
certificate-from = Valid from
certificate-key = Key
certificate-serial = Serial number
certificate-out = Copy or save certificate
certificate-copy-pem = Copy PEM
certificate-copy-line = Copy as one line
certificate-copy-sha256 = Copy SHA-256
certificate-subject = Subject
    .note = Different certificates can have the same subject. Compare their SHA-256 fingerprints.

job-look = Checking AWS
job-keychain = Waiting for the keychain, which might ask for your password
job-sign_in = Waiting for your browser sign-in
job-roles = Getting your roles from AWS
job-check_key = Checking the nOps API key
job-find_tester = Looking up the tester in AWS
job-assign_tester = Changing the tester’s assignment in AWS
job-plan = Looking up people in AWS
job-apply = Making changes in AWS
job-undo = Undoing changes in AWS
job-reconcile = Checking the last change in AWS
job-paused = { $title }: paused
job-ended = { $title }: finished.
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
job-throttled = AWS is limiting requests. Continuing at a slower pace.
job-cancel = Stop
job-pause = Pause
job-go-on = Resume

## Step 1

lead-start = Let people sign in to nOps with AWS IAM Identity Center.
lead-connect = We check your AWS organization.
lead-addresses = Turn on SSO in nOps and copy its three addresses.
    .repair = Check nOps’s three addresses, and make sure that you can’t be locked out.
lead-application = Add nOps as an application in the AWS console.
lead-mappings = Set four attribute mappings in AWS. Names must match exactly.

setups = Your setups
setups-caption = Setups on this computer
setups-name = Organization
setups-account = AWS account
setups-status = Status
setups-changed = Last change
setups-action = Action
setups-practice = Practice mode
setups-practice-account = Practice account
setups-unknown = Not known yet
setups-step = Next: step { $number }, { $step }
setups-opens = Opens at step { $number }, { $step }
setups-finished = Finished
setups-open = Open
setups-interrupted = A change was interrupted
setups-held = Open in another window
setups-duplicate = Copy of another setup
day-today = Today, { $at }
day-yesterday = Yesterday, { $at }
new-from-open = New from this setup…
new-from-title = New setup from { $name }
new-from = Create setup
    .copied = Copies your choices: the application’s display name, the Subject value, the default role, the group’s name, and how people sign in the first time. Copies no addresses, people, or test results.
rename-open = Rename…
rename-title = Rename { $name }
rename = Rename
delete-open = Delete…
delete-title = Delete { $name }?
delete-real = This deletes the setup’s file and keys from this computer. Nothing changes in AWS or nOps.
delete-practice = This deletes the setup’s file and practice data from this computer.
delete = Delete
damaged = { $count ->
    [one] 1 setup file can’t be read
   *[other] { $count } setup files can’t be read
  }
    .detail = We didn’t change any files.

start-another = Start another setup
start-first = Start a setup
start-kind = Kind of setup
start-new = <b>New setup</b>
    .detail = nOps doesn’t use AWS sign-in yet.
start-repair = <b>Fix an existing setup</b>
    .detail = Find out why sign-in fails.
start-name = Organization name
start-roles = Where are you an administrator?
start-go = Start setup
start-practice = Practice mode needs no account.
start-practice-new = Practice a new setup
    .name = Practice
start-practice-repair = Practice a repair
    .name = Practice repair
start-is-new = New setup.
start-is-repair = Fixing an existing setup.
start-is-practice = Practice mode.
lead-repair = Paste what the AWS and nOps pages show, and we’ll find the differences.
start-is-practice-repair = Practice mode. A colleague set up this sign-in by hand, and it fails.
repair-differs =
    { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }
repair-partly = No problems found so far
repair-partly-say = Not compared yet: { $fields }. Paste or drop these values.
repair-mappings-where = To copy the attribute mappings, open nOps in AWS, and choose Actions › Edit attribute mappings.
repair-before-save = Before you save in nOps
    .say = Make sure that you can’t be locked out: keep an administrator signed in, check the password, and name a recovery administrator.
repair-fine = No problems found
repair-fine-say = Next, do a dry run with a new response, then both sign-in tests.
repair-fine-connect = Connect to AWS, so that we know the access portal. Then do a dry run and both sign-in tests.
repair-fine-go = Go to step { $number }
repair-done = You’re done
repair-done-say = The values match. The dry run and both sign-in tests passed.
repair-done-go = Go to step 10
repair-bring = Copy a whole page, then press { $paste } here
repair-bring-say = Start with AWS: open the nOps application, press { $all }, then { $copy }. Do the same with its attribute mappings, and with Organization Settings › SSO in nOps. A SAML response helps too. The end of this page says how to copy one.
repair-aws = What AWS shows
repair-nops = What nOps shows
repair-sign-in = What happens when someone signs in
repair-response = In the access portal, hold <kbd>Shift</kbd> and choose the nOps tile, then choose <label>Copy XML</label>.
repair-error = Or paste the error message and page address
repair-sign-in-test = Which sign-in fails?
repair-tile = From the AWS access portal
repair-link = From nOps, with the Shareable Link
start-roles-aws = You administer AWS. A colleague administers nOps.
start-roles-nops = You administer nOps. A colleague administers AWS.
start-roles-none = Colleagues administer AWS and nOps.

needs = What you need
needs-account = Account
    .what = The management account, or the delegated administrator for Identity Center
needs-service = Service
    .what = IAM Identity Center, enabled as an organization instance
needs-console = Console
    .what = Access to add applications in IAM Identity Center
needs-role = Role
    .what = <code>client-admin</code>
needs-page = SSO page
    .what = If it’s missing, ask nOps support to turn it on

## Step 2

work-connect = <b>We do this</b> (read-only).
lead-by-hand = Without AWS access, paste the values or drop the files.
connect-by-hand = Working by hand
portal-hint = Optional. Copy it from <label>Settings</label> in IAM Identity Center.
connect-as = Signed in as { $who }
connect-not-yet = Not connected yet
connect-with = Connect with
connect-way-practice = Practice mode
connect-way-profile = Profile from ~/.aws
connect-way-role = Browser sign-in
connect-way-keys = Access keys
connect-way-by_hand = By hand, without AWS access
connect-profile = Profile
connect-profile-region = { $name } ({ $region })
connect-profile-problem = { $name } (can’t be used)
connect-configuration =
    { $count ->
        [one] One note about the AWS configuration files
       *[other] { $count } notes about the AWS configuration files
    }
connect-code = MFA code
    .hint = The six-digit code from the profile’s MFA device
connect-no-profiles = <b>No profiles found</b> in this computer’s AWS configuration files. Choose another way to connect.
connect = Connect
connecting = Connecting to AWS
connected = Connected
connect-failed = Couldn’t connect to AWS
connect-go-by-hand = Disconnect and work by hand
disconnect = Disconnect
choices-clear = Clear answer
connect-any = Link or ARN from AWS
    .hint = Optional. It contains your AWS account and Region, so that <b>Open page</b> opens the right pages.
whats-this = What’s this? { $term }
field-required = (required)
field-missing = { $label } is missing. Enter it here.
sign_in-start_url = AWS access portal URL
    .hint = In AWS: IAM Identity Center › Settings
sign_in-region = Identity Center Region
    .hint = For example, us-east-1
sign_in-redirect = Sign in
sign_in-code = Sign in with a code
sign_in-open = Open the sign-in page
sign_in-waiting = <b>Open the page, sign in, and allow access.</b> Then come back here.
sign_in-waiting-code = <b>Open the page on any device, sign in, and allow access.</b> The page must show this code:
sign_in-account = Account
sign_in-account-one = { $id }, { $name }
sign_in-account-choose = Choose the management account
sign_in-role = Role
sign_in-again = Sign in again
sign_in-kept = Your sign-in is kept in the keychain. Without a keychain, it’s kept only for this session.
keys-id = Access key ID
    .hint = You can also paste all the values from the AWS access portal here.
keys-block = <b>Keys pasted.</b> Enter the Region, then connect.
    .clear = Clear keys
keys-secret = Secret access key
keys-token = Session token
    .hint = Only temporary keys have one.
keys-region = Identity Center Region
keys-remember = Keep the keys in this computer’s keychain
    .detail = Otherwise, they’re forgotten when the window closes.
keys-keychain-missing = <b>This computer has no keychain.</b> The keys stay in memory until the window closes.
keys-keychain-locked = <b>The keychain is locked.</b> Unlock it to keep the keys. Otherwise, they’re forgotten when the window closes.
keys-keychain-silent = <b>The keychain isn’t responding.</b> The keys stay in memory until the window closes.
not-kept-missing = This computer has no keychain. Your sign-in is kept only for this session.
not-kept-locked = The keychain is locked. Your sign-in is kept only for this session.
not-kept-silent = The keychain isn’t responding. Your sign-in is kept only for this session.
identity-source = Identity source in AWS
    .correct = Correct the identity source
    .by-hand = Identity source in AWS (optional)
identity-source-directory = Identity Center directory
identity-source-scim = External identity provider
identity-source-active_directory = Active Directory
checks = What we found
checks-off = Checks that need an AWS connection
checks-by-hand = Check these settings in AWS
checks-again = Check again
checks-permissions = Permissions
checks-policy = Copy permissions policy
optional = optional
nops-key = Check a nOps API key
    .why = This only shows which nOps client the key belongs to.
    .label = Key
    .keychain = The key is kept in this computer’s keychain.
    .memory = The key is kept in memory until the window closes.
    .check = Check key
    .forget = Remove key

## Step 3

work-addresses = <b>You do this</b> in nOps.
nothing-to-do = Nothing to do here
aws-metadata = <label>Application metadata</label>
addresses-not-yet = Don’t see the addresses yet?
    .why = nOps might show them only after you save there for the first time. If so, start with AWS:
    .said = Start with AWS:
    .go = I don’t see them yet
    .back = I see them now
addresses-not-yet-1 = Step 4: copy AWS’s metadata link <b>before</b> you choose <label>Submit</label>
addresses-not-yet-2 = Step 7: save AWS’s values in nOps, then refresh the page
addresses-not-yet-3 = Paste the addresses here, then choose <label>Submit</label> in AWS
nops-sso-page = <label>Organization Settings › SSO</label>
nops-integration = <label>nOps SSO Integration Details</label>
nops-details = <label>Your SSO Details</label>
before = Before you turn on SSO
    .repair = Before you save in nOps
    .why = This might change how everyone signs in
before-signed-in = I’ll keep a nOps administrator signed in
before-password = I tested that administrator’s password
before-recovery = Email of a recovery administrator outside your domain
    .example = name@example.net
    .practice = In practice mode, you can enter <code>ops@example.net</code>.
addresses-switch-on = Turn on <label>Enable SSO Login</label>. For <label>Select SSO Type</label>, choose AWS if it’s listed. Don’t save yet: in step 7, you choose it again and save.
    .repair = Leave <label>Enable SSO Login</label> on. Don’t save yet: you save in step 7.
addresses-all = Paste all three addresses
    .hint = Copy the whole nOps page and paste it here.
addresses-one-by-one = Or use the page’s copy buttons

## Step 4

work-application = <b>You do this</b> in AWS.
lead-application-found = We read the application’s addresses and certificate from AWS.
lead-application-given = The application’s addresses come from the values you pasted.
work-application-found = You copy these values to nOps in step 7.
applications-page = <label>IAM Identity Center › Applications</label>
application-page = <label>Applications › nOps</label>
aws-configure = <label>Configure application</label>
aws-idc-metadata = <label>IAM Identity Center metadata</label>
application-clicks-1 = On the <label>Customer managed</label> tab, choose <label>Add application</label>
application-clicks-2 = Choose <label>I have an application I want to set up</label>, <label>SAML 2.0</label>, then <label>Next</label>
application-clicks-3 = Fill in the form, then choose <label>Submit</label>
application-leave = Leave the other fields as they are.
application-how = How to fill in Application metadata
application-file = <label>Upload application SAML metadata file</label>
    .detail = <code>nops-sp-metadata.xml</code> contains both addresses
    .waits = To create this file, paste both addresses in step 3.
application-typed = <label>Manually type your metadata values</label>
save-as = Save as…
application-submitted = I chose <label>Submit</label> in AWS
application-submitted-hint = AWS shows the values even before you submit the form, so we can’t tell whether you did.
application-link = Application link or ARN
    .hint = Paste any link from the application’s page, or its ARN.
application-early = <b>nOps shows no addresses yet.</b> Before you choose <label>Submit</label> in AWS, copy the metadata link under <label>IAM Identity Center metadata</label>, and paste it on the left. This is all you need for the first save in nOps.
application-twice = <b>The issuer URL and sign-in URL are the same.</b> That’s correct.
application-entered = Values for AWS’s form
application-compare = Compare with AWS’s form
    .why = We can’t read these values in AWS. Open Actions › Edit configuration there, and paste its values here.
application-no-certificate = No certificate yet. Get AWS’s metadata, or choose the file you downloaded.
application-drop-one = Choose the certificate or metadata file…
application-cross = Cross-check with a file or link
application-drop = Choose the certificate or metadata file…
application-kind-saml = <label>SAML 2.0</label>
application-kind-oauth = <label>OAuth 2.0</label>
application-kind-catalog = from the catalog
application-kind-unknown = type not known
application-status-ENABLED = enabled
application-status-DISABLED = disabled
application-status-unknown = status not known
metadata-fetch = Get AWS’s metadata
metadata-again = Get AWS’s metadata again
fingerprint-end = SHA-256 …
certificate-sha256 = <code>SHA-256</code>
certificate-save = Save…
certificate-remove = Remove file
nops-check = Check nOps
    .why = This contacts <b>{ $host }</b> without signing in.
    .practice = This contacts practice mode’s nOps on this computer.
    .go = Check nOps
    .other = Check { $host }…
    .stop = Stop waiting
    .early = That’s normal until you save in nOps (step 7).
    .asking = Checking nOps…
    .waiting = Waiting for nOps to show this application’s endpoint. We check every 15 seconds for up to 3 minutes.
    .at = Checked at { $at }
    .limits = This check can’t see the certificate in nOps. The sign-in tests check it.
nops-check-metadata = Addresses in nOps’s metadata
    .same = Same as in this setup
    .differs = Different from this setup
    .seen = Visible. To compare the addresses, paste them in step 3.
    .unseen = Not visible.
nops-check-endpoint = Endpoint saved in nOps
    .same = Same as in this AWS application
    .differs = Different from this AWS application
    .seen = Visible. To compare the endpoint, add the AWS application in step 4.
    .unseen = Not visible.
nops-check-host = Check { $host }?
    .why = This isn’t nOps’s usual host. Make sure that your nOps page shows it. We send no credentials.
    .do = Check { $host }
watch-waiting = Waiting for the application in AWS
watch-asking = Checking the applications in AWS.
watch-asked = { $count ->
    [one] Checked at { $at }. Found 1 application.
   *[other] Checked at { $at }. Found { $count } applications.
  }
watch-since = No new applications since { $at }.
watch-paste = Paste application link
watch-paste-one = Go to the field
watch-stop = Stop watching
watch-now = Check now
watch-start = Watch AWS
watch-idle = We can watch for the application in AWS
    .what = We only read from AWS.
watch-off = Paste the application’s link
    .what = The link contains the account, Region, and application ID.
watch-given = The application’s addresses are known
    .what = Without a connection to AWS, we can’t check the application itself.
watch-found = Found { $name } in AWS
watch-application = AWS application
watch-is = <code>{ $arn }</code>, { $kind }, { $status }
watch-other = Choose another application
watch-show = Show in AWS
candidates = { $count ->
    [one] 1 possible application
   *[other] { $count } possible applications
  }
which-one = Which one do you want to use?
which-one-idp_certificate = Certificate
which-one-idp_metadata = Metadata
which-one-until = valid until { $date }
which-one-none = None of these
which-one-arrived = { $count ->
    [one] Use this file from your Downloads folder?
   *[other] Use one of these files from your Downloads folder?
}
which-one-take = Use file
which-one-leave = Ignore
candidate-created = added { $at }
candidate-choose = Choose this one

## Step 5

work-mappings = <b>You do this</b> in AWS.
mappings-page = <label>nOps › Actions › Edit attribute mappings</label>
subject = Subject: what identifies a person to nOps?
subject-email = <code>{"${user:email}"}</code>
    .detail = The email address. AWS’s guides use it.
    .counted = { $without ->
        [0] Everyone has an email address.
        [one] 1 of { $users } people has no email address.
       *[other] { $without } of { $users } people have no email address.
      }
subject-user = <code>{"${user:subject}"}</code>
    .detail = The user name. Everyone’s user name must be an email address.
    .counted = { $otherwise ->
        [0] Everyone’s user name is an email address.
        [one] 1 of { $users } user names isn’t an email address.
       *[other] { $otherwise } of { $users } user names aren’t email addresses.
      }
mappings-caption = Attribute mappings in AWS, with the values to enter
mappings-attribute = <label>User attribute in the application</label>
    .short = Attribute
mappings-value = <label>Maps to this string value or user attribute in IAM Identity Center</label>
    .short = Maps to
mappings-format = <label>Format</label>
mappings-there = already in AWS
mappings-clicks-1 = Choose <label>Actions</label>, then <label>Edit attribute mappings</label>
mappings-clicks-2 = Fill in the table. To add a row, choose <label>Add new attribute mapping</label>
mappings-clicks-3 = Choose <label>Save changes</label>. Then open the table again, copy it, and paste it here
mappings-back = Paste the table from AWS
    .example = Subject   {"${user:email}"}   emailAddress
mappings-pasted = The mappings you pasted
mappings-fits = Result
mapping-fits = Correct
mapping-differs = Differs
mapping-missing = Missing
mapping-reads = Read by nOps at each sign-in
mapping-reads-subject = Who signs in
mapping-reads-email = The account’s email address
mapping-reads-first = First name
mapping-reads-last = Last name
mappings-nops = What nOps reads at each sign-in

check-kind-off = For SAML, Settings › Details must show “Organization instance”.
check-instance-off = Must be enabled. If its Settings page opens, it is.
