## Words of the window: its frame, general parts, and steps 1 to 5.
## <b>, <kbd> and <code> mark up; nothing else does.

## Steps

step-start = Start
step-connect = Connect AWS
step-addresses = nOps addresses
step-application = AWS application
step-mappings = Attribute mappings
step-rehearsal = Rehearsal
step-details = nOps details
step-doors = Two doors
step-people = People
step-finish = Finish

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
back = Back
continue = Continue
cancel = Cancel
close = Close
close-setup = Close this set-up
list-separator = {"; "}
foot-open = Still open: { $open }.
foot-nothing = Nothing is open in this step.
foot-after = {". "}
foot-error = { $count ->
    [one] 1 error
   *[other] { $count } errors
  }
foot-warning = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
  }
saved-as = Saved as { $file }.

rail = This set-up
rail-steps = Set-up steps
rail-none = No set-up open
rail-choose = Choose one, or start a new one
rail-account = AWS { $account }
    .region = AWS { $account }, { $region }
rail-practice = Practice: an AWS and a nOps on this computer
rail-by-hand = By hand, account not known yet
rail-unknown = AWS account not known yet
rail-shelf = All set-ups
rail-companion = Companion strip
rail-keys = Keyboard
rail-saved = Saved { $at }. No secret in the file.
rail-kept = Set-ups are kept on this computer, without secrets.

banner-practice = <b>Practice.</b> Nothing here reaches AWS or nOps. Pages open in a world on this computer.
banner-mailbox = Open the mailbox
banner-redirected = <b>This set-up talks to { $endpoint }, not to AWS.</b> The environment redirects it.
banner-unsaved = <b>Not saved.</b> { $reason }
banner-interrupted = <b>A change in AWS was interrupted.</b> Step 9 looks what became of it.
    .go = Go to step 9

lost = The app lost its core
    .detail = The window no longer gets answers. What was stored is on this computer, and no change in AWS is repeated blindly. Reload, or close the window and open it again.
    .reload = Reload

keys = Keyboard
keys-side = Other side (AWS, nOps)
    .keys = <kbd>F6</kbd>
keys-copy = Copy the value with that number
    .keys = <kbd>Ctrl</kbd> <kbd>1</kbd>…<kbd>9</kbd>
keys-continue = Continue
    .keys = <kbd>Alt</kbd> <kbd>→</kbd>
keys-back = Back
    .keys = <kbd>Alt</kbd> <kbd>←</kbd>
keys-companion = Companion strip
    .keys = <kbd>Ctrl</kbd> <kbd>K</kbd>
keys-escape = Close a dialog; nothing is changed
    .keys = <kbd>Esc</kbd>
keys-list = This list
    .keys = <kbd>?</kbd>
theme = Colours
theme-system = As the desktop
theme-light = Light
theme-dark = Dark

## General parts

side-aws = AWS
side-nops = nOps
number = { $number }
open-page = Open page
page-account = Be in account { $account }
rel-to = goes to <b>{ $side }</b> › { $what }
rel-from = comes from <b>{ $side }</b> › { $what }
wire-waits = not there yet
copy = Copy
copied = Copied
copied-says = { $label } copied. Paste it into { $side }.
copied-plain = Copied.
paste-fine = <b>Nothing found against it.</b>
drop-or = or drop or paste it here

source-observed = observed
source-imported = imported
    .file = imported from { $file }
source-entered = entered
source-derived = derived from { $from }
source-declared = declared by you

severity-error = Error:
severity-warning = Warning:
severity-info = Note:
severity-kept = Kept:
basis-documented = How we know: it is documented.
basis-seen = How we know: public samples. No document says so.
basis-inferred = How we know: inferred. No document says so.
keep = This is what the page shows: keep it
compare-expected = Expected
compare-received = Received
compare-given = Given
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
certificate-subject = Subject
    .note = The same in every sample we know. Only the SHA-256 tells two certificates apart.

job-look = Asking AWS
job-fetch_metadata = Fetching AWS’s metadata
job-check_key = Checking the nOps API key
job-find_tester = Looking the tester up in AWS
job-assign_tester = Changing the tester’s assignment in AWS
job-plan = Looking people up in AWS
job-apply = Making the changes in AWS
job-undo = Taking the changes back
job-reconcile = Looking at AWS what became of the last change
job-of = { $done } of { $total }
job-quarter = { $title }: { $percent } percent
job-throttled = AWS asked us to slow down. We go on by ourselves.
job-cancel = Stop

## Step 1

lead-start = Make AWS IAM Identity Center the sign-in of a nOps organization.
lead-connect = We look at your AWS organization, reading only.
lead-addresses = Switch SSO on in nOps and bring its three addresses. Only their ends differ.
lead-application = Add the nOps application in the AWS console. AWS offers no other way.
lead-mappings = Four rows tell AWS what to send to nOps about a person. Names count letter by letter, capitals included.
