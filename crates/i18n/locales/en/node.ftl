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
    } like it (soon after receipt, between accounts that do not otherwise deal, whole amounts): { $list } (+{ $points })
evidence-gathers = { $count } accounts of the ring paid to it (+{ $points })
evidence-keeps = { $amount } came to rest there (+{ $points })
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
