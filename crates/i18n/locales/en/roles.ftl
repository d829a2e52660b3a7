# Words used everywhere: roles of accounts, handling codes, tracing rules, months, short amounts.

role-victim = victim
role-collector = first receiver
role-mule = mule
role-exchange = virtual-asset exchange
role-wallet = wallet
role-boss = boss
role-launderer = launderer

# For charts, where room is short.
role-short-victim = Victim
role-short-collector = First receiver
role-short-mule = Mule
role-short-exchange = Exchange
role-short-wallet = Wallet
role-short-boss = Boss
role-short-launderer = Launderer

# What each role means, one sentence.
role-meaning-victim = Paid money away because of the deceit.
role-meaning-collector = Takes the victims’ payments first.
role-meaning-mule = Passes the money on.
role-meaning-exchange = Where money becomes a virtual asset, or comes back from one.
role-meaning-wallet = A wallet on a chain, held by whoever has its key.
role-meaning-boss = Keeps what the ring earned.
role-meaning-launderer = Moves the money of more than one ring.

# FIRST, Traffic Light Protocol 2.0.
handling-clear = TLP:CLEAR – may be passed on to everybody.
handling-green = TLP:GREEN – may be passed on within the community of partners, not published.
handling-amber = TLP:AMBER – for the receiving organisation and those of its clients who need to know.
handling-amber-strict = TLP:AMBER+STRICT – for the receiving organisation alone.
handling-red = TLP:RED – for the people addressed alone.
handling-unmarked = Not marked by its source: handled as TLP:RED until an officer decides.

rule-poison = Poison
rule-haircut = Haircut (pro rata)
rule-fifo = FIFO
rule-lifo = LIFO
rule-libr = Lowest intermediate balance
rule-proceeds-first = Proceeds first

# What each rule means in law, one sentence; not advice for a given state.
rule-law-poison = Every account that any stolen money reached counts with its whole balance: a means of finding accounts, not a measure of what may be claimed.
rule-law-haircut = Each payment out of a mixed account carries stolen and other money in the proportion in which they lie there; this is the pro rata (rateable) sharing that courts use when many victims claim one fund.
rule-law-fifo = What came in first goes out first, the rule of Clayton’s case (1816) for a running account; it names, for every cent, the payment it came from.
rule-law-lifo = What came in last goes out first; United States authorities traced by it in the 2025 forfeiture action over 225.3 million USDT.
rule-law-libr = The holder is taken to spend other money first, so the claim never exceeds the lowest balance the account has had since; the governing rule for mixed funds in United States courts (In re Dameron).
rule-law-proceeds-first = Stolen money is taken to leave the account first; reported as accepted beside the lowest intermediate balance by a United States court of appeals (Erker).

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

# Behind a short amount: 1.25bn VND. A blank before the word stands in braces.
short-thousand = k
short-million = M
short-billion = bn
short-trillion = tn
role-bystander = account
role-short-bystander = Account
role-meaning-bystander = Nothing is said of it: it only deals with the accounts shown.
