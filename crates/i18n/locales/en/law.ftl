# LAW: bases, reasons, conditions, gaps. `law-reason-<code>`, `law-gap-<code>`, `law-condition-<id>`.

law-answer-yes = yes
law-answer-check = to be checked
law-answer-no = no

law-reason-in-force = In force since { $day }.
law-reason-in-force-by = In force by { $day } at the latest; the exact day was not read.
law-reason-not-in-force = Not in force on any copy that was read.
law-reason-not-yet-in-force = Not yet in force on this day: only from { $day }.
law-reason-force-unread = Signed; whether and since when it is in force was not read.
law-reason-day-unclear = Only { $day } is known as the day, and this day lies within it.
law-reason-ended-on = Ended on { $day }.
law-reason-party-since = { $state } has been a party since { $day }.
law-reason-party-by = { $state } was a party by { $day }; since when was not read.
law-reason-party-from = { $state } is a party only from { $day }.
law-reason-party-day-unread = { $state } is a party; whether it was one on this day was not read.
law-reason-party-unverified = That { $state } is a party was not verified.
law-reason-signed-only = { $state } has signed and is not bound.
law-reason-not-party = { $state } is not a party.
law-reason-not-party-unverified = { $state } is believed not to be a party; this was not verified.
law-reason-not-listed = The pack does not say whether { $state } is a party.
law-reason-no-treaty = There is no such treaty.
law-reason-no-treaty-found = No such treaty was found, which does not prove that there is none.
law-reason-believed = Believed to exist; this was not verified.
law-reason-provides = Article { $cited } provides for the measure.
law-reason-provides-unverified = Article { $cited } is said to provide for the measure; its text was not verified.
law-reason-own-kind = Such a treaty is about this measure by its kind; no article was read.
law-reason-may-cover = No article names the measure; the open words of article { $cited } may cover it. This is our inference.
law-reason-no-provision = No article on this measure was read.
law-reason-articles-ended = Articles { $cited } ended on { $day }.
law-reason-shut-out = { $state } declared on article { $cited } that it is no basis here.
law-reason-shut-out-unverified = { $state } is believed to have declared on article { $cited } that it is no basis here; the declaration was not read.
law-reason-one-states-law = The law of { $state } governs what that state does; it does not bind the other.
law-reason-reciprocity = Without a treaty { $state } decides case by case, on reciprocity.
law-reason-channel = A channel for police: it carries messages and is no basis for evidence.
law-reason-practice = Guides and forms: useful, not law.
law-reason-case-only = An agreement about named persons only.
law-reason-gives-way = Its detailed paragraphs give way to { $cited }.
law-reason-gives-way-wholly = The paragraph on this measure gives way to { $cited }, unless both states agree to apply it.
law-reason-dual-criminality-mapped = The act has to be an offence in both states. Our own mapping of { $cited } says where to look; nobody has verified it.
law-reason-dual-criminality-unmapped = The act has to be an offence in both states; the pack maps no article to it.
law-reason-dual-criminality-optional = That the act is no offence in the requested state may be raised ({ $cited }), and need not be.
law-reason-dual-criminality-irrelevant = That the act is no offence in the requested state is no ground for refusal ({ $cited }).
law-reason-clause-reaches = The charged clause of article { $cited } reaches { $months } months.
law-reason-clause-falls-short = The charged clause of article { $cited } does not reach { $months } months.
law-reason-clause-needed = It depends on the charged clause: name it.
law-reason-other-penalty-unknown = Whether the law of { $state } reaches { $months } months is not in the pack.
law-reason-clause-not-yet-law = On { $day } the clause was not yet law.
law-reason-only-where-not = The article applies only where others do not, such as { $cited }.
law-reason-clause-not-mapped = The charged article is not among those mapped to the conduct.
law-reason-sentence-left = To enforce a sentence, at least { $months } months of it have to be left.
law-reason-corruption-only = It is about corruption only.
law-reason-own-offence = The conduct is one of its own offences, by our own mapping.
law-reason-no-own-offence = The conduct is none of its own offences.
law-reason-group-to-show = Reasonable grounds to suspect a group of three or more have to be stated.
law-reason-group-shown = An organized criminal group is involved.
law-reason-no-group = No organized criminal group is involved.
law-reason-evidence-abroad = What is asked for lies in the requested state, which is enough for assistance.
law-reason-transnational-to-show = That the offence is transnational has to be shown.
law-reason-transnational-shown = The offence is transnational.
law-reason-not-transnational = The offence is not transnational.

law-condition-dual-criminality = Dual criminality
law-condition-penalty-threshold = Penalty threshold
law-condition-sentence-left = Sentence left
law-condition-scope = Scope of the instrument
law-condition-transnational = Transnational
law-condition-organised-group = Organized criminal group
law-condition-charged-clause = Charged clause
law-condition-displacement = Another treaty comes first

law-gap-no-instrument = No verified treaty in force between { $from } and { $to } carries this measure.
law-gap-not-in-force = { $instrument } would carry it, and is not in force between the two.
law-gap-unverified = { $instrument } rests on facts that nobody has verified.
law-gap-no-provision = In { $instrument } no article on this measure was read.
law-gap-condition = { $instrument }: { $condition }. { $reason }
law-gap-reservation = { $instrument }: a declaration of { $state } shuts the article out, or is believed to.
law-gap-no-treaty-basis = What is left is { $instrument }, which is never a legal basis by itself.

law-force-mandatory = must refuse
law-force-optional = may refuse
law-force-forbidden = may not refuse for
law-force-duty = has to

law-when-person-travels = when a person has to come to the requesting state
law-when-prosecution = to prosecute
law-when-enforcement = to enforce a judgment

law-bound-at-least = at least
law-bound-at-most = at most
law-bound-usual = usually

law-unit-hours = { $count ->
    [one] {$count} hour
   *[other] {$count} hours
}
law-unit-days = { $count ->
    [one] {$count} day
   *[other] {$count} days
}
law-unit-working-days = { $count ->
    [one] {$count} working day
   *[other] {$count} working days
}
law-unit-months = { $count ->
    [one] {$count} month
   *[other] {$count} months
}

law-undertaking-use-limitation = use only for the purpose stated
law-undertaking-confidentiality = keep confidential
law-undertaking-reciprocity = do the same in return
law-undertaking-safe-conduct = safe conduct for the person who comes
law-undertaking-compensation = compensate a wrongful hold
law-undertaking-accuracy = the information is accurate
law-undertaking-no-death-penalty = no death penalty

law-topic-bank-secrecy = bank secrecy
law-topic-central-authority = central authority
law-topic-confidentiality = confidentiality
law-topic-contents = contents
law-topic-costs = costs
law-topic-data-protection = personal data
law-topic-domain-registration = domain registration
law-topic-dual-criminality = dual criminality
law-topic-entry-into-force = entry into force
law-topic-execution = execution
law-topic-form-language = form and language
law-topic-general = general
law-topic-legal-basis = legal basis
law-topic-network-24-7 = contact point at all hours
law-topic-offences = offences
law-topic-postponement = postponement
law-topic-refusal = refusal
law-topic-scope = scope
law-topic-time-limit = time
law-topic-transborder-access = access across a border
law-topic-use-limitation = use

law-status-party = party
law-status-signatory = signatory
law-status-none = not a party
law-fact-party = { $state }: { $status }
law-fact-party-since = { $state }: { $status } since { $day }
law-fact-offence = { $law } { $article }, { $name }: { $bands }
law-band = clause { $clause } up to { $months } months
law-band-life = clause { $clause } up to life

law-page-asks = { $from } asks { $to }
law-page-answer = Answer
law-page-lead = Lead basis
law-page-no-lead = No basis leads.
law-page-conditions = Conditions
law-page-required = Has to go in
law-page-recommended = Helps
law-page-refusal = Refusal
law-page-clock = Clock
law-page-undertakings = The requesting state undertakes
law-page-other = Other bases
law-page-gaps = Why there is no yes
law-page-rules = What else it says
law-page-unverified = Facts that nobody has verified
law-page-pack = Law pack { $digest }
cited-article = Article { $article }
cited = { $title }, { $article }
law-page-doubt = unverified
law-page-product = own minimum
law-page-article-short = { $instrument } { $article }
law-page-rules-more = { $count ->
    [one] One more rule: --json lists all.
   *[other] {$count} more rules: --json lists all.
}

law-gaps-none = { $country } has a verified treaty with every state of the pack for every measure.
law-gaps-count = { $country }: { $count ->
    [one] {$count} measure has no verified treaty
   *[other] {$count} pairs of partner and measure have no verified treaty
}.
law-gaps-partners = { $count ->
    [one] 1 partner
   *[other] {$count} partners
}
law-suppose-none = Nothing would change for { $country }.
law-suppose-count = { $count ->
    [one] One answer would change for { $country }.
   *[other] {$count} answers would change for { $country }.
}
law-suppose-line = { $from } asks { $to }: { $measure }: { $before } → { $after }
law-suppose-provided = { $count ->
    [one] For one measure more there would be an article, which nobody has verified:
   *[other] For {$count} measures more there would be an article, which nobody has verified:
}
law-suppose-article = { $from } asks { $to }: { $measure }: { $article }
law-suppose-unblocked = { $count ->
    [one] One open request would go on.
   *[other] {$count} open requests would go on.
}
law-pack-faults = { $count ->
    [one] The pack has one fault.
   *[other] The pack has {$count} faults.
}
law-pack-shown = { $name }: { $instruments } instruments, { $count } facts, { $verified } verified. { $digest }
law-pack-built-in = It is built into the program.
law-pack-installed = It is installed at this node.
law-pack-signed = Signed by { $signer } ({ $agency }…) at { $at }.
law-pack-installed-by = Taken at { $at } by { $officers }.
law-pack-age = { $count ->
    [one] Its facts were put together { $count } day ago.
   *[other] Its facts were put together { $count } days ago.
}
law-pack-compared = Compared with the pack that has answered until now ({ $pack }…, { $count } facts):
law-pack-is-older = It is OLDER than that one.
law-pack-file-added = new
law-pack-file-removed = gone
law-pack-file-changed = changed
law-pack-answers = { $count ->
    [0] What treaties give between this country and others stays as it is.
    [one] { $count } measure between this country and another has another answer, or another treaty that leads:
   *[other] { $count } measures between this country and others have another answer, or another treaty that leads:
}
