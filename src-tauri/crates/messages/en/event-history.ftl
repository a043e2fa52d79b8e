### AWS's event history (CloudTrail): what AWS logged, in steps 2 to 8 and in the report.

event-history = AWS’s event history
    .late = Events can appear a few minutes late.
    .idle = We aren’t checking for new events right now.
    .again = Check again
    .none = Not found yet
    .unseen = Not available
    .denied = These credentials don’t allow <code>cloudtrail:LookupEvents</code>. The permission is optional.
    .policy = Copy optional permission
    .why = Optional: with <code>cloudtrail:LookupEvents</code>, you can see who saved the settings and whether the tester signed in.
event-history-configuration = Application configuration saved
    .known = { $who ->
        [unknown] On { $at }
       *[other] By { $who } on { $at }
    }
event-history-mappings = Attribute mappings saved
    .known = { event-history-configuration.known }
event-history-signed_in = The tester signed in to AWS
    .known = { $with ->
        [unknown] On { $at }
       *[other] On { $at }, with { $with }
    }
event-history-opened = The tester opened the application
    .known = On { $at }
    .early = On { $at }, before the dry run or the last change
event-history-nops = The tester signed in to nOps
    .known = You confirmed this on { $at }
    .none = AWS doesn’t log this. Answer the question above.

credential-password = a password
credential-totp = an authenticator app
credential-webauthn = a security key or passkey
credential-external_idp = the external identity provider
credential-email_otp = an emailed code
credential-other = another kind of credential
