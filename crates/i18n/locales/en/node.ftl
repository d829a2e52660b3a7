# Sentences of the node: evidence, events, notes of charts and reports.

evidence-paid-by-victims = { $count ->
      [one] 1 victim says
     *[other] { $count } victims say
    } that they paid to it: { $list } (+{ $points })
evidence-received-traced = received { $amount } of victims' money in { $count ->
      [one] 1 transfer
     *[other] { $count } transfers
    }: { $list } (+{ $points })
evidence-passed-on = passed it on in { $count ->
      [one] 1 transfer
     *[other] { $count } transfers
    }, the longest wait { $amount }: { $list } (+{ $points })
evidence-paid-alike = { $count ->
      [one] 1 more payment came
     *[other] { $count } more payments came
    } to it as the victims' did; nobody has complained of { $count ->
      [one] it
     *[other] them
    }, so the payers may be further victims: { $list } (+{ $points })
evidence-received-alike = received { $amount } from the ring's accounts in { $count ->
      [one] 1 transfer that no complaint covers, taken for the ring's because it looks
     *[other] { $count } transfers that no complaint covers, taken for the ring's because they look
    } like it: { $list } (+{ $points })
evidence-gathers = { $count } accounts of the ring paid to it (+{ $points })
evidence-keeps = { $amount } came to rest there (+{ $points })
evidence-looks = transfer { $list } is the one that looks most like the ring's; { $amount } (+{ $points })
signs = it has { $sum } points, { $least } are needed: { $signs }
sign-new-relation = payer and payee do not deal with each other otherwise
sign-rested = the money had rested { $amount }
sign-passes-on = the payer passed on most of what it got
sign-keeps-most = the payer kept most of what it got
sign-more-than-came = more left than is known to have come
sign-habit = by its habits otherwise { $amount } such payments were to be expected in that time
sign-passed-on-whole = the payee passed the amount on whole, in one of { $count ->
      [one] 1 payment
     *[other] { $count } payments
    } in that time
sign-meets-ring = passed on to an account of the ring
sign-also-paid-by = { $count ->
      [one] 1 other account of the ring pays
     *[other] { $count } other accounts of the ring pay
    } the same payee
sign-mostly-the-rings = most of what the payee got in that time is the ring's
sign-mostly-others = most of what the payee got in that time is not the ring's
sign-serves-the-public = many strangers pay this account: it may serve the public
sign-repeated = { $count } payments to the same new payee
sign-gathers = { $count } accounts of the ring pay this payee
sign-emptied = as much left the account again within { $count ->
      [one] a day
     *[other] { $count } days
    }
sign-not-emptied = as much did not leave the account again soon
sign-near-victims = within a day of a payment that a victim complained of
sign-handed-whole = the payer had just got the same amount whole from a stranger ({ $count ->
      [one] the only receipt
     *[other] one of { $count } receipts
    } since)
sign-handed-sum = the payer had just got this sum from strangers
sign-handed-parts = the payer divided what it had just got from a stranger ({ $count ->
      [one] the only receipt
     *[other] one of { $count } receipts
    } since)
sign-handed-all = in those days the payer passed on, in parts, all that strangers had paid to it
sign-feeds = the payee passed it on in a transfer that is the ring's
sign-in-season = in the weeks of the complaints
sign-out-of-season = not in the weeks of the complaints
sign-lives-on-it = at least half of what the payee got in those weeks is the ring's
sign-known-payer = the payer is an account of the ring already
sign-seldom-fits = few of the payee's other receipts had been handed on in this way, so this may be chance
because-kept = what came was passed on nearly whole: { $list } ({ $points })
because-kept-not = part of what came was not passed on: { $list } ({ $points })
because-quick = passed on sooner than these accounts' habits explain: { $list } ({ $points })
because-burst = more transfers in a short while than these accounts usually have: { $list } ({ $points })
because-amounts = larger amounts than most transfers of the case: { $list } ({ $points })
because-strangers = between accounts that had never dealt with each other: { $list } ({ $points })
because-strangers-not = some of these accounts deal with each other regularly ({ $points })
because-border = across a border: { $list } ({ $points })
because-fresh = accounts without any earlier transfer: { $list } ({ $points })
because-form = the form itself, money that meets again or comes back: { $list } ({ $points })
because-complaints = victims complained of payments in it: { $list } ({ $points })
because-chance = taken off because among so many transfers some form shapes by chance ({ $points })
because-step = step { $number }: { $count ->
        [one] one transfer
       *[other] { $count } transfers
    }, { $usd } in all: { $list }
because-step-unrated = step { $number }: { $count ->
        [one] one transfer
       *[other] { $count } transfers
    }: { $list }
joined-strong = { $left } and { $right } give the same { $first }, and a value of this sort normally belongs to one person
joined-two = { $left } and { $right } give the same { $first } (in { $count } records) and the same { $second } (in { $other })
joined-named = { $left } and { $right } give the same { $first } (in { $count } records) and the same holder's name, written { $second } (in { $other }); the name alone would not be enough
joined-ruled = { $left } and { $right }: { $first } decided that they are the same, because: { $second }
entity-import = by the import of { $file }
entity-same = { $by } decided that { $left } and { $right } are the same: { $because }
entity-apart = { $by } decided that { $left } and { $right } are not the same: { $because }
list-and-more = { $list } and { $count } more
duration-minutes = { $count ->
      [one] 1 minute
     *[other] { $count } minutes
    }
duration-hours = { $count ->
      [one] 1 hour
     *[other] { $count } hours
    }
duration-days = { $count ->
      [one] 1 day
     *[other] { $count } days
    }
chart-ring = Ring { $ring }
chart-case = Case { $case }
chart-account = Account { $account }
chart-note-lifo = Amounts on the arrows: whole transfers taken to be the ring's, also where no victim has complained; the report tells them apart and traces victims' money under each rule.
chart-note-alike = { $count ->
      [one] 1 payment that looks like a victim's, of which nobody has complained, is
     *[other] { $count } payments that look like victims', of which nobody has complained, are
    } not drawn.
chart-note-rests = What rests in an account is money of this ring's complaints only, under last in, first out.
chart-note-overview = Each card stands for a ring's accounts of one role; dotted arrows lead to launderers that rings share.
chart-note-account = All transfers of this account, whether suspicious or not.
chart-note-left-out = { $count ->
      [one] 1 further account is
     *[other] { $count } further accounts are
    } not drawn.
summary-lost = Lost, as victims say
summary-resting = Still resting in accounts (least – most over the rules)
summary-accounts = Accounts of the ring
summary-complaints = Complaints
summary-countries = Countries
summary-rings = Rings
note-unmatched = { $count ->
      [one] 1 complaint of the case has
     *[other] { $count } complaints of the case have
    } no matching transfer and could not be followed.
note-unrated = { $count ->
      [one] 1 leg of a transfer is
     *[other] { $count } legs of transfers are
    } in a currency without a rate and count as nothing.
note-drawn = The chart draws at most { $count } accounts one by one; the smallest are drawn together.
note-ring-only = All sums follow the money of this ring's complaints only, in the chart as in the tables; other complaints of the case are left out.
event-node-made = made the node of { $value }
event-user-added = added { $value }
event-case-opened = opened { $value }
event-records-ruled = decided about two records: { $value }
event-case-closed = closed { $value }
event-case-reopened = reopened { $value }
event-looked = looked: { $value }
event-backed-up = asked for a backup into { $value }
event-file-imported = imported { $value }
event-file-reread = read { $value } again by a later version, with other rows
event-card-issued = issued the agency's card { $value }
event-partner-accepted = accepted the card of { $value }
event-partner-followed = took a partner's new card: { $value }
event-witness-named = asked a partner to witness our records: { $value }
event-witness-stopped = asks a partner to witness our records no more: { $value }
event-witnessed-fork = a partner has shown two histories of a record: { $value }
event-law-pack-installed = let a law pack answer: { $value }
event-law-pack-removed = let the built-in law pack answer again, instead of { $value }
event-partner-stands = decided about a partner: { $value }
event-message-sent = sent { $value }
event-message-handled = dealt with message { $value }
event-message-erased = destroyed the content of message { $value }
standing-active = active
standing-suspended = suspended
standing-revoked = revoked
event-restored = restored from the backup { $value }
event-match-wished = asked { $partner } to publish for matching: { $value }
event-match-published = published for matching with { $partner }: { $value }
event-match-set-came = a published set of { $partner } came: { $value }
event-match-opened = showed a part of what was asked of { $partner }: { $value }
event-match-asked = asks { $partner } what it knows too: { $value }
event-match-evaluated = answered a query of { $partner }: { $value }
event-match-answered = a query was answered by { $partner }: { $value }
event-match-refused = refused in matching with { $partner }: { $value }
event-match-budget = set how much { $partner } may ask: { $value }
event-match-dismissed = put aside a hit with { $partner }: { $value }
