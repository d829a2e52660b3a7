# Charts: legend, notes, and what the pointer shows.

chart-others-victim = { $count ->
    [one] {$count} victim
   *[other] {$count} victims
}
chart-others-collector = { $count ->
    [one] {$count} first receiver
   *[other] {$count} first receivers
}
chart-others-mule = { $count ->
    [one] {$count} mule
   *[other] {$count} mules
}
chart-others-exchange = { $count ->
    [one] {$count} exchange
   *[other] {$count} exchanges
}
chart-others-wallet = { $count ->
    [one] {$count} wallet
   *[other] {$count} wallets
}
chart-others-boss = { $count ->
    [one] {$count} boss
   *[other] {$count} bosses
}
chart-others-launderer = { $count ->
    [one] {$count} launderer
   *[other] {$count} launderers
}
chart-accounts = { $count ->
    [one] {$count} account
   *[other] {$count} accounts
}
chart-layer = Layer { $number }
chart-empty = No account to show.
chart-legend = Legend
chart-roles = Accounts
chart-lines = Money
chart-countries = Countries
chart-line-money = money, in the direction of the arrow
chart-line-back = money that flows back
chart-line-hookup = hook-up with another ring
chart-line-width = the wider, the larger the amount (logarithmic, compared in US dollars)
chart-resting = Resting here: { $amount }
chart-resting-short = rests { $amount }
chart-resting-sign = amount that still rests in the account
chart-stands-for = Drawn as one: { $count ->
    [one] {$count} account
   *[other] {$count} accounts
}
chart-transfers = { $count ->
    [one] {$count} transfer
   *[other] {$count} transfers
}
chart-span = { $first } to { $last }
chart-from-to = { $from } → { $to }
chart-holder = Holder: { $holder }
chart-condensed = Of { $total ->
    [one] {$total} account
   *[other] {$total} accounts
} the largest are drawn each by itself; the smaller ones of a layer are drawn together. The table of accounts names all.
chart-edges-left-out = { $count ->
    [one] {$count} smaller flow is not drawn
   *[other] {$count} smaller flows are not drawn
}; the table of transfers names all.
chart-description = Flow of money between { $accounts ->
    [one] {$accounts} account
   *[other] {$accounts} accounts
} in { $countries ->
    [one] {$countries} country
   *[other] {$countries} countries
}, from left to right.
chart-others-bystander = { $count ->
     [one] 1 account
    *[other] { $count } accounts
    }
