# The command line: headings, answers, the demo.

error-word = Error
error-usage-hint = See “lienket help”.
progress-rows = rows
col-file = File
col-kind = Kind
col-rows = Rows
col-accepted = Accepted
col-already = Already held
col-rejected = Rejected
col-what = What
col-id = Id
col-case = Case
col-title = Title
col-state = State
col-files = Files
col-value = Value
col-seen = Seen
col-ring = Ring
col-complaints = Complaints
col-accounts = Accounts
col-countries = Countries
col-lost = Lost
col-account = Account
col-country = Country
col-role = Role
col-score = Score
col-evidence = First evidence
col-rule = Rule
col-transfers = Transfers
col-resting = Rests there
col-resting-usd = In US dollars
col-since = Since
pattern-cycle = Cycle: money comes back to where it started
pattern-fan-in = Fan in: several pay one account, which passes it on
pattern-fan-out = Fan out: one account passes money on to several
pattern-scatter-gather = Scatter and gather: one account reaches another through several
pattern-gather-scatter = Gather and scatter: several pay one account, which pays several
pattern-stack = Stack: layers of accounts, each paying several of the next
pattern-mule-chain = Mule chain: account after account passes one sum on
described-none = Nothing in the transfers of this case is what { $name } describes.
described-count = { $count ->
        [one] What { $name } describes is found once in the transfers of this case:
       *[other] What { $name } describes is found { $count } times in the transfers of this case, the earliest first:
    }
patterns-none = No shape of money laundering stands out in the transfers of this case.
patterns-count = { $count ->
      [one] 1 shape stands out
     *[other] { $count } shapes stand out
    } in the transfers of this case, the most unlikely first:
patterns-line = { $name } ({ $score })
patterns-what = { $transfers ->
      [one] 1 transfer
     *[other] { $transfers } transfers
    } between { $accounts } accounts, { $from } to { $to }: { $list }
patterns-cut = A limit cut the search or a finding short; there may be more. A shorter --window looks at less at a time.
col-urgency = Urgency
col-low-high = Rests there, in US dollars
col-transfer = Transfer
col-amount = Amount
col-from-victims = From victims
col-other-money = Other money
stop-payment-title = Where money can still be stopped (ask the bank to hold it; the most urgent first: most dollars, divided by one plus the days since they came)
trace-cut = { $rule }: the trace stopped at a limit on { $moment }; it knows nothing of what happened later. Start from fewer transfers.
trace-cut-backward = { $rule }: the search stopped at a limit; there may be more behind it. Start from fewer transfers.
trace-fed-title = { $rule }: what the transfers were fed from
trace-way-line = { $count ->
      [one] 1 transfer
     *[other] { $count } transfers
    } on the way, with --json all of them
trace-origin-line = { $account } paid { $amount } of it that it is not known to have received
trace-no-victims = no complaint's payment fed it
trace-declared = { $count ->
      [one] 1 opening balance was declared
     *[other] { $count } opening balances were declared
    } and taken for clean.
trace-assumption = What an account held before its first transfer here is not known and is taken for clean.
col-seq = No.
col-when = When
col-who = Who
col-did = Did
kind-complaints = complaints
kind-transfers = transfers
kind-accounts = accounts
kind-truth = truth of an exercise
kind-misp = MISP event
kind-misp-feed = MISP feed
kind-stix = STIX 2.1
kind-hosts = host list
what-case = case
what-complaint = complaint
what-account = account
what-transfer = transfer
what-ring = ring
what-hit = hit
what-request = request
what-bulletin = bulletin
state-open = open
state-closed = closed
user-officer = officer
user-supervisor = supervisor
user-administrator = administrator
user-auditor = auditor
and-more = … and { $count } more
rejected-rows = { $path }: { $count ->
      [one] 1 row was
     *[other] { $count } rows were
    } rejected
warning-rows = { $path }: { $count ->
      [one] 1 warning
     *[other] { $count } warnings
    }
rejects-file = All rejected rows: { $path }
found-count = { $value }: { $count ->
      [0] nobody here knows it
      [one] 1 place holds it
     *[other] { $count } places hold it
    }
resolved-count = { $entities ->
      [one] 1 person or contact
     *[other] { $entities } persons or contacts
    } known from several records; { $suppressed ->
      [one] 1 value
     *[other] { $suppressed } values
    } too common to join on
disputed-told = Not joined, since { $complaints } would bring together persons whom banks tell apart: { $persons }
entity-new = { $at }  { $first } began { $because }
entity-merged = { $at }  { $others } went into { $first }, { $because }
entity-split = { $at }  { $first } was parted, out of it came { $others }, { $because }
suppressed-heading = Too common to join on:
rings-count = { $rings ->
      [one] 1 ring
     *[other] { $rings } rings
    }, { $hookups ->
      [one] 1 hook-up
     *[other] { $hookups } hook-ups
    }; { $unmatched ->
      [one] 1 complaint
     *[other] { $unmatched } complaints
    } without a matching transfer
hookup-line = { $left } and { $right } share { $via }
share-line = { $account } kept { $low } to { $high } of what was paid out
unmatched-line = { $count ->
      [one] 1 complaint has
     *[other] { $count } complaints have
    } no matching transfer: { $list }
rates-line = US dollars at the rates of { $day }, for comparison only.
node-made = { $agency } ({ $country }) has its node in { $home }. Fingerprint: { $fingerprint }
default-case-title = First case
manual-written = { $count } manual pages are in { $path }.
backup-done = { $count } files are packed in { $path }. Keep it as safe as the node itself.
restore-done = { $count } files were unpacked into { $path } and agree with their digests.
chart-written = The chart is in { $path }.
report-written = The report is in { $path }.
news-line = { $at }: { $from } pays { $to } { $sent } ({ $id })
news-complained = A complaint speaks of this payment.
news-carried = It carries { $least } of what victims lost.
news-carried-range = It carries { $least } to { $most } of what victims lost, by the rule.
followed = { $count ->
        [one] One transfer was
       *[other] { $count } transfers were
    } looked at as they came. Now they are imported.
followed-some = { $count ->
        [one] One transfer was
       *[other] { $count } transfers were
    } looked at as they came; { $passed } were not, because they are earlier than what the case holds or too large to be added up. Now they are imported.
features-written = { $rows ->
        [one] The features of one transfer, { $columns } columns, are in { $path }.
       *[other] The features of { $rows } transfers, { $columns } columns, are in { $path }.
    }
features-capped = In { $count ->
        [one] one row
       *[other] { $count } rows
    } a limit cut the counts: they are at least what they say, and a column says so.
features-unrated = The currency of { $count ->
        [one] one transfer
       *[other] { $count } transfers
    } has no rate; such an amount counts as 0. Give the rates in rates.txt of the node's directory.
doctor-node = The node belongs to { $value }.
doctor-no-node = There is no node here: “lienket init” makes one.
doctor-sqlite = SQLite { $value }.
doctor-events = The event log reads whole: { $value } events.
doctor-key = The signing key is wrapped under a passphrase and opens.
doctor-key-token = The signing key is protected by a token and opens.
doctor-key-plain = The signing key lies unprotected in the home: give LIENKET_PASSPHRASE_FILE or a token (LIENKET_PKCS11_…) when making a node.
doctor-key-closed = The signing key is wrapped under a passphrase and was not tried: set LIENKET_PASSPHRASE_FILE. Work on cases does not need it.
doctor-key-token-closed = The signing key is protected by a token ({ $value }) and was not tried: set LIENKET_PKCS11_MODULE, LIENKET_PKCS11_TOKEN and LIENKET_PKCS11_PIN_FILE. Work on cases does not need it.
doctor-key-other = The signing key is not the one that this node was made with: restore the key file of the last backup.
doctor-key-bad = The signing key does not open. { $value }
doctor-files = All { $value } imported files agree with their digests.
doctor-files-bad = Damaged: { $value }
doctor-original-missing = { $value } (the original is missing: import the file again)
doctor-original-changed = { $value } (the original was changed: import the file again)
doctor-segment = { $value } (the segment was missing or changed: it is rebuilt from the original where that is whole)
doctor-graph = The graph file was damaged and is removed; the next command makes it again: { $value }
doctor-reread = Read again by a later version, with other rows than when imported: { $value }
doctor-curve = Private matching is computed the { $value } way, the fastest that this machine and this program have.
doctor-rates = Exchange rates of { $value }.
doctor-law-pack-built-in = Questions of law are answered by the built-in pack: { $value }.
doctor-law-pack = Questions of law are answered by the installed pack: { $value }.
doctor-law-pack-bad = Questions of law have no answer. { $value }
doctor-law-pack-earlier-lost = The file of a law pack that answered before is missing or damaged: { $value }. Install it once more (--older) and then the one of now, or restore a backup.
doctor-law-pack-old = The facts of the law pack are more than a year old: { $value }. Install a newer one.
doctor-law-pack-built-in-newer = The built-in law pack is newer than the installed one: { $value }.
doctor-law-pack-signer-suspended = Who signed the installed law pack is suspended: { $value }. Look at its facts again.
doctor-law-pack-signer-revoked = Who signed the installed law pack was revoked: { $value }. Look at its facts again.
doctor-law-pack-key-revoked = { $value } has revoked the key that signed the installed law pack. Look at its facts again.
doctor-well = The node is well.
doctor-ill = Something has to be mended.
demo-step-rings = { $rings ->
        [one] one ring
       *[other] { $rings } rings
    } with { $accounts } accounts in { $countries ->
        [one] one country
       *[other] { $countries } countries
    } and { $hookups ->
        [0] no hook-up
        [one] one hook-up
       *[other] { $hookups } hook-ups
    } between them were found by Viet Nam alone
demo-step-money = the victims' money was followed under { $rules } rules; it rests in (least – most over the rules):
demo-step-paper = { $count } charts and reports were written to { $dir }:
demo-next = Next: open case.en.html in a browser, or ask the node:
      lienket --home { $home } find "0754 632 131"
      lienket --home { $home } rings
      lienket --home { $home } trace --complaints all --rule fifo
      lienket --home { $home } message list
      lienket --home { $home } hits
identifier-phone = phone
identifier-short-code = short code or hot line
identifier-iban = IBAN
identifier-account = account
identifier-email = e-mail
identifier-domain = domain
identifier-url = URL
identifier-ip = IP address
identifier-wallet = wallet
identifier-imei = IMEI
identifier-device = device
identifier-messaging = messaging account
identifier-document = document
identifier-name = name
identifier-id = id
identifier-ring = ring
found-also = Also read as: { $list }
reading-national = as a national number of { $country }
reading-any-bank = of any bank
country-unknown = country not known
card-written = Card { $sequence } is written to { $path }.
    The node answers at: { $endpoints }
    Twelve words, to be spoken to the partner by another channel than the card goes by:
      { $fingerprint }
endpoint-none = no address: it fetches what is there for it, or takes carried files
keys-rotated = The agency has new keys. Card { $sequence } goes to all partners; where the keys before were revoked, start “serve” again.
partner-active = active
partner-witness = witness of our records
partner-suspended = suspended
partner-revoked = revoked
partners-none = No partner yet: hand over your card (partner card), and accept the other agency's (partner add).
message-to = { $number } · to { $partner } · { $state }
message-from = { $number } · from { $partner } · { $state }
message-queued = waits for the line
message-waiting = waits for its files
message-accepted = accepted
message-rejected = refused
message-opened = opened
message-handled = dealt with
message-withdrawn = taken back
message-erased = destroyed
message-kind-message = message
message-kind-permission = permission
message-kind-forward = passed on
message-kind-erase = order to destroy
message-file = File { $name }, { $size } bytes, SHA-256 { $sha256 }
messages-erased = { $count ->
        [0] No content's time is over.
        [one] One content was destroyed; the proof that it was there stays.
       *[other] { $count } contents were destroyed; the proofs that they were there stay.
    }
direction-in = in
direction-out = out
col-number = Number
col-direction = Direction
col-partner = Partner
handling-marks = May be seen and used
handling-purpose = Given for
handling-basis = Given on
handling-limits = Limits
handling-grades = Source and information
handling-until = To be destroyed
limit-h0 = prevention of crime only
limit-h1 = ask before it is used as evidence
limit-h2 = not to be passed on
limit-h3 = other
saved-none = The message has no files.
synced = Sent { $sent }, received { $received }, here before { $already }.
bundle-written = { $count ->
        [one] What proves one message
       *[other] What proves { $count } messages
    } lies in { $path }; it was verified. A court checks it with “lienket verify” or docs/verify.py.
serving = The node serves at { $address }; partners find it at { $endpoints }.
    Its words: { $fingerprint }
serve-reached = { $partner } is reached again.
doctor-record = The record of what was exchanged is sound.
doctor-record-bad = The record of what was exchanged is damaged: { $value } Restore the last backup; partners give back what is newer.
doctor-audit = The audit is the one that partners have countersigned.
doctor-audit-bad = The audit was changed: { $value } has countersigned another one. Restore the last backup, and find out who could write to node.db.
doctor-audit-lost = This node was restored from a backup: { $value } has countersigned a longer audit than the backup held. What was recorded in between is lost here.
demo-welcome = Lienket shows its journey on made-up data: the police of three countries, eight invented rings, accounts in eight countries, beside a real MISP event and a real STIX report.
demo-agency-vn = Cyber police of Viet Nam (made up)
demo-agency-sg = Police of Singapore (made up)
demo-agency-th = Police of Thailand (made up)
demo-step-nodes = three nodes were made in { $dir }: vn, sg, th
demo-step-import = { $rows } records were imported; each country holds its own part
demo-step-cards = cards were exchanged, and two officers of each agency accepted them against twelve spoken words:
demo-step-ask = Viet Nam asked Singapore about account { $account }: sealed, countersigned, opened there ({ $tlp })
demo-step-answer = Singapore answered with { $size } bytes of files; the line was cut after { $cut } bytes and the answer went on where it was ({ $went } bytes in all):
demo-step-carry = a warning about { $account } went to Thailand on a stick, and its receipt came back on one: { $state }
demo-step-match = Singapore asked Viet Nam about { $queried } identifiers without showing one; Viet Nam knows { $count } of them too, and learns of none until a request quotes its handle:
demo-step-match-carried = Viet Nam asked Thailand about { $queried } identifiers in the same way, by a stick that went to and fro; { $count } are known there too:
demo-step-bundle = what proves the first message lies in { $path }: { $claims } claims were verified. With one bit flipped: { $problem }
demo-step-freeze = complaint { $complaint }: { $sum } of the victim's money rests in Singapore on { $account }; request { $request } asks to hold that much and no more, left with one approval and got its second one
demo-step-preserve = request { $request } asks Cambodia to preserve data and goes on paper, with what is missing in law: { $gap }
demo-step-assist = request { $first } for legal assistance was refused for its form; { $second } follows it, was answered, and { $rows } transfer from Singapore's answer became part of the case
demo-element = EXAMPLE: { $name }
demo-refusal = The summary of the facts does not say when the money was paid.
demo-assistance = The records of the account are attached.
opening-told = { $count } of { $size } identifiers are shown; commitment { $commitment }
opening-valid = All { $count } identifiers that are shown were committed to and asked about.
opening-not-valid = NOT VALID: something that is shown was not committed to, or not asked about.
demo-ask = Account { $account } received money of our victims. Please tell us who holds it, and keep what is left there.
demo-answer = Account { $account } is held with us; it is named in { $seen } of our records. Its statement and a recording are attached; what is left is kept until your request for legal assistance.
demo-warn = Account { $account } takes part in a ring that we investigate. Please watch it.
demo-purpose = investigation of online fraud
demo-basis = cooperation of the police forces (made up)
doctor-keys-end = The keys may not be used any more from { $value } on: run “partner rotate” before.
message-origin = First sent by { $agency }, { $made }; { $signature }
origin-holds = its signature holds
origin-wrong = ITS SIGNATURE DOES NOT HOLD
origin-unknown = its card is not known here, so that its signature cannot be checked
permission-evidence = Message { $number } may be used as evidence.
permission-to = Message { $number } may be passed on to { $to }.
permission-any = Message { $number } may be passed on to any partner.
lists-hits = { $count ->
        [0] The two lists have nothing in common.
        [one] One identifier stands in both lists:
       *[other] { $count } identifiers stand in both lists:
    }
lists-rejected = { $count ->
        [one] One line holds no identifier:
       *[other] { $count } lines hold no identifier:
    }
lists-cost = Both parties: { $publish } CPU seconds to publish, { $query } to ask. On the way: { $set } bytes published, { $asked } asked, { $reply } answered.
match-none = There is no partner to match with.
match-done = { $partner }: everything was asked about. The last run asked about { $queried }; { $hits } hits; { $left } may still be asked of the kind of which least is left.
match-asked = { $partner }: asked, and not answered yet ({ $queried } identifiers; { $hits } hits so far). Run “sync” later.
match-queued = { $partner }: not reached; what is asked waits for “sync” ({ $queried } identifiers; { $hits } hits so far).
match-suppressed = { $count } values that many people share were kept out: hot lines, platforms, exchanges’ own accounts.
match-refused = { $partner }: refused ({ $queried } identifiers; { $hits } hits so far).
hits-none = No partner is known to know anything of ours.
hits-note = A hit is a lead and proves nothing. The partner learns of it only by a request that quotes its handle.
hit-open = open
hit-dismissed = dismissed
budgets-none = There is no partner.
budgets-note = Elements within thirty days, those that fill batches up among them.
col-purpose = Purpose
col-handle = Handle
col-limit = Limit
col-used = Used
col-left = Left
