### AWS's event history (CloudTrail): what AWS logged, in steps 2 to 8 and in the report.

event-history = AWS’s event history
    .late = AWS logs events some minutes late. We keep looking while steps 4 to 8 are open.
    .idle = Not looked up now.
    .again = Look again
    .none = Not visible yet
    .unseen = Not visible
    .denied = These credentials don’t allow <code>cloudtrail:LookupEvents</code>. The permission is optional.
    .policy = Copy optional permission
    .why = Optional: with <code>cloudtrail:LookupEvents</code>, we show what AWS logged: who saved the settings, and whether the tester signed in.
event-history-configuration = Application configuration saved
    .known = { $who ->
        [unknown] At { $at }
       *[other] By { $who } at { $at }
    }
event-history-mappings = Attribute mappings saved
    .known = { event-history-configuration.known }
event-history-signed_in = The tester signed in to AWS
    .known = { $with ->
        [unknown] At { $at }
       *[other] At { $at }, with { $with }
    }
event-history-opened = The tester opened the application
    .known = At { $at }
    .early = At { $at }, before the dry run or the last change
event-history-nops = The tester signed in to nOps
    .known = You confirmed this at { $at }
    .none = AWS doesn’t see this. Answer above.

credential-password = a password
credential-totp = an authenticator app
credential-webauthn = a security key or passkey
credential-external_idp = the external identity provider
credential-email_otp = a code from an email
credential-other = another credential
